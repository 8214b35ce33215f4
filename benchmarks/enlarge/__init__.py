"""What enlarging is worth, and what it costs."""
