"""Every metric, with its direction and range. Add one: a function and an entry here."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from rigatino.errors import UsageError
from rigatino.metrics.blocks import blockiness, psnr_b
from rigatino.metrics.fidelity import mean_absolute_difference, psnr, psnr_y
from rigatino.metrics.looks import noise, sharpness
from rigatino.metrics.structure import ssim, ssim_y


@dataclass(frozen=True)
class Metric:
    """A figure and how to read it."""

    name: str
    #: f(truth, result) where a truth is needed, f(picture) otherwise; pictures (H, W, C) in 0…1
    measure: Callable[..., float]
    needs_truth: bool
    better: Literal["higher", "lower", "neither"]
    #: smallest and largest possible value for pictures in 0…1
    low: float
    high: float
    unit: str
    #: one plain sentence
    says: str


METRICS: dict[str, Metric] = {
    metric.name: metric
    for metric in (
        Metric("psnr", psnr, True, "higher", 0, math.inf, "dB",
               "How small the mean squared error is, over all channels."),
        Metric("psnr-y", psnr_y, True, "higher", 0, math.inf, "dB",
               "The same of brightness alone, as papers on enlargement print it."),
        Metric("psnr-b", psnr_b, True, "higher", -10 * math.log10(4), math.inf, "dB",
               "The same of brightness, less what visible 8 × 8 block borders cost."),
        Metric("ssim", ssim, True, "higher", -1, 1, "",
               "How alike local structure is, over all channels."),
        Metric("ssim-y", ssim_y, True, "higher", -1, 1, "",
               "The same of brightness alone, as papers on enlargement print it."),
        Metric("mean-absolute-difference", mean_absolute_difference, True, "lower", 0, 1, "",
               "By how much a value is off on average."),
        Metric("blockiness", blockiness, False, "lower", 0, math.inf, "",
               "How much steps across 8 × 8 block borders exceed other steps; 1: not at all."),
        Metric("sharpness", sharpness, False, "neither", 0, 1, "",
               "How much of its fine steps a small blur would take from the picture."),
        Metric("noise", noise, False, "lower", 0, math.sqrt(math.pi / 2) * 8 / 6, "",
               "How strong white noise would have to be to look like this; texture counts too."),
    )
}  # fmt: skip


def metric(name: str) -> Metric:
    """The metric of that name."""
    if name not in METRICS:
        raise UsageError(f"the metric {name!r}", f"one of {', '.join(METRICS)}", "pick one")
    return METRICS[name]
