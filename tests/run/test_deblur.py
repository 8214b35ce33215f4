"""``rg.restore`` with a blur: estimated, given, refused, forced; and what is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import rigatino as rg
from rigatino.deconvolution import ROUNDS, TURNS, Blur, Cell, Survey, given
from rigatino.degradation import CameraShake, Defocus
from rigatino.errors import InputError, UsageError
from rigatino.imaging import save
from rigatino.inference import open_network
from rigatino.run import asked, report_text
from rigatino.run.deblurring import _Reader, _tried
from rigatino.run.sharpening import Found, sharpener
from tests.deconvolution.scenes import blurred, scene
from tests.run.conftest import decibels
from tests.surfaces.conftest import validate


def eight(picture: np.ndarray) -> np.ndarray:
    return np.rint(255 * np.clip(picture, 0, 1)).astype(np.uint8)


def shaken(channels: int = 3, side: int = 256) -> tuple[np.ndarray, np.ndarray]:
    """Sharp and shaken, 8 bits."""
    x = scene(side, side, channels)
    kernel = CameraShake(11, 0.4).kernel(np.random.default_rng(4))
    return eight(x), eight(blurred(x, kernel))


def test_camera_shake_is_found_undone_and_recorded(tmp_path: Path) -> None:
    sharp, seen = shaken()
    save(seen, tmp_path / "shaken.png")
    pixels, record = rg.restore(tmp_path / "shaken.png")
    assert decibels(sharp[8:-8, 8:-8], pixels[8:-8, 8:-8]) > decibels(sharp, seen) + 2
    done = record.passes[-1]
    assert done.tasks[-1] == "deblurring"
    assert done.blur is not None
    assert (done.blur.source, done.blur.forced, done.blur.light) == ("estimated", False, False)
    assert np.sum(done.blur.kernel) == pytest.approx(1, abs=0.01)
    said = record.to_json()
    validate("run", json.loads(json.dumps(said)))
    assert "The blur undone" in report_text(record)


def test_a_known_radius_and_a_kernel_file_say_the_same(tmp_path: Path) -> None:
    x = scene(128, 128)
    save(eight(blurred(x, Defocus(3).kernel())), tmp_path / "soft.png")
    np.save(tmp_path / "k.npy", Defocus(3).kernel())
    by_radius, record = rg.restore(tmp_path / "soft.png", steps=["deblur"], radius=3)
    by_file, other = rg.restore(
        tmp_path / "soft.png", kernel=str(tmp_path / "k.npy"), steps=["deblur"]
    )
    assert (by_radius == by_file).all()
    assert record.passes[0].blur is not None
    assert (record.passes[0].blur.kind, record.passes[0].blur.size) == ("disk", 3)
    assert other.passes[0].blur is not None
    assert other.passes[0].blur.source == "file"
    assert decibels(eight(x), by_file) > decibels(eight(x), eight(blurred(x, Defocus(3).kernel())))


def test_mend_does_it_unless_sharpen_is_named(tmp_path: Path) -> None:
    x = scene(120, 120, 3)
    seen = eight(blurred(x, Defocus(2).kernel(), 3.0))
    save(seen, tmp_path / "soft.png")
    both = ["denoise", "deblur"]
    for name, steps, rounds in (
        (None, both, ROUNDS), ("sharpen", both[1:], TURNS), ("mend", both, ROUNDS)
    ):  # fmt: skip
        path = tmp_path / "soft.png"
        pixels, record = rg.restore(path, steps=steps, radius=2, model=name)
        (done,) = record.passes
        assert done.model == (name or "mend")
        assert done.tasks[-1] == "deblurring"
        assert done.blur is not None
        assert done.blur.rounds == rounds
        assert decibels(eight(x), pixels) > decibels(eight(x), seen) + 1


def test_a_sharp_picture_is_left_alone_and_says_so(tmp_path: Path) -> None:
    save(eight(scene(256, 256)), tmp_path / "sharp.png")
    _, record = rg.restore(tmp_path / "sharp.png", steps=["deblur"])
    assert record.outcome == "nothing-that-fits"
    assert not record.passes
    assert record.undone[0].task == "deblurring"


def test_force_overrides_and_is_recorded(tmp_path: Path) -> None:
    save(eight(blurred(scene(96, 112), Defocus(2).kernel())), tmp_path / "small.png")
    _, record = rg.restore(tmp_path / "small.png", steps=["deblur"])
    assert "smaller than 128 pixels" in record.undone[0].why
    _, record = rg.restore(tmp_path / "small.png", steps=["deblur"], force=True)
    blur = record.passes[0].blur
    assert blur is not None
    assert blur.forced
    assert "smaller" in blur.refusal
    assert "Forced" in report_text(record)


@pytest.mark.parametrize("mode", ["L", "LA", "RGBA", "I;16"])
def test_grey_alpha_and_16_bits(tmp_path: Path, mode: str) -> None:
    seen = eight(blurred(scene(80, 90), Defocus(2).kernel()))[..., 0]
    path = tmp_path / "in.png"
    if mode == "I;16":
        save((seen.astype(np.uint16) * 257)[..., None], path)
    else:
        Image.fromarray(seen).convert(mode).save(path)
    pixels, record = rg.restore(path, steps=["deblur"], radius=2)
    assert record.outcome == "mended"
    assert pixels.shape[:2] == (80, 90)
    assert pixels.dtype == (np.uint16 if mode == "I;16" else np.uint8)


def test_windows_and_the_whole_say_nearly_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(eight(blurred(scene(200, 420), Defocus(2).kernel())), tmp_path / "in.png")
    whole, _ = rg.restore(tmp_path / "in.png", steps=["deblur"], radius=2)
    monkeypatch.setenv("RIGATINO_MEMORY", "34")
    parts, record = rg.restore(tmp_path / "in.png", steps=["deblur"], radius=2)
    assert record.passes[0].cut.windows > 1
    assert decibels(whole, parts) > 38


def test_twice_the_same(tmp_path: Path) -> None:
    save(eight(blurred(scene(90, 70), Defocus(2).kernel())), tmp_path / "in.png")
    once, again = (rg.restore(tmp_path / "in.png", steps=["deblur"], radius=2) for _ in range(2))
    assert (once.pixels == again.pixels).all()


def test_what_does_not_go_together_is_one_line(tmp_path: Path) -> None:
    save(eight(scene(64, 64)), tmp_path / "in.png")
    path = tmp_path / "in.png"
    for wrong in ({"kernel": "k.png", "radius": 2.0}, {"radius": 0.0}, {"radius": 99.0},
                  {"steps": ["jpeg"], "radius": 2.0}):  # fmt: skip
        with pytest.raises(UsageError):
            rg.restore(path, **wrong)
    with pytest.raises(InputError, match="cannot be read"):
        rg.restore(path, kernel=str(tmp_path / "none.png"))
    with pytest.raises(UsageError, match="--evidence-only with the step deblur"):
        rg.restore(path, steps=["deblur"], radius=2, evidence_only=True)
    assert asked(["deblur", "jpeg"]).steps == ("jpeg-artifact-removal", "deblurring")


def test_only_what_is_out_of_focus_is_undone_and_the_record_says_where() -> None:
    x = scene(192, 384)
    seen = blurred(x, Defocus(4).kernel())
    seen[:, :240] = np.rint(255 * x[:, :240]) / 255
    disk, sharp = Blur(Defocus(4).kernel(), "disk", 4.0, 0.9), given(np.ones((1, 1), np.float32))
    rows, columns = slice(0, 192), (slice(0, 192), slice(192, 384))
    cells = (
        Cell(rows, columns[0], sharp, "left", "it is sharp as it is"),
        Cell(rows, columns[1], disk, "read"),
    )
    found = Found(disk, 1.0, False, False, "estimated", Survey(cells, 2, 192))
    undoing = sharpener(open_network("mend"), found)
    left, right = (undoing.at((rows, c)).apply(seen[rows, c]) for c in columns)
    assert (left == seen[:, :192]).all()
    assert np.abs(right[:, :32] - seen[:, 192:224]).mean() < 0.5 / 255
    assert decibels(eight(x)[:, 270:], eight(right)[:, 78:]) > decibels(
        eight(x)[:, 270:], eight(seen)[:, 270:]
    )
    blur = undoing.record()
    assert [one.source for one in blur.windows] == ["left", "read"]
    assert blur.kind == "varying"
    assert 0.1 < blur.windows[1].undone < 0.9
    assert blur.windows[0].why
    assert not blur.windows[1].why


def test_a_result_that_does_not_give_back_what_was_seen_is_refused() -> None:
    x = scene(256, 256)
    blur = Blur(Defocus(6).kernel(), "disk", 6.0, 0.95)
    tried = _tried(
        Found(blur, 1.0, False, False, "estimated"), open_network("mend"), _Reader(eight(x))
    )
    assert "blurred again" in tried.blur.refusal
    seen = eight(blurred(x, Defocus(6).kernel()))
    right = _tried(Found(blur, 1.0, False, False, "estimated"), open_network("mend"), _Reader(seen))
    assert not right.blur.refusal
