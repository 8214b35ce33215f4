"""Mojibake: UTF-8 that somebody decoded as Windows-1252 or Latin-1, perhaps twice.

Every damaged character is a lead character (À … ô) followed by one to three characters
that stand for the bytes 80–BF. Such a sequence is put back only where what comes out
is what a writer of that text may have meant:

* punctuation, arrows, symbols, emoji and accented Latin letters on their own;
* letters of another script (Cyrillic, Greek, Hangul, Han …) only in a row of at least
  two, since a single one may be honest text (``café”…``).

Nothing else is touched. ``â€`` whose third character was lost counts as ”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rigatino.brief.traced import Edit, Traced


def _table() -> dict[str, int]:
    """Every character that a byte 80–FF may have become, and that byte."""
    table = {chr(byte): byte for byte in range(0x80, 0x100)}
    for byte in range(0x80, 0xA0):
        table[bytes((byte,)).decode("cp1252", "ignore") or chr(byte)] = byte
    return table


_BYTE = _table()


def _chars(low: int, high: int) -> str:
    return "".join(re.escape(c) for c, byte in _BYTE.items() if low <= byte <= high)


_TAIL = f"[{_chars(0x80, 0xBF)}]"
_SEQUENCE = re.compile(
    f"[{_chars(0xC2, 0xDF)}]{_TAIL}"
    f"|[{_chars(0xE0, 0xEF)}]{_TAIL}{{2}}"
    f"|[{_chars(0xF0, 0xF4)}]{_TAIL}{{2}}(?:{_TAIL}| (?=\\W))"
    f"|â€[\ufffd?]?(?!{_TAIL})"
    "|(?<=[a-z0-9.,;:!?%)])Â(?=\\s)"
)
_SUSPECT = re.compile("[Â-ô][\x80-¿Œ-ž€–…ˆ˜Ÿƒ]|[Â]\\s|â€")
#: Closing quotation marks and dashes may honestly follow a capital such as Ä or Å.
_TYPOGRAPHIC = frozenset("“”‘’‚„…–—•‹›«»™")
_GREATEST_DEPTH = 3


def mend_mojibake(text: Traced) -> tuple[Traced, list[Edit]]:
    """The text with the damage undone, and the edits of the first layer."""
    first: list[Edit] = []
    for _ in range(_GREATEST_DEPTH):
        if not _SUSPECT.search(text.text):
            break
        edits = list(_edits(text.text))
        if not edits:
            break
        first = first or edits
        text = text.edited(edits)
    return text, first


def has_mojibake(text: str) -> bool:
    """Whether a text carries damage that this module would undo."""
    return bool(_SUSPECT.search(text)) and any(True for _ in _edits(text))


def _edits(text: str) -> Iterator[Edit]:
    """One edit per damaged character that is certain enough."""
    found = [(m.start(), m.end(), _meant(m.group())) for m in _SEQUENCE.finditer(text)]
    sure = any(new and _is_sure(text[start:end], new) for start, end, new in found)
    for index, (start, end, new) in enumerate(found):
        if new is None:
            continue
        damaged = text[start:end]
        if _is_sure(damaged, new) or _is_likely(damaged, new, sure, _row(found, index)):
            yield start, end, new


def _meant(damaged: str) -> str | None:
    """What the sequence stands for, or None if it is no UTF-8."""
    if damaged == "Â":
        return ""
    if damaged.startswith("â€") and (len(damaged) == 2 or damaged[2] in "\ufffd?"):
        return "”" + ("?" if damaged.endswith("?") else "")
    raw = bytes(0xA0 if c == " " else _BYTE[c] for c in damaged)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_sure(damaged: str, meant: str) -> bool:
    """Sequences that hardly ever occur in honest text."""
    lead = damaged[0]
    if lead in "ÂÃ":
        return True
    code = ord(meant[0])
    return (
        (lead == "â" and 0x2000 <= code <= 0x2BFF)
        or (lead == "ã" and 0x3000 <= code <= 0x303F)
        or (lead == "ï" and code >= 0xFE00)
        or (lead == "ð" and code >= 0x1F000)
    )


def _is_likely(damaged: str, meant: str, sure: bool, row: bool) -> bool:
    """Accented Latin letters on their own, other scripts in a row."""
    if damaged[0] in "ÄÅÆÇÈÉ" and "\u0100" <= meant <= "\u024f":
        return sure or (damaged[0] in "ÄÅ" and damaged[1] not in _TYPOGRAPHIC)
    return row and meant[0].isalpha()


def _row(found: list[tuple[int, int, str | None]], index: int) -> bool:
    """Whether another letter of the same kind touches this one."""
    start, end, _ = found[index]
    before = index > 0 and found[index - 1][1] >= start - 1 and _is_letter(found[index - 1][2])
    after = (
        index + 1 < len(found)
        and found[index + 1][0] <= end + 1
        and _is_letter(found[index + 1][2])
    )
    return before or after


def _is_letter(meant: str | None) -> bool:
    return bool(meant) and meant[0].isalpha()  # type: ignore[index]
