"""Rigatino mends pictures and says what came from the file and what from the model.

The public names are loaded when they are first used, so that ``import rigatino`` is quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from rigatino._version import __version__

if TYPE_CHECKING:
    from rigatino.answer import Answer, to_html, to_json, to_markdown
    from rigatino.answer.audit import Audit
    from rigatino.brief import Brief, read_brief, read_brief_file, write_brief
    from rigatino.diagnosis import Diagnosis
    from rigatino.errors import RigatinoError
    from rigatino.evidence import Evidence
    from rigatino.pipeline import (
        answer_brief,
        ask,
        audit,
        compare,
        inspect,
        project,
        prove,
        restore,
    )
    from rigatino.run import Restored, RunRecord
    from rigatino.surfaces.evidence import evidence_map, evidence_page

#: public name -> module that defines it
_PUBLIC = {
    "Answer": "rigatino.answer",
    "Audit": "rigatino.answer.audit",
    "Brief": "rigatino.brief",
    "Diagnosis": "rigatino.diagnosis",
    "Evidence": "rigatino.evidence",
    "Restored": "rigatino.run",
    "RigatinoError": "rigatino.errors",
    "RunRecord": "rigatino.run",
    "answer_brief": "rigatino.pipeline",
    "ask": "rigatino.pipeline",
    "audit": "rigatino.pipeline",
    "compare": "rigatino.pipeline",
    "evidence_map": "rigatino.surfaces.evidence",
    "evidence_page": "rigatino.surfaces.evidence",
    "inspect": "rigatino.pipeline",
    "project": "rigatino.pipeline",
    "prove": "rigatino.pipeline",
    "read_brief": "rigatino.brief",
    "read_brief_file": "rigatino.brief",
    "restore": "rigatino.pipeline",
    "to_html": "rigatino.answer",
    "to_json": "rigatino.answer",
    "to_markdown": "rigatino.answer",
    "write_brief": "rigatino.brief",
}

__all__ = [
    "Answer",
    "Audit",
    "Brief",
    "Diagnosis",
    "Evidence",
    "Restored",
    "RigatinoError",
    "RunRecord",
    "__version__",
    "answer_brief",
    "ask",
    "audit",
    "compare",
    "evidence_map",
    "evidence_page",
    "inspect",
    "project",
    "prove",
    "read_brief",
    "read_brief_file",
    "restore",
    "to_html",
    "to_json",
    "to_markdown",
    "write_brief",
]


def __getattr__(name: str) -> Any:
    """Load a public name on first use."""
    if name in _PUBLIC:
        return getattr(import_module(_PUBLIC[name]), name)
    raise AttributeError(f"module 'rigatino' has no attribute {name!r}")


def __dir__() -> list[str]:
    """The public names."""
    return sorted(__all__)
