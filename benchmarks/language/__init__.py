"""What a language model's answers come to: ``python -m benchmarks.language``."""
