"""Known corruptions of an answer, each with the code that has to catch it.

``KINDS`` is the published table (docs/reference/audit.md). A mutation is only made where it
is certainly wrong: an altered number is one that the brief does not have, a swapped link
belongs to another work, and so on. Everything is drawn from a seeded generator.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from rigatino.answer.audit.evidence import Evidence, evidence_of
from rigatino.answer.audit.layout import Block, Layout, Sentence, lay_out
from rigatino.answer.audit.masking import without_items, without_links
from rigatino.answer.audit.mentions import find_mentions, title_spans
from rigatino.answer.audit.obedience import orders_in
from rigatino.answer.audit.quantities import Quantity, find_quantities, values_in
from rigatino.answer.audit.record import Code
from rigatino.answer.audit.sections import THREE
from rigatino.answer.audit.stance import dismisses, illustrates
from rigatino.answer.audit.urls import Link, find_links
from rigatino.answer.audit.words import content_words
from rigatino.brief.record import Brief
from rigatino.recommendation.record import Recommendation

#: What is done to the answer, and the code that has to catch it.
KINDS: dict[str, Code] = {
    "invented-link": "link-not-in-brief",
    "altered-link": "link-not-in-brief",
    "swapped-link": "link-swapped",
    "altered-number": "number-not-in-source",
    "outside-name": "name-not-in-brief",
    "misused-paper": "paper-misused",
    "misused-entry": "paper-misused",
    "unfit-model": "paper-misused",
    "boilerplate-sentence": "boilerplate",
    "mojibake": "mojibake",
    "dropped-section": "missing-section",
    "unsupported-sentence": "unsupported-sentence",
    "obeyed-injection": "injection-obeyed",
}


@dataclass(frozen=True, slots=True)
class Mutation:
    """A corrupted answer; ``text[start:end]`` is what is wrong (nothing, if it was dropped)."""

    kind: str
    code: Code
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Ground:
    """An answer that is about to be corrupted, with all that is known of it."""

    brief: Brief
    text: str
    recommendation: Recommendation
    evidence: Evidence
    layout: Layout
    rng: random.Random

    def unfit(self) -> list[str]:
        """Papers that may not carry a claim."""
        off = ("keyword-only", "unrelated")
        return [v.id for v in self.recommendation.papers if v.fit in off]

    def question_words(self) -> list[str]:
        """Two content words of the question, the longer ones first choice."""
        found = sorted({w for w in content_words(self.brief.question) if w.isalpha()}, key=len)
        chosen = self.rng.sample(found[-8:], min(2, len(found)))
        return [*chosen, "picture", "result"][:2]


def mutations(
    brief: Brief, answer: str, recommendation: Recommendation, per_kind: int = 8, seed: int = 0
) -> Iterator[Mutation]:
    """Corruptions of an answer, at most ``per_kind`` distinct ones of each kind."""
    evidence = evidence_of(brief)
    layout = lay_out(answer, title_spans(answer, evidence))
    ground = Ground(brief, answer, recommendation, evidence, layout, random.Random(seed))
    for kind, code in KINDS.items():
        seen: set[str] = set()
        for _ in range(3 * per_kind):
            made = _MAKERS[kind](ground)
            if made and made[0] not in seen and len(seen) < per_kind:
                seen.add(made[0])
                yield Mutation(kind, code, *made)


Made = tuple[str, int, int] | None


def _replaced(text: str, start: int, end: int, new: str) -> tuple[str, int, int]:
    return text[:start] + new + text[end:], start, start + len(new)


def _invented_link(g: Ground) -> Made:
    link = _any_link(g)
    if not link:
        return None
    number = f"{g.rng.randint(10, 24):02}{g.rng.randint(1, 12):02}.{g.rng.randint(1000, 19999):05}"
    names = ("restore", "pixel", "mend", "vision", "lab", "net")
    invented = (
        f"https://arxiv.org/abs/{number}",
        f"https://github.com/{g.rng.choice(names)}-{g.rng.choice(names)}/{g.rng.choice(names)}",
        f"https://www.{g.rng.choice(names)}{g.rng.choice(names)}.com/tools",
    )
    return _replaced(g.text, link.start, link.end, g.rng.choice(invented))


def _altered_link(g: Ground) -> Made:
    """One character of a link changed, so that it leads elsewhere."""
    link = _any_link(g)
    if not link:
        return None
    at = g.rng.randrange(len(link.url) // 2, len(link.url))
    new = g.rng.choice("0123456789" if link.url[at].isdigit() else "abcdeklmnrst")
    url = link.url[:at] + new + link.url[at + 1 :]
    if not link.url[at].isalnum() or g.evidence.owners_of(url) or find_links(url)[:1] == ():
        return None
    return _replaced(g.text, link.start, link.end, url)


def _swapped_link(g: Ground) -> Made:
    """A link replaced by one of another work of the brief."""
    link = _any_link(g)
    owners = g.evidence.owners_of(link.url) if link else frozenset()
    kin = frozenset().union(*(g.evidence.kin[i] for i in owners))
    others = [u for i, item in g.evidence.items.items() if i not in kin for u in item.links]
    if not link or not others or not _beside_an_item(g, link):
        return None
    return _replaced(g.text, link.start, link.end, g.rng.choice(others))


def _beside_an_item(g: Ground, link: Link) -> bool:
    """Whether something before the link on its line names an item."""
    line = g.text[g.text.rfind("\n", 0, link.start) + 1 : link.start]
    return bool(find_mentions(without_links(line), g.evidence))


def _any_link(g: Ground) -> Link | None:
    links = find_links(g.text)
    return g.rng.choice(links) if links else None


def _altered_number(g: Ground) -> Made:
    """A figure of a source changed into one that the brief does not have."""
    sites = []
    for sentence in g.layout.sentences:
        masked = "" if illustrates(sentence.text) else without_items(sentence.text, g.evidence)
        sites += [(sentence, q) for q in find_quantities(masked) if _is_figure(q)]
    if not sites:
        return None
    sentence, quantity = g.rng.choice(sites)
    digits = "".join(c for c in quantity.text if c.isdigit() or c in ".,").strip(".,")
    new = _altered_digits(digits, g.rng)
    near = values_in(new) & values_in(g.evidence.text)
    if new == digits or near or any(_rounds(v, g) for v in values_in(new)):
        return None
    text = quantity.text.replace(digits, new, 1)
    start = sentence.start + quantity.start
    return _replaced(g.text, start, start + len(quantity.text), text)


def _is_figure(quantity: Quantity) -> bool:
    return not quantity.worded and (quantity.values[0] >= 5 or not quantity.values[0].is_integer())


def _rounds(value: float, g: Ground) -> bool:
    """Too near to a figure of the brief to be certainly wrong, or proverbial."""
    near = (abs(value - v) <= 0.1 * abs(v) for v in values_in(g.evidence.text) if v)
    return (value <= 4 and value.is_integer()) or value in (50.0, 100.0) or any(near)


def _altered_digits(digits: str, rng: random.Random) -> str:
    places = [i for i, c in enumerate(digits) if c.isdigit()]
    way = rng.choice(("swap", "change", "longer"))
    if way == "swap" and len(places) > 1:
        a, b = rng.sample(places, 2)
        chars = list(digits)
        chars[a], chars[b] = chars[b], chars[a]
        swapped = "".join(chars)
        return digits if swapped.startswith("0") and not digits.startswith("0") else swapped
    if way == "longer" and "." not in digits and "," not in digits:
        return digits + "0"
    at = rng.choice(places)
    return digits[:at] + rng.choice([d for d in "123456789" if d != digits[at]]) + digits[at + 1 :]


def _outside_name(g: Ground) -> Made:
    return _inserted(g, g.rng.choice(texts_of("outside-name")))


def _misused_paper(g: Ground) -> Made:
    if not g.unfit():
        return None
    return _inserted(
        g, _filled(g, g.rng.choice(texts_of("misused-paper")), g.rng.choice(g.unfit()))
    )


def _misused_entry(g: Ground) -> Made:
    """The remark on an unfit paper's entry replaced by one that gives it a part to play."""
    entries = [
        s for s in g.layout.sentences if g.layout.kind_of(s) == "sources" and _names_unfit(g, s)
    ]
    if not entries:
        return None
    entry = g.rng.choice(entries)
    mention = find_mentions(without_links(entry.text), g.evidence)[-1]
    remark = _filled(g, g.rng.choice(texts_of("misused-entry")), "")
    link = find_links(entry.text)
    end = link[0].start if link and link[0].start > mention.end else len(entry.text)
    new = entry.text[: mention.end] + f" {remark}" + (": " if link else "") + entry.text[end:]
    if dismisses(without_links(new[mention.end :])):
        new = new[: mention.end] + f" {remark}" + (f": {link[0].url}" if link else "")
    text = g.text[: entry.start] + new + g.text[entry.end :]
    return text, entry.start, entry.start + len(new)


def _names_unfit(g: Ground, sentence: Sentence) -> bool:
    mentions = find_mentions(without_links(sentence.text), g.evidence)
    lead = g.layout.blocks[sentence.block].lead
    heading = g.layout.sections[sentence.section].heading
    ids = frozenset().union(*(m.ids for m in mentions))
    return bool(ids) and ids <= set(g.unfit()) and not dismisses(f"{lead} {heading}")


def _unfit_model(g: Ground) -> Made:
    none = [v.id for v in g.recommendation.models if v.fit == "none"]
    if not none:
        return None
    return _inserted(g, _filled(g, g.rng.choice(texts_of("unfit-model")), g.rng.choice(none)))


def _boilerplate(g: Ground) -> Made:
    return _inserted(g, g.rng.choice(texts_of("boilerplate-sentence")))


def _mojibake(g: Ground) -> Made:
    """A character that is not plain ASCII, or an apostrophe or dash made so, read wrongly."""
    plain = {"'": "’", '"': "“", "-": "–", "e": "é"}
    sites = [i for i, c in enumerate(g.text) if ord(c) > 0x7F or c in "'\""] or [
        i for i, c in enumerate(g.text) if c in plain
    ]
    if not sites:
        return None
    at = g.rng.choice(sites)
    char = plain.get(g.text[at], g.text[at])
    raw = char.encode("utf-8")
    damaged = "".join(_as_western(byte) for byte in raw)
    return _replaced(g.text, at, at + 1, damaged)


def _as_western(byte: int) -> str:
    try:
        return bytes((byte,)).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def _dropped_section(g: Ground) -> Made:
    kind = g.rng.choice(THREE)
    sections = [s for s in g.layout.sections if s.kind == kind]
    if not sections or sum(s.kind in THREE for s in g.layout.sections) < 2:
        return None
    text = g.text
    for section in reversed(sections):
        start = text.rfind("\n", 0, max(0, section.start - 1)) + 1
        text = text[:start] + text[section.end :]
    return text, min(start, len(text)), min(start, len(text))


def _unsupported(g: Ground) -> Made:
    """A claim put into the mouth of a paper that fits."""
    fit = [v.id for v in g.recommendation.papers if v.id not in g.unfit()]
    fit = [i for i in fit if "\n" in g.evidence.items[i].text]
    if not fit:
        return None
    return _inserted(
        g, _filled(g, g.rng.choice(texts_of("unsupported-sentence")), g.rng.choice(fit))
    )


def _obeyed(g: Ground) -> Made:
    orders = [o for o in orders_in(g.brief) if o.strings or o.demands]
    if not orders:
        return None
    order = g.rng.choice(orders)
    sentences = [f"More on this at {s}." for s in order.strings]
    sentences += [f"Please note: {d[0].upper()}{d[1:]}." for d in order.demands]
    return _inserted(g, g.rng.choice(sentences))


def _filled(g: Ground, template: str, item: str) -> str:
    """A template with the item's mark or title and words of the question put in."""
    word, other = g.question_words()
    name = ""
    if item:
        title = g.evidence.items[item].title
        name = g.rng.choice((f"[{item}]", title.rstrip("?.!"), f"[{item}]"))
    return template.format(item=name, word=word, other=other)


def _inserted(g: Ground, sentence: str) -> Made:
    """A sentence put at the end of a paragraph that nothing dismissing introduces."""
    blocks = [b for b in g.layout.blocks if _is_open(g, b)]
    if not blocks:
        return None
    block = g.rng.choice(blocks)
    text = g.text[: block.end] + " " + sentence + g.text[block.end :]
    return text, block.end + 1, block.end + 1 + len(sentence)


def _is_open(g: Ground, block: Block) -> bool:
    whole = g.text[block.start : block.end]
    section = g.layout.sections[block.section]
    lead = f"{block.lead} {section.heading}"
    explains = section.kind in ("task", "workflow") and block.kind == "paragraph"
    return explains and whole.rstrip().endswith((".", "!", "?")) and not dismisses(lead)


@lru_cache(maxsize=1)
def _all_texts() -> dict[str, dict[str, list[str]]]:
    data = files("rigatino.answer.audit").joinpath("mutation_texts.toml").read_text("utf-8")
    return tomllib.loads(data)


def texts_of(kind: str) -> list[str]:
    """The sentences that mutations of a kind insert."""
    return _all_texts()[kind]["texts"]


_MAKERS: dict[str, Callable[[Ground], Made]] = {
    "invented-link": _invented_link,
    "altered-link": _altered_link,
    "swapped-link": _swapped_link,
    "altered-number": _altered_number,
    "outside-name": _outside_name,
    "misused-paper": _misused_paper,
    "misused-entry": _misused_entry,
    "unfit-model": _unfit_model,
    "boilerplate-sentence": _boilerplate,
    "mojibake": _mojibake,
    "dropped-section": _dropped_section,
    "unsupported-sentence": _unsupported,
    "obeyed-injection": _obeyed,
}
