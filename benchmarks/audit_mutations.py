"""What the auditor finds: ``python -m benchmarks.audit_mutations --data DIR [--json OUT]``.

DIR holds labelled briefs (``D01.txt``, ``D01.json``) and ``DIR/answers`` labelled answers
(``D01.good.md`` ..., ``D01.labels.json``). The good answers are corrupted in known ways;
a corruption counts as found when a finding of the expected code overlaps it. Figures are
given for the verdicts that the program reaches by itself, and for those of the gold files.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.report import Report
from rigatino.answer.audit import Audit, audit_answer
from rigatino.answer.audit.mutations import KINDS
from rigatino.answer.audit.selftest import Selftest, run_selftest
from rigatino.brief import Brief, read_brief
from rigatino.recommendation import (
    ModelVerdict,
    PaperVerdict,
    Recommendation,
    TaskGuess,
    recommend,
)

GOALS = {
    "invented-link": ">= 99 %",
    "altered-link": ">= 99 %",
    "mojibake": ">= 99 %",
    "altered-number": ">= 95 %",
    "swapped-link": ">= 90 %",
    "misused-paper": ">= 90 %",
    "misused-entry": ">= 90 %",
    "boilerplate-sentence": ">= 90 %",
}
#: The code that a labelled offence asks for; other findings on the same words count apart.
LABELLED = {
    "invented": ("link-not-in-brief",),
    "swapped": ("link-swapped",),
    "outside-the-brief": ("link-not-in-brief",),
    "invented-where-the-brief-says-none": ("link-not-in-brief",),
    "altered-number": ("number-not-in-source",),
    "boilerplate": ("boilerplate",),
    "irrelevant-paper": ("paper-misused",),
    "outside-source": ("name-not-in-brief", "link-not-in-brief"),
}
LEAST_DROP = 15


@dataclass(frozen=True)
class Case:
    """A good answer with its brief and the verdicts it is audited with."""

    id: str
    brief: Brief
    recommendation: Recommendation
    good: str


Judge = Callable[[Path, str, Brief], Recommendation]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--mutations", type=int, default=500)
    options = parser.parse_args()
    report = Report(f"The auditor on the answers of {options.data}")
    report_mutations(report, options.data, options.mutations)
    report.finish(options.json)


def report_mutations(report: Report, data: Path, least: int) -> None:
    """Fill a report with the auditor's figures on at least ``least`` mutations."""
    judges: dict[str, Judge] = {
        "its own verdicts": _own_verdicts,
        "the gold verdicts": _gold_verdicts,
    }
    _report_speed(report, load(data, _gold_verdicts))
    for name, judge in judges.items():
        cases = load(data, judge)
        report.heading(f"The auditor, with {name}")
        _report_good(report, cases)
        _report_found(report, _try_all(cases, least), name)
        _report_labelled(report, data, cases)


def load(data: Path, judge: Judge) -> list[Case]:
    """The good answers of a folder."""
    cases = []
    for file in sorted((data / "answers").glob("*.good.md")):
        name = file.name.removesuffix(".good.md")
        brief = read_brief((data / f"{name}.txt").read_bytes(), name)
        cases.append(Case(name, brief, judge(data, name, brief), file.read_text(encoding="utf-8")))
    return cases


def _own_verdicts(_data: Path, _name: str, brief: Brief) -> Recommendation:
    return recommend(brief)


def _gold_verdicts(data: Path, name: str, brief: Brief) -> Recommendation:
    """The verdicts of the gold file, whose items stand in the order of the brief."""
    gold = json.loads((data / f"{name}.json").read_text(encoding="utf-8"))
    return Recommendation(
        tasks=tuple(TaskGuess(slug, 0.9, ()) for slug in gold["tasks"]),
        alternatives=(),
        models=tuple(_gold_model(i, m) for i, m in zip(brief.models, gold["models"], strict=True)),
        papers=tuple(_gold_paper(i, p) for i, p in zip(brief.papers, gold["papers"], strict=True)),
    )


def _gold_model(item: Any, gold: dict[str, Any]) -> ModelVerdict:
    ins, outs = tuple(gold["inputs"]), tuple(gold["outputs"])
    return ModelVerdict(item.id, item.name, gold["fit"], gold["why"], ins, outs, ())


def _gold_paper(item: Any, gold: dict[str, Any]) -> PaperVerdict:
    word = gold["misleading_word"]
    return PaperVerdict(item.id, item.title, gold["fit"], gold["why"], (), word)


def _report_good(report: Report, cases: list[Case]) -> None:
    """False alarms on good sentences, and scores."""
    audits = [audit_answer(case.good, case.brief, case.recommendation) for case in cases]
    sentences = sum(len(audit.sentences) for audit in audits)
    wrong = sum(_blamed(audit) for audit in audits)
    report.share("false alarms on sentences of good answers", wrong, sentences, "<= 1 %")
    for case, audit in zip(cases, audits, strict=True):
        for finding in audit.findings:
            print(f"{case.id}: false alarm {finding.code}: {finding.text!r}")
    enough = sum(audit.score >= 80 for audit in audits)
    report.share("good answers that score 80 or more", enough, len(audits), "100 %")
    statuses = Counter(s.status for audit in audits for s in audit.sentences)
    for status in ("supported", "unsupported", "cannot-tell"):
        report.share(f"  sentences {status}", statuses[status], sentences)


def _report_speed(report: Report, cases: list[Case]) -> None:
    """The first audit of each answer, brief included, in a process warmed by another one."""
    report.heading("Speed of the auditor")
    times = []
    for number, case in enumerate(cases):
        start = perf_counter()
        audit_answer(case.good, case.brief, case.recommendation)
        if number:
            times.append(1000 * (perf_counter() - start))
    if times:
        report.figure("median audit, warm", sorted(times)[len(times) // 2], "ms")
        report.figure("slowest audit, warm", max(times), "ms", "<= 20 ms")


def _blamed(audit: Audit) -> int:
    """How many sentences a finding touches."""
    return sum(
        any(f.start < s.end and s.start < f.end for f in audit.findings) for s in audit.sentences
    )


def _try_all(cases: list[Case], least: int) -> list[tuple[Case, Selftest]]:
    """As many mutations of each kind as it takes to have ``least`` of them in all."""
    per_kind = max(1, -(-least // (max(1, len(cases)) * (len(KINDS) - 4))))
    while True:
        tests = [(c, run_selftest(c.good, c.brief, c.recommendation, per_kind)) for c in cases]
        if sum(len(t.trials) for _, t in tests) >= least or per_kind > least or not cases:
            return tests
        per_kind += 2


def _report_found(report: Report, tests: list[tuple[Case, Selftest]], name: str) -> None:
    tried, found = Counter[str](), Counter[str]()
    for case, test in tests:
        for kind, (hits, of) in test.by_kind().items():
            found[kind] += hits
            tried[kind] += of
        for trial in test.missed:
            wrong = trial.mutation.text[trial.mutation.start : trial.mutation.end]
            print(f"{case.id}: missed {trial.mutation.kind}: {wrong!r}")
    report.share("mutations found by the expected code", found.total(), tried.total())
    for kind in KINDS:
        report.share(f"  {kind} ({KINDS[kind]})", found[kind], tried[kind], GOALS.get(kind, ""))
    trials = [(t, test.audit.score) for _, test in tests for t in test.trials]
    lower = sum(t.score <= before - LEAST_DROP for t, before in trials)
    report.share(
        f"mutations at least {LEAST_DROP} below their original", lower, len(trials), "100 %"
    )
    report.details[f"mutations, {name}"] = {k: [found[k], tried[k]] for k in KINDS}


def _report_labelled(report: Report, data: Path, cases: list[Case]) -> None:
    """The labelled bad answers: offending strings found, and scores below the good ones."""
    by_code, by_any, tried = Counter[str](), Counter[str](), Counter[str]()
    lower = answers = 0
    for case in cases:
        file = data / "answers" / f"{case.id}.labels.json"
        if not file.exists():
            continue
        labels = json.loads(file.read_text(encoding="utf-8"))
        good = audit_answer(case.good, case.brief, case.recommendation).score
        for label in (v for k, v in labels.items() if k not in ("id", "good")):
            text = (data / "answers" / label["file"]).read_text(encoding="utf-8")
            audit = audit_answer(text, case.brief, case.recommendation)
            answers += 1
            lower += audit.score <= good - LEAST_DROP
            for offence in label["offending"]:
                codes = _codes_on(text, offence["text"], audit)
                tried[offence["kind"]] += 1
                by_any[offence["kind"]] += bool(codes)
                by_code[offence["kind"]] += bool(codes & set(LABELLED[offence["kind"]]))
                if not codes:
                    print(f"{case.id}: missed {offence['kind']}: {offence['text']!r}")
    report.share("labelled offences found by the expected code", by_code.total(), tried.total())
    for kind, of in sorted(tried.items()):
        report.share(f"  {kind}", by_code[kind], of)
    report.share("labelled offences with any finding on them", by_any.total(), tried.total())
    report.share(f"bad answers at least {LEAST_DROP} below their good one", lower, answers, "100 %")


def _codes_on(text: str, offending: str, audit: Audit) -> set[str]:
    start = text.index(offending)
    end = start + len(offending)
    return {f.code for f in audit.findings if f.start < end and start < f.end}


if __name__ == "__main__":
    main()
