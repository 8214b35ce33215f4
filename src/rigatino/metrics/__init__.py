"""How good a picture is, in figures: pure functions; direction and range as data (`registry`)."""

from rigatino.metrics.blocks import blockiness, psnr_b
from rigatino.metrics.fidelity import mean_absolute_difference, psnr, psnr_y
from rigatino.metrics.looks import noise, sharpness
from rigatino.metrics.registry import METRICS, Metric, metric
from rigatino.metrics.structure import ssim, ssim_map, ssim_y

__all__ = [
    "METRICS",
    "Metric",
    "blockiness",
    "mean_absolute_difference",
    "metric",
    "noise",
    "psnr",
    "psnr_b",
    "psnr_y",
    "sharpness",
    "ssim",
    "ssim_map",
    "ssim_y",
]
