"""What is said of each recommended module: what it is by its name, and whether it serves."""

from __future__ import annotations

from rigatino.answer.phrases import Phrases, kind
from rigatino.answer.record import Sentence
from rigatino.answer.speaking import general, listed, naming
from rigatino.brief import Brief
from rigatino.recommendation import ModelVerdict, Recommendation, lacking
from rigatino.tasks import card


def module_sentences(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """One or two sentences a module, those that do the job first."""
    rank = {"direct": 0, "partial": 1, "none": 2}
    verdicts = sorted(rec.models, key=lambda v: rank[v.fit])
    return [s for v in verdicts for s in _module(brief, rec, v, phrases)]


def _module(brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases) -> list[Sentence]:
    said = [_what_it_is(brief, rec, v, phrases)]
    if v.fit == "none" and v.inputs and rec.tasks and not said[0].text.count("cannot"):
        said.append(general(phrases.say("serve_if", v.id, task=card(rec.tasks[0].slug).name)))
    if v.described_by:
        said.append(_behind(brief, v, phrases))
    return said


def _behind(brief: Brief, v: ModelVerdict, phrases: Phrases) -> Sentence:
    paper = next(p for p in brief.papers if p.id == v.described_by)
    text = phrases.say("behind", v.id, model=v.id, id=paper.id, title=paper.title)
    return Sentence(text, "brief", (paper.id, v.id), paper.title, (0, len(paper.title)))


def _what_it_is(brief: Brief, rec: Recommendation, v: ModelVerdict, phrases: Phrases) -> Sentence:
    takes, gives = listed(v.inputs), listed(v.outputs)
    theirs = " and ".join(card(slug).name for slug in v.tasks)
    if not (v.inputs or v.outputs or theirs):
        return naming(brief, phrases, "model_unread", v.id)
    if not rec.tasks:
        return naming(brief, phrases, "model_line", v.id, takes=takes, gives=gives)
    task = card(rec.tasks[0].slug).name
    values = {"takes": takes, "gives": gives, "theirs": theirs}
    return naming(brief, phrases, _key(rec, v, bool(theirs)), v.id, **values, **_more(rec, v, task))


def _more(rec: Recommendation, v: ModelVerdict, task: str) -> dict[str, str]:
    """The blanks that depend on the asker's side."""
    has = tuple(dict.fromkeys(k for g in rec.tasks for k in card(g.slug).inputs))
    mine = next((card(g.slug).name for g in rec.tasks if g.slug in v.tasks), task)
    return {
        "task": mine,
        "has": kind(has[0]).removeprefix("a ") if has else "",
        "lacks": listed(lacking(v.inputs, has)),
        "scale": v.condition or "",
        "paper": v.described_by or "",
    }


def _key(rec: Recommendation, v: ModelVerdict, known: bool) -> str:
    """Which phrase suits a verdict; the ground of the verdict decides."""
    if v.fit == "direct":
        return "model_direct"
    grounds = {"lacks": "model_lacks", "scale": "model_scale", "blind": "model_blind"}
    if v.ground in grounds:
        return grounds[v.ground]
    if not known:
        return "model_other_unknown"
    if v.fit == "partial":
        return "model_partial"
    wants = {k for g in rec.tasks for k in card(g.slug).outputs}
    return "model_other_picture" if wants & set(v.outputs) else "model_other"
