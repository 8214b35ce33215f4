"""The answer as Markdown, the same to the byte for the same brief."""

from __future__ import annotations

from rigatino.answer.links import labelled
from rigatino.answer.record import Answer, Block, Sentence
from rigatino.brief import Brief

NO_LINK = "no link provided"


def to_markdown(answer: Answer) -> str:
    """Three headed sections; what was reported comes last, if anything."""
    parts = []
    for section in answer.sections:
        parts.append(f"### {section.heading}")
        parts.append(_blocks(answer.brief, section.blocks))
    if answer.reported:
        lines = "\n".join(f"- {line}" for line in answer.reported)
        parts.append(f"---\n\nReported while reading the brief:\n\n{lines}")
    return "\n\n".join(parts) + "\n"


def _blocks(brief: Brief, blocks: tuple[Block, ...]) -> str:
    """Paragraphs apart, neighbouring items together."""
    text = ""
    for i, block in enumerate(blocks):
        body = " ".join(sentence_text(brief, s) for s in block.sentences)
        together = i and block.kind == "item" == blocks[i - 1].kind
        label = f"**{block.label}:** " if block.label else ""
        bullet = "- " if block.kind == "item" else ""
        text += ("\n" if together else "\n\n" if i else "") + bullet + label + body
    return text


def sentence_text(brief: Brief, sentence: Sentence) -> str:
    """A sentence with its links put in."""
    if not sentence.links:
        return sentence.text
    links = ", ".join(f"{label} {link}" for label, link in labelled(brief, sentence.links))
    return f"{sentence.text}: {links or NO_LINK}"
