"""``python -m benchmarks.evidence --data DIR [--json OUT] [--limit N] [--only NAME …]``.

DIR holds the test sets, LIVE1 among them. A section is a function ``(pictures, report)`` in a
file of its own and a line here. Everything is drawn with fixed seeds.
"""

from __future__ import annotations

from benchmarks.evidence import (
    alarms,
    alternatives,
    anchors,
    assumptions,
    delivered,
    likeness,
    planted,
    seconds,
    truth,
)
from benchmarks.sections import Section, run_sections

SECTIONS: dict[str, Section] = {
    "truth": truth.truth,
    "assumptions": assumptions.assumptions,
    "delivered": delivered.delivered,
    "anchors": anchors.anchors,
    "scales": anchors.scales,
    "planted": planted.planted,
    "likeness": likeness.likeness,
    "places": likeness.places,
    "alternatives": alternatives.alternatives,
    "alarms": alarms.alarms,
    "seconds": seconds.seconds,
}


def main() -> None:
    """Damage, compare, count, print."""
    run_sections(SECTIONS, "benchmarks.evidence", "Evidence")


if __name__ == "__main__":
    main()
