"""From a plan to jobs: networks loaded, windows planned, what cannot be done refused."""

from __future__ import annotations

from rigatino.diagnosis import Diagnosis
from rigatino.imaging import Picture, Pixels, upright
from rigatino.inference import Known, Settings
from rigatino.run.enlarging import EnlargingJob, check_alone, enlarging
from rigatino.run.passes import Job, known_of, mending
from rigatino.run.plan import Planned
from rigatino.run.record import Asked
from rigatino.run.sharpening import Found

#: orientation that undoes an orientation
BACK = {6: 8, 8: 6}


def prepared(
    planned: tuple[Planned, ...], picture: Picture, diagnosis: Diagnosis, wanted: Asked,
    settings: Settings, *, blur: Found | None = None,
) -> tuple[Job | EnlargingJob, ...]:  # fmt: skip
    """In the order of the plan."""
    jobs: list[Job | EnlargingJob] = []
    size = picture.stored_size
    for step in planned:
        if step.model.card.decoder is not None and wanted.enlarge is not None:
            check_alone(wanted.strength)
            alpha = stored(picture.alpha, picture.orientation)
            last = enlarging(
                step, picture, diagnosis, wanted.enlarge, settings, mended=bool(jobs), alpha=alpha
            )
            jobs.append(last)
            continue
        known = Known() if jobs else known_of(picture, diagnosis, step.tasks)
        job = mending(step, size, known, wanted.strength, settings, blur=blur)
        jobs.append(job)
        scale = job.network.card.scale
        size = size[0] * scale, size[1] * scale
    return tuple(jobs)


def stored(alpha: Pixels | None, orientation: int) -> Pixels | None:
    """Opacity as the file has it, before it was turned upright."""
    if alpha is None:
        return None
    return upright(alpha[..., None], BACK.get(orientation, orientation))[..., 0]
