"""Blur: what shape of it, read from the power spectrum of a picture."""
