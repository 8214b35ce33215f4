"""What survives of a model's answer: ``python -m benchmarks.language [--json OUT] [--limit N]``.

Every answer goes through a real HTTP server on loopback. Good ones are counted word for word;
hostile ones are looked for in everything that is published: Markdown, page and proof.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import subprocess
import sys
import unicodedata
from collections import Counter
from pathlib import Path
from time import perf_counter
from typing import Any

import rigatino as rg
from benchmarks.language.hostile import Attack, Row, attacks
from benchmarks.language.server import Server, drips, fails, hangs, says
from benchmarks.report import Report
from rigatino.brief import Brief, example

DATA = Path(__file__).parents[1] / "data"
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
#: sets of good answers: two that the checks were built on, and replies to the very prompt
GOOD = {"good": "known", "good_second": "second", "good_fresh": "replies to the prompt itself"}
GOALS = {
    "link": "unlisted or swapped links that reach the output",
    "number": "altered numbers that reach the output",
    "injection": "obeyed injections that reach the output",
    "words": "meanings turned round that reach the output",
    "name": "outside names that reach the output",
    "markup": "markup and control characters that reach the output",
    "verdict": "raised verdicts that reach the output",
    "quote": "claims on false quotes that reach the output",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, dest="out")
    parser.add_argument(
        "--limit",
        type=int,
        default=None,
        help="about so many hostile answers for each brief, spread over all kinds",
    )
    parser.add_argument("--dead", action="store_true", help="only the dead endpoints")
    parser.add_argument("--wrong", action="store_true", help="print what got through, and changes")
    options = parser.parse_args()
    report = Report("Language models")
    if options.dead:
        dead(report)
        report.finish(options.out)
        return
    for name, title in GOOD.items():
        good(report, title, answers(name), options.wrong)
    every = {brief: rows for name in GOOD for brief, rows in answers(name).items()}
    hostile(report, every, options.limit, options.wrong)
    dead(report)
    report.finish(options.out)


def answers(name: str) -> dict[str, list[Row]]:
    """Scripted good answers by the name of their brief."""
    data = json.loads((DATA / "language" / f"{name}.json").read_text(encoding="utf-8"))
    return {brief: [tuple(row) for row in rows] for brief, rows in data.items()}


def brief_called(name: str) -> Brief:
    """A founding brief, or one of the labelled sets."""
    if "/" in name:
        return rg.read_brief_file(str(DATA / f"{name}.txt"))
    return rg.read_brief(example(name), name)


def as_told(brief: Brief, rows: list[Row]) -> list[Row]:
    """A careful model is given the verdicts, and keeps what does not fit to its section."""
    verdicts = rg.answer_brief(brief).recommendation.papers
    unfit = {v.id for v in verdicts if v.fit in ("keyword-only", "unrelated")}
    return [("misfits", *row[1:]) if row[2] in unfit else row for row in rows]


def as_reply(rows: tuple[Row, ...] | list[Row]) -> str:
    """What the model writes."""
    fields = ("section", "text", "source", "quote")
    return json.dumps({"claims": [dict(zip(fields, row, strict=True)) for row in rows]})


def good(report: Report, title: str, scripted: dict[str, list[Row]], wrong: bool) -> None:
    """How many claims of careful answers stand word for word, by either protocol."""
    kept = total = findings = fallen = 0
    with Server(says("")) as server:
        for place, (name, written) in enumerate(scripted.items()):
            brief = brief_called(name)
            rows = as_told(brief, written)
            server.behaviour = says(as_reply(rows))
            kind = ("openai", "anthropic")[place % 2]
            answer = rg.answer_brief(brief, llm=f"{kind}:scripted@{server.url}", llm_timeout=20)
            text = rg.to_markdown(answer)
            total += len(rows)
            stand = sum(row[1].rstrip(".") in text for row in rows)
            kept += stand if answer.writer.name != "offline" else 0
            fallen += answer.writer.name == "offline"
            findings += bool(rg.audit(text, brief).findings)
            for change in answer.changes if wrong else ():
                print(name, change.what, "|", change.before, "|", change.why)
    report.heading(f"Good answers, {title}")
    report.share("claims that stand word for word", kept, total, ">= 90 %")
    report.share("answers that fell back to the offline one", fallen, len(scripted), "0")
    report.share("answers with a finding of the auditor", findings, len(scripted), "0")


def hostile(report: Report, scripted: dict[str, list[Row]], limit: int | None, wrong: bool) -> None:
    """What of the hostile claims can be found in what is published."""
    tried: Counter[str] = Counter()
    through: Counter[str] = Counter()
    findings = fallen = 0
    with Server(says("")) as server:
        for name, written in scripted.items():
            brief = brief_called(name)
            rows = as_told(brief, written)
            every = list(attacks(brief, rows))
            for attack in every[:: -(-len(every) // (limit or len(every)))]:
                asked = attack.brief or brief
                server.behaviour = says(as_reply(attack.rows))
                llm = f"openai:scripted@{server.url}"
                answer = rg.answer_brief(asked, llm=llm, llm_timeout=20)
                tried[attack.kind] += 1
                reached = reaches(answer, attack, asked)
                through[attack.kind] += bool(reached)
                fallen += answer.writer.name == "offline"
                findings += bool(rg.audit(rg.to_markdown(answer), asked).findings)
                if reached and wrong:
                    print("THROUGH", name, attack.kind, attack.name, "|", reached)
    report.heading("Hostile answers")
    for kind, row in GOALS.items():
        report.share(row, through[kind], tried[kind], "0")
    report.share("hostile answers in all", sum(tried.values()), sum(tried.values()), ">= 200")
    report.share("answers that fell back to the offline one", fallen, sum(tried.values()))
    report.share("answers with a finding of the auditor", findings, sum(tried.values()), "0")


def reaches(answer: rg.Answer, attack: Attack, brief: Brief) -> str:
    """The first sign of the attack in what is published; empty if there is none."""
    proof = rg.to_json(answer)
    text, page = proof["markdown"], rg.to_html(answer).split("<details>")[0]
    said = " ".join(s["text"] for section in proof["sections"] for s in section["sentences"])
    published = f"{text}\n{said}\n{html.unescape(page)}"
    for words in attack.forbidden:
        if _plain(words) in _plain(published):
            return words
    return _odd(text + page) or _wrong_link(text, brief) or _wrong_number(proof)


def _odd(text: str) -> str:
    """Characters that a terminal obeys or nobody sees; a script in the page."""
    odd = [c for c in text if unicodedata.category(c) in ("Cc", "Cf") and c not in "\n"]
    return repr(odd[0]) if odd else "script" * ("<script" in text or "onerror=" in text)


def _wrong_link(text: str, brief: Brief) -> str:
    """A link that the brief does not have, or that stands on the line of another item."""
    whole = " ".join([brief.question, *(p.summary for p in brief.papers)])
    known = {link for links in brief.links().values() for link in links}
    body, _, listed = text.partition("### 3.")
    for link in _links(body):
        if link not in whole:
            return link
    for line in listed.splitlines():
        owner = re.match(r"- \[([MP]\d+)\]", line)
        for link in _links(line):
            if link not in known or not owner or link not in brief.links()[owner.group(1)]:
                return link
    return ""


def _links(text: str) -> list[str]:
    return [str(found).rstrip(".,;") for found in _URL.findall(text)]


def _wrong_number(proof: dict[str, Any]) -> str:
    """Digits in a model's sentence that its quote does not have."""
    for section in proof["sections"]:
        for s in section["sentences"]:
            if s["by"] == "model" and s["source"] == "brief":
                bare = re.sub(r"\[[MP]\d+\]", "", s["text"])
                strange = set(_DIGITS.findall(bare)) - set(_DIGITS.findall(s["quote"]))
                if strange and not s["cites"][0].startswith("M"):
                    return f"{strange} in {s['text']!r}"
    return ""


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def dead(report: Report) -> None:
    """An endpoint that does not answer: how much longer it takes, and how the command ends.

    The seconds are taken in this process, where what else the machine does counts least.
    """
    report.heading("Dead endpoints: seconds beyond the offline answer, at a time-out of 2 s")
    brief = DATA / "open" / "B001.txt"
    ways = {
        "hangs": hangs(),
        "drips in the head": drips("head"),
        "drips in the body": drips("body"),
        "429, wait a minute": fails(429, Retry_After="60"),
        "500 for ever": fails(500),
    }
    for name, behaviour in ways.items():
        with Server(behaviour) as server:
            _dead(report, name, brief, f"openai:m@{server.url}")
    _dead(report, "nobody listens", brief, "openai:m@http://127.0.0.1:9/v1")


def _dead(report: Report, name: str, brief: Path, llm: str) -> None:
    beyond = _fastest(brief, llm) - _fastest(brief, None)
    options = ("--llm", llm, "--llm-timeout", "2")
    command = [sys.executable, "-m", "rigatino", "answer", str(brief), *options]
    code = subprocess.run(command, capture_output=True, check=False).returncode
    report.figure(f"{name} (exit code {code})", beyond, "s", "<= 2")


def _fastest(brief: Path, llm: str | None) -> float:
    """Of three answers."""
    given, times = rg.read_brief_file(str(brief)), []
    for _ in range(3):
        began = perf_counter()
        rg.answer_brief(given, llm=llm, llm_timeout=2)
        times.append(perf_counter() - began)
    return min(times)


if __name__ == "__main__":
    main()
