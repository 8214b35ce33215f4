"""Papers and models that do not fit, presented as if they did.

A paper whose verdict is keyword-only or unrelated may be described and set aside; it may
not carry a claim. The same holds for a model whose verdict is none. A dismissal counts
where it stands: in the clause, in the lead of its list or paragraph ("What does not
fit:"), or, for a bare description, in a sentence of the same block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.layout import Layout, Sentence
from rigatino.answer.audit.masking import without_items
from rigatino.answer.audit.mentions import Mention, find_mentions
from rigatino.answer.audit.stance import (
    claims,
    clauses,
    dismisses,
    does_the_job,
    goes_on,
    proves,
    supposes,
)
from rigatino.answer.audit.urls import find_links
from rigatino.answer.audit.words import content_stems
from rigatino.recommendation.record import Recommendation

_COLLECTIVE = re.compile(
    r"\b(?P<all>all|each|every|both|together|the|these|those|listed|provided|above|combined)\b"
    r"(?:[ ,]+(?!not\b)[\w-]+){0,4}? (?:papers?|sources|works|resources?|references|items|studies"
    r"|publications|materials?|literature)\b",
    re.I,
)
#: What is quoted is said by somebody else.
_LONG_QUOTE = re.compile(r"[\"“«](?:[^\"“”«»\s]+\s+){3,}[^\"“”«»]*[\"”»]")
_ROLE = re.compile(
    r"\b(?:support\w*|proofs?|proves?|evidence|steps?|stages?|part|basis|foundation|main|key|core"
    r"|primary|central|explain\w*|answers?|how|why|used|useful|relevant|helps?|solution|method)\b",
    re.I,
)
_STRONG_ROLE = re.compile(r"\b(?:main support|proofs?|proves?|evidence|key|core|basis)\b", re.I)
_ASIDE = re.compile(r"\(([^()]*)\)")
_ENTRY_WORDS = re.compile(
    r"\b(?:paper|code|github|arxiv|pdf|repo(?:sitory)?|link|url|source|model|title"
    r"|no (?:code|paper)"
    r"|none|no link(?: (?:was )?(?:given|provided))?)\b|[^\w\s]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Misuse:
    """``text[start:end]`` presents the items ``ids`` as something they are not."""

    start: int
    end: int
    ids: tuple[str, ...]
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Unfit:
    """The ids that must not carry a claim, and whether any paper may.

    ``near`` are the adjacent papers: they may be spoken of, but prove nothing.
    """

    papers: frozenset[str]
    near: frozenset[str]
    models: frozenset[str]
    every_paper: bool
    no_direct_paper: bool

    @property
    def all(self) -> frozenset[str]:
        """Every id that has to be watched."""
        return self.papers | self.near | self.models


def unfit_items(recommendation: Recommendation) -> Unfit:
    """Read the verdicts."""
    off = {v.id for v in recommendation.papers if v.fit in ("keyword-only", "unrelated")}
    none = {v.id for v in recommendation.models if v.fit == "none"}
    near = {v.id for v in recommendation.papers if v.fit == "adjacent"}
    direct = any(v.fit == "direct" for v in recommendation.papers)
    every = len(off) == len(recommendation.papers) > 0
    return Unfit(frozenset(off), frozenset(near), frozenset(none), every, not direct)


def misuses(layout: Layout, evidence: Evidence, recommendation: Recommendation) -> Iterator[Misuse]:
    """Every sentence that uses an unfit item as support."""
    unfit = unfit_items(recommendation)
    if not unfit.all:
        return
    reader = _Reader(layout, evidence, unfit)
    for sentence in layout.sentences:
        yield from reader.misuses_in(sentence)


class _Reader:
    """Judges sentences with what stands around them in view."""

    def __init__(self, layout: Layout, evidence: Evidence, unfit: Unfit) -> None:
        self.layout, self.evidence, self.unfit = layout, evidence, unfit

    def misuses_in(self, sentence: Sentence) -> Iterator[Misuse]:
        """At most one misuse for each clause."""
        if self._is_entry(sentence):
            yield from self._misused_entry(sentence)
            return
        spans = clauses(sentence.text)
        for number, (start, end) in enumerate(spans):
            clause = sentence.text[start:end]
            after = sentence.text[spans[number + 1][0] :] if number + 1 < len(spans) else ""
            ids = self._misused(sentence, clause, after)
            if ids:
                yield Misuse(sentence.start + start, sentence.start + end, ids, sentence)
                return

    def _misused(self, sentence: Sentence, clause: str, after: str) -> tuple[str, ...]:
        ids = self._spoken_of(sentence, clause)
        if not ids & self.unfit.all and not self._collective(clause):
            return ()
        bare = _LONG_QUOTE.sub(" ", without_items(clause, self.evidence))
        lead = self._lead(sentence)
        if dismisses(bare) or supposes(bare) or dismisses(lead) or self._taken_back(after):
            return ()
        papers = self._claimed(clause, ids) if claims(bare) else self._tied(sentence, clause, ids)
        models = ids & self.unfit.models if does_the_job(bare) else frozenset[str]()
        return tuple(sorted(papers or models))

    def _claimed(self, clause: str, ids: frozenset[str]) -> frozenset[str]:
        """The unfit papers on which a clause rests a claim, or adjacent ones a proof."""
        papers = ids & self.unfit.papers or self._collective(clause)
        if papers and not self._is_faithful(clause, papers):
            return papers
        near = ids & self.unfit.near
        proof = proves(clause) and ids == near and self._share(clause, near) < 0.6
        return near if proof else frozenset()

    def _tied(self, sentence: Sentence, clause: str, ids: frozenset[str]) -> frozenset[str]:
        """The unfit papers that a plain statement ties to the question without support."""
        papers = ids & self.unfit.papers
        tied = self._unsaid(clause, papers) and not self._set_aside_nearby(sentence)
        return papers if tied else frozenset()

    def _taken_back(self, after: str) -> bool:
        """Whether the rest of the sentence dismisses and speaks of nothing else."""
        return bool(after) and dismisses(after) and not find_mentions(after, self.evidence)

    def _lead(self, sentence: Sentence) -> str:
        block = self.layout.blocks[sentence.block]
        heading = self.layout.sections[block.section].heading
        own = self.layout.text[block.start : sentence.end]
        lead = block.lead if block.lead.strip("*_: ") else ""
        above = self.layout.blocks[block.parent].lead if block.parent is not None else ""
        return f"{lead} {above} {heading if '?' not in heading else ''}" if own else ""

    def _spoken_of(self, sentence: Sentence, clause: str) -> frozenset[str]:
        """The items of the clause itself; else what a pronoun or the item above stands for."""
        ids = _ids(find_mentions(clause, self.evidence))
        if ids:
            return ids
        if goes_on(clause):
            return self._spoken_of_before(sentence)
        parent = self.layout.blocks[sentence.block].parent
        if parent is not None:
            above = self.layout.blocks[parent]
            return _ids(find_mentions(self.layout.text[above.start : above.end], self.evidence))
        return frozenset()

    def _spoken_of_before(self, sentence: Sentence) -> frozenset[str]:
        before = [s for s in self.layout.in_block(sentence.block) if s.start < sentence.start]
        for other in reversed(before):
            ids = _ids(find_mentions(other.text, self.evidence))
            if ids:
                return ids
        return frozenset()

    def _collective(self, clause: str) -> frozenset[str]:
        """The unfit papers that "the papers" stands for."""
        match = _COLLECTIVE.search(clause)
        if not match or _ids(find_mentions(clause, self.evidence)):
            return frozenset()
        quantified = (match.group("all") or "").lower() in (
            "all",
            "each",
            "every",
            "both",
            "together",
        )
        meant = (
            quantified or self.unfit.every_paper or (self.unfit.no_direct_paper and proves(clause))
        )
        return self.unfit.papers if meant else frozenset()

    def _is_faithful(self, clause: str, papers: frozenset[str]) -> bool:
        """Whether a clause only tells what the papers say, in words close to their own."""
        share = self._share(clause, papers)
        return share >= 0.85 or (share >= 0.7 and not self._answers(clause, papers))

    def _only_describes(self, clause: str, ids: frozenset[str]) -> bool:
        """Whether nearly all that is said of the papers is in their own texts."""
        return self._share(clause, ids) >= 0.7

    def _share(self, clause: str, ids: frozenset[str]) -> float:
        """The share of a clause's own words that the papers have."""
        said = self._content(clause)
        given = frozenset().union(*(self.evidence.items[i].stems for i in ids))
        return len(said & given) / len(said) if said else 0.0

    def _answers(self, clause: str, ids: frozenset[str]) -> bool:
        """Whether the clause brings in words of the question that the papers do not have."""
        given = frozenset().union(*(self.evidence.items[i].stems for i in ids))
        return bool((self._content(clause) & self.evidence.question_stems) - given)

    def _unsaid(self, clause: str, ids: frozenset[str]) -> bool:
        """A plain statement on unfit papers that ties them to the question unsupported."""
        if not ids:
            return False
        enough = len(self._content(clause)) >= 2
        return enough and self._share(clause, ids) < 0.5 and self._answers(clause, ids)

    def _content(self, clause: str) -> frozenset[str]:
        return frozenset(content_stems(without_items(clause, self.evidence)))

    def _set_aside_nearby(self, sentence: Sentence) -> bool:
        """Whether a sentence of the block dismisses the same paper, or all of them."""
        own = self._spoken_of(sentence, sentence.text)
        around = self.layout.in_block(sentence.block)
        return any(
            dismisses(without_items(s.text, self.evidence)) and self._is_about(s, own)
            for s in around
        )

    def _is_about(self, sentence: Sentence, ids: frozenset[str]) -> bool:
        if self._spoken_of(sentence, sentence.text) & ids:
            return True
        return bool(_COLLECTIVE.search(sentence.text)) and not _ids(
            find_mentions(sentence.text, self.evidence)
        )

    def _is_entry(self, sentence: Sentence) -> bool:
        """A line of the list of sources: an item with its links."""
        block = self.layout.blocks[sentence.block]
        whole = self.layout.text[block.start : block.end]
        listed = self.layout.kind_of(sentence) == "sources" and block.kind in ("item", "row")
        return bool(find_links(whole)) or (
            listed and bool(find_mentions(sentence.text, self.evidence))
        )

    def _misused_entry(self, sentence: Sentence) -> Iterator[Misuse]:
        """A remark on an entry that gives an unfit paper a part to play."""
        ids = _ids(find_mentions(sentence.text, self.evidence))
        off, near = ids & self.unfit.papers, ids & self.unfit.near
        if (off or near) and self._praised_aside(sentence.text, bool(off)):
            yield Misuse(sentence.start, sentence.end, tuple(sorted(off or near)), sentence)
            return
        remark = self._remark(sentence.text)
        if dismisses(remark) or dismisses(self._lead(sentence)) or not remark.strip():
            return
        purpose = bool(re.match(r"\W*for\b", remark, re.I)) and not self._only_describes(
            remark, ids
        )
        if (off and (_ROLE.search(remark) or purpose)) or (near and _STRONG_ROLE.search(remark)):
            yield Misuse(sentence.start, sentence.end, tuple(sorted(off or near)), sentence)

    def _praised_aside(self, text: str, off: bool) -> bool:
        """Whether a bracket gives the item a part to play, whatever the line says after it."""
        role = _ROLE if off else _STRONG_ROLE
        asides = _ASIDE.findall(without_items(text, self.evidence))
        return any(role.search(aside) and not dismisses(aside) for aside in asides)

    def _remark(self, text: str) -> str:
        """What stands on an entry besides item, links and labels."""
        return _ENTRY_WORDS.sub(" ", without_items(text, self.evidence))


def _ids(mentions: tuple[Mention, ...]) -> frozenset[str]:
    return frozenset().union(*(m.ids for m in mentions))
