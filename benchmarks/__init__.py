"""Benchmarks: public API only; every run prints a table and can write JSON with ``--json``."""
