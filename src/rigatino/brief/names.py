"""Module names: what they say goes in, comes out and is done.

The grammar::

    name    = [part "-"] head { "-" part }
    head    = types "2" types  |  task word
    types   = type { type }                 CamelCase: ImgTxt, Raw, Vid, Mask …
    part    = task word | family | option | figure | anything

A task word is a head only if nothing but options ("HuggingFace") stands before it.
Parts may also be divided by ``_``, ``/`` or blanks. Words come from the published
vocabulary in ``vocabulary.toml``. A name is *understood* when it has a head. Then

* the head decides what goes in and comes out; a task word that does not fit the output
  of an arrow ("ControlNet-Depth" in an ``ImgTxt2Img`` module) is an option;
* the tasks are those of task words; else those of the family, if it takes and gives what
  the head says; else the one that the pair of types implies;
* a family adds the settings that it is known to have (a quality factor, a weight).

Without a head, a family alone gives a *hint*: what modules of that family usually take,
give and do. Anything else is listed as unread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from rigatino.brief.vocabulary import Family, Vocabulary, vocabulary

_PARTS = re.compile(r"[-_/ ]+")
_TO = re.compile(r"(?<=[A-Za-z])-to-(?=[A-Za-z])", re.IGNORECASE)
_SPLIT_ARROW = re.compile(r"(?<=[A-Za-z])2-(?=3D\b)")  # "Txt2-3D"
_SMALL = (
    "a an and are as at by can do does for from how in into is it of on or over the to toward "
    "towards under using via what when where why with without"
)
_SMALL_WORDS = frozenset(_SMALL.split())
_ODD = re.compile(r"[\d_/]|[a-z][A-Z]|[A-Z]{2}|-[A-Z]")
_DIVIDED = re.compile(r"[-_/\d]")
_LONGEST_FAMILY = 6


@dataclass(frozen=True, slots=True)
class Stated:
    """What one part of a name says.

    ``kind`` is ``input``, ``output``, ``task``, ``family``, ``scale`` or the kind of an
    option or figure (``quality``, ``colour``, ``version``, ``data`` …).
    """

    part: str
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class ModuleName:
    """A module name as read by the grammar."""

    name: str
    #: the name has a head, so inputs and outputs are what the name itself says
    understood: bool
    #: a known family and nothing else: what is said here is usual, not stated
    hint: bool
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    #: task slugs, the stated ones first
    tasks: tuple[str, ...]
    #: task slugs that its types come near to without stating them
    near: tuple[str, ...]
    #: known networks that it names, as written
    families: tuple[str, ...]
    #: "any", a factor such as "4", or None
    scale: str | None
    #: what it was trained on, where its name says so and that is narrow
    subject: str | None
    options: tuple[Stated, ...]
    #: parts that the vocabulary does not know
    unread: tuple[str, ...]
    because: tuple[Stated, ...]


@lru_cache(maxsize=4096)
def read_module_name(name: str) -> ModuleName:
    """What a module name says; never fails, but may understand nothing."""
    return _NameReader(name, vocabulary()).read()


def is_module_name(name: str) -> bool:
    """Whether a text is a module's name rather than a paper's title.

    Titles have blanks and small words; names are one word, or have a head and otherwise
    nothing but parts that look like parts of names.
    """
    if ": " in name or name.endswith((".", "?", "!")):
        return False
    words = name.split()
    read = read_module_name(name)
    if len(words) == 1:
        odd = _ODD.search(name)
        return bool(odd) and (read.understood or read.hint or bool(_DIVIDED.search(name)))
    if not read.understood or len(words) > 6 or _SMALL_WORDS & {w.lower() for w in words}:
        return False
    return all(_looks_like_a_part(word, read) for word in words[1:])


def _looks_like_a_part(word: str, read: ModuleName) -> bool:
    known = {stated.part.lower() for stated in read.because}
    return word.lower() in known or bool(_ODD.search(word))


class _NameReader:
    """Reads one name from left to right."""

    def __init__(self, name: str, words: Vocabulary) -> None:
        self.name = name
        self.words = words
        self.parts = [
            part for part in _PARTS.split(_TO.sub("2", _SPLIT_ARROW.sub("2", name.strip()))) if part
        ]
        self.because: list[Stated] = []
        self.unread: list[str] = []
        self.families: list[Family] = []
        self.family_names: list[str] = []
        self.scale: str | None = None

    def read(self) -> ModuleName:
        arrow = self._read_head_arrow()
        tasks = self._read_parts()
        if arrow:
            inputs, outputs = arrow
            given = {*outputs, *(("image",) if "video" in outputs else ())}  # frame by frame
            tasks = [t for t in tasks if set(self.words.tasks[t].outputs) & given]
        elif tasks and self._begins_with_task(tasks[0]):
            inputs, outputs = self._of_task(tasks[0])
        else:
            return self._hint()
        main = self.words.main(inputs)
        if not tasks:
            tasks = self._implied(main, outputs)
        near = self.words.near(main, outputs)
        main, outputs = self.words.renamed(main, outputs)
        settings = tuple(kind for kind in inputs if self.words.is_setting(kind))
        inputs = self._with_settings(main + settings, tasks)
        return replace(self._made(True, False, inputs, outputs, tuple(tasks)), near=near)

    def _made(
        self,
        understood: bool,
        hint: bool,
        inputs: tuple[str, ...],
        outputs: tuple[str, ...],
        tasks: tuple[str, ...],
    ) -> ModuleName:
        return ModuleName(
            name=self.name,
            understood=understood,
            hint=hint,
            inputs=inputs,
            outputs=outputs,
            tasks=tuple(dict.fromkeys(tasks)),
            near=(),
            families=tuple(dict.fromkeys(self.family_names)),
            scale=self.scale,
            subject=next((s.value for s in self.because if s.kind == "subject"), None),
            options=tuple(s for s in self.because if s.kind not in _NO_OPTION),
            unread=tuple(self.unread),
            because=tuple(self.because),
        )

    def _read_head_arrow(self) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
        """The first part of the form ``types 2 types``, which is nearly always the first."""
        for index, part in enumerate(self.parts):
            arrow = None if self.words.family(part) else self.words.arrow(part)
            if arrow:
                taken, given = arrow
                self.because += [Stated(part, "input", kind) for kind in taken]
                self.because += [Stated(part, "output", kind) for kind in given]
                del self.parts[index]
                return taken, given
        return None

    def _read_parts(self) -> list[str]:
        """Every other part; returns the tasks that are stated in so many words."""
        tasks: list[str] = []
        at = 0
        while at < len(self.parts):
            size = self._read_family(at)
            if size:
                at += size
                continue
            part = self.parts[at]
            task = self.words.task(part)
            if task:
                tasks.append(task)
                self.because.append(Stated(part, "task", task))
            else:
                self._read_option(part)
            at += 1
        return tasks

    def _read_family(self, at: int) -> int:
        """How many parts from ``at`` on are the name of a family; the longest wins."""
        for size in range(min(_LONGEST_FAMILY, len(self.parts) - at), 0, -1):
            written = "-".join(self.parts[at : at + size])
            if size > 1 and self.words.option(self.parts[at + size - 1]):
                continue  # a version or size is a part of its own
            family = self.words.family(written)
            if family and (size > 1 or not self._is_head_task(at)):
                self.families.append(family)
                self.family_names.append(written)
                self.because.append(Stated(written, "family", family.group))
                return size
        return 0

    def _is_head_task(self, at: int) -> bool:
        return at == 0 and self.words.task(self.parts[0]) is not None

    def _read_option(self, part: str) -> None:
        subject = self.words.subject(part)
        if subject:
            self.because.append(Stated(part, "subject", subject))
            return
        option = self.words.option(part)
        if option is None:
            self.unread.append(part)
            return
        kind, value = option
        if kind == "scale":
            self.scale = self.scale or value
        self.because.append(Stated(part, kind, value))

    def _begins_with_task(self, task: str) -> bool:
        """Whether nothing but options stands before the first task word."""
        for stated in self.because:
            if stated.kind == "task":
                return stated.value == task
            if stated.kind == "family":
                return False
        return False

    def _of_task(self, task: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """What a task takes and gives; ``VidDeblur`` and the like name videos themselves."""
        entry = self.words.tasks[task]
        part = next(s.part for s in self.because if s.kind == "task")
        taken = self.words.begins_with(part)
        if taken is None or entry.inputs != ("image",):
            return entry.inputs, entry.outputs
        swap = {"image": "video"} if taken == "video" else {}
        return (taken,), tuple(swap.get(kind, kind) for kind in entry.outputs)

    def _implied(self, main: tuple[str, ...], outputs: tuple[str, ...]) -> list[str]:
        """The tasks of a family that takes and gives the same, else of the pair of types."""
        for family in self.families:
            same = set(main) <= set(family.inputs) and set(outputs) & set(family.outputs)
            if same and family.tasks:
                return list(family.tasks)
        return list(self.words.implied(main, outputs))

    def _with_settings(self, inputs: tuple[str, ...], tasks: list[str]) -> tuple[str, ...]:
        """With the settings that the scale or a family of the same task brings along."""
        added = list(inputs)
        if self.scale == "any":
            added.append("scale")
        for family in self.families:
            if set(family.tasks) & set(tasks):
                added += [kind for kind in family.inputs if self._is_free_setting(kind)]
        return tuple(dict.fromkeys(added))

    def _is_free_setting(self, kind: str) -> bool:
        """A setting that the name does not fix itself."""
        fixed = kind == "scale" and self.scale not in (None, "any")
        return self.words.is_setting(kind) and not fixed

    def _hint(self) -> ModuleName:
        """No head: what the first known family usually takes, gives and does."""
        if not self.families:
            return self._made(False, False, (), (), ())
        family = self.families[0]
        return self._made(False, True, family.inputs, family.outputs, family.tasks)


_NO_OPTION = frozenset(("input", "output", "task", "family"))
