"""Clipping: tones that ran into the end of the scale and became plain white or black."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.parts import cell_means
from rigatino.diagnosis.record import Finding, Plain
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: a share of the picture whose loss is seen
VISIBLE = 0.03
#: at the end of the scale there are this many times more pixels than in a tone just inside it
PILE = 6.0
#: of the pixels around a burnt-out spot, so many come near its tone; around a cut-out, none
SOFT = 0.15
#: how many tones beside the end count as near it
NEAR = 12


@dataclass(frozen=True, slots=True)
class End:
    """One end of one channel's scale."""

    at: float
    """The tone where it was cut."""
    share: float
    """Share of the pixels there."""
    pile: float
    """How many times more than in a tone just inside."""
    soft: float
    """Share of the pixels around that come near the tone."""
    where: NDArray[np.bool_]

    @property
    def cut(self) -> bool:
        """Whether tones were lost here, more than can go unseen."""
        return self.share >= VISIBLE and self.pile >= PILE and self.soft >= SOFT


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Count the pixels at both ends of each channel, and look at what surrounds them."""
    del earlier
    colour = _spread(subject)
    tops = [_end(colour[..., i]) for i in range(colour.shape[2])]
    bottoms = [_end(255 - colour[..., i]) for i in range(colour.shape[2])]
    high, low = _worst(tops), _worst(bottoms)
    estimate: dict[str, Plain] = {
        "white_share": round(high.share if high.cut else 0.0, 4),
        "black_share": round(low.share if low.cut else 0.0, 4),
        "white_at": round(high.at, 1),
        "black_at": round(255 - low.at, 1),
        "channels": tuple(
            name
            for name, top, bottom in zip(subject.channels, tops, bottoms, strict=True)
            if top.cut or bottom.cut
        ),
    }
    lost = [end.where for end in (*tops, *bottoms) if end.cut]
    return Finding(
        CLIPPING.name,
        bool(lost),
        estimate,
        _trust(high, low),
        evidence=_said(high, low),
        map=cell_means(np.any(lost, axis=0)) if lost else None,
    )


def _spread(subject: Subject) -> Floats:
    """Every n-th row, about a million pixels in all: neighbours along a row stay neighbours."""
    step = max(1, round(subject.height * subject.width / (1 << 20)))
    return subject.colour(slice(None, None, step), slice(None))


def _end(tones: NDArray[Any]) -> End:
    """The upper end; for the lower one give 255 − tones."""
    at = float(tones.max())
    where = tones >= at - 0.5
    share = float(where.mean())
    near = float((tones >= at - NEAR).mean() - share) / NEAR
    return End(at, share, share / (near + 1e-4), _softness(tones, where, at), where)


def _softness(tones: NDArray[Any], where: NDArray[np.bool_], at: float) -> float:
    """Along the rows: of the pixels beside the clipped ones, the share within 2 · NEAR tones."""
    beside = np.zeros_like(where)
    beside[:, 1:] |= where[:, :-1]
    beside[:, :-1] |= where[:, 1:]
    beside &= ~where
    return float((tones[beside] >= at - 2 * NEAR).mean()) if beside.any() else 0.0


def _worst(ends: list[End]) -> End:
    return max(ends, key=lambda end: end.share * end.cut)


def _trust(high: End, low: End) -> float:
    """1 far above or far below the limit, ½ at it."""
    share = max(high.share * high.cut, low.share * low.cut, 1e-6)
    far = abs(np.log2(share / VISIBLE))
    return float(min(1.0, 0.5 + far / 4))


def _said(high: End, low: End) -> tuple[str, ...]:
    said = [
        f"{100 * end.share:.0f} % of the pixels of a channel have exactly its {word} tone, "
        f"{end.pile:.0f} times as many as a tone just {inside} it: detail there is gone."
        for end, word, inside in ((high, "brightest", "below"), (low, "darkest", "above"))
        if end.cut
    ]
    return tuple(said) or ("Neither the brightest nor the darkest tone holds a pile of pixels.",)


CLIPPING = Detector(
    "clipping",
    "Did bright or dark parts run into the end of the scale?",
    look,
    0.3,
    "A white studio background is clipped too, and is reported as such although nobody misses "
    "what was there; clipping that was softened by noise, scaling or lossy saving afterwards is "
    "seen only where the pile is still within one tone.",
)
