"""JPEG: header, grid, steps, earlier savings."""
