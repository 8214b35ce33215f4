"""An audit or a selftest as text for people and as JSON for programs."""

from __future__ import annotations

from collections import Counter
from typing import Any

from rigatino.answer.audit.record import Audit, Finding
from rigatino.answer.audit.selftest import Selftest, Trial

_LONGEST = 100


def report_text(audit: Audit) -> str:
    """The score, every finding with its place, and how many sentences can be told."""
    lines = [f"score {audit.score} of 100"]
    lines += [f"held down: {cap}" for cap in audit.caps]
    lines += [_finding_line(finding) for finding in audit.findings] or ["nothing found"]
    counts = Counter(sentence.status for sentence in audit.sentences)
    told = ", ".join(f"{counts[s]} {s}" for s in ("supported", "unsupported", "cannot-tell"))
    lines.append(f"{len(audit.sentences)} sentences: {told} offline")
    lines.append(f"transferability {audit.transferability:.2f}")
    return "\n".join(lines) + "\n"


def _finding_line(finding: Finding) -> str:
    what = f': "{_shortened(finding.text)}"' if finding.text else ""
    return f"{finding.code} at {finding.start}-{finding.end}{what} ({finding.message})"


def _shortened(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"


def report_json(audit: Audit) -> dict[str, Any]:
    """The audit as JSON; see docs/reference/audit.md and the published schema."""
    return {
        "schema": audit.schema,
        "score": audit.score,
        "caps": list(audit.caps),
        "transferability": audit.transferability,
        "findings": [_finding_json(finding) for finding in audit.findings],
        "sentences": [
            {
                "text": s.text,
                "start": s.start,
                "end": s.end,
                "section": s.section,
                "status": s.status,
                "because": s.because,
                "cites": list(s.cites),
            }
            for s in audit.sentences
        ],
    }


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "text": finding.text,
        "start": finding.start,
        "end": finding.end,
        "message": finding.message,
        "sentence": finding.sentence,
    }


def selftest_text(tested: Selftest) -> str:
    """A line for each kind of corruption, then what was missed."""
    lines = [f"score of the answer as it is: {tested.audit.score} of 100"]
    for kind, (found, tried) in tested.by_kind().items():
        lines.append(f"{kind:<22} {found} of {tried} found")
    lines += [f"missed: {_trial_line(trial)}" for trial in tested.missed] or ["nothing missed"]
    return "\n".join(lines) + "\n"


def _trial_line(trial: Trial) -> str:
    made = trial.mutation
    what = f': "{_shortened(made.text[made.start : made.end])}"' if made.end > made.start else ""
    return f"{made.kind} ({made.code}) at {made.start}-{made.end}{what}"


def selftest_json(tested: Selftest) -> dict[str, Any]:
    """The selftest as JSON."""
    return {
        "schema": tested.schema,
        "score": tested.audit.score,
        "kinds": {k: {"found": f, "tried": t} for k, (f, t) in tested.by_kind().items()},
        "trials": [
            {
                "kind": t.mutation.kind,
                "code": t.mutation.code,
                "text": t.mutation.text[t.mutation.start : t.mutation.end],
                "start": t.mutation.start,
                "end": t.mutation.end,
                "found": t.found,
                "score": t.score,
            }
            for t in tested.trials
        ],
    }
