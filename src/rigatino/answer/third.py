"""Section 3: every item with its links, by reference."""

from __future__ import annotations

from rigatino.answer.phrases import Phrases, mark
from rigatino.answer.record import Block, LinkRef, Sentence
from rigatino.answer.speaking import general
from rigatino.brief import Brief
from rigatino.recommendation import Recommendation


def list_blocks(brief: Brief, rec: Recommendation, phrases: Phrases) -> tuple[Block, ...]:
    """One line an item, in the order of the brief."""
    blocks = []
    if not (brief.models or brief.papers):
        return (Block("paragraph", (general(phrases.say("list_empty")),)),)
    if not rec.fits_exist:
        blocks.append(Block("paragraph", (general(phrases.say("list_intro_none")),)))
    fits: dict[str, str] = {v.id: v.fit for v in rec.models}
    fits |= {v.id: v.fit for v in rec.papers}
    names = [(m.id, m.name) for m in brief.models] + [(p.id, p.title) for p in brief.papers]
    blocks += [Block("item", (_line(phrases, i, name, fits[i]),)) for i, name in names]
    return tuple(blocks)


def _line(phrases: Phrases, item: str, name: str, fit: str) -> Sentence:
    return Sentence(
        text=phrases.say("list_line", id=item, name=name, mark=mark(fit)),
        source="brief",
        cites=(item,),
        quote=name,
        span=(0, len(name)),
        links=(LinkRef(item, "paper"), LinkRef(item, "github")),
    )
