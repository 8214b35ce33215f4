"""The item's side: what a paper is about, read on its own, before the question is looked at."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from rigatino.brief import Brief, Model, Paper, find_injections
from rigatino.tasks import Guess, card, rarity, read, sentence_spans, telling, words

_ARXIV = re.compile(r"(\d{4}\.\d{4,5}|[a-z-]+/\d{7})")

#: Prefixes of the paper head's extra labels: the kind of paper and its field.
ROLE, DOMAIN = "role:", "domain:"


@dataclass(frozen=True, slots=True)
class PaperReading:
    """A paper on its own: probability of every task, of every role and field."""

    tasks: dict[str, float]
    because: dict[str, tuple[str, ...]]
    role: str
    domain: str
    domain_confidence: float
    #: probability of the likeliest field with pictures in it, and of the likeliest without
    pictures: float
    no_pictures: float
    #: probability of every role ("role:survey") and field ("domain:audio")
    kinds: dict[str, float]

    def chance(self, slug: str) -> float:
        """How probable it is that the paper is about a task."""
        return self.tasks.get(slug, 0.0)

    @property
    def of_pictures(self) -> bool:
        """Whether its field has to do with pictures, as far as that can be told; a tie does."""
        return self.pictures >= self.no_pictures

    @property
    def main(self) -> str | None:
        """The task it is most likely about, if any is at least as likely as not."""
        best = max(self.tasks, key=self.chance, default=None)
        return best if best and self.chance(best) >= 0.5 else None


#: Fields without pictures in them.
_PICTURELESS = ("text-only", "audio", "networks", "theory", "other-ml", "non-ml")
#: A paper behind a module whose name states a task is about that task with this probability.
_BEHIND = 0.9
#: … and one of pictures whose title states a task in two words or more, with at least this.
_TITLED = 0.6
#: A task's name of one word must be this rare to name it: "colour" is not.
_RARE = 0.8


def read_paper(paper: Paper, named: tuple[str, ...] = ()) -> PaperReading:
    """Read title (twice: it was chosen with care) and summary.

    ``named`` are tasks stated by the name of a module that the paper stands behind.
    """
    guesses = read(f"{paper.title}\n{paper.title}\n{paper.summary}", "paper")
    plain = [g for g in guesses if ":" not in g.slug]
    domain = _best(guesses, DOMAIN)
    fields = {g.slug.removeprefix(DOMAIN): g.confidence for g in guesses if DOMAIN in g.slug}
    pictures = max(fields[name] for name in fields if name not in _PICTURELESS)
    no_pictures = max(fields[name] for name in fields if name in _PICTURELESS)
    titled = tuple(g.slug for g in plain if names_one(paper.title, (g.slug,), 2))
    least = dict.fromkeys(titled, _TITLED if pictures >= no_pictures else 0.0)
    least |= dict.fromkeys(named, _BEHIND)
    return PaperReading(
        tasks={g.slug: max(g.confidence, least.get(g.slug, 0.0)) for g in plain},
        because={g.slug: g.because for g in plain},
        role=_best(guesses, ROLE).slug.removeprefix(ROLE),
        domain=domain.slug.removeprefix(DOMAIN),
        domain_confidence=domain.confidence,
        pictures=pictures,
        no_pictures=no_pictures,
        kinds={g.slug: g.confidence for g in guesses if ":" in g.slug},
    )


def names_one(text: str, tasks: tuple[str, ...], least: int = 1) -> float:
    """1 if a text states one of the tasks by a name of it, of so many words at least; else 0."""
    stems = f" {' '.join(w.stem for w in words(text))} "
    names = (name for slug in tasks for name in _names_of(slug) if name.count(" ") + 1 >= least)
    return float(any(f" {name} " in stems for name in names))


@cache
def _names_of(slug: str) -> tuple[str, ...]:
    """The names of a task, as stems; a single word must be a rare one."""
    c = card(slug)
    names = [words(name) for name in (c.name, *c.also, slug.replace("-", " "))]
    rare = (n for n in names if len(n) > 1 or min(rarity(n[0].lower), rarity(n[0].stem)) >= _RARE)
    return tuple(sorted({" ".join(w.stem for w in name) for name in rare}))


def _best(guesses: tuple[Guess, ...], prefix: str) -> Guess:
    return next(g for g in guesses if g.slug.startswith(prefix))


#: Beginnings of words by which a summary says what it is up to.
_AIM = ("propos", "introduc", "present", "stud", "investigat", "aim", "goal", "objectiv",
        "address", "work", "paper", "article", "author", "explor", "ask", "show")  # fmt: skip
#: … and by which it tells how the thing works.
_MECHANISM = ("network", "train", "learn", "predict", "estimat", "encod", "decod", "branch",
              "module", "layer", "map", "input", "reconstruct", "restor", "remov", "fill",
              "recover",
              "feature", "attention", "filter", "prior", "condition", "loss", "sampl", "generat",
              "combin", "pixel", "patch", "kernel", "guid", "iterat", "step")  # fmt: skip
_BOAST = ("outperform", "state-of-the-art", "sota", "favourabl", "favorabl", "superior",
          "competit", "groundwork", "future", "advanc", "code", "github", "baseline", "extensiv",
          "availab")  # fmt: skip


def quotable(paper: Paper) -> list[tuple[int, int]]:
    """Sentences of the summary that may be quoted: whole, not too long, not planted.

    Spans count in the text of the paper's source (title, newline, summary).
    """
    offset = len(paper.title) + 1
    text = f"{paper.title}\n{paper.summary}"
    planted = find_injections(text)
    spans = [(a + offset, b + offset) for a, b in sentence_spans(paper.summary)]
    return [
        (a, b)
        for a, b in spans
        if 20 <= b - a <= 420
        and not any(p.start < b and a < p.end for p in planted)
        and "http" not in text[a:b]
    ]


def ranked(paper: Paper, about: tuple[str, ...], kind: str) -> list[tuple[int, int]]:
    """Quotable sentences by how well they say what it is (``aim``) or how it works (``how``)."""
    text = f"{paper.title}\n{paper.summary}"
    signs = _AIM if kind == "aim" else _MECHANISM
    topical = {w.lower() for w in about}

    def worth(span: tuple[int, int]) -> float:
        found = [w.lower for w in telling(text[slice(*span)])]
        hits = len({s for s in signs for w in found if w.startswith(s)})
        boasts = sum(w.startswith(s) for s in _BOAST for w in found)
        topic = len(topical & set(found))
        content = min(len(found), 12) / 6  # a sentence that says something has words that do
        negated = 2.0 if kind == "aim" and " not " in text[slice(*span)] else 0.0
        early = 1.5 * (1 - span[0] / len(text)) if kind == "aim" else 0.0
        return (
            hits
            + early
            + 1.2 * topic
            + content
            - 1.5 * boasts
            - negated
            - 0.004 * (span[1] - span[0])
        )

    return sorted(quotable(paper), key=lambda span: (-worth(span), span[0]))


def describing_paper(brief: Brief, model: Model) -> Paper | None:
    """The paper of the brief that has a link in common with the model, if any."""
    mine = {_key(link) for link in (model.paper, model.github) if link}
    for paper in brief.papers:
        if mine & {_key(link) for link in (paper.url, paper.github) if link}:
            return paper
    return None


def _key(link: str) -> str:
    """What a link points to, whatever its form: an arXiv number, or the bare address."""
    found = _ARXIV.search(link) if "arxiv" in link.lower() else None
    bare = re.sub(r"^https?://(www\.)?", "", link.lower()).rstrip("/").removesuffix(".git")
    return found.group(1) if found else bare
