"""Write an answer, verify it, and audit somebody else's."""

from rigatino.answer.markdown import to_markdown
from rigatino.answer.page import to_html
from rigatino.answer.proof import to_json
from rigatino.answer.record import Answer, Block, LinkRef, Section, Sentence
from rigatino.answer.verify import verify
from rigatino.answer.write import write

__all__ = [
    "Answer",
    "Block",
    "LinkRef",
    "Section",
    "Sentence",
    "to_html",
    "to_json",
    "to_markdown",
    "verify",
    "write",
]
