"""The reference names every operator and every metric, and none that is not there."""

from __future__ import annotations

import re
from pathlib import Path

from rigatino.degradation import OPERATORS
from rigatino.metrics import METRICS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
_ROW = re.compile(r"^\| `([a-z-]+)` \| `(\w+)\(", re.MULTILINE)


def rows(page: str) -> dict[str, str]:
    """Name in the first column -> first word of the second."""
    found = _ROW.findall((REFERENCE / page).read_text(encoding="utf-8"))
    assert len(found) == len(dict(found)), "a name stands in two rows"
    return dict(found)


def test_every_operator_has_its_row() -> None:
    assert rows("degradation.md") == {name: e.kind.__name__ for name, e in OPERATORS.items()}


def test_every_metric_has_its_row_and_its_direction() -> None:
    assert rows("metrics.md") == {name: m.measure.__name__ for name, m in METRICS.items()}
    page = (REFERENCE / "metrics.md").read_text(encoding="utf-8")
    for name, metric in METRICS.items():
        assert re.search(rf"^\| `{name}` \| `[^`]+` \| {metric.better} \|", page, re.MULTILINE)
