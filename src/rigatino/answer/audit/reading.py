"""The text of an answer from the bytes of a file; damage stays, for the auditor to find."""

from __future__ import annotations

from rigatino.errors import AnswerError


def answer_text(data: bytes, name: str) -> str:
    """Decode as UTF-8 (or UTF-16 with a mark); other bytes as Windows-1252, never guessing more."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data:
        raise AnswerError(
            f"{name} is not a text", "an answer as text or Markdown", "check the file"
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
