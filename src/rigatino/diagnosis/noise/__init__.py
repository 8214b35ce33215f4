"""Noise: how strong, in which channel, and whether it grows with the light."""
