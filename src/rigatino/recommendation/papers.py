"""Verdicts on papers: two task readings compared, never mere shared words.

A paper is *direct* when it is about a task of the question and explains it; *adjacent* when
that fails by one step: another field, another role, a task that the asker's task card names
as a neighbour. Which of these, or neither, is weighed in :mod:`.standing`. Where it is
neither, the only question left is whether a shared word explains its presence:
*keyword-only*; or nothing does: *unrelated*. The paper behind a listed module whose name
states the asker's task is direct.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rigatino.brief import Brief, Paper, read_module_name
from rigatino.recommendation.items import PaperReading, describing_paper, ranked, read_paper
from rigatino.recommendation.record import PaperFit, PaperVerdict, Recommendation
from rigatino.recommendation.shared import SharedWord, shared_words
from rigatino.recommendation.standing import kin_of, named_neighbours, signs, standing
from rigatino.tasks import card, telling

#: At or above this probability a task is listed among those that a paper is about.
ABOUT = 0.4
#: At or above this an adjacent paper is said to be about a neighbouring task.
NEIGHBOUR = 0.2
#: At or above this probability a paper's field is taken as known.
FIELD = 0.75
#: Weakest shared word that explains a match.
MISLEADS = 0.42

_COLLECTION = re.compile(r"\b(benchmark|data ?set|corpus|challenge)\b", re.IGNORECASE)
_IS_COLLECTION = re.compile(
    r"\bis (?:a|an|the)(?: \w+){0,3} (?:benchmark|data ?set|corpus)\b", re.IGNORECASE
)

#: Fields whose pictures are not the asker's unless the question says so.
_FIELDS = {
    "medical": ("medic", "mri", "ct", "xray", "x-ray", "scan", "tumo", "doctor", "hospital"),
    "remote-sensing": ("satellite", "aerial", "drone", "remote"),
    "3d": ("3d", "scan", "model", "room", "walk", "mesh", "cloud", "lidar", "angle", "view"),
    "video": ("video", "film", "clip", "footage", "movie", "frame", "camcorder", "gif"),
}


def judge_paper(
    brief: Brief, paper: Paper, tasks: tuple[str, ...], beside: tuple[str, ...] = ()
) -> PaperVerdict:
    """One paper against the asker's tasks, and those that may be meant besides."""
    reading = read_paper(paper, named_by(brief, paper))
    if _collects(paper):
        reading = replace(reading, role="benchmark")
    shared = shared_words(brief.question, tasks, paper.title, paper.summary)
    found = paper_signs(brief, paper, tasks, beside)
    behind = bool(set(named_by(brief, paper)) & set(tasks)) and not found["foreign"]
    ground = "task" if behind else _ground(reading, tasks, shared, beside, found)
    word = shared[0] if ground == "word" else None
    return PaperVerdict(
        id=paper.id,
        title=paper.title,
        fit=_FITS[ground],
        why=_why(ground, reading, tasks, word, beside),
        tasks=_tasks(reading, tasks, beside, ground),
        misleading_word=word.word if word else None,
        span=_span(paper, reading, tasks, word),
        ground=ground,
    )


def paper_signs(
    brief: Brief, paper: Paper, tasks: tuple[str, ...], beside: tuple[str, ...] = ()
) -> dict[str, float]:
    """What is weighed of a paper; ``training/verdicts.py`` fits the weights on the same."""
    reading = read_paper(paper, named_by(brief, paper))
    foreign = foreign_field(reading, tasks, brief.question) is not None
    return signs(
        reading,
        tasks,
        beside,
        foreign=foreign,
        collects=_collects(paper),
        title=paper.title,
        summary=paper.summary,
    )


def _tasks(
    reading: PaperReading, tasks: tuple[str, ...], beside: tuple[str, ...], ground: str
) -> tuple[str, ...]:
    """What the paper is about, the likeliest first; of a neighbour, the neighbouring task first."""
    about = [s for s, p in reading.tasks.items() if p >= ABOUT]
    near = _beside(reading, tasks, beside) if ground == "neighbour" else None
    return tuple(dict.fromkeys([near, *about] if near else about))


_FITS: dict[str, PaperFit] = {
    "task": "direct",
    "benchmark": "adjacent",
    "field": "adjacent",
    "neighbour": "adjacent",
    "near": "adjacent",
    "word": "keyword-only",
    "nothing": "unrelated",
}


def _collects(paper: Paper) -> bool:
    """Whether a paper calls itself a benchmark or a collection, in its title or outright."""
    return bool(_COLLECTION.search(paper.title) or _IS_COLLECTION.search(paper.summary))


def _ground(
    reading: PaperReading,
    tasks: tuple[str, ...],
    shared: list[SharedWord],
    beside: tuple[str, ...],
    found: dict[str, float],
) -> str:
    """What the verdict rests on."""
    where = standing(found) if tasks else "off"
    if where == "off":
        return "word" if shared and shared[0].strength >= MISLEADS else "nothing"
    if where == "direct":
        return "task"
    if max(map(reading.chance, tasks)) >= ABOUT:
        if found["foreign"]:
            return "field"
        if reading.role == "benchmark":
            return "benchmark"
    return "neighbour" if _beside(reading, tasks, beside) else "near"


def _beside(reading: PaperReading, tasks: tuple[str, ...], beside: tuple[str, ...]) -> str | None:
    """The neighbouring task that a paper is about, if it is about one and not the asker's."""
    candidates = (*named_neighbours(tasks, beside), *kin_of(tasks))
    best = max(candidates, key=reading.chance, default=None)
    least = max(NEIGHBOUR, *map(reading.chance, tasks))
    return best if best and reading.chance(best) >= least else None


def named_by(brief: Brief, paper: Paper) -> tuple[str, ...]:
    """Tasks stated by the name of a module that shares a link with the paper."""
    return tuple(
        slug
        for model in brief.models
        if describing_paper(brief, model) == paper
        for slug in read_module_name(model.name).tasks
    )


def foreign_field(reading: PaperReading, tasks: tuple[str, ...], question: str) -> str | None:
    """The paper's field, when it is one that the question gives no sign of."""
    signs = _FIELDS.get(reading.domain)
    if not signs or reading.domain_confidence < FIELD:
        return None
    groups = {card(slug).group for slug in tasks}
    if _GROUP_OF.get(reading.domain) in groups:
        return None
    said = [w.lower for w in telling(question)]
    return None if any(w.startswith(s) for s in signs for w in said) else reading.domain


_GROUP_OF = {"3d": "space", "video": "video"}


def _why(
    ground: str,
    reading: PaperReading,
    tasks: tuple[str, ...],
    word: SharedWord | None,
    beside: tuple[str, ...],
) -> str:
    """The verdict in words, for the JSON."""
    mine = card(tasks[0]).name if tasks else "the question"
    theirs = card(reading.main).name if reading.main else None
    if ground == "neighbour":
        theirs = card(_beside(reading, tasks, beside) or tasks[0]).name
    place = "title" if word and word.in_title else "summary"
    topic = f"it is about {theirs}" if theirs else f"nothing in it is about {mine}"
    return {
        "task": f"It is about {mine}, which is what the question is about.",
        "benchmark": f"It measures or collects material for {mine}; it does not explain how.",
        "field": f"It is about {mine}, but in another field ({reading.domain}).",
        "neighbour": f"It is about {theirs}, a neighbour of {mine}.",
        "near": f"It touches on {mine} without being about it.",
        "word": f'Only the word "{word.word if word else ""}" in its {place} connects it with '
        f"the question; {topic}.",
        "nothing": f"Nothing in it is about {mine}, and no word explains why it was listed.",
    }[ground]


def words_for(paper: Paper, recommendation: Recommendation) -> tuple[str, ...]:
    """The words of a paper that speak for the asker's tasks."""
    because = read_paper(paper).because
    return tuple(w for guess in recommendation.tasks for w in because.get(guess.slug, ()))


def _span(
    paper: Paper, reading: PaperReading, tasks: tuple[str, ...], word: SharedWord | None
) -> tuple[int, int]:
    """The words on which the verdict rests."""
    if word:
        return word.start, word.end
    about = tuple(w for slug in tasks for w in reading.because.get(slug, ()))
    best = ranked(paper, about, "aim")
    return best[0] if best else (0, len(paper.title))
