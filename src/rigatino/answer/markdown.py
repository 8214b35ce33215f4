"""The answer as Markdown, the same to the byte for the same brief."""

from __future__ import annotations

from rigatino.answer.links import labelled
from rigatino.answer.record import Answer, Block, Sentence
from rigatino.brief import Brief

NO_LINK = "no link provided"


def to_markdown(answer: Answer) -> str:
    """Three headed sections; in front of them a line on the language, where it is not the asker's.

    What was mended in the brief is not for publication: it is in the JSON and on the page.
    """
    parts = [f"*{answer.language_note}*"] if answer.language_note else []
    for section in answer.sections:
        parts.append(f"### {section.heading}")
        parts.append(_blocks(answer.brief, section.blocks))
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
