"""Where a model may put a claim."""

from __future__ import annotations

from typing import Literal

SectionName = Literal["task", "how", "misfits"]
