"""What is said of the papers: the mechanism in their own words, and why some do not fit."""

from __future__ import annotations

from rigatino.answer.phrases import Phrases, reason
from rigatino.answer.record import Sentence
from rigatino.answer.restating import is_appeal
from rigatino.answer.speaking import quoting
from rigatino.brief import Brief, Paper
from rigatino.recommendation import PaperVerdict, Recommendation, ranked, words_for
from rigatino.tasks import card


def mechanism(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """Every direct paper explains itself: three sentences of one, two of each of several."""
    direct = [v for v in rec.papers if v.fit == "direct"]
    most = 3 if len(direct) == 1 else 2
    return [s for v in direct for s in _explained(brief, rec, v, phrases, most)]


def _explained(
    brief: Brief, rec: Recommendation, v: PaperVerdict, phrases: Phrases, most: int
) -> list[Sentence]:
    paper = _paper(brief, v.id)
    best = sorted(_sayings(brief, paper, words_for(paper, rec), "how")[:most])
    if not best:
        return [_untold(paper, phrases)]
    first, *more = best
    said = [quoting(brief, phrases, "paper_how", v.id, first)]
    for place, span in enumerate(more):
        said.append(quoting(brief, phrases, f"paper_more_{place}", v.id, span))
    return said


def _untold(paper: Paper, phrases: Phrases) -> Sentence:
    text = phrases.say("paper_untold", paper.id, id=paper.id, title=paper.title)
    return Sentence(text, "brief", (paper.id,), paper.title, (0, len(paper.title)))


def misfits(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """One sentence for every paper that is not used, with the reason."""
    return [_misfit(brief, v, phrases) for v in rec.papers if v.fit != "direct"]


def _misfit(brief: Brief, v: PaperVerdict, phrases: Phrases) -> Sentence:
    paper = _paper(brief, v.id)
    aims = _sayings(brief, paper, (), "aim")
    span = phrases.choose(tuple(aims[:3]), v.id) if aims else (0, len(paper.title))
    if v.fit == "adjacent":
        return quoting(brief, phrases, "misfit_adjacent", v.id, span, reason=_reason(v))
    if v.fit == "keyword-only":
        key = "misfit_keyword" if aims else "misfit_keyword_title"
        return quoting(brief, phrases, key, v.id, span, word=v.misleading_word or "")
    return quoting(brief, phrases, "misfit_unrelated", v.id, span)


def _sayings(
    brief: Brief, paper: Paper, about: tuple[str, ...], kind: str
) -> list[tuple[int, int]]:
    """The quotable sentences, the best first, without those that turn to the reader."""
    text = brief.source(paper.id).text
    return [span for span in ranked(paper, about, kind) if not is_appeal(text[slice(*span)])]


def _reason(v: PaperVerdict) -> str:
    theirs = card(v.tasks[0]).name if v.tasks else ""
    return reason(v.ground, theirs=theirs)


def _paper(brief: Brief, paper_id: str) -> Paper:
    return next(p for p in brief.papers if p.id == paper_id)
