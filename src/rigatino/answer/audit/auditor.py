"""The audit of an answer against its brief: the one place that knows all the checks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rigatino.answer.audit.boilerplate import makeup
from rigatino.answer.audit.evidence import Evidence, evidence_of
from rigatino.answer.audit.grounding import Grounds, grounds
from rigatino.answer.audit.language import NOUNS_SMALL, language_of, language_of_sentence
from rigatino.answer.audit.layout import Layout, Sentence, lay_out
from rigatino.answer.audit.linking import wrong_links
from rigatino.answer.audit.masking import without_items, without_links
from rigatino.answer.audit.mentions import Mention, find_mentions, marks_outside, title_spans
from rigatino.answer.audit.misuse import misuses
from rigatino.answer.audit.mojibake import damaged_spans
from rigatino.answer.audit.names import outside_names
from rigatino.answer.audit.numbers import wrong_numbers
from rigatino.answer.audit.obedience import obeyed, orders_in
from rigatino.answer.audit.quantities import find_quantities
from rigatino.answer.audit.record import Audit, Code, Finding, SentenceVerdict, Status
from rigatino.answer.audit.score import caps_on, score_of
from rigatino.answer.audit.stance import declares_inference, dismisses, goes_on, illustrates
from rigatino.answer.audit.structure import missing_sections
from rigatino.answer.audit.words import content_stems
from rigatino.answer.measures import KEPT, LABEL, measured_values
from rigatino.brief.record import Brief
from rigatino.recommendation.record import Recommendation


def audit_answer(
    text: str,
    brief: Brief,
    recommendation: Recommendation,
    measured: Mapping[str, Any] | None = None,
) -> Audit:
    """Audit an answer, whoever wrote it; ``recommendation`` brings the verdicts on the items.

    The paragraphs on the asker's file (``measures.LABEL`` or ``KEPT`` in front of them) speak of
    that file and not of the brief: their figures are held against ``measured``, what was measured
    in the file, and without one nobody can judge them. Links and names are held against the brief
    there as everywhere.
    """
    auditor = _Auditor(text, brief, recommendation, measured)
    findings = auditor.findings()
    shares = auditor.transferable
    transferability = sum(shares) / len(shares) if shares else 0.0
    missing = sum(f.code == "missing-section" for f in findings)
    caps = caps_on(auditor.layout, auditor.evidence, missing, transferability)
    return Audit(
        score=score_of(findings, caps),
        findings=findings,
        sentences=auditor.verdicts(findings),
        transferability=round(transferability, 3),
        caps=caps,
    )


class _Auditor:
    """One audit: the answer laid out beside its evidence."""

    def __init__(
        self,
        text: str,
        brief: Brief,
        recommendation: Recommendation,
        measured: Mapping[str, Any] | None,
    ) -> None:
        self.text, self.brief, self.recommendation = text, brief, recommendation
        self.evidence: Evidence = evidence_of(brief)
        self.layout: Layout = lay_out(text, title_spans(text, self.evidence))
        self.mentions = [
            find_mentions(without_links(s.text), self.evidence) for s in self.layout.sentences
        ]
        self.figures = None if measured is None else measured_values(measured)
        self.grounds: dict[int, Grounds] = {}
        self.transferable: list[bool] = []
        self.examples: frozenset[str] | None = None

    def findings(self) -> tuple[Finding, ...]:
        """Every finding, by place; the same text is reported once for each code."""
        found = [
            *self._links(), *self._damage(), *self._sections(), *self._injections(),
            *self._misuses(), *self._by_sentence(),
        ]  # fmt: skip
        unique = {(f.code, f.start, f.end, f.message if not f.text else ""): f for f in found}
        return tuple(sorted(unique.values(), key=lambda f: (f.start, f.end, f.code)))

    def verdicts(self, findings: tuple[Finding, ...]) -> tuple[SentenceVerdict, ...]:
        """What can be said of each sentence, findings considered."""
        return tuple(
            self._verdict(i, s, [f for f in findings if f.start < s.end and s.start < f.end])
            for i, s in enumerate(self.layout.sentences)
        )

    def _verdict(self, index: int, sentence: Sentence, findings: list[Finding]) -> SentenceVerdict:
        ground = self.grounds.get(index, Grounds("cannot-tell", "nothing to hold it against"))
        status: Status = ground.status
        because = ground.because
        if findings:
            status, because = "unsupported", findings[0].message
        section = self.layout.kind_of(sentence)
        cites = self._cites(index)
        return SentenceVerdict(
            sentence.text, sentence.start, sentence.end, section, status, because, cites
        )

    def _cites(self, index: int) -> tuple[str, ...]:
        ids = frozenset().union(*(m.ids for m in self.mentions[index]))
        return tuple(sorted(ids))

    def _finding(self, code: Code, start: int, end: int, message: str) -> Finding:
        return Finding(
            code, self.text[start:end], start, end, message, self.layout.sentence_at(start)
        )

    def _links(self) -> Iterator[Finding]:
        for wrong in wrong_links(self.layout, self.evidence):
            link = wrong.link
            if not wrong.owners:
                yield self._finding(
                    "link-not-in-brief", link.start, link.end, "the brief has no such link"
                )
            else:
                owner = " and ".join(sorted(wrong.owners))
                beside = (
                    f"stands beside {' or '.join(sorted(wrong.beside))}"
                    if wrong.beside
                    else "is labelled wrongly"
                )
                yield self._finding(
                    "link-swapped", link.start, link.end, f"belongs to {owner} and {beside}"
                )

    def _damage(self) -> Iterator[Finding]:
        for start, end in damaged_spans(self.text):
            yield self._finding("mojibake", start, end, "damaged by a wrong decoding")

    def _sections(self) -> Iterator[Finding]:
        for missing in missing_sections(self.layout, self.evidence):
            message = f"there is no section on {missing.what}"
            yield Finding("missing-section", "", missing.at, missing.at, message)

    def _injections(self) -> Iterator[Finding]:
        for hit in obeyed(self.layout, orders_in(self.brief)):
            yield self._finding(
                "injection-obeyed",
                hit.start,
                hit.end,
                f"asked for by an order planted in {hit.source}",
            )

    def _misuses(self) -> Iterator[Finding]:
        for misuse in misuses(self.layout, self.evidence, self.recommendation):
            names = " and ".join(misuse.ids)
            yield self._finding(
                "paper-misused",
                misuse.start,
                misuse.end,
                f"{names} does not fit and cannot carry this",
            )

    def _by_sentence(self) -> Iterator[Finding]:
        task = self._task_stems()
        for index, sentence in enumerate(self.layout.sentences):
            yield from self._names(sentence)
            if self._speaks_of_file(sentence):
                yield from self._measured(index, sentence)
                continue
            yield from self._numbers(index, sentence)
            yield from self._boilerplate(sentence, task)
            yield from self._support(index, sentence)

    def _speaks_of_file(self, sentence: Sentence) -> bool:
        return self.layout.blocks[sentence.block].lead.strip(" :*_") in (LABEL, KEPT)

    def _measured(self, index: int, sentence: Sentence) -> Iterator[Finding]:
        """The figures of a sentence on the asker's file, against that file alone."""
        self.grounds[index] = Grounds("cannot-tell", "speaks of a file that was not handed in")
        if self.figures is None:
            return
        self.grounds[index] = Grounds("cannot-tell", "its figures are those of the file")
        for quantity in find_quantities(sentence.text):
            if not quantity.worded and not self.figures.intersection(quantity.values):
                start = sentence.start + quantity.start
                message = "the file does not give this number"
                yield self._finding(
                    "number-not-in-source", start, start + len(quantity.text), message
                )

    def _task_stems(self) -> frozenset[str]:
        guesses = (*self.recommendation.tasks, *self.recommendation.alternatives)
        return frozenset(content_stems(" ".join(g.slug.replace("-", " ") for g in guesses)))

    def _numbers(self, index: int, sentence: Sentence) -> Iterator[Finding]:
        masked = without_items(sentence.text, self.evidence)
        continued = (
            not self.mentions[index] and goes_on(sentence.text) and self._speaks_before(index)
        )
        for wrong in wrong_numbers(masked, self._cites(index), self.evidence, continued):
            if not self._cites(index) and wrong.quantity.text in self._examples():
                continue
            if wrong.quantity.worded and self._spoken_of(index) & set(wrong.elsewhere):
                continue  # "whether [M1] was among the six", where [P1] has just counted six
            start = sentence.start + wrong.quantity.start
            cited = ", ".join(self._cites(index)) or "the brief"
            where = f" ({', '.join(wrong.elsewhere)} does)" if wrong.elsewhere else ""
            message = f"{cited} does not give this number{where}"
            yield self._finding(
                "number-not-in-source", start, start + len(wrong.quantity.text), message
            )

    def _examples(self) -> frozenset[str]:
        """The figures that some sentence without a source declares to be examples."""
        if self.examples is None:
            own = (
                s.text for s, m in zip(self.layout.sentences, self.mentions, strict=True) if not m
            )
            found = (q.text for text in own if illustrates(text) for q in find_quantities(text))
            self.examples = frozenset(found)
        return self.examples

    def _speaks_before(self, index: int) -> bool:
        """Whether an earlier sentence of the block speaks of an item."""
        return bool(self._spoken_of(index))

    def _spoken_of(self, index: int) -> set[str]:
        """The items that earlier sentences of the block speak of."""
        block = self.layout.sentences[index].block
        earlier = (i for i in range(index) if self.layout.sentences[i].block == block)
        return {id for i in earlier for mention in self.mentions[i] for id in mention.ids}

    def _names(self, sentence: Sentence) -> Iterator[Finding]:
        capitals = self._language(sentence) in NOUNS_SMALL
        bare = without_links(sentence.text)
        for name in outside_names(bare, self.evidence, capitals):
            yield self._finding(
                "name-not-in-brief",
                sentence.start + name.start,
                sentence.start + name.end,
                name.why,
            )
        for start, end in marks_outside(bare, self.evidence):
            yield self._finding(
                "name-not-in-brief",
                sentence.start + start,
                sentence.start + end,
                "the brief has no item of that number",
            )

    def _language(self, sentence: Sentence) -> str:
        return language_of_sentence(without_items(sentence.text, self.evidence), self.text)

    def _boilerplate(self, sentence: Sentence, task: frozenset[str]) -> Iterator[Finding]:
        made = makeup(without_items(sentence.text, self.evidence), self.evidence, task)
        if made.judged and self.layout.kind_of(sentence) != "sources":
            self.transferable.append(made.is_boilerplate and not self._is_frank(sentence.text))
        if made.is_boilerplate and not self._is_frank(sentence.text):
            message = f"would serve any other brief (transferability {made.transferability:.2f})"
            yield self._finding("boilerplate", sentence.start, sentence.end, message)

    def _is_frank(self, sentence: str) -> bool:
        """Saying that something is missing, or one's own, is plain speech, however general."""
        return dismisses(sentence) or declares_inference(sentence)

    def _support(self, index: int, sentence: Sentence) -> Iterator[Finding]:
        mentions = self.mentions[index]
        if self._is_entry(sentence, mentions):
            self.grounds[index] = Grounds("supported", "listed as in the brief")
            return
        marked = any(m.form in ("mark", "title") for m in mentions)
        cites = self._cites(index)
        language = self._language(sentence)
        if cites and language != language_of(self.evidence.text):
            self.grounds[index] = Grounds("cannot-tell", "in another language than its source")
            return
        self.grounds[index] = grounds(sentence.text, cites, marked, self.evidence)
        if self.grounds[index].status == "unsupported":
            yield self._finding(
                "unsupported-sentence", sentence.start, sentence.end, self.grounds[index].because
            )

    def _is_entry(self, sentence: Sentence, mentions: tuple[Mention, ...]) -> bool:
        return (
            self.layout.kind_of(sentence) == "sources" and bool(mentions) and "://" in sentence.text
        )
