"""``rg.restore(…, scale=…)``: sizes, order, what is told, what is kept, what is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import rigatino as rg
from rigatino.degradation import Resize
from rigatino.degradation.resampling import weights
from rigatino.errors import UsageError
from rigatino.imaging import Picture, load, save, to_float
from rigatino.run import Target, as_factors, as_size, asked, prepare, report_text
from rigatino.run.consistency import Shrinking, kept_to_pixels
from tests.run.conftest import fair, jpeg


def made_small(large: np.ndarray, by: float) -> np.ndarray:
    size = round(large.shape[0] / by), round(large.shape[1] / by)
    small = Resize.between(large.shape[:2], size).apply(to_float(large))
    return np.rint(np.clip(small, 0, 1) * 255).astype(np.uint8)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """``fair`` a third as large, 53 × 69 pixels."""
    path = tmp_path / "small.png"
    save(made_small(fair(), 3), path)
    return path


@pytest.mark.parametrize(
    ("text", "factors"), [("2", 2.0), ("2.7", 2.7), ("2x3", (2.0, 3.0)), ("1.5×1", (1.5, 1.0))]
)
def test_factors_are_read(text: str, factors: object) -> None:
    assert as_factors(text) == factors


@pytest.mark.parametrize("text", ["", "x2", "two", "2x3x4", "-2", "1e1", "nan"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(UsageError):
        as_factors(text)
    with pytest.raises(UsageError):
        as_size(text)


@pytest.mark.parametrize("scale", [0.5, 1.0, 8.1, (2.0, 9.0), float("nan"), (1.0, 1.0)])
def test_factors_out_of_range_are_refused(scale: object) -> None:
    with pytest.raises(UsageError):
        asked(scale=scale)


def test_sizes_that_do_not_enlarge_or_are_too_large_are_refused() -> None:
    assert Target(size=(30, 40)).of(20, 20) == (30, 40)
    for size in ((20, 20), (19, 40), (161, 20)):
        with pytest.raises(UsageError):
            Target(size=size).of(20, 20)
    with pytest.raises(UsageError, match="at most"):
        Target(factors=(8, 8)).of(5000, 5000)


def test_a_size_comes_out_to_the_pixel(small: Path) -> None:
    pixels, record = rg.restore(small, size=(150, 81))
    assert pixels.shape == (81, 150, 3)
    (done,) = record.passes
    assert (done.model, done.tasks) == ("enlarge", ("super-resolution",))
    assert done.factors == (round(150 / 69, 4), round(81 / 53, 4))
    assert record.asked.enlarge == Target(size=(150, 81))
    assert record.sentence == "Enlarged to 150 × 81 pixels by enlarge."
    assert done.told["worn"] is False


def test_enlarging_comes_last_and_is_told_of_what_went_before(tmp_path: Path) -> None:
    path = tmp_path / "blocky.jpg"
    path.write_bytes(jpeg(fair(64, 80), quality=10))
    pixels, record = rg.restore(path, steps=["enlarge", "jpeg"], scale=1.5)
    assert [p.model for p in record.passes] == ["mend", "enlarge"]
    assert pixels.shape == (96, 120, 3)
    assert record.passes[1].told["worn"] is True
    assert "; then enlarged to 120 × 96 pixels" in record.sentence


def test_the_named_decoder_is_used_and_others_do_the_rest(tmp_path: Path) -> None:
    path = tmp_path / "blocky.jpg"
    path.write_bytes(jpeg(fair(40, 48), quality=10))
    _, record = rg.restore(path, ["jpeg", "enlarge"], "SISR-Any-LIIF-EDSR", scale=2)
    assert [p.model for p in record.passes] == ["mend", "SISR-Any-LIIF-EDSR"]


def test_a_step_without_a_size_is_refused_and_a_finding_without_one_left(tmp_path: Path) -> None:
    path = tmp_path / "stretched.png"
    large = Image.fromarray(fair()).resize((624, 480), Image.Resampling.BICUBIC)
    save(np.asarray(large), path)
    with pytest.raises(UsageError, match="without a size"):
        rg.restore(path, steps=["enlarge"])
    made = prepare(path, asked())
    assert not any(job.planned.tasks == ("super-resolution",) for job in made.jobs)
    undone = {left.task: left.why for left in made.plan.undone}
    if "super-resolution" in {s.task for s in made.diagnosis.verdict.steps}:
        assert "--scale" in undone["super-resolution"]


def test_strength_is_for_pictures_of_one_size(small: Path) -> None:
    with pytest.raises(UsageError, match="strength"):
        rg.restore(small, scale=2, strength=0.5)


@pytest.mark.parametrize("orientation", [1, 3, 6, 8])
def test_turned_pictures_are_enlarged_as_they_are_seen(tmp_path: Path, orientation: int) -> None:
    stored = made_small(fair(), 4)
    path = tmp_path / "turned.png"
    exif = Image.Exif()
    exif[0x0112] = orientation
    Image.fromarray(stored).save(path, exif=exif)
    seen = load(path)
    pixels, _ = rg.restore(path, scale=(2.0, 1.5))
    assert pixels.shape == (round(seen.height * 1.5), seen.width * 2, 3)
    plain = Resize.between((seen.height, seen.width), pixels.shape[:2]).apply(to_float(seen))
    assert np.abs(plain * 255 - pixels).mean() < 6


def test_grey_opacity_and_sixteen_bits_keep_their_kind(tmp_path: Path) -> None:
    colour = made_small(fair(), 4)
    alpha = np.zeros((*colour.shape[:2], 1), np.uint8)
    alpha[8:30, 8:40] = 255
    for number, pixels in enumerate(
        (
            colour[..., :1],
            np.concatenate([colour, alpha], 2),
            np.concatenate([colour[..., :1], alpha], 2),
            colour.astype(np.uint16) * 257,
        )
    ):
        path = tmp_path / f"{number}.png"
        save(np.ascontiguousarray(pixels), path)
        result = rg.restore(path, steps=["enlarge"], scale=2).pixels
        assert result.shape == (2 * len(pixels), 2 * pixels.shape[1], pixels.shape[2])
        assert result.dtype == pixels.dtype
    deep = rg.restore(tmp_path / "3.png", steps=["enlarge"], scale=2).pixels
    assert len(np.unique(deep % 257)) > 50  # no 8-bit step in between


def test_a_profile_is_kept(tmp_path: Path) -> None:
    from PIL import ImageCms

    path = tmp_path / "profiled.png"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(made_small(fair(), 4)).save(path, icc_profile=profile)
    done = rg.restore(path, steps=["enlarge"], scale=2)
    done.save(tmp_path / "out.png")
    assert load(tmp_path / "out.png").icc == profile


def test_beyond_what_was_trained_is_said(small: Path) -> None:
    for scale, said in ((4, False), (4.5, True)):
        record = rg.restore(small, steps=["enlarge"], scale=scale).record
        assert ("smooth, not new, detail" in " ".join(record.notes)) is said


def test_another_shape_is_said(small: Path) -> None:
    for scale, said in (((2, 2), False), ((2, 3), True)):
        record = rg.restore(small, steps=["enlarge"], scale=scale).record
        assert ("stretched by 50%" in " ".join(record.notes)) is said


@pytest.mark.parametrize("by", [1.5, 2.7, 4])
def test_evidence_only_gives_the_pixels_back(tmp_path: Path, by: float) -> None:
    path = tmp_path / "small.png"
    large = fair(240, 312)
    large[:60, :60], large[:60, 60:120] = 0, 255
    pixels = made_small(large, 3)
    save(pixels, path)
    plain, kept = (rg.restore(path, steps=["enlarge"], scale=by, evidence_only=e)
                   for e in (False, True))  # fmt: skip
    assert plain.record.consistent is None
    said = kept.record.consistent
    assert said is not None
    assert pixels.size == said.samples
    assert said.within > 0.98 * said.samples  # hard edges between black and white are slow
    assert said.error < min(0.5, said.error_before / 3)
    assert not said.binds
    again = Resize.between(kept.pixels.shape[:2], pixels.shape[:2]).apply(to_float(kept.pixels))
    off = np.abs(np.clip(again, 0, 1) * 255 - pixels)
    assert off.max() == pytest.approx(said.worst, abs=0.01)
    assert (off[25:] <= 1).mean() > 0.998
    text = " ".join(report_text(kept.record).split())
    assert "nothing tells how the picture came to be small" in text


def test_evidence_says_so_where_a_camera_made_the_picture(tmp_path: Path) -> None:
    path = tmp_path / "camera.png"
    exif = Image.Exif()
    exif[0x8769] = {0x829A: 1 / 60}
    Image.fromarray(made_small(fair(), 4)).save(path, exif=exif)
    record = rg.restore(path, scale=2, evidence_only=True).record
    assert record.consistent is not None
    assert "comes from a camera" in record.consistent.because


def test_evidence_of_two_kinds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "blocky.jpg"
    path.write_bytes(jpeg(fair(), quality=12))
    with pytest.raises(UsageError, match="several steps"):
        rg.restore(path, ["jpeg", "enlarge"], scale=2, evidence_only=True)
    rgba = np.concatenate([fair(40, 40), np.full((40, 40, 1), 90, np.uint8)], 2)
    save(rgba, tmp_path / "rgba.png")
    with pytest.raises(UsageError, match="opacity"):
        rg.restore(tmp_path / "rgba.png", ["enlarge"], scale=2, evidence_only=True)


def test_shrinking_is_the_named_convention_band_by_band() -> None:
    large = fair(300, 100)
    found = Shrinking.between((300, 100), (110, 37)).shrunk(large)
    wanted = Resize.between((300, 100), (110, 37)).apply(to_float(large))
    np.testing.assert_allclose(found, wanted, atol=1e-5)


def test_the_correction_is_the_smallest() -> None:
    """It lies in the row space of the shrinking: spread(anything), and explains the rest."""
    rng = np.random.default_rng(2)
    rest = rng.normal(0, 0.1, (12, 9, 1)).astype(np.float32)
    shrinking = Shrinking.between((30, 20), (12, 9))
    change = shrinking.spread(shrinking.explained(rest), slice(0, 30))
    down, across = (weights(n, m, m / n, "bicubic", "mirror").toarray()
                    for n, m in ((30, 12), (20, 9)))  # fmt: skip
    wanted = np.linalg.pinv(down) @ rest[..., 0] @ np.linalg.pinv(across).T
    np.testing.assert_allclose(change[..., 0], wanted, atol=1e-3)


def test_pixels_at_their_limits_bind_one_side() -> None:
    small = np.full((8, 8, 1), 255, np.uint8)
    large = np.full((16, 16, 1), 250, np.uint8)
    kept, said = kept_to_pixels(large, small, Picture(small))
    assert (kept == 255).all()
    assert said.worst == 0
