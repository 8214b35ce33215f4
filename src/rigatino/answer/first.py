"""Section 1: what task the asker is performing."""

from __future__ import annotations

from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Block, Sentence
from rigatino.answer.sights import called_up, seen
from rigatino.answer.speaking import general, quoting, split
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation
from rigatino.tasks import Card, card


def task_blocks(brief: Brief, rec: Recommendation, phrases: Phrases) -> tuple[Block, ...]:
    """What does not fit first, then what was seen, the task by name, what was lost."""
    seen_first = [*warning(brief, rec, phrases), *_seen(brief, rec, phrases)]
    opening = Block("paragraph", (*seen_first, *named(rec, phrases)))
    if not rec.tasks:
        return (opening,)
    about = (Block("paragraph", tuple(p)) for p in _background(brief, rec, phrases))
    return (opening, *about)


def warning(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """The first sentence, where the brief does not fit or only half of it does."""
    if not (brief.models or brief.papers):
        key = "no_sources" if brief.form == "question" else "nothing_given"
        return [general(phrases.say(key))]
    if not rec.fits_exist:
        return [general(phrases.say("nothing_fits"))]
    if not any(v.fit == "direct" for v in rec.papers):
        return [general(phrases.say("only_models_fit"))]
    if brief.models and not any(v.fit == "direct" for v in rec.models):
        return [general(phrases.say("only_papers_fit"))]
    return []


def _seen(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    because = rec.tasks[0].because if rec.tasks else ()
    span = seen(brief.question, because)
    return [quoting(brief, phrases, "seen", "Q", span)] if span else []


def named(rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """The task by name, or that it could not be told."""
    if not rec.tasks:
        return [general(phrases.say("unknown"))]
    first, *more = (card(guess.slug) for guess in rec.tasks)
    said = [general(phrases.say("named", name=first.name, goal=first.goal))]
    said += [general(phrases.say("second", name=c.name, goal=c.goal)) for c in more]
    if rec.tipped:
        said.append(general(phrases.say("tipped")))
    elif not more and rec.tasks[0].confidence < 0.6 and rec.alternatives:
        other = card(rec.alternatives[0].slug).name
        said.append(general(phrases.say("unsure", name=other)))
    return said


def _background(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[list[Sentence]]:
    """A paragraph a task: what this sight means, and what was lost."""
    one = len(rec.tasks) == 1
    return [_paragraph(card(g.slug), brief.question, 3 if one else 2, phrases) for g in rec.tasks]


def _paragraph(c: Card, question: str, most: int, phrases: Phrases) -> list[Sentence]:
    """What the sights called up mean; then the loss, from one side that the question chooses."""
    sights = called_up(c, question, most)
    said = [s for say in sights for s in split(say)]
    lost = split(phrases.telling(c, "lost"))
    unknowable = split(phrases.telling(c, "unknowable"))
    if not sights:
        said += [*split(phrases.telling(c, "notices"))[:1], *lost[:2]]
    else:
        said += phrases.choose((lost[:1], lost[:2], unknowable[:1]), c.slug)
    return [general(s) for s in dict.fromkeys(said)]
