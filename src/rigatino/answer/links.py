"""The only place where a link becomes text: by reference to a record of the brief."""

from __future__ import annotations

from rigatino.answer.record import LinkRef
from rigatino.brief import Brief

_LABEL = {"paper": "paper", "github": "code"}


def resolve(brief: Brief, ref: LinkRef) -> str | None:
    """The link that a reference means, or None where the brief has none."""
    for model in brief.models:
        if model.id == ref.item:
            return model.paper if ref.which == "paper" else model.github
    for paper in brief.papers:
        if paper.id == ref.item:
            return paper.url if ref.which == "paper" else paper.github
    raise KeyError(ref.item)


def labelled(brief: Brief, refs: tuple[LinkRef, ...]) -> list[tuple[str, str]]:
    """(label, link) for every reference that leads somewhere."""
    resolved = ((_LABEL[ref.which], resolve(brief, ref)) for ref in refs)
    return [(label, link) for label, link in resolved if link]
