"""What the evidence must show; see ``__main__``."""
