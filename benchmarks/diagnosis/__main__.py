"""``python -m benchmarks.diagnosis --data DIR [--json OUT] [--limit N] [--only NAME …]``.

DIR holds the test sets, LIVE1 among them. Its pictures are damaged with known truth; for every
detector the table shows how often it was right over all, on those it accepted, and the share it
refused. Everything is drawn with fixed seeds. A section is a function ``(pictures, report)`` in
a file of its own and a line here.
"""

from __future__ import annotations

from benchmarks.diagnosis import compression, cost, enlargement, noise, planted, text, verdicts
from benchmarks.sections import run_sections

SECTIONS: dict[str, planted.Section] = {
    "cost": cost.cost,
    "header": compression.header,
    "pixels": compression.pixels,
    "tables": compression.tables,
    "sampling": compression.sampling,
    "savings": compression.savings,
    "binding": compression.binding,
    "noise": noise.levels,
    "light": noise.dependence,
    "enlargement": enlargement.factors,
    **planted.SECTIONS,
    "text": text.letters,
    "verdict": verdicts.verdicts,
}


def main() -> None:
    """Damage, diagnose, count, print."""
    run_sections(SECTIONS, "benchmarks.diagnosis", "Diagnosis of known damage")


if __name__ == "__main__":
    main()
