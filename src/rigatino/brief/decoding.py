"""From bytes to text: byte order marks, UTF-16, and files that are not UTF-8 after all.

A byte order mark stays in the text as one character, so that offsets into the decoded
file are what any other decoder would count.
"""

from __future__ import annotations

import codecs
import re

from rigatino.brief.notebook import Notebook
from rigatino.errors import BriefError

#: A brief is a page or two; what is larger than this is something else.
MAX_BYTES = 4 << 20

BOM = "\ufeff"

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def decode(data: bytes | str, name: str, book: Notebook) -> str:
    """The text of a file, or ``BriefError`` where there is none."""
    if len(data) > MAX_BYTES:
        raise BriefError(
            f"{name} holds {len(data):,} bytes",
            f"a brief of at most {MAX_BYTES:,}",
            "give one brief per file, or a JSONL file to the batch command",
        )
    text = data if isinstance(data, str) else _from_bytes(data, name, book)
    if _SURROGATE.search(text):
        text = _SURROGATE.sub("\ufffd", text)
    if not text.strip(BOM + " \t\r\n\v\f"):
        raise BriefError(f"{name} is empty", "a question with models and papers", "check the file")
    if len(_CONTROL.findall(text)) > max(4, len(text) // 200):
        raise _binary(name)
    return text


def _from_bytes(data: bytes, name: str, book: Notebook) -> str:
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _wide(data, codec, name, book)
    unmarked = _unmarked_wide(data)
    if unmarked:
        return _wide(data, unmarked, name, book)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if b"\0" in data:
            raise _binary(name) from None
        return _not_utf8(data, data.count(b"\n", 0, error.start) + 1, book)


def _wide(data: bytes, codec: str, name: str, book: Notebook) -> str:
    """UTF-16 or UTF-32."""
    try:
        text = data.decode(codec)
    except UnicodeDecodeError:
        raise _binary(name) from None
    book.note("encoding", f"read as {codec.upper()}")
    return text


def _unmarked_wide(data: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros in every other byte of mostly plain text."""
    head = data[:2000]
    if len(head) < 8 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.4 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.4 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _not_utf8(data: bytes, line: int, book: Notebook) -> str:
    """Korean Windows text if it reads as such, else UTF-8 with Windows-1252 where it fails."""
    try:
        korean = data.decode("cp949")
    except UnicodeDecodeError:
        korean = ""
    foreign = [c for c in korean if c > "\x7f"]
    if len(foreign) > 3 and sum("가" <= c <= "힣" for c in foreign) > 0.8 * len(foreign):
        book.note("encoding", "not UTF-8; read as Korean (code page 949)", line=line)
        return korean
    text = data.decode("utf-8", "surrogateescape")
    stray = len(_SURROGATE.findall(text))
    book.note("encoding", f"{stray} bytes are not UTF-8; read as Windows-1252", line=line)
    return _SURROGATE.sub(lambda m: _windows(ord(m.group()) - 0xDC00), text)


def _windows(byte: int) -> str:
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


def _binary(name: str) -> BriefError:
    return BriefError(
        f"{name} looks like a binary file", "a brief in text or JSON", "give the brief's own file"
    )
