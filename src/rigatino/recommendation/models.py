"""Verdicts on recommended models: what the name says it takes, gives and does.

A module is *direct* when its task (by its name, or by the paper of the brief that
describes it) is one of the asker's and it asks for nothing that the asker lacks;
*partial* when it does a neighbouring thing, or the right thing with a condition;
*none* when it does not even take what the asker has, give what the asker wants, or do
anything of the kind.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rigatino.brief import Brief, Model, ModuleName, Paper, read_module_name, vocabulary
from rigatino.recommendation.items import describing_paper, read_paper
from rigatino.recommendation.papers import ABOUT
from rigatino.recommendation.record import ModelFit, ModelVerdict
from rigatino.recommendation.shared import shared_words
from rigatino.tasks import card, glossed, telling

#: Inputs that a person supplies by typing or rolling dice; nobody lacks them, nor any setting.
_SUPPLIED = frozenset({"text", "noise"})
_FRACTION = re.compile(r"\b\d+[.,]\d+\s*(?:x|×|times)|\bany (?:size|factor|scale)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Asked:
    """The asker's side of a verdict: sure tasks, an unsure second one, the words."""

    tasks: tuple[str, ...]
    beside: tuple[str, ...]
    question: str


def lacking(inputs: tuple[str, ...], has: tuple[str, ...]) -> tuple[str, ...]:
    """The inputs that the asker would still have to come by."""
    return tuple(
        kind
        for kind in inputs
        if not (kind in has or kind in _SUPPLIED or vocabulary().is_setting(kind))
        and "(optional)" not in kind
    )


def judge_model(
    brief: Brief, model: Model, tasks: tuple[str, ...], beside: tuple[str, ...] = ()
) -> ModelVerdict:
    """One recommended model against the asker's tasks, and those that may be meant besides."""
    name = read_module_name(model.name)
    paper = describing_paper(brief, model)
    does = _does(name, paper)
    has = tuple(dict.fromkeys(kind for slug in tasks for kind in card(slug).inputs))
    ground = _ground(name, does, _Asked(tasks, beside, brief.question), has)
    fit = _FITS[ground]
    shared = shared_words(brief.question, tasks, model.name, "") if fit == "none" else []
    return ModelVerdict(
        id=model.id,
        name=model.name,
        fit=fit,
        why=_why(ground, name, does, tasks, has),
        inputs=name.inputs,
        outputs=name.outputs,
        tasks=does,
        misleading_word=shared[0].word if shared else None,
        described_by=paper.id if paper else None,
        ground=ground,
        condition={"scale": name.scale, "subject": name.subject}.get(ground),
    )


def _does(name: ModuleName, paper: Paper | None) -> tuple[str, ...]:
    """Task slugs of a module: stated by its name, else by the paper that describes it."""
    if name.tasks:
        return name.tasks
    if paper is None:
        return ()
    chances = read_paper(paper).tasks
    return tuple(slug for slug, p in chances.items() if p >= ABOUT)


_FITS: dict[str, ModelFit] = {
    "task": "direct",
    "lacks": "partial",
    "scale": "partial",
    "part": "partial",
    "subject": "partial",
    "neighbour": "partial",
    "blind": "none",
    "other": "none",
    "unread": "none",
}
_SIGHT = frozenset({"image", "video", "views", "raw sensor data"})
#: What is wanted in order to be looked at, not to be read off.
_SHOWN = frozenset({"image", "video"})


def _ground(name: ModuleName, does: tuple[str, ...], asked: _Asked, has: tuple[str, ...]) -> str:
    """What the verdict rests on, the gravest first."""
    if not name.understood and not does:
        return "unread"
    if name.inputs and _is_blind(name.inputs, has):
        return "blind"
    if any(slug in does for slug in asked.tasks):
        return _reservation(name, does, asked, has) or "task"
    wants = {kind for slug in asked.tasks for kind in card(slug).outputs}
    near = any(n in (*card(slug).neighbours, *asked.beside) for slug in asked.tasks for n in does)
    near = near or any(slug in name.near for slug in asked.tasks)
    return "neighbour" if near and _gives(name.outputs, wants) else "other"


def _is_blind(inputs: tuple[str, ...], has: tuple[str, ...]) -> bool:
    """Whether a module takes nothing of what the asker has; words are no picture."""
    if set(has[:1]) & _SIGHT:
        return not set(inputs) & (_SIGHT | (set(has) - {"text"}))
    return bool(has) and not set(inputs) & set(has)


def _gives(outputs: tuple[str, ...], wants: set[str]) -> bool:
    """Whether what comes out could pass for what is wanted, where that is to be looked at."""
    if wants & _SHOWN:
        return bool(set(outputs) & (wants | {"image"}))
    return True


def _reservation(
    name: ModuleName, does: tuple[str, ...], asked: _Asked, has: tuple[str, ...]
) -> str | None:
    """Why a module that does what is asked does not quite serve, if so; the gravest first."""
    fixed = name.scale and name.scale != "any" and _FRACTION.search(asked.question)
    reasons = {
        "lacks": lacking(name.inputs, has),
        "part": asked.tasks[0] not in does,
        "subject": name.subject and not _asks_for(name.subject, asked.question),
        "scale": fixed,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)


def _asks_for(subject: str, question: str) -> bool:
    """Whether a question speaks of what a module was trained on."""
    said = [w.lower for w in telling(glossed(question))]
    return any(word.startswith(sign) for word in said for sign in vocabulary().signs(subject))


def _why(
    ground: str,
    name: ModuleName,
    does: tuple[str, ...],
    tasks: tuple[str, ...],
    has: tuple[str, ...],
) -> str:
    """The verdict in words, for the JSON."""
    theirs = _list(tuple(card(slug).name for slug in does)) or "something else"
    mine = next((card(slug).name for slug in tasks if slug in does), "the task")
    takes, gives = _list(name.inputs), _list(name.outputs) or "nothing named"
    return {
        "task": f"By its name or its paper it is made for {mine}.",
        "lacks": f"It is made for {mine}, but it needs {_list(lacking(name.inputs, has))}, "
        "which the question does not mention having.",
        "part": f"It is made for {mine}, which is only a part of what is asked.",
        "subject": f"It is made for {mine}, but its name says that it learned from {name.subject}.",
        "scale": f"It is made for {mine}, but its name ties it to a factor of {name.scale}.",
        "neighbour": f"It is made for {theirs}, a neighbour of what is asked.",
        "blind": f"As named it takes {takes} and no {_list(has[:1])}, so it cannot have worked "
        "on what the asker has.",
        "other": f"It is made for {theirs}; it gives {gives}.",
        "unread": "Its name does not say what it takes or gives, nor does the brief.",
    }[ground]


def _list(kinds: tuple[str, ...]) -> str:
    """Two or more with "and" before the last."""
    return " and ".join(filter(None, (", ".join(kinds[:-1]), *kinds[-1:])))
