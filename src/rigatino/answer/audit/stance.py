"""How a clause stands to what it speaks of: dismissing, claiming, supposing, reporting.

The cues are data (``cues.toml``): English ones, with the commonest negations of a few other
languages, so that a dismissal is recognised there too. A language without cues is never
accused.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

_PRONOUN = re.compile(
    r"^\W*(?:it|this|that|they|these|its|their|such|here"
    r"|the (?:paper|work|authors?|study|method))\b",
    re.I,
)
_CONTRAST = re.compile(
    r"(?:[,;:–—]|\s-)\s+(?=(?:but|yet|however|whereas|while|although|though|still)\b)"
    r"|;\s+|\s+[–—]\s+",
    re.I,
)


@lru_cache(maxsize=1)
def _cues() -> dict[str, re.Pattern[str]]:
    data = files("rigatino.answer.audit").joinpath("cues.toml").read_text("utf-8")
    return {name: _any_of(cue) for name, cue in tomllib.loads(data).items()}


def _any_of(cue: dict[str, list[str]]) -> re.Pattern[str]:
    return re.compile("|".join([rf"\b(?:{'|'.join(cue['words'])})\b", *cue["parts"]]), re.I)


@lru_cache(maxsize=2048)
def _has(name: str, text: str) -> bool:
    return bool(_cues()[name].search(text))


def clauses(sentence: str) -> list[tuple[int, int]]:
    """Spans of the parts of a sentence that a contrast sets against each other."""
    cuts = [0, *(m.end() for m in _CONTRAST.finditer(sentence)), len(sentence)]
    return [(a, b) for a, b in pairwise(cuts) if sentence[a:b].strip()]


def dismisses(text: str) -> bool:
    """Whether a clause denies, restricts or sets aside."""
    return _has("dismissing", text)


def claims(text: str) -> bool:
    """Whether a clause uses its subject as support for something."""
    return _has("claiming", text)


def proves(text: str) -> bool:
    """Whether a clause makes its subject the ground of a conclusion."""
    return _has("proving", text)


def does_the_job(text: str) -> bool:
    """Whether a clause presents its subject as doing what was asked."""
    return _has("doing_the_job", text)


def supposes(text: str) -> bool:
    """Whether a clause only supposes, or asks."""
    return _has("supposing", text) or text.rstrip('"”*_) ').endswith("?")


def illustrates(text: str) -> bool:
    """Whether the figures of a sentence are examples."""
    return _has("illustrating", text)


def declares_inference(text: str) -> bool:
    """Whether a sentence says that it is the writer's own inference, or that nothing is said."""
    return _has("inferring", text)


def goes_on(text: str) -> bool:
    """Whether a sentence opens with a pronoun and so goes on about what was spoken of."""
    return bool(_PRONOUN.match(text))


def reports_an_order(text: str) -> bool:
    """Whether a sentence tells of a planted order instead of obeying it."""
    return _has("reporting_an_order", text)
