"""The one place that knows the whole order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rigatino.answer import Answer, write
from rigatino.answer.audit import Audit, Selftest, audit_answer, run_selftest
from rigatino.brief import Brief, question_only
from rigatino.recommendation import recommend
from rigatino.workflow import compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rigatino.diagnosis import Diagnosis
    from rigatino.imaging import Source
    from rigatino.run import Factors, Prepared, Restored


def inspect(image: Source) -> Diagnosis:
    """What is wrong with a picture file, and what a JPEG still knows of the picture."""
    # Reading pictures takes libraries that an answer from words alone does not need.
    from rigatino.diagnosis import inspect_file

    return inspect_file(image)


def prepare_restore(
    image: Source, steps: Sequence[str] | None = None, model: str | None = None,
    strength: float = 1.0, evidence_only: bool = False, scale: Factors | None = None,
    size: tuple[int, int] | None = None,
) -> Prepared:  # fmt: skip
    """Everything up to the repair itself: read, diagnosed, planned, refused where it must be."""
    from rigatino.run import asked, prepare

    return prepare(image, asked(steps, model, strength, evidence_only, scale, size))


def restore(
    image: Source, steps: Sequence[str] | None = None, model: str | None = None,
    strength: float = 1.0, evidence_only: bool = False, scale: Factors | None = None,
    size: tuple[int, int] | None = None,
) -> Restored:  # fmt: skip
    """Mend a picture file: ``pixels, record = restore("photo.jpg")``.

    Without ``steps`` (``"jpeg"``, ``"denoise"``, ``"enlarge"``) diagnosis chooses; nothing to repair is an
    outcome, and the pixels are then those of the file. ``evidence_only`` keeps the result to what
    the file's own numbers allow, and is refused where those do not bind the original.

    ``scale`` (a factor from 1 to 8, or one for the width and one for the height) or ``size`` (width
    and height) enlarges it after everything else; ``evidence_only`` then keeps the enlargement to
    the pixels of the file.
    """
    prepared = prepare_restore(image, steps, model, strength, evidence_only, scale, size)
    return prepared.carry_out()


def answer_brief(brief: Brief, image: Source | None = None) -> Answer:
    """A brief goes in, an answer that can be published comes out.

    With ``image``, the asker's picture file, the answer also says what was measured in it.
    """
    measured = None if image is None else inspect(image)
    recommendation = recommend(brief)
    return write(brief, recommendation, compose(recommendation), measured)


def ask(question: str, image: Source | None = None) -> Answer:
    """The task explained to somebody who has a question and no brief, maybe a picture file."""
    return answer_brief(question_only(question), image)


def audit(text: str, brief: Brief, image: Source | None = None) -> Audit:
    """Any answer, whoever wrote it, against its brief.

    ``image`` is the file that it says it measured; without it, such figures are not judged.
    """
    measured = None if image is None else inspect(image).to_json()
    return audit_answer(text, brief, recommend(brief), measured)


def selftest(text: str, brief: Brief) -> Selftest:
    """Corrupt an answer in known ways and see what the auditor misses."""
    return run_selftest(text, brief, recommend(brief))
