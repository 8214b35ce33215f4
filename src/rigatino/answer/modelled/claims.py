"""What a model hands over: claims by a schema, read strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, get_args

from rigatino.answer.modelled.sections import SectionName
from rigatino.errors import LanguageError

MOST_CLAIMS = 40
_MOST_CHARACTERS = 200_000
_FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL)
_THOUGHTS = re.compile(r"\A\s*<think>.*?</think>", re.DOTALL)
_FIELDS = ("section", "text", "source", "quote")


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence that a model proposes, the source it names and the words it quotes."""

    section: SectionName
    text: str
    source: str | None
    quote: str | None


def schema_for(ids: tuple[str, ...]) -> Mapping[str, Any]:
    """The JSON Schema of the answer, with the ids that there are."""
    fields: dict[str, Any] = {
        "section": {"type": "string", "enum": list(get_args(SectionName))},
        "text": {"type": "string"},
        "source": {"type": ["string", "null"], "enum": [*ids, None]},
        "quote": {"type": ["string", "null"]},
    }
    claim = {
        "type": "object",
        "properties": fields,
        "required": list(_FIELDS),
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "properties": {"claims": {"type": "array", "items": claim}},
        "required": ["claims"],
        "additionalProperties": False,
    }


def read_claims(text: str) -> tuple[Claim, ...]:
    """The claims of a reply; a ``LanguageError`` for whatever is not of the schema.

    Two repairs are made: thoughts in front (``<think>``) and a fence of Markdown around the whole
    are taken off.
    """
    if len(text) > _MOST_CHARACTERS:
        raise LanguageError("the model's answer is longer than any answer", "use another model")
    text = _THOUGHTS.sub("", text, count=1)
    fenced = _FENCED.fullmatch(text)
    try:
        data = json.loads(fenced.group(1) if fenced else text)
    except (ValueError, RecursionError) as error:
        raise LanguageError("the model's answer is not whole JSON", "use another model") from error
    try:
        return _claims(data)
    except (LookupError, TypeError, ValueError) as error:
        raise LanguageError(
            f"the model's answer is of another schema ({error})", "use another model"
        ) from error


def _claims(data: Any) -> tuple[Claim, ...]:
    if (
        not isinstance(data, dict)
        or set(data) != {"claims"}
        or not isinstance(data["claims"], list)
    ):
        raise ValueError("no list of claims")
    if not 0 < len(data["claims"]) <= MOST_CLAIMS:
        raise ValueError(f"{len(data['claims'])} claims, where 1 to {MOST_CLAIMS} are wanted")
    return tuple(_claim(row) for row in data["claims"])


def _claim(row: Any) -> Claim:
    if not isinstance(row, dict) or set(row) != set(_FIELDS):
        raise ValueError("a claim without its four fields")
    section, text, source, quote = (row[field] for field in _FIELDS)
    if section not in get_args(SectionName) or not isinstance(text, str):
        raise ValueError("a claim without section or text")
    if not all(isinstance(value, str | None) for value in (source, quote)):
        raise ValueError("a source or quote that is no text")
    return Claim(section, text.strip(), source or None, quote or None)
