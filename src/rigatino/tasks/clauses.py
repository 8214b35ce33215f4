"""What the last clause of a question wants to know, so that it can be answered literally.

The table is read from the top; the first pattern found in the last sentence (then in
the one before) decides. Patterns are written for how people ask, not for one wording.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rigatino.tasks.sentences import sentence_spans


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    text = (files(__package__) / "clauses.toml").read_text(encoding="utf-8")
    return tuple(
        (kind, re.compile("|".join(pieces), re.IGNORECASE | re.DOTALL))
        for kind, pieces in tomllib.loads(text).items()
    )


@dataclass(frozen=True, slots=True)
class LastClause:
    """The sentence that asks, where it stands in the question, and what it wants."""

    kind: str
    text: str
    start: int
    end: int


def last_clause(question: str) -> LastClause:
    """Find the sentence that asks something (the last with a question mark) and its kind."""
    spans = sentence_spans(question)
    if not spans:
        return LastClause("remark", question, 0, len(question))
    asking = [s for s in spans if question[s[0] : s[1]].rstrip("\"'”’)").endswith(("?", "？"))]
    start, end = asking[-1] if asking else spans[-1]
    text = question[start:end]
    for kind, pattern in _patterns():
        if pattern.search(text) and (asking or kind not in ("invented", "trust", "wrong")):
            return LastClause(kind, text, start, end)
    return LastClause("how" if asking else "remark", text, start, end)
