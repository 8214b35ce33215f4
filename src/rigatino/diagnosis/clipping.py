"""Clipping: tones that ran into the end of the scale and became plain white or black."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from rigatino.diagnosis.detector import Detector
from rigatino.diagnosis.figures import percent
from rigatino.diagnosis.parts import cell_means
from rigatino.diagnosis.record import Finding, Plain, refusal
from rigatino.diagnosis.subject import Earlier, Floats, Subject

#: tones that count as the end of the scale; lossy saving moves them by one
END = 1.5
#: a share of the picture whose loss is seen
VISIBLE = 0.02
#: at the end there are this many times more pixels than in a tone just inside it
PILE = 6.0
#: share of the picture that lies inside such plateaus, not in single pixels
FLAT = 0.008
#: beside a burnt-out spot so many pixels come near its tone; beside a cut-out, none
SOFT = 0.15
#: how many tones beside the end count as near it
NEAR = 12


@dataclass(frozen=True, slots=True, eq=False)
class End:
    """One end of one channel's scale."""

    share: float
    """Share of the pixels there."""
    pile: float
    """How many times more than in a tone just inside."""
    flat: float
    """Share of the pixels whose four neighbours are there, too."""
    soft: float
    """Of the pixels beside those at the end, the share that comes near."""
    where: NDArray[np.bool_]

    @property
    def cut(self) -> bool:
        """Whether tones were lost here, more than can go unseen."""
        enough = self.share >= VISIBLE and self.flat >= FLAT
        return enough and self.pile >= PILE and self.soft >= SOFT


def look(subject: Subject, earlier: Earlier) -> Finding:
    """Count the pixels at both ends of each channel, and look at what surrounds them."""
    del earlier
    if subject.drawn:
        return refusal(CLIPPING.name, f"{subject.drawn}: its white and black may be meant")
    tones = [subject.sample[..., i] for i in range(len(subject.channels))]
    tops, bottoms = [_end(plane) for plane in tones], [_end(255 - plane) for plane in tones]
    high, low = _worst(tops), _worst(bottoms)
    lost = [end.where for end in (*tops, *bottoms) if end.cut]
    estimate: dict[str, Plain] = {
        "white_share": round(high.share if high.cut else 0.0, 4),
        "black_share": round(low.share if low.cut else 0.0, 4),
        "channels": tuple(
            name
            for name, top, bottom in zip(subject.channels, tops, bottoms, strict=True)
            if top.cut or bottom.cut
        ),
    }
    return Finding(
        CLIPPING.name,
        bool(lost),
        estimate,
        _trust(high, low),
        evidence=_said(high, low, len(tones)),
        map=cell_means(np.any(lost, axis=0)) if lost else None,
    )


def _end(tones: Floats) -> End:
    """The upper end of (h, w) values; for the lower one give 255 − tones."""
    where: NDArray[np.bool_] = tones >= 255 - END
    share = float(where.mean())
    near = (float((tones >= 255 - END - NEAR).mean()) - share) / NEAR
    return End(share, share / (near + 1e-4), _flat(where), _softness(tones, where), where)


def _flat(where: NDArray[np.bool_]) -> float:
    inside = where[1:-1, 1:-1] & where[:-2, 1:-1] & where[2:, 1:-1]
    return float((inside & where[1:-1, :-2] & where[1:-1, 2:]).mean())


def _softness(tones: Floats, where: NDArray[np.bool_]) -> float:
    """Along the rows: of the pixels beside the clipped ones, the share within 2 · NEAR tones."""
    beside = np.zeros_like(where)
    beside[:, 1:] |= where[:, :-1]
    beside[:, :-1] |= where[:, 1:]
    beside &= ~where
    return float((tones[beside] >= 255 - END - 2 * NEAR).mean()) if beside.any() else 0.0


def _worst(ends: list[End]) -> End:
    return max(ends, key=lambda end: (end.cut, end.share))


def _trust(high: End, low: End) -> float:
    """½ at the limit, 1 four times above or below it."""
    share = max(high.share * high.cut, low.share * low.cut, VISIBLE / 8)
    return float(min(1.0, 0.5 + abs(np.log2(share / VISIBLE)) / 4))


def _said(high: End, low: End, channels: int) -> tuple[str, ...]:
    of = "of the pixels" if channels == 1 else "of the pixels, in at least one colour,"
    said = [
        f"{percent(end.share)} {of} have run into the {end_name} end of the scale: whatever "
        f"detail was there is gone, and no repair can read it from this file."
        for end, end_name in ((high, "bright"), (low, "dark"))
        if end.cut
    ]
    return tuple(said) or ("Neither end of the scale holds a pile of pixels.",)


CLIPPING = Detector(
    "clipping",
    "Did bright or dark parts run into the end of the scale?",
    look,
    0.3,
    "A white studio background or a black night that was meant to be so looks the same and is "
    "reported, too, unless most of the picture is plain; a clipped picture that was made darker "
    "or softer since is not recognised.",
)
