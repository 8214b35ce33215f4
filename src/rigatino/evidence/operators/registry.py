"""Every operator of evidence, the one that speaks first in front. Add one: a file and a line."""

from __future__ import annotations

from rigatino.evidence.case import Judge
from rigatino.evidence.operators.blurred import BLURRED
from rigatino.evidence.operators.enlarged import ENLARGED
from rigatino.evidence.operators.jpeg import JPEG
from rigatino.evidence.operators.masked import MASKED
from rigatino.evidence.operators.noisy import NOISY
from rigatino.evidence.operators.none import NONE

JUDGES: dict[str, Judge] = {judge.name: judge for judge in (ENLARGED, BLURRED, JPEG, NOISY, MASKED)}
#: speaks where none of them does
LAST = NONE
