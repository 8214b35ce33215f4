"""A table on the screen, the same as JSON, stamped with commit and machine."""

from __future__ import annotations

import json
import platform
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import rigatino


@dataclass
class Report:
    """Rows of a benchmark: a name, a value, how it was counted, and the goal if there is one."""

    title: str
    rows: list[dict[str, Any]] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)

    def share(self, name: str, hits: int, of: int, goal: str = "") -> None:
        """A share with its counts beside it."""
        self.rows.append({"name": name, "value": hits / of if of else None, "hits": hits, "of": of,
                          "goal": goal})  # fmt: skip

    def figure(self, name: str, value: float, unit: str = "", goal: str = "") -> None:
        """A plain figure."""
        self.rows.append({"name": name, "value": value, "unit": unit, "goal": goal})

    def cells(self, name: str, values: dict[str, float], goal: str = "") -> None:
        """Several figures of one thing."""
        self.rows.append({"name": name, "cells": values, "goal": goal})

    def last(self) -> str:
        """The rows since the last heading, that heading included."""
        at = max((i for i, row in enumerate(self.rows) if "heading" in row), default=0)
        return "\n".join(_lines(self.rows[at:]))

    def heading(self, text: str) -> None:
        """A line between groups of rows."""
        self.rows.append({"heading": text})

    def text(self) -> str:
        """The table."""
        return "\n".join([self.title, stamp_line(), "", *_lines(self.rows)])

    def save(self, out: Path) -> None:
        """The rows so far, as JSON; replaced whole."""
        data = {"title": self.title, "stamp": stamp(), "rows": self.rows, **self.details}
        beside = out.with_name(out.name + ".part")
        beside.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
        beside.replace(out)

    def finish(self, out: Path | None) -> None:
        """Print, and write the JSON if asked to."""
        print(self.text())
        if out:
            self.save(out)


def _lines(rows: list[dict[str, Any]]) -> Iterator[str]:
    for row in rows:
        if "heading" in row:
            yield f"\n{row['heading']}"
            continue
        goal = f"   {_goal(row['goal'])}" if row["goal"] else ""
        yield f"  {row['name']:<58} {_shown(row):>20}{goal}"


def _goal(text: str) -> str:
    return text if text.startswith("floor") else f"goal {text}"


def _shown(row: dict[str, Any]) -> str:
    if "cells" in row:
        return "  ".join(f"{name} {value:.4g}" for name, value in row["cells"].items())
    if "of" in row:
        share = "–" if row["value"] is None else f"{100 * row['value']:.4g} %"
        return f"{share} ({row['hits']}/{row['of']})"
    return f"{row['value']:.4g} {row['unit']}".strip()


def stamp() -> dict[str, str]:
    """What was measured where."""
    return {
        "commit": _commit(),
        "version": rigatino.__version__,
        "python": platform.python_version(),
        "machine": f"{platform.machine()}, {_processor()}",
    }


def stamp_line() -> str:
    """The stamp in a line."""
    s = stamp()
    return f"commit {s['commit']}, rigatino {s['version']}, Python {s['python']}, {s['machine']}"


def _commit() -> str:
    here = Path(__file__).parent
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],
        cwd=here,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.strip() or "unknown"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown processor"
    names = [
        line.split(":", 1)[1].strip() for line in text.splitlines() if line.startswith("model name")
    ]
    return f"{len(names)} cores of {names[0]}" if names else "unknown processor"
