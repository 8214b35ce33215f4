"""The one place that knows the whole order."""

from __future__ import annotations

from time import perf_counter
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

    from rigatino.answer.modelled import Comparison, Written
    from rigatino.diagnosis import Diagnosis
    from rigatino.evidence import Evidence, Held, Proof, Told
    from rigatino.imaging import Source
    from rigatino.language import Endpoint, Request
    from rigatino.run import Factors, Prepared, Restored


def inspect(image: Source, *, thorough: bool = False) -> Diagnosis:
    """What is wrong with a picture file, and what a JPEG still knows of the picture.

    ``thorough``: also draw maps that take long.
    """
    # Reading pictures takes libraries that an answer from words alone does not need.
    from rigatino.diagnosis import inspect_file

    return inspect_file(image, thorough=thorough)


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
    strength: float = 1.0, evidence_only: bool = False, *, scale: Factors | None = None,
    size: tuple[int, int] | None = None, kernel: str | None = None, radius: float | None = None,
    force: bool = False,
) -> Prepared:  # fmt: skip
    """Everything up to the repair itself: read, diagnosed, planned, refused where it must be."""
    from rigatino.run import asked, prepare

    wanted = asked(
        steps, model, strength, evidence_only,
        scale=scale, size=size, kernel=kernel, radius=radius, force=force,
    )  # fmt: skip
    return prepare(image, wanted)


def restore(
    image: Source, steps: Sequence[str] | None = None, model: str | None = None,
    strength: float = 1.0, evidence_only: bool = False, *, scale: Factors | None = None,
    size: tuple[int, int] | None = None, kernel: str | None = None, radius: float | None = None,
    force: bool = False,
) -> Restored:  # fmt: skip
    """Mend a picture file: ``pixels, record = restore("photo.jpg")``.

    Without ``steps`` (``"jpeg"``, ``"denoise"``, ``"deblur"``, ``"enlarge"``) diagnosis chooses;
    nothing to repair is an outcome, and the pixels are then those of the file. ``evidence_only``
    keeps the result to what the file's own numbers allow, and is refused where those do not bind
    the original.

    ``scale`` (a factor from 1 to 8, or one for the width and one for the height) or ``size`` (width
    and height) enlarges it after everything else; ``evidence_only`` then keeps the enlargement to
    the pixels of the file. ``kernel`` (a PNG or NPY file) or ``radius`` (pixels) say what blurred
    it, where that is known; ``force`` undoes a blur even where its estimate is not sure.
    """
    prepared = prepare_restore(
        image, steps, model, strength, evidence_only,
        scale=scale, size=size, kernel=kernel, radius=radius, force=force,
    )  # fmt: skip
    return prepared.carry_out()


def answer_brief(
    brief: Brief,
    image: Source | None = None,
    llm: str | Endpoint | None = None,
    llm_timeout: float | None = None,
    after: Source | None = None,
) -> Answer:
    """A brief goes in, an answer that can be published comes out.

    With ``image``, the asker's picture file, the answer also says what was measured in it, and in
    ``after``, a restoration of it by any tool; without ``after`` it is restored here. With
    ``llm`` (``"ollama:MODEL"``, or an object that can be asked), a language model proposes the
    explanation; only what the verifier can confirm is taken, and if that is less than half, or
    nothing comes within ``llm_timeout`` seconds, the answer is the offline one and says so.
    """
    measured, kept = _looked(image, after)
    recommendation = recommend(brief)
    offline = write(brief, recommendation, compose(recommendation), measured, kept)
    if llm is None:
        return offline
    began = perf_counter()
    # Only here, since an answer without a language model needs no HTTP.
    from rigatino.answer.modelled import write_with
    from rigatino.language import chosen_seconds, open_endpoint

    endpoint = open_endpoint(llm) if isinstance(llm, str) else llm
    seconds = chosen_seconds(llm_timeout)
    return write_with(endpoint, seconds - (perf_counter() - began), offline)


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


def ask(
    question: str,
    image: Source | None = None,
    llm: str | Endpoint | None = None,
    llm_timeout: float | None = None,
    after: Source | None = None,
) -> Answer:
    """The task explained to somebody who has a question and no brief, maybe a picture file."""
    return answer_brief(question_only(question), image, llm, llm_timeout, after)


def would_send(brief: Brief, llm: str, image: Source | None = None) -> tuple[Request, str]:
    """Exactly the request that a language model would get, and an estimate of what it costs.

    Nothing is sent, and the key in the request shows itself to nobody.
    """
    from rigatino.answer.modelled import prompt_about
    from rigatino.language import estimate_said, open_endpoint

    endpoint, prompt = open_endpoint(llm), prompt_about(answer_brief(brief, image))
    return endpoint.request(prompt), estimate_said(f"{endpoint.kind}:{endpoint.model}", prompt)


def compare_writers(
    briefs: Sequence[Brief], llms: Sequence[str], llm_timeout: float | None = None
) -> Comparison:
    """The same briefs through the offline writer and several models, each answer audited."""
    from rigatino.answer.modelled import Comparison, row_of
    from rigatino.language import chosen_seconds, open_endpoint

    chosen_seconds(llm_timeout)
    endpoints = [open_endpoint(llm) for llm in llms]
    offline = [_written(brief) for brief in briefs]
    rows = [row_of("offline", offline, offline)]
    for endpoint in endpoints:
        written = [_written(brief, endpoint, llm_timeout) for brief in briefs]
        model = f"{endpoint.kind}:{endpoint.model}"
        rows.append(row_of(endpoint.name, written, offline, _paid(model, written)))
    return Comparison(len(briefs), tuple(rows))


def _written(
    brief: Brief, llm: Endpoint | None = None, llm_timeout: float | None = None
) -> Written:
    from rigatino.answer import to_markdown
    from rigatino.answer.modelled import Written

    began = perf_counter()
    answer = answer_brief(brief, llm=llm, llm_timeout=llm_timeout)
    took = perf_counter() - began
    return Written(answer, audit(to_markdown(answer), brief), took)


def _paid(model: str, written: Sequence[Written]) -> tuple[float, str] | None:
    """What all answers of a model cost together, if its price and all tokens are known."""
    from rigatino.language import cost, price_of

    price = price_of(model)
    asked = [w.answer.writer for w in written if w.answer.writer.seconds is not None]
    costs = [cost(price, writer.tokens_in, writer.tokens_out) for writer in asked]
    known = [c for c in costs if c is not None]
    return (sum(known), price.currency) if price and len(known) == len(costs) else None


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
