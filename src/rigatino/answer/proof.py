"""The answer as JSON: the proof object, in which every claim can be looked up."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rigatino.answer.markdown import sentence_text, to_markdown
from rigatino.answer.record import SCHEMA, Answer, Change, Section
from rigatino.brief import Brief, Source
from rigatino.recommendation import TaskGuess
from rigatino.workflow import Workflow


def to_json(answer: Answer) -> dict[str, Any]:
    """Plain data, JSON-serialisable, as in the published schema."""
    rec = answer.recommendation
    return {
        "schema": SCHEMA,
        "question": answer.brief.question,
        "language": answer.language,
        "language_note": answer.language_note,
        "task": {**_task(rec.tasks, rec.alternatives), "tipped_by_items": rec.tipped},
        "fits_exist": rec.fits_exist,
        "models": [_model(answer, i) for i in range(len(rec.models))],
        "papers": [_paper(answer, i) for i in range(len(rec.papers))],
        "workflow": _workflow(answer.workflow),
        "measured": answer.measured and answer.measured.to_json(),
        "evidence": answer.evidence and answer.evidence.to_json(),
        "sections": [_section(answer.brief, s) for s in answer.sections],
        "sources": [_source(s) for s in answer.brief.sources],
        "reported": list(answer.reported),
        "writer": asdict(answer.writer),
        "changes": [_change(change) for change in answer.changes],
        "markdown": to_markdown(answer),
    }


def _task(taken: tuple[TaskGuess, ...], others: tuple[TaskGuess, ...]) -> dict[str, Any]:
    first = taken[0] if taken else None
    return {
        "slug": first.slug if first else None,
        "confidence": first.confidence if first else 0.0,
        "because": list(first.because) if first else [],
        "also": [_guess(g) for g in taken[1:]],
        "alternatives": [_guess(g) for g in others],
    }


def _guess(guess: TaskGuess) -> dict[str, Any]:
    return {
        "slug": guess.slug,
        "confidence": guess.confidence,
        "because": list(guess.because),
    }


def _model(answer: Answer, i: int) -> dict[str, Any]:
    verdict, model = answer.recommendation.models[i], answer.brief.models[i]
    return {
        "id": verdict.id,
        "name": verdict.name,
        "links": {"paper": model.paper, "github": model.github},
        "fit": verdict.fit,
        "misleading_word": verdict.misleading_word,
        "why": verdict.why,
        "inputs": list(verdict.inputs),
        "outputs": list(verdict.outputs),
        "tasks": list(verdict.tasks),
        "described_by": verdict.described_by,
    }


def _paper(answer: Answer, i: int) -> dict[str, Any]:
    verdict, paper = answer.recommendation.papers[i], answer.brief.papers[i]
    return {
        "id": verdict.id,
        "title": verdict.title,
        "links": {"paper": paper.url, "github": paper.github},
        "fit": verdict.fit,
        "misleading_word": verdict.misleading_word,
        "why": verdict.why,
        "tasks": list(verdict.tasks),
        "span": list(verdict.span) if verdict.span else None,
    }


def _workflow(flow: Workflow) -> dict[str, Any]:
    steps = [
        {"model": s.model, "takes": list(s.takes), "gives": list(s.gives), "lacks": list(s.lacks)}
        for s in flow.steps
    ]
    ends = {"has": list(flow.has), "wants": list(flow.wants)}
    return {**ends, "steps": steps, "chain": list(flow.chain)}


def _section(brief: Brief, section: Section) -> dict[str, Any]:
    sentences = []
    for place, block in enumerate(section.blocks):
        for s in block.sentences:
            row = {
                "text": sentence_text(brief, s),
                "source": s.source,
                "cites": list(s.cites),
                "quote": s.quote,
                "span": list(s.span) if s.span else None,
                "measure": s.measure,
                "by": s.by,
                "block": place,
            }
            sentences.append(row)
    return {"heading": section.heading, "sentences": sentences}


def _source(source: Source) -> dict[str, Any]:
    """A source with the map from its repaired text to the original's offsets."""
    origin = [[s.at, s.length, s.raw_at, s.raw_length] for s in source.origin]
    return {"id": source.id, "text": source.text, "origin": origin}


def _change(change: Change) -> dict[str, Any]:
    return {
        "what": change.what,
        "section": change.section,
        "source": change.source,
        "from": change.before,
        "to": change.after,
        "why": change.why,
    }
