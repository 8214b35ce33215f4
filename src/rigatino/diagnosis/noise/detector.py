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
#: from this share of the variance on, noise is said to grow with the light
_DEPENDS = 0.5
#: levels of light must span this much, or nothing is said
_RANGE = 50
#: in a JPEG: noise worth repairing, and the share of numbers that must have survived
_WORTH_JPEG, _SURVIVED = 8.0, 0.01
#: where coarse scatter exceeds fine scatter this much, texture may be taken for noise, and only
#: what is stronger than texture is believed
_TEXTURED, _STRONG = 1.5, 11.5


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Per channel from pixels; of luma where a JPEG lies between."""
    windows = list(subject.windows(_PIXELS))
    jpeg = earlier.get("compression")
    if jpeg is not None and jpeg.estimate.get("jpeg"):
        return _through_jpeg(subject, windows, jpeg)
    if subject.drawn:
        return refusal(NOISE.name, f"{subject.drawn}: grain in it would be its own")
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
    measured = [share for share in map(_light_share, found) if share is not None]
    light = float(np.median(measured)) if measured else None
    coarse = float(np.median([one.coarse for one in found]))
    estimate: dict[str, Plain] = {
        "source": "pixels",
        "sigma": round(sigma, 2),
        "channels": subject.channels,
        "by_channel": tuple(round(s, 2) for s in sigmas),
        "by_level": found[len(found) // 2].by_level,
        "light_share": None if light is None else round(light, 2),
        "grows_with_light": None if light is None else light > _DEPENDS,
        "coarse": round(coarse, 2),
        "cut": any(one.cut for one in found),
    }
    if coarse > _TEXTURED and WORTH <= sigma < _STRONG:
        reason = "the quietest parts have texture that cannot be told from coarse grain"
        return refusal(NOISE.name, reason, **estimate)
    confidence = min(1.0, min(one.blocks for one in found) / 200) * (0.5 if sigma < 3 else 1.0)
    said = (
        f"In the parts with the least texture, values scatter by {sigma:.1f} of 255 from pixel "
        "to pixel.",
    )
    return Finding(NOISE.name, sigma >= WORTH, estimate, confidence, evidence=said)


def _light_share(one: Channel) -> float | None:
    """Share of the variance that grows with the light: 0 white noise, 1 pure photon noise.

    A line through (level, σ²), its slope the median of all slopes between two levels.
    """
    levels = np.array(one.by_level, float).reshape(-1, 2)
    if len(levels) < 3 or np.ptp(levels[:, 0]) < _RANGE:
        return None
    light, variance = levels[:, 0], np.square(levels[:, 1])
    first, second = np.triu_indices(len(light), 1)
    apart = np.abs(light[first] - light[second]) > _RANGE / 4
    slopes = (variance[first] - variance[second])[apart] / (light[first] - light[second])[apart]
    slope = float(np.median(slopes))
    at_middle = float(np.median(variance - slope * light)) + slope * 128
    return float(np.clip(slope * 128 / max(at_middle, 1e-6), 0, 1))


def _through_jpeg(subject: Subject, windows: list[Window], jpeg: Finding) -> Finding:
    top, left = (int(str(jpeg.estimate[key])) for key in ("grid_row", "grid_column"))
    table = np.array(jpeg.estimate["table"], np.int64)
    blocks = together([blocks_of(window.luma[top:, left:]) for window in windows])
    if len(blocks.average) < _FEWEST:
        return refusal(NOISE.name, "too few blocks to measure noise in")
    share = _LUMA_SHARE if len(subject.channels) == 3 else 1.0
    seen = rounded(blocks, table, share)
    sigma = seen.sigma / share
    if seen.survived >= _SURVIVED:
        sigma = uncut(seen.average, sigma)
    estimate: dict[str, Plain] = {
        "source": "JPEG",
        "sigma": round(sigma, 2),
        "luma": round(seen.sigma, 2),
        "survived": round(seen.survived, 3),
    }
    if seen.survived < _SURVIVED and seen.sigma > 1:
        return refusal(NOISE.name, "the JPEG has rounded nearly all noise away", **estimate)
    confidence = min(1.0, math.sqrt(seen.survived * 4)) * min(1.0, seen.blocks / 200)
    said = (
        f"In the parts with the least texture, {100 * seen.survived:.0f} % of the finer stored "
        f"numbers are not zero, as noise of {sigma:.1f} of 255 in each colour would leave.",
    )
    return Finding(NOISE.name, sigma >= _WORTH_JPEG, estimate, confidence, evidence=said)


NOISE = Detector(
    "noise",
    "How noisy is it, in which colour, and is it noisier where it is brighter?",
    look,
    0.5,
    "Noise is taken to be independent from pixel to pixel: noise that was enlarged, blurred or "
    "smoothed away is underestimated. In a JPEG only luma is measured. Fine regular texture "
    "without any quiet part nearby counts as noise.",
)
