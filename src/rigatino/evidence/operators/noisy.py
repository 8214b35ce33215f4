"""Noise: what of the detail stands out above it, and whether what was removed is noise at all.

Per coefficient of the 8×8 blocks, with N the noise's variance and S what BEFORE shows above it
around there, the share S / (S + N) of AFTER's energy is recovered, the rest filled in. Where
AFTER departs from BEFORE by more than noise can, it contradicts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from rigatino.diagnosis import Binds
from rigatino.evidence.case import Case, Judge, Judged
from rigatino.evidence.jpeg.planes import component_planes, cosines
from rigatino.evidence.jpeg.tally import Tally, bands_of, shares_by_name
from rigatino.evidence.laying import Laid, on_own_grid
from rigatino.evidence.record import Claim, Sentence
from rigatino.evidence.wording import Words, told

Floats = NDArray[np.float32]
#: so many σ a coefficient of noise does not go
_FAR = 4.5
#: correlations of what was removed from which on it is no noise: with its neighbour, with edges
_ALIKE, _EDGES = 0.2, 0.3
#: σ of the components per σ of red, green and blue
_GAINS = (0.669, 0.626, 0.657)
_WORDS = Words(
    "what is wrong with your file is noise of the strength named below",
    "your file as it is",
    "the noisy picture",
    "the noisy picture as it is",
)


@dataclass(frozen=True, slots=True)
class Removed:
    """What AFTER took away from BEFORE's luma."""

    rms: float
    neighbours: float
    """Correlation of a pixel with the one beside and below; white noise: 0."""
    edges: float
    """Correlation of its local strength with how much AFTER changes there; noise: about 0."""


def judge(case: Case) -> Judged | None:
    """Where noise was found in BEFORE, or told of; where a blur was, too, that judge speaks."""
    sigma = _sigma(case)
    if sigma is None or case.enlarged or case.reduced or case.smear is not None:
        return None
    tallies, energies = _split(case, case.laid, sigma)
    own, _ = _split(case, on_own_grid(case.own), sigma)
    colour = _colour(case)
    gone = _removed(case)
    claim = Claim(
        "noisy",
        (f"the noise in your file has σ {sigma:.1f} of 255, from pixel to pixel independent",),
        _binds(case),
        shares_by_name(tallies, colour), shares_by_name(own, colour), bands_of(tallies),
        {"sigma": sigma, "removed": gone.rms, "noise_in_luma": _own_sigma(case, sigma),
         "removed_like_its_neighbours": gone.neighbours, "removed_follows_edges": gone.edges},
    )  # fmt: skip
    rows, columns = case.laid.covered
    looked = np.outer(_whole(rows), _whole(columns))
    return Judged(told(claim, _WORDS, _said(gone, claim)), energies * looked, looked)


def _sigma(case: Case) -> float | None:
    if case.told.noise is not None:
        return max(case.told.noise, 0.3)
    found = case.found("noise")
    value = None if found is None else found.estimate.get("sigma")
    return float(value) if isinstance(value, int | float) and value > 0 else None


def _binds(case: Case) -> Binds:
    if case.before.jpeg is not None:
        return Binds("no", "the noise was saved as a JPEG, which is not only noise any more")
    if case.told.noise is not None:
        return Binds("likely", "the strength of the noise is as told")
    return Binds("likely", "the strength of the noise was estimated from your file itself")


def _colour(case: Case) -> str:
    return "grey" if case.own.shape[2] == 1 and case.result.shape[2] == 1 else "YCbCr"


def _own_sigma(case: Case, sigma: float) -> float:
    return sigma * (1.0 if case.own.shape[2] == 1 else _GAINS[0])


def _split(case: Case, laid: Laid, sigma: float) -> tuple[list[Tally], Floats]:
    colour, whole = _colour(case), slice(0, case.size[0])
    shape = tuple(-(-n // 8) for n in case.size)
    energies, tallies = np.zeros((3, *shape), np.float32), []
    pairs = zip(
        component_planes(laid.band(whole), colour),
        component_planes(on_own_grid(case.own).band(whole), colour),
        strict=True,
    )
    for index, (plane, own) in enumerate(pairs):
        h, w = (n // 8 * 8 for n in case.size)
        level = sigma * (1.0 if colour == "grey" else _GAINS[index])
        kinds = _kinds(cosines(plane[:h, :w]), cosines(own[:h, :w]), level)
        if case.mask is not None:
            masked = case.mask[:h, :w].reshape(h // 8, 8, w // 8, 8).any(axis=(1, 3))
            kinds[1][masked] += kinds[0][masked]
            kinds[0][masked] = kinds[2][masked] = 0
        sums = np.stack([kind.sum(axis=(0, 1), dtype=np.float64) for kind in kinds])
        tallies.append(Tally(sums, pixels=h * w))
        energies[:, : h // 8, : w // 8] += np.stack([kind.sum(axis=2) for kind in kinds])
    return tallies, energies


def _kinds(found: Floats, own: Floats, sigma: float) -> list[Floats]:
    """Recovered, filled in, contradicted, (R, C, 64)."""
    noise = np.float32(sigma**2)
    signal = np.maximum(uniform_filter(own * own, (3, 3, 1), mode="nearest") - noise, 0)
    weight = signal / (signal + noise)
    off = found - own
    beyond = off - np.clip(off, -_FAR * sigma, _FAR * sigma)
    energy = found * found
    recovered, filled = weight * energy, (1 - weight) * energy
    recovered[..., 0] = filled[..., 0] = 0
    return [recovered, filled, np.asarray(beyond * beyond, np.float32)]


def _removed(case: Case) -> Removed:
    whole = slice(0, case.size[0])
    luma, own = (
        component_planes(part.band(whole), _colour(case))[0]
        for part in (case.laid, on_own_grid(case.own))
    )
    gone = own - luma
    gone -= gone.mean()
    power = float((gone * gone).mean()) + 1e-9
    beside = float((gone[:, 1:] * gone[:, :-1]).mean()) / power
    below = float((gone[1:] * gone[:-1]).mean()) / power
    down, across = np.gradient(luma)
    edges = uniform_filter(np.hypot(down, across), 8)
    strength = np.sqrt(np.maximum(uniform_filter(gone * gone, 8), 0))
    return Removed(float(np.sqrt(power)), max(beside, below), _alike(strength, edges))


def _alike(one: Floats, other: Floats) -> float:
    one, other = one[::4, ::4].ravel(), other[::4, ::4].ravel()
    if one.std() < 1e-3 or other.std() < 1e-3:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


def _said(gone: Removed, claim: Claim) -> Sentence:
    expected = float(claim.figures["noise_in_luma"] or 0)
    cites = ("figures/removed", "figures/noise_in_luma")
    opening = (
        f"The result took away {gone.rms:.1f} of 255 on average, where the noise is {expected:.1f}"
    )
    if gone.rms < 0.3 * expected:
        return Sentence(f"{opening}: most of the noise is still there.", cites)
    if gone.edges > _EDGES or gone.neighbours > _ALIKE or gone.rms > 1.3 * expected:
        return Sentence(f"{opening}; what it took away contains some of the picture.", cites)
    return Sentence(f"{opening}; what it took away looks like noise.", cites)


def _whole(flags: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Blocks of 8 that are covered and not cut."""
    cut = len(flags) % 8
    whole: NDArray[np.bool_] = np.asarray(flags[: len(flags) - cut].reshape(-1, 8).all(axis=1))
    return np.append(whole, False) if cut else whole


NOISY = Judge("noisy", "What stands out above the noise, and was only noise removed?", judge)
