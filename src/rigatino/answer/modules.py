"""What is said of each recommended module: what it is by its name, and whether it serves."""

from __future__ import annotations

from rigatino.answer.phrases import Phrases, kind
from rigatino.answer.record import Sentence
from rigatino.answer.speaking import capital, general, listed, naming
from rigatino.brief import Brief
from rigatino.recommendation import ModelVerdict, Recommendation, lacking
from rigatino.tasks import card


def ranked_modules(rec: Recommendation) -> list[ModelVerdict]:
    """Those that do the job first."""
    rank = {"direct": 0, "partial": 1, "none": 2}
    return sorted(rec.models, key=lambda v: rank[v.fit])


def module_sentences(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """One to three sentences a module."""
    return [s for v in ranked_modules(rec) for s in _module(brief, rec, v, phrases)]


def by_itself(
    brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases
) -> list[Sentence]:
    """A module drawn as input → model → output, where its name says so, then judged."""
    if not (v.inputs and v.outputs and rec.tasks):
        return _module(brief, rec, v, phrases)
    takes = listed(v.inputs)
    ends = {"takes": takes, "takes_first": capital(takes), "gives": listed(v.outputs)}
    key = _key(rec, v).replace("model_", "it_")
    judged = general(phrases.say(key, v.id, **_blanks(rec, v)))
    return [
        naming(brief, phrases, "drawn", v.id, **ends),
        judged,
        *_further(brief, rec, v, phrases),
    ]


def _module(brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases) -> list[Sentence]:
    return [_what_it_is(brief, rec, v, phrases), *_further(brief, rec, v, phrases)]


def _further(
    brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases
) -> list[Sentence]:
    """What would have to be true for it to serve, and which paper describes it."""
    said = []
    if v.ground == "other" and rec.tasks:
        said.append(general(phrases.say("serve_if", v.id, task=card(rec.tasks[0].slug).name)))
    if v.described_by:
        said.append(_behind(brief, v, phrases))
    return said


def _behind(brief: Brief, v: ModelVerdict, phrases: Phrases) -> Sentence:
    paper = next(p for p in brief.papers if p.id == v.described_by)
    text = phrases.say("behind", v.id, model=v.id, id=paper.id, title=paper.title)
    return Sentence(text, "brief", (paper.id, v.id), paper.title, (0, len(paper.title)))


def _what_it_is(brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases) -> Sentence:
    if not (v.inputs or v.outputs or v.tasks):
        return naming(brief, phrases, "model_unread", v.id)
    key = _key(rec, v) if rec.tasks else "model_line"
    return naming(brief, phrases, key, v.id, **_blanks(rec, v))


def _blanks(rec: Recommendation, v: ModelVerdict) -> dict[str, str]:
    """What the phrases about modules have to fill in."""
    has = tuple(dict.fromkeys(k for g in rec.tasks for k in card(g.slug).inputs))
    asked = [card(g.slug).name for g in rec.tasks]
    # What does something else is held against the first task.
    does = v.ground in ("task", "lacks", "scale", "part", "subject")
    mine = [card(g.slug).name for g in rec.tasks if does and g.slug in v.tasks]
    return {
        "takes": listed(v.inputs),
        "gives": listed(v.outputs),
        "theirs": " and ".join(card(slug).name for slug in v.tasks),
        "task": next(iter(mine + asked), ""),
        "has": kind(has[0]).removeprefix("a ") if has else "",
        "lacks": listed(lacking(v.inputs, has)),
        "condition": v.condition or "",
    }


def _key(rec: Recommendation, v: ModelVerdict) -> str:
    """Which phrase suits a verdict; the ground of the verdict decides."""
    if v.fit == "direct":
        return "model_direct"
    grounds = {"lacks": "model_lacks", "scale": "model_scale", "blind": "model_blind"}
    grounds |= {"part": "model_part", "subject": "model_subject"}
    if v.ground in grounds:
        return grounds[v.ground]
    if not v.tasks:
        return "model_other_unknown"
    if v.fit == "partial":
        return "model_partial"
    wants = {k for g in rec.tasks for k in card(g.slug).outputs}
    return "model_other_picture" if wants & set(v.outputs) else "model_other"
