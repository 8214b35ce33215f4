"""Pairs as bytes: a damaged file and what is laid beside it."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

import rigatino as rg
from rigatino.evidence import Claim, Evidence, Told

Pixels = NDArray[np.uint8]


def png(pixels: NDArray[np.floating] | Pixels) -> bytes:
    """Rounded, clipped, lossless."""
    out = io.BytesIO()
    levels = np.clip(np.rint(pixels), 0, 255).astype(np.uint8)
    Image.fromarray(levels).save(out, "PNG", compress_level=1)
    return out.getvalue()


def against(before: bytes, after: Pixels | bytes, told: Told | None = None) -> Evidence:
    """Compared by the public call."""
    return rg.compare(before, after if isinstance(after, bytes) else png(after), told=told)


def claim_of(found: Evidence, operator: str) -> Claim:
    """The claim of one operator."""
    return next(claim for claim in found.claims if claim.operator == operator)


def share(claim: Claim, part: str, name: str = "all") -> float:
    """In per cent; 0 where there is no detail."""
    return 100 * (getattr(claim.shares[name], part) or 0.0)
