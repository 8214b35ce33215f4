"""The public names are pinned: adding one is a decision, losing one is a break."""

from __future__ import annotations

import rigatino as rg

PINNED = {
    "Answer", "Audit", "Brief", "Diagnosis", "Evidence", "Restored", "RigatinoError", "RunRecord",
    "__version__", "answer_brief", "ask", "audit", "compare", "evidence_map", "evidence_page",
    "inspect", "project", "prove", "read_brief", "read_brief_file", "restore", "to_html",
    "to_json", "to_markdown", "write_brief",
}  # fmt: skip


def test_the_public_names_are_these() -> None:
    assert set(rg.__all__) == PINNED


def test_every_public_name_is_there_and_documented() -> None:
    for name in PINNED - {"__version__"}:
        assert getattr(rg, name).__doc__, name
