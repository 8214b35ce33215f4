"""Colour arithmetic on float arrays in [0, 1]: light, luma, JPEG's YCbCr, alpha."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

#: ITU-R BT.601 luma, as JFIF uses it
LUMA = np.array([0.299, 0.587, 0.114], np.float32)
_KR, _KB = 0.299, 0.114
#: rows Y, Cb, Cr; columns R, G, B (JFIF 1.02)
_TO_YCBCR = np.array(
    [
        [_KR, 1 - _KR - _KB, _KB],
        [-_KR / (2 - 2 * _KB), -(1 - _KR - _KB) / (2 - 2 * _KB), 0.5],
        [0.5, -(1 - _KR - _KB) / (2 - 2 * _KR), -_KB / (2 - 2 * _KR)],
    ]
)
_TO_RGB = np.linalg.inv(_TO_YCBCR)
#: chroma zero lies at 128 of 255
_CENTRE = np.array([0, 128 / 255, 128 / 255], np.float32)


def srgb_to_linear(values: Floats) -> Floats:
    """Display values to light, IEC 61966-2-1."""
    values = np.asarray(values, np.float32)
    high = ((np.maximum(values, 0) + np.float32(0.055)) / np.float32(1.055)) ** np.float32(2.4)
    return np.where(values <= 0.04045, values / np.float32(12.92), high)


def linear_to_srgb(values: Floats) -> Floats:
    """Light to display values, IEC 61966-2-1."""
    values = np.asarray(values, np.float32)
    high = np.float32(1.055) * np.maximum(values, 0) ** np.float32(1 / 2.4) - np.float32(0.055)
    return np.where(values <= 0.0031308, values * np.float32(12.92), high)


def luma(rgb: Floats) -> Floats:
    """(…, 3) -> (…): BT.601 luma, full range."""
    return rgb @ LUMA


def rgb_to_ycbcr(rgb: Floats) -> Floats:
    """(…, 3) RGB to full-range Y, Cb, Cr with chroma zero at 128/255."""
    return rgb @ _TO_YCBCR.T.astype(np.float32) + _CENTRE


def ycbcr_to_rgb(ycbcr: Floats) -> Floats:
    """The inverse of :func:`rgb_to_ycbcr`; not clipped."""
    return (ycbcr - _CENTRE) @ _TO_RGB.T.astype(np.float32)


def premultiply(colour: Floats, alpha: Floats) -> Floats:
    """Colour weighted by opacity, (H, W, C) and (H, W): filter this, not the colour itself.

    Otherwise the colour of invisible pixels bleeds into the visible ones.
    """
    return colour * alpha[..., None]


def unpremultiply(colour: Floats, alpha: Floats) -> Floats:
    """The inverse of :func:`premultiply`; black where nothing is visible."""
    visible = alpha > 0
    weight = np.where(visible, alpha, 1)[..., None]
    return np.where(visible[..., None], colour / weight, 0).astype(np.float32, copy=False)
