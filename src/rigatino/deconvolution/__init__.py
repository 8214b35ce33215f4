"""Blur as a kernel: read from a picture, judged, and undone.

::

    judged(luma, noise)                        -> Blur    kernel, confidence, or why not
    restored(seen, kernel, noise, denoise)     -> array   with any denoiser as the prior
    sharpened(seen, kernel, noise, repair)     -> array   with a network trained for it
    wiener(seen, kernel, ratio)                -> array   the same without one, to compare with
    between(sharp, blurred)                    -> Between the kernel that makes one the other
    read_kernel(path)                          -> array   of a PNG or NPY file

Arrays are float32, (height, width, channels) in 0…1; kernels have odd sides and sum 1.
"""

from rigatino.deconvolution.estimation import LARGEST, estimated
from rigatino.deconvolution.files import read_kernel
from rigatino.deconvolution.judging import BRIEF, SMALLEST, Blur, at_a_glance, given, judged
from rigatino.deconvolution.kernels import alike, spread, trimmed
from rigatino.deconvolution.pairing import Between, between
from rigatino.deconvolution.restoring import ROUNDS, Denoise, restored, unexplained, wiener
from rigatino.deconvolution.sharpening import TURNS, Repair, sharpened
from rigatino.deconvolution.spectra import transfer

__all__ = [
    "BRIEF",
    "LARGEST",
    "ROUNDS",
    "SMALLEST",
    "TURNS",
    "Between",
    "Blur",
    "Denoise",
    "Repair",
    "alike",
    "at_a_glance",
    "between",
    "estimated",
    "given",
    "judged",
    "read_kernel",
    "restored",
    "sharpened",
    "spread",
    "transfer",
    "trimmed",
    "unexplained",
    "wiener",
]
