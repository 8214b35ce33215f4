"""The one place that knows the whole order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rigatino.answer import Answer, write
from rigatino.answer.audit import Audit, Selftest, audit_answer, run_selftest
from rigatino.answer.measures import spoken_of, whole_record
from rigatino.answer.record import Kept
from rigatino.brief import Brief, question_only
from rigatino.errors import UsageError
from rigatino.recommendation import recommend
from rigatino.workflow import compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rigatino.diagnosis import Diagnosis
    from rigatino.evidence import Evidence, Held, Proof, Told
    from rigatino.imaging import Source
    from rigatino.run import Prepared, Restored


def inspect(image: Source) -> Diagnosis:
    """What is wrong with a picture file, and what a JPEG still knows of the picture."""
    # Reading pictures takes libraries that an answer from words alone does not need.
    from rigatino.diagnosis import inspect_file

    return inspect_file(image)


def compare(
    before: Source, after: Source, mask: Source | None = None, told: Told | None = None
) -> Evidence:
    """What a result kept of a file, what it filled in, and what contradicts the file.

    ``after`` may come from any tool. ``mask`` is a picture that is white where ``before`` holds
    nothing; ``told`` is what is known of how ``before`` came to be.
    """
    from rigatino import evidence

    return evidence.compare_files(before, after, mask, told or evidence.Told())


def project(before: Source, after: Source, force: bool = False, told: Told | None = None) -> Held:
    """Any result moved to the nearest picture that its file allows, and the record of it.

    Refused where the file does not surely bind the original, unless ``force`` says so.
    """
    from rigatino import evidence

    return evidence.project_files(before, after, force, told or evidence.Told())


def prove(before: Source, clean: Sequence[Source] = ()) -> Proof:
    """How much comes back of clean pictures that are damaged exactly as ``before`` was."""
    from rigatino import evidence

    return evidence.prove_file(before, clean)


def prepare_restore(
    image: Source, steps: Sequence[str] | None = None, model: str | None = None,
    strength: float = 1.0, evidence_only: bool = False,
) -> Prepared:  # fmt: skip
    """Everything up to the repair itself: read, diagnosed, planned, refused where it must be."""
    from rigatino.run import asked, prepare

    return prepare(image, asked(steps, model, strength, evidence_only))


def restore(
    image: Source, steps: Sequence[str] | None = None, model: str | None = None,
    strength: float = 1.0, evidence_only: bool = False,
) -> Restored:  # fmt: skip
    """Mend a picture file: ``pixels, record = restore("photo.jpg")``.

    Without ``steps`` (``"jpeg"``, ``"denoise"``) diagnosis chooses; nothing to repair is an
    outcome, and the pixels are then those of the file. ``evidence_only`` keeps the result to what
    the file's own numbers allow, and is refused where those do not bind the original.
    """
    return prepare_restore(image, steps, model, strength, evidence_only).carry_out()


def answer_brief(brief: Brief, image: Source | None = None, after: Source | None = None) -> Answer:
    """A brief goes in, an answer that can be published comes out.

    With ``image``, the asker's picture file, the answer also says what was measured in it, and in
    ``after``, a restoration of it by any tool; without ``after`` it is restored here.
    """
    measured, kept = _looked(image, after)
    recommendation = recommend(brief)
    return write(brief, recommendation, compose(recommendation), measured, kept)


def _looked(image: Source | None, after: Source | None) -> tuple[Diagnosis | None, Kept | None]:
    if image is None:
        if after is not None:
            raise UsageError("a restoration without its file", "both", "add --image")
        return None, None
    if after is not None:
        return inspect(image), Kept(compare(image, after), restored_here=False)
    prepared = prepare_restore(image)
    if not prepared.jobs:
        return inspect(image), None
    done = prepared.carry_out()
    return inspect(image), Kept(compare(image, done.as_file()), restored_here=True)


def ask(question: str, image: Source | None = None, after: Source | None = None) -> Answer:
    """The task explained to somebody who has a question and no brief, maybe a picture file."""
    return answer_brief(question_only(question), image, after)


def audit(
    text: str, brief: Brief, image: Source | None = None, after: Source | None = None
) -> Audit:
    """Any answer, whoever wrote it, against its brief.

    ``image`` is the file that it says it measured, ``after`` the restoration; without them, such
    figures are not judged.
    """
    measured, kept = _looked(image, after)
    evidence = None if kept is None else spoken_of(kept.evidence.to_json())
    record = whole_record(None if measured is None else measured.to_json(), evidence)
    return audit_answer(text, brief, recommend(brief), record)


def selftest(text: str, brief: Brief) -> Selftest:
    """Corrupt an answer in known ways and see what the auditor misses."""
    return run_selftest(text, brief, recommend(brief))
