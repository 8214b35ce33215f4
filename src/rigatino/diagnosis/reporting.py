"""A diagnosis as one screen of text for somebody who knows nothing of the trade."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from rigatino.diagnosis.facts import FileFacts
from rigatino.diagnosis.figures import sureness
from rigatino.diagnosis.record import Diagnosis, Finding
from rigatino.diagnosis.registry import DETECTORS
from rigatino.tasks import card

_WIDTH = 88
_MODES = {
    "grey": "shades of grey",
    "grey+alpha": "shades of grey with transparency",
    "rgb": "colour",
    "rgba": "colour with transparency",
}
_BINDS = {
    "sure": "The stored numbers certainly bind the original picture",
    "likely": "The stored numbers probably bind the original picture",
    "no": "The stored numbers do not bind the original picture",
}


def by_importance(diagnosis: Diagnosis) -> tuple[Finding, ...]:
    """The faults found: what the verdict repairs, in its order, then the rest, the surest first."""
    turns = {step.finding: turn for turn, step in enumerate(diagnosis.verdict.steps)}
    found = (f for f in diagnosis.findings if f.found and not f.refused and _is_fault(f))
    return tuple(sorted(found, key=lambda f: (turns.get(f.name, len(turns)), -f.confidence)))


def _is_fault(finding: Finding) -> bool:
    return finding.name not in DETECTORS or DETECTORS[finding.name].fault


def report_text(diagnosis: Diagnosis) -> str:
    """What the file is, what is wrong, what to do, what could not be told, what is left."""
    lines = [
        *_file(diagnosis.file),
        *_wrong(diagnosis),
        *_advice(diagnosis),
        *_observed(diagnosis),
        *_refused(diagnosis),
        *_left(diagnosis),
        *_listed("To be known when reading this", diagnosis.notes),
    ]
    return "\n".join(lines).lstrip("\n") + "\n"


def _file(facts: FileFacts | None) -> list[str]:
    if facts is None:
        return []
    name = "".join(c if c.isprintable() else "?" for c in facts.name) or "This picture"
    mode = _MODES.get(facts.mode, facts.mode)
    frames = f", the first of {facts.frames} frames" if facts.frames > 1 else ""
    return [
        f"{name}: {facts.format}, {facts.width} × {facts.height} pixels, {mode}, "
        f"{facts.bits} {'bit' if facts.bits == 1 else 'bits'}, {_bytes(facts.size)}{frames}"
    ]


def _bytes(size: int) -> str:
    for unit in ("bytes", "kB"):
        if size < 1000:
            return f"{size:.0f} {unit}"
        size = round(size / 1000)
    return f"{size} MB" if size < 10_000 else f"{size / 1000:.0f} GB"


def _wrong(diagnosis: Diagnosis) -> list[str]:
    found = by_importance(diagnosis)
    if not found:
        told = diagnosis.verdict.told
        lines = [f"{'Nothing was found that is wrong with it' if told else 'Not known'}."]
    else:
        lines = [_item(i, f) for i, f in enumerate(found, 1)]
    fine = [f.name for f in diagnosis.findings if not f.found and not f.refused and _is_fault(f)]
    if fine:
        lines.append(_wrapped(f"Looked at, with nothing worth repairing: {', '.join(fine)}.", "  "))
    return ["", "What is wrong, the most important first", *_indented(lines)]


def _item(number: int, finding: Finding) -> str:
    said = " ".join(finding.evidence) or "It shows in the pixels."
    head = f"{number}. {finding.name} ({sureness(finding.confidence)}): "
    return _wrapped(head + said, "  ", "     ")


def _advice(diagnosis: Diagnosis) -> list[str]:
    verdict = diagnosis.verdict
    lines = [_wrapped(verdict.sentence, "  ")]
    for number, step in enumerate(verdict.steps, 1):
        text = f"{number}. {step.finding}: {card(step.task).name}, since {step.why}."
        lines.append(_wrapped(text, "  ", "     "))
    return ["", "What to do", *lines]


def _observed(diagnosis: Diagnosis) -> list[str]:
    seen = (f for f in diagnosis.findings if f.found and not f.refused and not _is_fault(f))
    said = (f"{' '.join(f.evidence)} ({sureness(f.confidence)})" for f in seen)
    return _listed("Seen, and no fault", said)


def _refused(diagnosis: Diagnosis) -> list[str]:
    by_reason: dict[str, list[str]] = {}
    for finding in diagnosis.findings:
        if finding.refused:
            by_reason.setdefault(finding.reason, []).append(finding.name)
    said = (f"{', '.join(names)}: {reason}." for reason, names in by_reason.items())
    return _listed("What could not be told, and why", said)


def _left(diagnosis: Diagnosis) -> list[str]:
    clues = diagnosis.clues
    if clues is None:
        return []
    binds = f"{_BINDS[diagnosis.binds.value]}: {diagnosis.binds.reason}."
    return _listed("What the file still knows", (clues.sentence, clues.levels_sentence, binds))


def _listed(title: str, lines: Iterable[str]) -> list[str]:
    shown = [_wrapped(_ended(line), "  ") for line in lines]
    return ["", title, *shown] if shown else []


def _ended(line: str) -> str:
    """With one full stop at its end."""
    return line.rstrip(".") + "."


def _indented(lines: Iterable[str]) -> list[str]:
    return [line if line.startswith(" ") else f"  {line}" for line in lines]


def _wrapped(text: str, first: str, later: str | None = None) -> str:
    return textwrap.fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=first if later is None else later
    )
