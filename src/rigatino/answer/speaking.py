"""Making sentences: the three kinds, and quoting a source by span."""

from __future__ import annotations

import re

from rigatino.answer.phrases import Phrases, kind
from rigatino.answer.record import Sentence
from rigatino.brief import Brief


def general(text: str) -> Sentence:
    """Background, or the program speaking of itself."""
    return Sentence(text, "general")


def quoting(
    brief: Brief, phrases: Phrases, key: str, source_id: str, span: tuple[int, int], **values: str
) -> Sentence:
    """A phrase around a verbatim quote; ``{quote}`` and ``{id}`` are filled in here."""
    quote = brief.source(source_id).text[slice(*span)]
    text = phrases.say(key, source_id, quote=quote, id=source_id, **values)
    return Sentence(text, "brief", (source_id,), quote, span)


def naming(brief: Brief, phrases: Phrases, key: str, model_id: str, **values: str) -> Sentence:
    """A phrase about a module that rests on its name, quoted whole."""
    name = brief.source(model_id).text
    text = phrases.say(key, model_id, model=name, id=model_id, **values)
    return Sentence(text, "brief", (model_id,), name, (0, len(name)))


def listed(kinds: tuple[str, ...]) -> str:
    """Inputs or outputs in words: "a picture and a mask"; "nothing" if there are none."""
    named = [kind(k) for k in kinds]
    return " and ".join(filter(None, (", ".join(named[:-1]), *named[-1:]))) or "nothing"


def split(text: str) -> list[str]:
    """The sentences of a card's field."""
    return [s for s in re.split(r"(?<=[.!?])\s+", text.strip()) if s]


def capital(text: str) -> str:
    """With a capital in front."""
    return text[:1].upper() + text[1:]
