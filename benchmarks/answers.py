"""What the answers are worth: ``python -m benchmarks.answers --data DIR [--json OUT]``.

DIR holds labelled briefs (``D01.txt`` with its gold ``D01.json``) and, in
``DIR/answers``, answers to audit. The gold's meaning is that of docs/reference/labels.md.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.audit_mutations import report_mutations
from benchmarks.report import Report
from rigatino import pipeline
from rigatino.answer import to_json
from rigatino.brief import Brief, read_brief
from rigatino.errors import RigatinoError
from rigatino.tasks import stem

PAPER_FITS = ("direct", "adjacent", "keyword-only", "unrelated")
MODEL_FITS = ("direct", "partial", "none")
_LINK = re.compile(r"https?://[^\s)>\]\"]+")


@dataclass(frozen=True)
class Case:
    """A labelled brief and what was made of it."""

    gold: dict[str, Any]
    brief: Brief
    proof: dict[str, Any]
    findings: int


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--json", type=Path)
    p.add_argument("--wrong", action="store_true", help="print every verdict that differs")
    p.add_argument("--mutations", type=int, default=500, help="0: leave the auditor out")
    a = p.parse_args()
    report = Report(f"Answers to the briefs of {a.data}")
    cases = load(a.data, report)
    reading(report, cases)
    links(report, cases)
    verdicts(report, cases)
    variety(report, cases)
    speed(report, cases)
    if a.wrong:
        wrong(cases)
    if a.mutations and (a.data / "answers").is_dir():
        report_mutations(report, a.data, a.mutations)
    report.finish(a.json)


def load(folder: Path, report: Report) -> list[Case]:
    """Answer every brief that has a gold file."""
    cases, refused = [], 0
    for gold_file in sorted(folder.glob("*.json")):
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        try:
            brief = read_brief(gold_file.with_suffix(".txt").read_bytes(), gold["id"])
            answer = pipeline.answer_brief(brief)
        except RigatinoError as error:
            print(f"{gold['id']}: {error}")
            refused += 1
            continue
        proof = to_json(answer)
        audit = pipeline.audit(proof["markdown"], brief)
        if audit.findings:
            print(f"{gold['id']}: the auditor finds in our own answer:",
                  [(f.code, f.text) for f in audit.findings])  # fmt: skip
        cases.append(Case(gold, brief, proof, len(audit.findings)))
    report.heading("Reading")
    report.share("briefs answered", len(cases), len(cases) + refused, "all")
    report.share("own answers without an audit finding", sum(not c.findings for c in cases),
                 len(cases), "all")  # fmt: skip
    return cases


def reading(report: Report, cases: list[Case]) -> None:
    """Question, names, links as the gold has them; the task."""
    same_q = sum(_plain(c.brief.question) == _plain(c.gold["question"]) for c in cases)
    report.share("question as in the gold", same_q, len(cases))
    items = [pair for c in cases for pair in _items(c)]
    report.share("items with the gold's name and links", sum(a == b for a, b in items), len(items))
    first = sum(c.proof["task"]["slug"] in c.gold["tasks"] for c in cases)
    report.share("task right first", first, len(cases), ">= 90 %")


def _plain(text: str) -> str:
    return " ".join(text.split())


def _items(c: Case) -> list[tuple[Any, Any]]:
    """(ours, gold) for every item of the gold, by place."""
    ours = [(m.name, m.paper, m.github) for m in c.brief.models]
    ours += [(_plain(p.title), p.url, p.github) for p in c.brief.papers]
    gold = [(m["name"], m["paper"], m["github"]) for m in c.gold["models"]]
    gold += [(_plain(p["title"]), p["url"], p["github"]) for p in c.gold["papers"]]
    return list(zip(ours + [None] * len(gold), gold, strict=False))


def links(report: Report, cases: list[Case]) -> None:
    """Every link of an answer is in the brief and stands on the line of its own item."""
    good = total = planted = 0
    for c in cases:
        owners = _owners(c.gold)
        for line in c.proof["markdown"].split("### 3.")[-1].split("\n---")[0].splitlines():
            for link in _LINK.findall(line):
                total += 1
                name = owners.get(link.rstrip(",.;"), set())
                good += any(n in _plain(line) for n in name)
        planted += any(
            f in c.proof["markdown"].split("\n---")[0] for f in c.gold.get("forbidden") or ()
        )
    report.heading("Links")
    report.share("links in the brief and on the right title", good, total, "100 %")
    report.share("answers with a forbidden string", planted, len(cases), "0")


def _owners(gold: dict[str, Any]) -> dict[str, set[str]]:
    owners: dict[str, set[str]] = {}
    for item in (*gold["models"], *gold["papers"]):
        name = _plain(item.get("name") or item["title"])
        for key in ("paper", "url", "github"):
            if item.get(key):
                owners.setdefault(item[key], set()).add(name)
    return owners


def verdicts(report: Report, cases: list[Case]) -> None:
    """Fits, misleading words, and whether anything fits at all."""
    report.heading("Verdicts")
    papers = [
        (o, g) for c in cases for o, g in zip(c.proof["papers"], c.gold["papers"], strict=False)
    ]
    models = [
        (o, g) for c in cases for o, g in zip(c.proof["models"], c.gold["models"], strict=False)
    ]
    off = [(o, g) for o, g in papers if g["fit"] in ("keyword-only", "unrelated")]
    report.share("irrelevant paper used as support", sum(o["fit"] == "direct" for o, _ in off),
                 len(off), "<= 2 %")  # fmt: skip
    on = [(o, g) for o, g in papers if g["fit"] == "direct"]
    dismissed = sum(o["fit"] in ("keyword-only", "unrelated") for o, _ in on)
    report.share("relevant paper dismissed", dismissed, len(on), "<= 10 %")
    report.share(
        "  of the relevant, called direct", sum(o["fit"] == "direct" for o, _ in on), len(on)
    )
    for name, pairs, fits in (("paper", papers, PAPER_FITS), ("model", models, MODEL_FITS)):
        f1 = {fit: _f1(pairs, fit) for fit in fits}
        for fit in fits:
            report.figure(f"  F1 of {name} verdict {fit} (n={_support(pairs, fit)})", f1[fit])
        present = [f1[fit] for fit in fits if _support(pairs, fit)]
        report.figure(
            f"macro-F1 of the {name} verdicts", sum(present) / len(present), goal=">= 0.75"
        )
        report.details[f"{name}_confusion"] = _confusion(pairs)
    worded = [(o, g) for o, g in papers if g["fit"] == "keyword-only"]
    named = [(o, g) for o, g in worded if o["fit"] == "keyword-only"]
    report.share("misleading word right, of those so called", _word_hits(named), len(named),
                 ">= 80 %")  # fmt: skip
    report.share("  of those, to the letter", _word_hits(named, str), len(named))
    report.share("misleading word right, of all keyword-only", _word_hits(worded), len(worded))
    exists = sum(c.proof["fits_exist"] == c.gold["fits_exist"] for c in cases)
    report.share("fits_exist right", exists, len(cases), ">= 90 %")


def _word_hits(pairs: list[Any], form: Callable[[str], str] = stem) -> int:
    """The same word in whatever inflection ("Cleaning" for "clean"), or one of an expression."""
    hits = 0
    for ours, gold in pairs:
        word = (ours["misleading_word"] or "").lower()
        gold_word = (gold["misleading_word"] or "").lower()
        known = {gold_word, *(form(w) for w in gold_word.split())}
        hits += bool(word) and (word in known or form(word) in known)
    return hits


def _support(pairs: list[Any], fit: str) -> int:
    return sum(g["fit"] == fit for _, g in pairs)


def _f1(pairs: list[Any], fit: str) -> float:
    hit = sum(o["fit"] == fit == g["fit"] for o, g in pairs)
    said = sum(o["fit"] == fit for o, _ in pairs)
    true = _support(pairs, fit)
    return 2 * hit / (said + true) if said + true else 0.0


def _confusion(pairs: list[Any]) -> dict[str, int]:
    counts = Counter((g["fit"], o["fit"]) for o, g in pairs)
    return {f"{gold} called {ours}": n for (gold, ours), n in sorted(counts.items())}


def variety(report: Report, cases: list[Case]) -> None:
    """How much two answers to different questions on one task share of sections 1 and 2.

    Shared are sentences that stand in both to the letter, weighed by their words; of
    each pair the larger share counts.
    """
    shares = []
    for a, b in combinations(cases, 2):
        if a.proof["task"]["slug"] == b.proof["task"]["slug"]:
            one, two = _sentences(a), _sentences(b)
            common = sum((one & two).values())
            shares.append(common / max(1, min(sum(one.values()), sum(two.values()))))
    report.heading("Variety")
    if shares:
        report.figure("largest share of two answers on one task", 100 * max(shares), "%", "< 40 %")
        report.figure(f"mean share over {len(shares)} pairs", 100 * sum(shares) / len(shares), "%")


def _sentences(c: Case) -> Counter[str]:
    """Words by sentence: a counter whose values are the sentences' lengths."""
    said = [s["text"] for section in c.proof["sections"][:2] for s in section["sentences"]]
    return Counter({text: len(text.split()) for text in said})


def speed(report: Report, cases: list[Case]) -> None:
    """Warm, in this process, from the parsed brief to Markdown, HTML left out."""
    times = []
    for _ in range(3):
        for c in cases:
            began = perf_counter()
            to_json(pipeline.answer_brief(c.brief))
            times.append(perf_counter() - began)
    times.sort()
    report.heading("Speed")
    report.figure("median time of an answer, warm", 1000 * times[len(times) // 2], "ms", "<= 20 ms")
    report.figure("answers a second, one process", len(times) / sum(times), "", ">= 100")


def wrong(cases: list[Case]) -> None:
    """Every difference, for reading."""
    for c in cases:
        if c.proof["task"]["slug"] not in c.gold["tasks"]:
            print(c.gold["id"], "task", c.gold["tasks"], "<-", c.proof["task"]["slug"],
                  c.proof["task"]["because"], c.gold["question"][:160])  # fmt: skip
        for kind in ("models", "papers"):
            for o, g in zip(c.proof[kind], c.gold[kind], strict=False):
                if o["fit"] != g["fit"] or (
                    kind == "papers"
                    and (o["misleading_word"] or "") != (g["misleading_word"] or "")
                ):
                    print(c.gold["id"], o["id"], g["fit"], g.get("misleading_word"), "<-", o["fit"],
                          o["misleading_word"], "|", o.get("name") or o["title"], "|", o["why"],
                          "| gold:", g["why"])  # fmt: skip


if __name__ == "__main__":
    main()
