"""``rg.restore``: what is mended, what is kept, what is recorded, what is refused."""

from __future__ import annotations

import hashlib
import io
import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

import rigatino as rg
from rigatino.diagnosis import Binds, diagnose
from rigatino.errors import ImageError, UsageError
from rigatino.imaging import Picture, coefficients, load, save
from rigatino.run import asked, example_picture, plan, report_text
from rigatino.run.evidence_only import bound, keep_to_evidence
from tests.run.conftest import decibels, fair, jpeg


def test_a_blocky_picture_gets_better_and_the_record_says_how(blocky: Path) -> None:
    pixels, record = rg.restore(blocky)
    before = np.asarray(Image.open(blocky))
    assert decibels(fair(), pixels) > decibels(fair(), before) + 0.5
    assert record.outcome == "mended"
    (done,) = record.passes
    assert (done.tasks, done.model) == (("jpeg-artifact-removal",), "mend")
    assert done.told["tables"]["chroma_halved"] == 1
    assert record.source_sha256 == hashlib.sha256(blocky.read_bytes()).hexdigest()
    assert record.result is not None
    assert record.result.sha256 == hashlib.sha256(np.ascontiguousarray(pixels).data).hexdigest()
    changed = np.abs(pixels.astype(int) - before).mean()
    assert done.changed == pytest.approx(changed, abs=1e-3)
    assert "Mended: jpeg-artifact-removal by mend." in report_text(record)


def test_twice_the_same(blocky: Path) -> None:
    assert (rg.restore(blocky).pixels == rg.restore(blocky.read_bytes()).pixels).all()


def test_a_noisy_picture_is_told_its_noise(tmp_path: Path) -> None:
    clean = fair(256, 320)
    noise = np.random.default_rng(1).normal(0, 25, clean.shape)
    noisy = np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)
    path = tmp_path / "noisy.png"
    save(noisy, path)
    pixels, record = rg.restore(path)
    assert decibels(clean, pixels) > decibels(clean, noisy) + 4
    assert record.passes[0].tasks == ("denoising",)
    assert record.passes[0].told["sigma"] == pytest.approx(25, rel=0.2)


def test_nothing_to_repair_is_an_answer(tmp_path: Path) -> None:
    path = tmp_path / "fine.png"
    save(fair(), path)
    pixels, record = rg.restore(path)
    assert record.outcome == "nothing-to-repair"
    assert not record.passes
    assert (pixels == fair()).all()


def test_named_steps_are_done_whatever_diagnosis_says(tmp_path: Path) -> None:
    path = tmp_path / "fine.png"
    save(fair(), path)
    _, record = rg.restore(path, steps=["denoise", "jpeg"])
    (done,) = record.passes
    assert done.tasks == ("jpeg-artifact-removal", "denoising")  # compression first, in one pass


def test_strength(blocky: Path) -> None:
    none, half, whole = (rg.restore(blocky, strength=s).pixels for s in (0, 0.5, 1))
    assert (none == np.asarray(Image.open(blocky))).all()
    middle = (none.astype(float) + whole) / 2
    assert np.abs(half - middle).max() <= 1.01


@pytest.mark.parametrize("orientation", range(1, 9))
def test_turned_pictures_are_mended_as_they_were_stored(orientation: int) -> None:
    exif = Image.Exif()
    exif[274] = orientation
    turned = jpeg(fair(), quality=12, exif=exif)
    plain = rg.restore(jpeg(fair(), quality=12), steps=["jpeg"]).pixels
    result = rg.restore(turned, steps=["jpeg"])
    upright = load(turned).with_pixels(np.ascontiguousarray(result.pixels))
    from rigatino.imaging import upright as turn

    assert (turn(plain, orientation) == upright.pixels).all()


def test_alpha_grey_and_depth_are_kept(tmp_path: Path) -> None:
    deep = fair().astype(np.uint16) * 257
    alpha = np.full((*deep.shape[:2], 1), 65535, np.uint16)
    alpha[:40] = 0
    with_alpha = np.concatenate([deep, alpha], 2)
    grey = np.concatenate([deep[..., :1], alpha], 2)
    for pixels in (with_alpha, grey, deep[..., :1]):
        save(pixels, tmp_path / "deep.png", overwrite=True)
        result = rg.restore(tmp_path / "deep.png", steps=["denoise"])
        assert result.pixels.dtype == np.uint16
        assert result.pixels.shape == pixels.shape
        assert (result.pixels != pixels).any()
        if pixels.shape[2] in (2, 4):
            assert (result.pixels[..., -1:] == alpha).all()
            assert (result.pixels[:40] == pixels[:40]).all()  # what nobody sees stays


def test_metadata_come_along(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[271] = "A camera"
    path = tmp_path / "tagged.jpg"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    path.write_bytes(jpeg(fair(), quality=12, exif=exif, icc_profile=profile))
    rg.restore(path).save(tmp_path / "out.png")
    with Image.open(tmp_path / "out.png") as out:
        assert out.getexif()[271] == "A camera"
        assert out.info["icc_profile"] == profile


def test_evidence_only_is_refused_where_the_file_does_not_bind(tmp_path: Path) -> None:
    first = np.asarray(Image.open(io.BytesIO(jpeg(fair(), quality=30))))
    twice = jpeg(np.ascontiguousarray(first[4:, 4:]), quality=70)
    with pytest.raises(UsageError, match=r"--evidence-only: .* not sure"):
        rg.restore(twice, evidence_only=True)
    save(fair(), tmp_path / "no.png")
    with pytest.raises(UsageError, match="no JPEG tables"):
        rg.restore(tmp_path / "no.png", steps=["jpeg"], evidence_only=True)


def test_evidence_only_gives_what_would_be_stored_the_same(data: Path) -> None:
    """On a photograph whose history diagnosis is sure of."""
    for file in sorted((data / "data" / "test" / "LIVE1").glob("*.png")):
        truth = np.asarray(Image.open(file).convert("RGB"))
        saved = jpeg(truth, quality=40, subsampling="4:2:0")
        if diagnose(load(saved)).binds.value == "sure":
            break
    else:
        pytest.fail("diagnosis is sure of no picture")
    free, record = rg.restore(saved)
    kept, told = rg.restore(saved, evidence_only=True)
    done = told.projected
    assert record.projected is None
    assert done is not None
    assert done.kept / done.integers >= 0.999 > done.kept_before / done.integers
    tables = Image.open(io.BytesIO(saved)).quantization
    again = coefficients(jpeg(kept, qtables=tables, subsampling="4:2:0"))
    pairs = zip(coefficients(saved).components, again.components, strict=True)
    assert sum(int((a.blocks == b.blocks).sum()) for a, b in pairs) == done.kept
    assert decibels(truth, kept) > decibels(truth, free)


def test_evidence_is_kept_band_by_band_in_a_tall_picture() -> None:
    tall = jpeg(np.tile(fair(), (4, 1, 1)), quality=30)
    looked = diagnose(load(tall))
    sure = type(looked)(looked.findings, looked.verdict, Binds("sure", "for this test"))
    result = load(tall).pixels.copy()
    done = keep_to_evidence(result, bound(tall, sure), "for this test")
    assert result.shape == load(tall).pixels.shape
    assert done.kept / done.integers >= 0.999


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"steps": ["polish"]}, "polish"),
        ({"steps": ["dehazing"]}, "no network"),
        ({"steps": []}, "no step"),
        ({"model": "nobody"}, "nobody"),
        ({"strength": 1.5}, "1.5"),
        ({"strength": float("nan")}, "nan"),
    ],
)
def test_orders_that_cannot_be_carried_out(
    blocky: Path, options: dict[str, object], said: str
) -> None:
    with pytest.raises(UsageError, match=said):
        rg.restore(blocky, **options)  # type: ignore[arg-type]


def test_what_is_no_picture(tmp_path: Path) -> None:
    (tmp_path / "text.jpg").write_text("no picture")
    for source in (tmp_path / "text.jpg", tmp_path / "nowhere.jpg", b""):
        with pytest.raises(ImageError):
            rg.restore(source)


def test_damage_that_no_network_mends_is_said(blocky: Path) -> None:
    from dataclasses import replace

    from rigatino.diagnosis import Step, Verdict

    looked = diagnose(load(blocky))
    verdict = Verdict((*looked.verdict.steps, Step("dust", "inpainting", "a speck")), "Repair it.")
    made = plan(replace(looked, verdict=verdict), asked())
    assert [undone.task for undone in made.undone] == ["inpainting"]
    assert made.passes[0].tasks == ("jpeg-artifact-removal",)


def test_small_and_odd_pictures() -> None:
    for size in ((1, 1), (3, 200), (50, 49)):
        pixels = fair()[: size[0], : size[1]]
        result = rg.restore(jpeg(np.ascontiguousarray(pixels), quality=20), steps=["jpeg"])
        assert result.pixels.shape == pixels.shape


def test_the_record_is_plain_json(blocky: Path) -> None:
    record = rg.restore(blocky).record.to_json()
    assert json.loads(json.dumps(record)) == record
    assert record["schema"] == "rigatino/run/1"


def test_the_example_is_mended() -> None:
    assert rg.restore(example_picture()).record.outcome == "mended"


def test_a_bare_picture_keeps_its_pixels_read_only(blocky: Path) -> None:
    restored = rg.restore(blocky)
    assert isinstance(restored.picture, Picture)
    with pytest.raises(ValueError, match="read-only"):
        restored.pixels[0, 0] = 0
