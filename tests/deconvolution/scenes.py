"""Drawn pictures with edges in every direction, and a denoiser that is no network."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from rigatino.degradation import KernelBlur


def scene(height: int = 256, width: int = 256, channels: int = 1, seed: int = 3) -> np.ndarray:
    """Overlapping shapes of plain tones, (H, W, C) in 0…1."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    picture = np.full((height, width, channels), 0.5)
    for _ in range(90):
        cy, cx = rng.uniform(0, height), rng.uniform(0, width)
        turn, a, b = rng.uniform(0, np.pi), rng.uniform(4, 40), rng.uniform(4, 40)
        u = (x - cx) * np.cos(turn) + (y - cy) * np.sin(turn)
        v = (y - cy) * np.cos(turn) - (x - cx) * np.sin(turn)
        picture[(np.abs(u) < a) & (np.abs(v) < b)] = rng.uniform(0.05, 0.95, channels)
    return ndimage.gaussian_filter(picture, (0.5, 0.5, 0)).astype(np.float32)


def blurred(picture: np.ndarray, kernel: np.ndarray, sigma: float = 1.0) -> np.ndarray:
    noise = np.random.default_rng(0).normal(0, sigma / 255, picture.shape)
    seen = np.clip(KernelBlur(kernel).apply(picture) + noise, 0, 1)
    return (np.rint(255 * seen) / 255).astype(np.float32)


def soft(picture: np.ndarray, sigma: float) -> np.ndarray:
    """A denoiser: a median where the noise is strong, else nothing."""
    return picture if sigma < 3 else ndimage.median_filter(picture, (3, 3, 1))


def decibels(truth: np.ndarray, result: np.ndarray, rim: int = 0) -> float:
    inside = (slice(rim, -rim or None),) * 2
    return float(-10 * np.log10(np.mean((truth[inside] - result[inside]) ** 2)))
