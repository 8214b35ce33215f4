"""The auditor tried on corruptions of one answer: which of them does it miss?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from rigatino.answer.audit.auditor import audit_answer
from rigatino.answer.audit.mutations import Mutation, mutations
from rigatino.answer.audit.record import Audit
from rigatino.brief.record import Brief
from rigatino.recommendation.record import Recommendation

SCHEMA = "rigatino/selftest/1"


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutation, whether its code was found on the offending span, and what it cost."""

    mutation: Mutation
    found: bool
    score: int


@dataclass(frozen=True, slots=True)
class Selftest:
    """The audit of the answer as it is, and of every corruption of it."""

    audit: Audit
    trials: tuple[Trial, ...]
    schema: str = SCHEMA

    @property
    def missed(self) -> tuple[Trial, ...]:
        """What the auditor does not catch."""
        return tuple(trial for trial in self.trials if not trial.found)

    def by_kind(self) -> dict[str, tuple[int, int]]:
        """Found and tried, for each kind of corruption."""
        tried = Counter(t.mutation.kind for t in self.trials)
        found = Counter(t.mutation.kind for t in self.trials if t.found)
        return {kind: (found[kind], count) for kind, count in tried.items()}


def run_selftest(
    answer: str, brief: Brief, recommendation: Recommendation, per_kind: int = 8, seed: int = 0
) -> Selftest:
    """Corrupt an answer in known ways and see what the auditor misses."""
    audit = audit_answer(answer, brief, recommendation)
    trials = []
    for mutation in mutations(brief, answer, recommendation, per_kind, seed):
        outcome = audit_answer(mutation.text, brief, recommendation)
        trials.append(Trial(mutation, is_found(mutation, outcome, audit), outcome.score))
    return Selftest(audit, tuple(trials))


def is_found(mutation: Mutation, outcome: Audit, before: Audit) -> bool:
    """Whether a finding of the expected code overlaps the offending span.

    What was dropped has no span: there it takes one finding of the code more than before.
    """
    hits = [f for f in outcome.findings if f.code == mutation.code]
    if mutation.start == mutation.end:
        return len(hits) > sum(f.code == mutation.code for f in before.findings)
    return any(f.start < mutation.end and mutation.start < f.end for f in hits)
