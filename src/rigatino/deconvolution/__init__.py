"""Blur as a kernel: read from a picture, judged, and undone.

::

    judged(luma, noise)                        -> Blur    kernel, confidence, or why not
    surveyed(read, size, noise)                -> Survey  the same, window by window
    gaps(luma, kernel, noise)                  -> Gaps    where a kernel can have blurred it
    restored(seen, kernel, noise, denoise)     -> array   with any denoiser as the prior
    sharpened(seen, kernel, noise, repair)     -> array   with a network trained for it
    wiener(seen, kernel, ratio)                -> array   the same without one, to compare with
    between(sharp, blurred)                    -> Between the kernel that makes one the other
    read_kernel(path)                          -> array   of a PNG or NPY file

Arrays are float32, (height, width, channels) in 0…1; kernels have odd sides and sum 1.
"""

from rigatino.deconvolution.estimation import LARGEST, estimated
from rigatino.deconvolution.files import read_kernel
from rigatino.deconvolution.gaps import EMPTY, ROUGHLY_EMPTY, gaps
from rigatino.deconvolution.judging import (
    BRIEF,
    NOISIEST,
    SMALLEST,
    Blur,
    at_a_glance,
    given,
    judged,
)
from rigatino.deconvolution.kernels import alike, spread, trimmed
from rigatino.deconvolution.pairing import Between, between
from rigatino.deconvolution.parts import edges_at
from rigatino.deconvolution.restoring import ROUNDS, Denoise, restored, unexplained, wiener
from rigatino.deconvolution.sharpening import TURNS, Repair, sharpened
from rigatino.deconvolution.spectra import transfer
from rigatino.deconvolution.survey import Cell, Survey, roomy, surveyed

__all__ = [
    "BRIEF",
    "EMPTY",
    "LARGEST",
    "NOISIEST",
    "ROUGHLY_EMPTY",
    "ROUNDS",
    "SMALLEST",
    "TURNS",
    "Between",
    "Blur",
    "Cell",
    "Denoise",
    "Repair",
    "Survey",
    "alike",
    "at_a_glance",
    "between",
    "edges_at",
    "estimated",
    "gaps",
    "given",
    "judged",
    "read_kernel",
    "restored",
    "roomy",
    "sharpened",
    "spread",
    "surveyed",
    "transfer",
    "trimmed",
    "unexplained",
    "wiener",
]
