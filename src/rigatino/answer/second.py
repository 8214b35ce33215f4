"""Section 2: how the models would do it, input → model → output, and the literal answer."""

from __future__ import annotations

import re

from rigatino.answer.modules import by_itself, module_sentences, ranked_modules
from rigatino.answer.papers import mechanism, misfits
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Block, Sentence
from rigatino.answer.sights import ordered
from rigatino.answer.speaking import capital, general, listed, quoting, split
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation
from rigatino.tasks import Card, card, last_clause
from rigatino.workflow import Workflow

#: Which of the card's fields serve a kind of last clause, the reply itself aside: in pairs.
_SUPPORT = {
    "how": (("brings", "unknowable"), ("clues", "brings"), ("brings", "check"), ("clues", "check")),
    "clues": (("clues", "unknowable"), ("clues", "brings"), ("clues", "check")),
    "limits": (("unknowable", "check"), ("unknowable", "clues"), ("check", "lost")),
    "trust": (("unknowable", "check"), ("check", "clues")),
    "invented": (("clues", "check"), ("unknowable", "clues"), ("brings", "check")),
    "source": (("clues", "brings"), ("brings", "unknowable"), ("clues", "lost")),
    "better": (("brings", "check"), ("brings", "unknowable")),
    "wrong": (("brings", "unknowable"), ("unknowable", "check")),
    "choose": (("check", "clues"), ("clues", "brings")),
    "remark": (("brings", "check"), ("clues", "brings"), ("clues", "unknowable")),
}


def work_blocks(
    brief: Brief, rec: Recommendation, flow: Workflow, phrases: Phrases
) -> tuple[Block, ...]:
    """The workflow, the mechanism in the papers' words, the reply, what does not fit."""
    blocks = flow_blocks(brief, rec, flow, phrases)
    for said in (
        mechanism(brief, rec, phrases),
        reply(brief, rec, phrases),
        misfits(brief, rec, phrases),
    ):
        if said:
            blocks.append(Block("paragraph", tuple(said)))
    return tuple(blocks)


def flow_blocks(brief: Brief, rec: Recommendation, flow: Workflow, phrases: Phrases) -> list[Block]:
    """Input, model, output: of the modules that do it, else of each as named."""
    if not rec.tasks:
        modules = module_sentences(brief, rec, phrases)
        return [Block("paragraph", (general(phrases.say("no_task_work")), *modules))]
    first = card(rec.tasks[0].slug)
    direct = [v for v in rec.models if v.fit == "direct"]
    if direct:
        modules = module_sentences(brief, rec, phrases) + _chain(flow, phrases)
        return _steps(first, modules, phrases)
    blocks = []
    if rec.models:
        blocks += _as_named(brief, rec, phrases)
    blocks.append(Block("paragraph", tuple(_right_tool(brief, rec, first, phrases))))
    return blocks


def _steps(first: Card, modules: list[Sentence], phrases: Phrases) -> list[Block]:
    goes_in, comes_out = (phrases.telling(first, f"step_{end}") for end in ("input", "output"))
    return [
        Block("item", (general(f"{capital(goes_in)}."),), "Input"),
        Block("item", tuple(modules), "Model"),
        Block("item", (general(f"{capital(comes_out)}."),), "Output"),
    ]


def _as_named(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Block]:
    """Each module as its name draws it: input → model → output, and what that means here."""
    intro = Block("paragraph", (general(phrases.say("as_named")),))
    modules = (by_itself(brief, rec, v, phrases) for v in ranked_modules(rec))
    return [intro, *(Block("item", tuple(said)) for said in modules)]


def _right_tool(brief: Brief, rec: Recommendation, first: Card, phrases: Phrases) -> list[Sentence]:
    alone = "_alone" if brief.form == "question" else ""
    said = [] if rec.models else [general(phrases.say(f"no_models{alone}"))]
    steps = {end: phrases.telling(first, f"step_{end}") for end in ("input", "model", "output")}
    said.append(general(phrases.say("right_tool", "", **steps)))
    if not any(v.fit == "direct" for v in rec.papers):
        said.append(general(phrases.say(f"would_serve{alone}", serve=first.would_serve)))
    return said


def _chain(flow: Workflow, phrases: Phrases) -> list[Sentence]:
    """The modules in a row, where more than one does its part."""
    if len(flow.chain) < 2:
        return []
    parts = [listed(flow.step(flow.chain[0]).takes)]
    for model in flow.chain:
        parts += [f"[{model}]", listed(flow.step(model).gives)]
    return [general(phrases.say("chain", chain=" → ".join(parts)))]


def reply(brief: Brief, rec: Recommendation, phrases: Phrases) -> list[Sentence]:
    """The last clause quoted and answered literally, with the card's fields that serve it."""
    if not rec.tasks:
        return []
    clause = last_clause(brief.question)
    said: list[Sentence] = []
    span = (clause.start, clause.end)
    if clause.kind != "remark" and span[1] - span[0] <= 300 and not ordered(brief.question, span):
        said.append(quoting(brief, phrases, "you_ask", "Q", span))
    first, *more = (card(guess.slug) for guess in rec.tasks)
    said += _sentences(phrases.choose(first.replies[clause.kind], first.slug))
    pair = phrases.choose(_SUPPORT[clause.kind], "support")
    for name, most in zip(pair, (2, 0 if more else 1), strict=True):
        said += _sentences(_part(phrases.telling(first, name), phrases, name, most))
    for c in more:
        said += _sentences(phrases.choose(c.replies[clause.kind], c.slug))
    return [*said, general(phrases.say("caution" if brief.papers else "caution_alone"))]


#: A sentence that opens so leans on the one before it.
_LEANS = re.compile(
    r"(Then|It|Its|They|Their|This|That|These|Those|Such|But|And|So|Both|Yet|There|Here|With this"
    r"|From them|For this|In this|He|She|Instead|Only then|Otherwise|Therefore|Hence|Also)\b"
)


def _part(field: str, phrases: Phrases, salt: str, most: int) -> str:
    """So many neighbouring sentences of a field: which ones is the question's choice."""
    parts = split(field)
    starts = [i for i in range(max(1, len(parts) - most + 1))
              if i < len(parts) and not _LEANS.match(parts[i])]  # fmt: skip
    return phrases.choose([" ".join(parts[i : i + most]) for i in starts or [0]], salt)


def _sentences(text: str) -> list[Sentence]:
    return [general(s) for s in split(text)]
