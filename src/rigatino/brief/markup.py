"""Character references and LaTeX, turned into the characters they stand for.

References are resolved again and again (at most three times) because pages that were
escaped twice are common. The six-digit form ``&#x00002A;`` is the exception: it is how
the writer says "this very character, whatever it may look like", so it is resolved last
of all, by ``spell_out``, and no other repair sees the character.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from rigatino.brief.traced import Edit, Traced

#: Stands for a character that was written as a six-digit reference (a noncharacter of
#: Unicode, which no text contains on purpose).
VEILED = "\ufdd0"
_LITERAL = re.compile(r"&#x([0-9A-F]{6});")
_REFERENCE = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def literal(character: str) -> str:
    """The reference that is read as this very character."""
    return f"&#x{ord(character):06X};"


def veil(text: Traced) -> Traced:
    """Put a placeholder for every literal character."""
    if "&#x" not in text.text:
        return text
    found = _LITERAL.finditer(text.text)
    return text.edited((m.start(), m.end(), VEILED) for m in found if _character(m))


def spell_out(text: Traced, original: str) -> Traced:
    """Put every literal character in the place of its placeholder."""
    if VEILED not in text.text:
        return text
    edits: list[Edit] = []
    for run in text.runs:
        shown = text.text[run.at : run.at + run.length]
        if not run.verbatim and VEILED in shown:
            raw = original[run.raw_at : run.raw_at + run.raw_length]
            for match in _LITERAL.finditer(raw):
                shown = shown.replace(VEILED, _character(match), 1)
            edits.append((run.at, run.at + run.length, shown))
    return text.edited(edits)


def _character(match: re.Match[str]) -> str:
    code = int(match.group(1), 16)
    return "" if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF else chr(code)


def mend_references(text: Traced) -> tuple[Traced, list[Edit]]:
    """Resolve character references; also the edits of the first layer."""
    first: list[Edit] = []
    for _ in range(3):
        if "&" not in text.text:
            break
        edits = list(_references(text.text))
        if not edits:
            break
        first = first or edits
        text = text.edited(edits)
    return text, first


def _references(text: str) -> Iterator[Edit]:
    for match in _REFERENCE.finditer(text):
        meant = html.unescape(match.group())
        if meant and meant != match.group() and "\ufffd" not in meant:
            yield match.start(), match.end(), meant


_SYMBOL_TABLE = (
    "alpha=α beta=β gamma=γ delta=δ epsilon=ε varepsilon=ε zeta=ζ eta=η theta=θ iota=ι "
    "kappa=κ lambda=λ mu=μ nu=ν xi=ξ pi=π rho=ρ sigma=σ tau=τ upsilon=υ phi=φ varphi=φ "
    "chi=χ psi=ψ omega=ω Gamma=Γ Delta=Δ Theta=Θ Lambda=Λ Xi=Ξ Pi=Π Sigma=Σ Phi=Φ Psi=Ψ "
    "Omega=Ω times=× cdot=· pm=± mp=∓ div=÷ ast=* sim=~ approx=≈ simeq=≃ leq=≤ le=≤ geq=≥ "
    "ge=≥ neq=≠ ne=≠ ll=≪ gg=≫ infty=∞ in=∈ notin=∉ subset=⊂ cup=∪ cap=∩ to=→ rightarrow=→ "
    "leftarrow=← leftrightarrow=↔ Rightarrow=⇒ uparrow=↑ downarrow=↓ propto=∝ partial=∂ "
    "nabla=∇ sum=∑ prod=∏ int=∫ forall=∀ exists=∃ dots=… ldots=… cdots=⋯ textemdash=— "
    "textendash=– textquoteright=’ textquoteleft=‘ degree=° circ=° dagger=† ell=ℓ ss=ß "
    "ae=æ AE=Æ oe=œ OE=Œ aa=å AA=Å o=ø O=Ø l=ł L=Ł textperiodcentered=· textregistered=® "
    "texttrademark=™ copyright=© checkmark=✓ star=⋆ bullet=• log=log exp=exp min=min max=max"
)
_SYMBOLS = dict(pair.split("=") for pair in _SYMBOL_TABLE.split())
_STYLES = (
    "textit|textbf|texttt|textsc|textrm|textsf|textup|textnormal|emph|underline|text|mbox|"
    "mathrm|mathbf|mathit|mathcal|mathbb|mathsf|mathtt|operatorname|boldsymbol|bm|url|path|"
    "uline|title|footnote"
)
_ACCENTS = {
    "'": "\u0301",
    "`": "\u0300",
    '"': "\u0308",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    ".": "\u0307",
    "c": "\u0327",
    "v": "\u030c",
    "u": "\u0306",
    "H": "\u030b",
    "k": "\u0328",
    "r": "\u030a",
}

_ACCENT = re.compile(
    r"\{?\\(?P<mark>['`\"^~=.])\{(?P<braced>\\?[A-Za-z])\}\}?"
    r"|\\(?P<letter>[cvuHkr])\{(?P<under>[A-Za-z])\}"
    r"|\{\\(?P<lone>['`\"^~=.])(?P<inside>[A-Za-z])\}"
    r"|(?:(?<=[A-Za-z]{2})(?<!qu)|(?<=[A-Z])(?=.\"))\\(?P<bare>['`\"^~])(?P<vowel>[aeiouynAEIOUYN])"
)
_STYLE = re.compile(rf"\\(?:{_STYLES})\s?\{{([^{{}}]*)\}}")
_OLD_STYLE = re.compile(r"\{\\(?:it|bf|em|tt|sc|rm|sl)\b\s*([^{}]*)\}")
_HREF = re.compile(r"\\href\{([^{}]*)\}\{([^{}]*)\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*)\}\{([^{}]*)\}")
_SCRIPT = re.compile(r"(?<=[\^_])\{([^{}\s]{1,12})\}")
_COMMAND = re.compile(r"(?<![A-Za-z:\\])\\([A-Za-z]+)(?![A-Za-z])(?:\{\})?")
_CITATION = re.compile(r"~?\\(?:cite[tp]?|ref|label)\{[^{}]*\}")
_ESCAPED = re.compile(r"\\[%&_#{}*\"]")
_DOLLAR = re.compile(r"\\\$")
_COMMA = re.compile(r"(?<=\d)\{,\}(?=\d)")
_SPACING = re.compile(r"\\[,;:!] ?|(?<=\S)\\ (?=\S)")
_QUOTED = re.compile(r"``([^`'\n]{1,200})''")
_MATH = re.compile(r"(?<![\\$\w])\$(?=\S)([^$\n\\]{1,120}?)(?<=\S)\$(?![\d$])")
_LEFT = re.compile(r"\\[A-Za-z]{2,}")


def mend_latex(text: Traced) -> tuple[Traced, list[Edit]]:
    """Plain text for LaTeX; also the edits, in the order in which they were made."""
    made: list[Edit] = []
    if not any(mark in text.text for mark in ("\\", "$", "``", "{,}")):
        return text, made
    for pass_ in _PASSES:
        for _ in range(4):
            edits = list(pass_(text.text))
            if not edits:
                break
            made += edits
            text = text.edited(edits)
    return text, made


def latex_left(text: str) -> str | None:
    """A command that had no plain form."""
    match = _LEFT.search(text) if "\\" in text else None
    return match.group() if match else None


def _accents(text: str) -> Iterator[Edit]:
    for m in _ACCENT.finditer(text):
        mark = m["mark"] or m["letter"] or m["lone"] or m["bare"]
        letter = (m["braced"] or m["under"] or m["inside"] or m["vowel"]).lstrip("\\")
        meant = unicodedata.normalize("NFC", letter + _ACCENTS[mark])
        if len(meant) == 1:
            yield m.start(), m.end(), meant


def _unwrapped(pattern: re.Pattern[str], group: int) -> Callable[[str], Iterator[Edit]]:
    """A pass that keeps one group of the pattern and takes away what is round it."""

    def edits(text: str) -> Iterator[Edit]:
        for m in pattern.finditer(text):
            yield m.start(), m.start(group), ""
            yield m.end(group), m.end(), ""

    return edits


def _replaced(pattern: re.Pattern[str], new: str) -> Callable[[str], Iterator[Edit]]:
    """A pass that puts the same text for every match."""

    def edits(text: str) -> Iterator[Edit]:
        for m in pattern.finditer(text):
            yield m.start(), m.end(), new

    return edits


def _hrefs(text: str) -> Iterator[Edit]:
    """``\\href{address}{words}`` as ``words (address)``: the address must not be lost."""
    for m in _HREF.finditer(text):
        yield m.start(), m.end(), f"{m[2]} ({m[1]})"


def _fractions(text: str) -> Iterator[Edit]:
    for m in _FRACTION.finditer(text):
        yield m.start(), m.end(), f"{m[1]}/{m[2]}"


def _symbols(text: str) -> Iterator[Edit]:
    for m in _COMMAND.finditer(text):
        if m[1] in _SYMBOLS:
            yield m.start(), m.end(), _SYMBOLS[m[1]]


def _bared(pattern: re.Pattern[str]) -> Callable[[str], Iterator[Edit]]:
    """A pass that takes away the backslash with which every match begins."""

    def edits(text: str) -> Iterator[Edit]:
        for m in pattern.finditer(text):
            yield m.start(), m.start() + 1, ""

    return edits


def _quotes(text: str) -> Iterator[Edit]:
    for m in _QUOTED.finditer(text):
        yield m.start(), m.start() + 2, "“"
        yield m.end() - 2, m.end(), "”"


def _math(text: str) -> Iterator[Edit]:
    """Take the dollars off; ``$5 and $6`` is money and has a blank before the second."""
    for m in _MATH.finditer(text):
        yield m.start(), m.start() + 1, ""
        yield m.end() - 1, m.end(), ""


#: In this order; each is repeated while it finds something (commands may be nested).
_PASSES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    _accents,
    _replaced(_CITATION, ""),
    _hrefs,
    _symbols,
    _unwrapped(_STYLE, 1),
    _unwrapped(_OLD_STYLE, 1),
    _fractions,
    _unwrapped(_SCRIPT, 1),
    _replaced(_COMMA, ","),
    _replaced(_SPACING, " "),
    _quotes,
    _bared(_ESCAPED),
    _math,
    _bared(_DOLLAR),
)
