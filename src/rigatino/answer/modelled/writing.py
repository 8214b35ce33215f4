"""The writer: ask, judge, assemble, have it audited; and whatever fails, the offline answer."""

from __future__ import annotations

from dataclasses import replace
from time import perf_counter

from rigatino.answer.audit import audit_answer
from rigatino.answer.markdown import to_markdown
from rigatino.answer.measures import record_of
from rigatino.answer.modelled.asking import prompt_for
from rigatino.answer.modelled.assembling import assemble
from rigatino.answer.modelled.claims import read_claims
from rigatino.answer.modelled.judging import Judged, dropped, judge_all
from rigatino.answer.phrases import Phrases
from rigatino.answer.record import Answer, Change, Sentence, Writer
from rigatino.answer.verify import verify
from rigatino.errors import LanguageError, UnverifiedError
from rigatino.language import Endpoint, Prompt, Reply

#: audits of one answer; each takes away what the last one found
_MOST_AUDITS = 4


def write_with(endpoint: Endpoint, seconds: float, offline: Answer) -> Answer:
    """The answer of a model as far as it holds; the ``offline`` one where it does not.

    ``offline`` brings brief, verdicts and workflow, and is what is left if anything fails. Where
    the model does not answer, all of it takes ``seconds`` at most.
    """
    began = perf_counter()
    measured = measured_sentences(offline)
    try:
        prompt = prompt_about(offline)
        reply = endpoint.ask(prompt, _left(seconds - (perf_counter() - began)))
        if reply.cut:
            raise LanguageError("the model was cut off at its longest answer", "use another model")
        claims = read_claims(reply.text)
    except LanguageError as error:
        why = f"{error.given} ({error.advice})" if error.advice else error.given
        return _without(offline, Writer(asked=endpoint.name, why=why))
    phrases = Phrases(offline.brief.question)
    judged = judge_all(claims, offline.brief, offline.recommendation, phrases, measured)
    return _used(offline, judged, _writer(endpoint, reply), measured)


def _left(seconds: float) -> float:
    """For the call itself; a little is kept for ending it."""
    left = seconds - min(0.1, seconds / 20)
    if left <= 0:
        raise LanguageError("no time is left to ask the model", "raise --llm-timeout")
    return left


def prompt_about(offline: Answer) -> Prompt:
    """What a model is asked about a brief, its verdicts and what was measured."""
    return prompt_for(offline.brief, offline.recommendation, measured_sentences(offline))


def measured_sentences(answer: Answer) -> tuple[Sentence, ...]:
    """What was measured in the asker's file, in the order of the answer."""
    return tuple(s for section in answer.sections for s in section.sentences
                 if s.source == "measured")  # fmt: skip


def _writer(endpoint: Endpoint, reply: Reply) -> Writer:
    return Writer(
        endpoint.name, endpoint.name, seconds=round(reply.seconds, 3),
        tokens_in=reply.tokens_in, tokens_out=reply.tokens_out,
    )  # fmt: skip


def _used(
    offline: Answer, judged: tuple[Judged, ...], writer: Writer, measured: tuple[Sentence, ...]
) -> Answer:
    """The model's answer, audited until nothing is found, if at least half of it stands."""
    phrases = Phrases(offline.brief.question)
    for _ in range(_MOST_AUDITS):
        answer = replace(offline, sections=assemble(offline, judged, phrases, measured))
        blamed = _blamed(answer, judged)
        writer = replace(writer, claims=len(judged), kept=sum(_stands(j) for j in judged))
        if 2 * writer.kept < writer.claims:
            why = f"only {writer.kept} of the model's {writer.claims} claims hold"
            return _without(offline, replace(writer, why=why), judged)
        if not blamed:
            return _verified(replace(answer, writer=writer, changes=_changes(judged)), offline)
        judged = tuple(_dismissed(j, blamed.get(j.sentence)) for j in judged)
    return _without(offline, replace(writer, why="the audit of the model's answer did not end"))


def _verified(answer: Answer, offline: Answer) -> Answer:
    try:
        verify(answer)
    except UnverifiedError:
        why = "the verifier refused the model's answer"
        return _without(offline, replace(answer.writer, why=why))
    return answer


def _blamed(answer: Answer, judged: tuple[Judged, ...]) -> dict[Sentence | None, str]:
    """The sentences of the claims that the auditor, who takes the text alone, finds fault with."""
    text = to_markdown(answer)
    measured = record_of(answer)
    found = audit_answer(text, answer.brief, answer.recommendation, measured).findings
    blamed: dict[Sentence | None, str] = {}
    for j in judged:
        if j.sentence is not None and found:
            start = text.find(j.sentence.text)
            end = start + len(j.sentence.text)
            hit = next((f for f in found if f.start < end and start < f.end), None)
            if hit is not None:
                blamed[j.sentence] = f"the auditor: {hit.code}, {hit.message}"
    return blamed


def _dismissed(judged: Judged, why: str | None) -> Judged:
    if why is None:
        return judged
    return replace(judged, sentence=None, change=dropped(judged.claim, why))


def _stands(judged: Judged) -> bool:
    return judged.sentence is not None and judged.change is None


def _changes(judged: tuple[Judged, ...]) -> tuple[Change, ...]:
    return tuple(j.change for j in judged if j.change is not None)


def _without(offline: Answer, writer: Writer, judged: tuple[Judged, ...] = ()) -> Answer:
    """The offline answer, which says so."""
    return replace(offline, writer=replace(writer, name="offline"), changes=_changes(judged))
