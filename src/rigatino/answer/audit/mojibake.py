"""Characters damaged by a wrong decoding.

UTF-8 read as another encoding leaves runs which, put back into that encoding, are valid
UTF-8 again; honest text hardly ever is. Replacement characters and stray control
characters count as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_RUN = re.compile(r"[^\x00-\x7f]+")
_BROKEN = re.compile("[\ufffd\x80-\x9f\x00-\x08\x0b\x0c\x0e-\x1f]+")
# UTF-8 read as Mac Roman: only the openings that no language writes.
_MAC = re.compile(r"‚Ä[\w\W]|√[©®°¢§•¶ß™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†]")
_TYPOGRAPHIC = frozenset("“”‘’‚„…–—•‹›«»™")
# A lone pair may be honest in these encodings, so two in a row are asked for.
_PAIRED = ("cp1251", "cp1253", "cp1254", "cp1250")


def damaged_spans(text: str) -> Iterator[tuple[int, int]]:
    """Spans of damaged characters, in order and without overlap."""
    last = 0
    spans = sorted({*_runs(text), *_matches(_BROKEN, text), *_matches(_MAC, text)})
    for start, end in spans:
        if end > last:
            yield max(start, last), end
            last = end


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    return (m.span() for m in pattern.finditer(text))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _RUN.finditer(text):
        yield from _misread(match.group(), match.start())


def _misread(run: str, at: int) -> Iterator[tuple[int, int]]:
    """The parts of a run that are UTF-8 sequences once re-encoded and hardly honest text."""
    raw = [_western_byte(char) for char in run]
    index, row = 0, []
    while index < len(run):
        size = _sequence(raw, index)
        if size:
            row.append((index, index + size))
        if not size or index + size == len(run):
            sure = len(row) > 1 or any(_is_sure(run, raw, a, b) for a, b in row)
            yield from ((at + a, at + b) for a, b in row if sure)
            row = []
        index += size or 1
    for encoding in _PAIRED:
        if len(run) >= 4 and _whole(run, encoding):
            yield at, at + len(run)


def _is_sure(run: str, every: list[int | None], start: int, end: int) -> bool:
    """Sequences that need no second one; a letter before a closing mark may be honest."""
    damaged = run[start:end]
    meant = bytes(b for b in every[start:end] if b is not None).decode("utf-8")
    if any(_same_script(meant, other) for other in run[max(0, start - 1) : end + 1]):
        return True
    if damaged[0] in "ÂÃ":
        return True
    if damaged[0] in "ÄÅ":
        return "\u0100" <= meant <= "\u024f" and damaged[1] not in _TYPOGRAPHIC
    symbol = "\u2000" <= meant <= "\u2bff" or "\u3000" <= meant <= "\u303f"
    return (damaged[0] in "âã" and symbol) or damaged[0] in "ïð"


_SCRIPTS = (("\u0370", "\u03ff"), ("\u0400", "\u052f"), ("\u3040", "\u9fff"), ("\uac00", "\ud7a3"))


def _same_script(meant: str, other: str) -> bool:
    """Whether both are Greek, Cyrillic, Chinese or Japanese, or Korean letters."""
    return any(low <= meant[0] <= high and low <= other <= high for low, high in _SCRIPTS)


def _western_byte(char: str) -> int | None:
    """The byte that Windows-1252 (or Latin-1 where it has a gap) shows as this character."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return char.encode(encoding)[0]
        except UnicodeEncodeError:
            continue
    return None


def _sequence(raw: list[int | None], index: int) -> int:
    """Length of the UTF-8 sequence that starts here, 0 if there is none."""
    lead = raw[index]
    if lead is None:
        return 0
    size = (
        2
        if 0xC2 <= lead <= 0xDF
        else 3
        if 0xE0 <= lead <= 0xEF
        else 4
        if 0xF0 <= lead <= 0xF4
        else 0
    )
    tail = raw[index + 1 : index + size]
    if not size or len(tail) < size - 1 or any(b is None or not 0x80 <= b <= 0xBF for b in tail):
        return 0
    try:
        bytes(b for b in raw[index : index + size] if b is not None).decode("utf-8")
    except UnicodeDecodeError:
        return 0
    return size


def _whole(run: str, encoding: str) -> bool:
    try:
        return len(run.encode(encoding).decode("utf-8")) * 2 <= len(run)
    except UnicodeError:
        return False
