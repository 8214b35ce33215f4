"""The noise detector: from the pixels, or from what a JPEG let through."""

from __future__ import annotations

import math

import numpy as np

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.noise.channel import Channel, channel
from rigatino.diagnosis.noise.clipped import uncut
from rigatino.diagnosis.noise.rounded import rounded
from rigatino.diagnosis.noise.weak import Blocks, blocks_of, together
from rigatino.diagnosis.record import Finding, Plain, refusal
from rigatino.diagnosis.subject import Earlier, Subject, Window
from rigatino.imaging import LUMA

#: noise from here on is worth repairing; scanned photographs have up to 4
WORTH = 6.5
_PIXELS = 600_000
_FEWEST = 30
#: σ of luma over σ of a channel, where the channels' noise is independent and alike
_LUMA_SHARE = float(np.sqrt(np.square(LUMA).sum()))
#: noise of this share of the signal's middle σ must separate dark from bright
_DEPENDS = 1.5


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Per channel from pixels; of luma where a JPEG lies between."""
    windows = list(subject.windows(_PIXELS))
    jpeg = earlier.get("compression")
    if jpeg is not None and jpeg.estimate.get("jpeg"):
        return _through_jpeg(subject, windows, jpeg)
    planes = [_blocks(windows, at) for at in range(len(subject.channels))]
    if len(planes[0].average) < _FEWEST:
        return refusal(NOISE.name, "too few blocks to measure noise in")
    return _from_pixels(subject, [channel(blocks) for blocks in planes])


def _blocks(windows: list[Window], at: int) -> Blocks:
    """Blocks of one channel, without those that are cut flat at black or white."""
    blocks = together([blocks_of(window.colour[..., at]) for window in windows])
    flat = np.square(blocks.values[:, 1:]).max(axis=1) < 1e-4
    return blocks.among(~(flat & ((blocks.average < 0.5) | (blocks.average > 254.5))))


def _from_pixels(subject: Subject, found: list[Channel]) -> Finding:
    sigmas = [one.sigma for one in found]
    sigma = float(np.median(sigmas))
    estimate: dict[str, Plain] = {
        "source": "pixels",
        "sigma": round(sigma, 2),
        "channels": subject.channels,
        "by_channel": tuple(round(s, 2) for s in sigmas),
        "by_level": found[len(found) // 2].by_level,
        "grows_with_light": _grows(found),
        "coarse": round(float(np.median([one.coarse for one in found])), 2),
        "cut": any(one.cut for one in found),
    }
    confidence = min(1.0, min(one.blocks for one in found) / 200) * (0.5 if sigma < 3 else 1.0)
    said = (
        f"In the parts with the least texture, values scatter by {sigma:.1f} of 255 from pixel "
        "to pixel.",
    )
    return Finding(NOISE.name, sigma >= WORTH, estimate, confidence, evidence=said)


def _grows(found: list[Channel]) -> bool:
    """Whether bright parts are noisier than dark ones in every channel."""
    ratios = []
    for one in found:
        sigmas = [sigma for _, sigma in one.by_level]
        if len(sigmas) < 3:
            return False
        third = max(1, len(sigmas) // 3)
        ratios.append(float(np.mean(sigmas[-third:])) / max(float(np.mean(sigmas[:third])), 0.5))
    return min(ratios) > _DEPENDS


def _through_jpeg(subject: Subject, windows: list[Window], jpeg: Finding) -> Finding:
    top, left = (int(str(jpeg.estimate[key])) for key in ("grid_row", "grid_column"))
    table = np.array(jpeg.estimate["table"], np.int64)
    blocks = together([blocks_of(window.luma[top:, left:]) for window in windows])
    if len(blocks.average) < _FEWEST:
        return refusal(NOISE.name, "too few blocks to measure noise in")
    share = _LUMA_SHARE if len(subject.channels) == 3 else 1.0
    seen = rounded(blocks, table, share)
    sigma = uncut(seen.average, seen.sigma / share)
    estimate: dict[str, Plain] = {
        "source": "JPEG",
        "sigma": round(sigma, 2),
        "luma": round(seen.sigma, 2),
        "survived": round(seen.survived, 3),
    }
    if seen.survived < 0.002 and seen.sigma > 1:
        return refusal(NOISE.name, "the JPEG has rounded all noise away", **estimate)
    confidence = min(1.0, math.sqrt(seen.survived * 4)) * min(1.0, seen.blocks / 200)
    said = (
        f"In the parts with the least texture, {100 * seen.survived:.0f} % of the finer stored "
        f"numbers are not zero, as noise of {sigma:.1f} of 255 in each colour would leave.",
    )
    return Finding(NOISE.name, sigma >= WORTH, estimate, confidence, evidence=said)


NOISE = Detector(
    "noise",
    "How noisy is it, in which colour, and is it noisier where it is brighter?",
    look,
    0.5,
    "Noise is taken to be independent from pixel to pixel: noise that was enlarged, blurred or "
    "smoothed away is underestimated. In a JPEG only luma is measured. Fine regular texture "
    "without any quiet part nearby counts as noise.",
)
