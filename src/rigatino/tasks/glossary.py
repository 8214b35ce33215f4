"""Which language a text is in, and a small glossary into English for the readers.

The readers learned mostly from English. For Korean and Spanish a glossary of everyday
words about pictures (``glossary_data/*.tsv``: a word beginning, a tab, English words)
puts the English beside the original; nothing is taken away.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

_HANGUL = re.compile(r"[가-힣]")
_SPANISH = re.compile(
    r"[¿¡ñ]|\b(el|los|las|una|del|que|mi|mis|pero|cómo|qué|está|foto|fotos|imagen|porque|cuando|"
    r"muy|hasta|dónde|con|para|sin|también|más)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+", re.UNICODE)


def language_of(text: str) -> str:
    """``ko``, ``es``, or ``en`` for everything else that this installation cannot tell apart."""
    letters = sum(c.isalpha() for c in text) or 1
    if len(_HANGUL.findall(text)) / letters > 0.2:
        return "ko"
    hits = len(_SPANISH.findall(text))
    return "es" if hits >= 3 and hits / max(1, len(_WORD.findall(text))) > 0.08 else "en"


@cache
def glossary(language: str) -> dict[str, str]:
    """Word beginnings of a language and the English words that they stand for."""
    text = (files(__package__) / "glossary_data" / f"{language}.tsv").read_text(encoding="utf-8")
    lines = (line for line in text.splitlines() if line and not line.startswith("#"))
    return dict(line.split("\t", 1) for line in lines)


def gloss(word: str, language: str) -> str:
    """English for a word by its longest listed beginning; empty if there is none."""
    table = glossary(language)
    for end in range(len(word), 0, -1):
        if word[:end] in table and (language == "ko" or end >= min(4, len(word))):
            return table[word[:end]]
    return ""


def glossed(text: str) -> str:
    """The text, followed by English for the words that the glossary knows."""
    language = language_of(text)
    if language == "en":
        return text
    english = (gloss(match.group().lower(), language) for match in _WORD.finditer(text))
    return text + "\n" + " ".join(word for word in english if word)
