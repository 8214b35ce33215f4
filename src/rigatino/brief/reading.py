"""Entry points: a brief from text, bytes or a file, whatever its form."""

from __future__ import annotations

import re
from pathlib import Path

from rigatino.brief.assembly import assemble
from rigatino.brief.decoding import BOM, MAX_BYTES, decode
from rigatino.brief.drafts import Sheet
from rigatino.brief.json_form import read_json_form
from rigatino.brief.notebook import Notebook
from rigatino.brief.record import Brief
from rigatino.brief.text_form import read_text_form
from rigatino.brief.traced import Traced
from rigatino.errors import BriefError

#: A code fence round a whole file, as chat programs put it.
_FENCE = re.compile(r"\A\s*```(?:json)?(?=\s)|(?<=\s)```\s*\Z")


def read_brief(data: bytes | str, name: str = "brief") -> Brief:
    """A brief in the founding text form, a Markdown variant, JSON, or as an answer's list.

    ``name`` is what messages call the file. Raises ``BriefError`` where there is no
    brief to be read; everything else that had to be mended is in ``Brief.notices``.
    """
    book = Notebook()
    text = decode(data, name, book)
    bare = _FENCE.sub(lambda fence: re.sub(r"\S", " ", fence.group()), text)
    if bare.lstrip(BOM + " \t\r\n")[:1] in ("{", "["):
        sheet, literal = read_json_form(bare, name)
        return assemble(sheet, bare, book, literal)
    return assemble(read_text_form(text, name, book), text, book)


def read_brief_file(path: str | Path) -> Brief:
    """The brief in a file."""
    file = Path(path)
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise BriefError(
            f"{file} cannot be read ({error.strerror})", "a file with a brief", "check the path"
        ) from None
    return read_brief(data, str(file))


def question_only(question: str) -> Brief:
    """A brief for somebody who has a question and nothing else."""
    book = Notebook()
    text = decode(question, "the question", book)
    sheet = Sheet(Traced.original(text).strip(), 1, [], "question")
    return assemble(sheet, text, book)
