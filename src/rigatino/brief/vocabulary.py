"""The published vocabulary of module names, loaded from ``vocabulary.toml``."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

_VERSION = re.compile(r"(?<=[a-z])(?:v?\d+(?:[.p]\d+)*|plus|pp|\+\+|xl|hd)$")
_NO_LETTER = re.compile(r"[^a-z0-9+]")


@dataclass(frozen=True, slots=True)
class TaskWords:
    """A task: its slug and what a module for it takes and gives."""

    slug: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """A group of networks whose modules usually do, take and give the same."""

    group: str
    tasks: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arrow:
    """A pair of types and the tasks it implies, or comes near to.

    ``takes`` and ``gives`` rename what goes in and what comes out.
    """

    inputs: frozenset[str]
    outputs: frozenset[str]
    tasks: tuple[str, ...]
    near: tuple[str, ...]
    takes: tuple[str, ...]
    gives: tuple[str, ...]


class Vocabulary:
    """Look-ups in the vocabulary."""

    def __init__(self, data: dict[str, dict[str, dict[str, list[str]]]]) -> None:
        self._types: dict[str, str] = {
            word.lower(): kind for kind, words in data["types"].items() for word in words
        }
        self._settings = frozenset(data["settings"]["names"])
        self.tasks = {
            slug: TaskWords(slug, tuple(entry["inputs"]), tuple(entry["outputs"]))
            for slug, entry in data["tasks"].items()
        }
        self._task_words, self._exact_tasks = _words(data["tasks"])
        self.families = {
            name: Family(
                name, tuple(entry["tasks"]), tuple(entry["inputs"]), tuple(entry["outputs"])
            )
            for name, entry in data["families"].items()
        }
        self._family_words, self._exact_families = _words(data["families"])
        self._arrows = [_arrow(entry) for entry in data["arrows"]]
        self._options = {
            word.lower(): (kind, word) for kind, words in data["options"].items() for word in words
        }
        subjects = data["subjects"]
        self._subjects = {w.lower(): name for name in subjects for w in subjects[name]["words"]}
        self._signs = {name: tuple(entry["signs"]) for name, entry in subjects.items()}
        self._figures = [(kind, re.compile(p)) for kind, p in data["figures"].items()]
        self._any = frozenset(word.lower() for word in data["any_scale"]["words"])

    def types(self) -> dict[str, tuple[str, ...]]:
        """Every plain word for a kind of data, with the abbreviations that stand for it."""
        table: dict[str, tuple[str, ...]] = {}
        for word, kind in self._types.items():
            table[kind] = (*table.get(kind, ()), word)
        return table

    def is_setting(self, kind: str) -> bool:
        """Whether an input is a setting; "(optional)" may follow its name."""
        return kind.removesuffix(" (optional)") in self._settings

    def main(self, inputs: tuple[str, ...]) -> tuple[str, ...]:
        """The inputs that are no settings."""
        return tuple(kind for kind in inputs if not self.is_setting(kind))

    def task(self, part: str) -> str | None:
        """The task that a part states, if it is a task word (perhaps after types)."""
        exact = self._exact_tasks.get(part)
        if exact:
            return exact
        direct = self._task_words.get(_plain(part))
        if direct or not re.search(r"[a-z][A-Z]", part):
            return direct
        for match in re.finditer(r"(?<=[a-z0-9])(?=[A-Z])", part):
            front, back = part[: match.start()], part[match.start() :]
            if self.segmented(front) and _plain(back) in self._task_words:
                return self._task_words[_plain(back)]
        return None

    def begins_with(self, part: str) -> str | None:
        """What a composed task word begins with: ``VidDeblur`` with videos, ``RawDenoise``."""
        found = re.match(r"([vV]id(?:eo)?|[rR]aw)(?=[A-Z])", part)
        return self._types.get(found.group(1).lower()) if found else None

    def family(self, part: str) -> Family | None:
        """The family that a part, or several joined parts, names."""
        name = self._exact_families.get(part)
        plain = _plain(part)
        while name is None and plain:
            name = self._family_words.get(plain)
            shorter = _VERSION.sub("", plain)
            if shorter == plain:
                break
            plain = shorter
        return self.families[name] if name else None

    def subject(self, part: str) -> str | None:
        """What a module was trained on, if a part says so and it is narrow."""
        return self._subjects.get(part.lower())

    def signs(self, subject: str) -> tuple[str, ...]:
        """Beginnings of words by which a question asks for a subject."""
        return self._signs[subject]

    def option(self, part: str) -> tuple[str, str] | None:
        """Kind and value of a part that qualifies the module."""
        lower = part.lower()
        if lower in self._any:
            return "scale", "any"
        if lower in self._options:
            return self._options[lower]
        for kind, pattern in self._figures:
            match = pattern.fullmatch(part)
            if match:
                return kind, next(group for group in match.groups() if group)
        return None

    def arrow(self, part: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The types on both sides of a ``2`` or ``To``."""
        for match in re.finditer(r"2|(?<=[a-z])To(?=[A-Z0-9])", part):
            taken = self.segmented(part[: match.start()])
            given = self.segmented(part[match.end() :])
            if taken and given:
                return taken, given
        return None

    def segmented(self, text: str) -> tuple[str, ...] | None:
        """A run of types such as ``ImgTxt``; where there are capitals, they divide it."""
        if not text:
            return None
        cased = any(c.isupper() for c in text)
        return self._segment(text, 0, cased)

    def _segment(self, text: str, at: int, cased: bool) -> tuple[str, ...] | None:
        if at == len(text):
            return ()
        for end in range(len(text), at, -1):
            kind = self._types.get(text[at:end].lower())
            divides = end == len(text) or not cased or text[end].isupper() or text[end].isdigit()
            if kind and divides:
                rest = self._segment(text, end, cased)
                if rest is not None:
                    return tuple(dict.fromkeys((kind, *rest)))
        return None

    def implied(self, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> tuple[str, ...]:
        """The tasks that a pair of types implies."""
        arrow = self._find(inputs, outputs)
        return arrow.tasks if arrow else ()

    def near(self, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> tuple[str, ...]:
        """The tasks that a pair of types comes near to without being made for them."""
        arrow = self._find(inputs, outputs)
        return arrow.near if arrow else ()

    def renamed(
        self, inputs: tuple[str, ...], outputs: tuple[str, ...]
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Inputs and outputs in the words for this pair of types."""
        arrow = self._find(inputs, outputs)
        return ((arrow and arrow.takes) or inputs), ((arrow and arrow.gives) or outputs)

    def _find(self, inputs: tuple[str, ...], outputs: tuple[str, ...]) -> Arrow | None:
        pair = (frozenset(inputs), frozenset(outputs))
        return next((a for a in self._arrows if (a.inputs, a.outputs) == pair), None)


def _plain(text: str) -> str:
    return _NO_LETTER.sub("", text.lower())


def _words(entries: dict[str, dict[str, list[str]]]) -> tuple[dict[str, str], dict[str, str]]:
    """Words and exactly written words, each with the name of its entry."""
    loose = {_plain(word): name for name, entry in entries.items() for word in entry["words"]}
    exact = {word: name for name, entry in entries.items() for word in entry.get("exact", [])}
    return loose, exact


def _arrow(entry: object) -> Arrow:
    if not isinstance(entry, dict):
        raise TypeError("an entry of [[arrows]] is a table")
    return Arrow(
        frozenset(entry["inputs"]),
        frozenset(entry["outputs"]),
        tuple(entry["tasks"]),
        tuple(entry.get("near", ())),
        tuple(entry.get("takes", ())),
        tuple(entry.get("gives", ())),
    )


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    text = resources.files("rigatino.brief").joinpath("vocabulary.toml").read_text("utf-8")
    return Vocabulary(tomllib.loads(text))
