"""The characters of a sentence: plain text only, no markup, no address in any disguise."""

from __future__ import annotations

import re
import unicodedata

#: punctuation beyond ASCII that plain English uses
_TYPOGRAPHY = frozenset("–—‘’“”…×°±→≈≤≥−")
_MARKUP = re.compile(
    r"[<>`|\\\n\r\t#~^]|\]\s*[(\[:]|!\[|&(?:#\w+|\w+);|%[0-9A-Fa-f]{2}|\*\*|__|^\s*(?:[-*+]\s|\d+\.\s)"
)
_ENDINGS = (
    r"com|org|net|io|ai|edu|gov|info|biz|dev|app|xyz|top|site|online|shop|store|club|link|click|ly"
    r"|me|co|uk|de|fr|es|it|ru|cn|jp|kr|in|eu|us|ca|au|nl|ch|at|be|se|no|pl|br|tv|cc|to|gg|sh"
)
_ADDRESS = re.compile(
    r":\s?/\s?/|h(?:xx|tt)ps?\b|\b(?:ftp|file|data|javascript|mailto|tel|vbscript)\s?:"
    r"|\bwww\b|[^\s@]@\s?[^\s@]|\bat\b[^.]{0,20}\bdot\b"
    r"|[\w-](?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|\sdot\s)[A-Za-z]{2,}"
    rf"|[\w-]\s?\.\s?(?:{_ENDINGS})\b(?=\s?/|[^.]|$)(?<![.] [A-Z][a-z])"
    r"|\barxiv\b|\b\d{4}\s?\.\s?\d{4,5}\b|\b10\.\d{4,9}\b|\bdoi\b|\bisbn\b|\burl\b"
    r"|\b\d{1,3}(?:\.\d{1,3}){3}\b|\w/\w+/\w|\bgit ?hub\b|\bhugging ?face\b",
    re.IGNORECASE,
)
_WITH_ITS_WORDS = re.compile(rf"\S*(?:{_ADDRESS.pattern})\S*", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|a\.k\.a|U\.S|et al)\.?", re.IGNORECASE)
#: "the end. It goes on": the full stop and a new sentence
_NEXT = re.compile(r"(?<=[a-z0-9\])\"”])\.\s+(?=[A-Z\"“\[])")


def plain_fault(text: str, quote: str = "") -> str | None:
    """What keeps a sentence from being plain text without an address, if anything."""
    odd = next((c for c in text if not _is_plain(c, quote)), None)
    if odd is not None:
        return f"it holds the character U+{ord(odd):04X}, which its source does not have"
    if _MARKUP.search(text):
        return "it holds markup, where plain text is wanted"
    if holds_address(text):
        return "it writes an address, where links go by reference"
    return None


def holds_address(text: str) -> bool:
    """Whether anything in a text is or could be read as an address."""
    return bool(
        _ADDRESS.search(_NEXT.sub(" . ", _ABBREVIATED.sub(" ", text)).replace(" . ", " ; "))
    )


def without_addresses(text: str) -> str:
    """For the account of changes: words that hold an address are not repeated."""
    cleaned = "".join(c if c.isprintable() else "�" for c in unicodedata.normalize("NFKC", text))
    words = ["[address]" if _looks_like_one(w) else w for w in cleaned.split()]
    return re.sub(
        rf"\S*(?:{_ADDRESS.pattern})\S*", "[address]", " ".join(words), flags=re.IGNORECASE
    )


def _looks_like_one(word: str) -> bool:
    bare = word.strip(".,;:!?()[]\"'“”‘’")
    return holds_address(bare) or bool(re.search(r"%[0-9A-Fa-f]{2}", bare))


def _is_plain(character: str, quote: str) -> bool:
    if character.isascii():
        return character.isprintable()
    told = character in quote and character.isprintable() and not character.isdecimal()
    return character in _TYPOGRAPHY or told
