"""The record: its JSON, its sentences, its maps; the command; what cannot be compared."""

from __future__ import annotations

import io
import json
import re

import jsonschema
import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter

import rigatino as rg
from rigatino.errors import RigatinoError, UsageError
from rigatino.evidence import CONSISTENT, Told, report_text
from rigatino.surfaces.cli.showing import schema_text
from tests.evidence.pictures import CLEAN, jpeg, opened, png, resized

RNG = np.random.default_rng(5)
BEFORE = jpeg(CLEAN, 50)
NOISY = png(CLEAN + RNG.normal(0, 15, CLEAN.shape))
SOFT = png(gaussian_filter(CLEAN.astype(float), (2, 2, 0), mode="reflect"))
PAIRS = {
    "jpeg": (BEFORE, png(CLEAN), None),
    "jpeg beside a jpeg": (BEFORE, jpeg(CLEAN, 80), None),
    "enlarged": (png(resized(CLEAN, (128, 128))), png(CLEAN), Told("bicubic")),
    "enlarged jpeg": (jpeg(resized(CLEAN, (128, 128)), 80), png(CLEAN), None),
    "noisy": (NOISY, png(CLEAN), Told(noise=15.0)),
    "blurred": (SOFT, png(CLEAN), Told(kernel=("gaussian", 2.0, 0.0))),
    "none": (png(CLEAN), png(CLEAN), None),
}


@pytest.mark.parametrize("name", PAIRS)
def test_the_json_fits_its_schema_and_every_figure_in_prose_is_in_it(name) -> None:
    before, after, told = PAIRS[name]
    found = rg.compare(before, after, told=told)
    plain = json.loads(json.dumps(found.to_json()))
    jsonschema.validate(plain, json.loads(schema_text("evidence")))
    assert plain["says"] == CONSISTENT
    for claim in plain["claims"]:
        for sentence in claim["sentences"]:
            _check_figures(sentence, claim)


def _check_figures(sentence: dict, claim: dict) -> None:
    text = sentence["text"].replace(claim["binds"]["reason"], "").replace("of 255", "")
    shown = [float(n) for n in re.findall(r"\d+(?:\.\d+)?", text)]
    assert len(shown) == len(sentence["cites"]), text
    for number, path in zip(shown, sentence["cites"], strict=True):
        value = claim
        for key in path.split("/"):
            value = value[key]
        near = 100 * value if "%" in text else value
        assert number == pytest.approx(near, abs=0.51, rel=0.02), (text, path)


def test_a_lowered_claim_says_so_in_the_same_breath() -> None:
    file = jpeg(opened(jpeg(CLEAN, 40)), 85)
    claim = rg.compare(file, png(CLEAN)).main
    assert claim.binds.value == "no"
    assert claim.binds.reason in claim.sentences[0].text
    assert "not of the original" in claim.sentences[0].text


@pytest.mark.parametrize("kind", ["saved twice", "noisy"])
def test_what_contradicts_although_the_history_is_allowed_for(kind) -> None:
    noisy = np.clip(CLEAN + RNG.normal(0, 15, CLEAN.shape), 0, 255).astype(np.uint8)
    file = jpeg(opened(jpeg(CLEAN, 40)), 85) if kind == "saved twice" else jpeg(noisy, 85)
    true, soft = (rg.compare(file, after).main for after in (png(CLEAN), SOFT))
    assert true.figures["contradicted_allowing"] < 0.2 * true.shares["all"].contradicted
    assert true.figures["contradicted_allowing"] < 1e-3
    assert soft.figures["contradicted_allowing"] > 0.01
    assert "contradicts the original, too" in soft.sentences[-1].text


def test_the_truth_contradicts_nothing_under_its_own_damage() -> None:
    for name in ("jpeg", "enlarged", "noisy", "blurred", "none", "jpeg beside a jpeg"):
        before, after, told = PAIRS[name]
        assert rg.compare(before, after, told=told).main.shares["all"].contradicted < 1e-3, name


def test_a_result_that_took_away_some_of_the_picture_is_caught() -> None:
    soft = png(gaussian_filter(CLEAN.astype(float), (2, 2, 0)))
    for name in ("jpeg", "noisy", "none"):
        before, _, told = PAIRS[name]
        assert rg.compare(before, soft, told=told).main.shares["fine"].contradicted > 0.1, name
    gone = rg.compare(NOISY, soft, told=Told(noise=15.0)).main
    assert "contains some of the picture" in gone.sentences[-1].text
    kept = rg.compare(NOISY, png(CLEAN), told=Told(noise=15.0)).main
    assert "looks like noise" in kept.sentences[-1].text


def test_maps_show_where() -> None:
    after = opened(BEFORE).astype(float)
    after[64:128, 96:160] += RNG.normal(0, 12, (64, 64, 3))
    maps = rg.compare(BEFORE, png(after)).maps
    inside = np.zeros(maps.filled.shape, bool)
    inside[8:16, 12:20] = True
    shown = maps.filled + maps.contradicted
    assert np.median(shown[inside]) > 2 * np.quantile(shown[~inside], 0.95)
    assert not maps.filled.flags.writeable


def test_under_a_mask_everything_is_invented() -> None:
    mask = np.zeros(CLEAN.shape[:2], np.uint8)
    mask[64:128, 64:128] = 255
    found = rg.compare(png(CLEAN), png(CLEAN), mask=png(mask))
    assert found.main.operator == "masked"
    assert found.main.figures["masked"] == pytest.approx(1 / 16)
    inside = found.maps.filled[9:15, 9:15]
    assert inside.mean() > 0.5
    assert found.maps.filled[20:].max() == 0
    with pytest.raises(UsageError, match="a mask of"):
        rg.compare(png(CLEAN), png(CLEAN), mask=png(mask[:99]))


def test_a_picture_pair_lies_on_one_grid() -> None:
    pair = rg.compare(png(resized(CLEAN, (128, 128))), png(CLEAN)).pair
    assert pair.before.shape == pair.after.shape == CLEAN.shape
    assert (pair.after == CLEAN).all()
    assert np.abs(pair.before.astype(int) - CLEAN).mean() < 12


def test_deep_grey_and_transparent_pictures_are_compared() -> None:
    grey = CLEAN.mean(axis=2).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(grey.astype(np.uint16) * 257).save(out, "PNG")
    found = rg.compare(jpeg(grey, 70), out.getvalue())
    assert found.main.shares["all"].contradicted < 1e-4
    alpha = np.dstack((CLEAN, np.full(grey.shape, 200, np.uint8)))
    assert rg.compare(BEFORE, png(alpha)).main.shares["all"].contradicted < 1e-4


def test_profiles_that_only_the_one_file_has() -> None:
    from PIL import ImageCms

    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    notes = rg.compare(jpeg(CLEAN, 60, icc_profile=icc), png(CLEAN)).notes
    assert not [note for note in notes if "rofile" in note]


@pytest.mark.parametrize("size", [(1, 1), (2, 300), (15, 16)])
def test_too_small_to_tell_is_one_line(size: tuple[int, int]) -> None:
    tiny = np.full((*size, 3), 90, np.uint8)
    for pair in ((jpeg(tiny, 50), png(tiny)), (BEFORE, png(tiny))):
        with pytest.raises(RigatinoError, match="at least 16 a side"):
            rg.compare(*pair)


def test_one_block_is_enough() -> None:
    small = CLEAN[:16, :16]
    assert rg.compare(jpeg(small, 50), png(small)).main.shares["all"].contradicted < 1e-4


@pytest.mark.parametrize("broken", [b"", b"no picture", BEFORE[:40], png(CLEAN)[:20]])
def test_what_cannot_be_read_is_one_line(broken) -> None:
    for pair in ((broken, png(CLEAN)), (BEFORE, broken)):
        with pytest.raises(RigatinoError) as caught:
            rg.compare(*pair)
        assert "\n" not in str(caught.value)


def test_a_file_cut_short_speaks_of_what_it_has() -> None:
    found = rg.compare(BEFORE[: len(BEFORE) // 2], png(CLEAN))
    assert found.main.binds.value != "sure"
    assert found.main.shares["all"].contradicted < 0.05


def test_names_of_downscalings_are_checked() -> None:
    with pytest.raises(UsageError, match="bicubic"):
        rg.compare(png(resized(CLEAN, (128, 128))), png(CLEAN), told=Told("magic"))


def test_the_report_says_that_consistent_is_not_true() -> None:
    text = report_text(rg.compare(BEFORE, png(CLEAN)))
    assert " ".join(CONSISTENT.split()) in " ".join(text.split())


def test_a_jpeg_that_stores_red_green_and_blue() -> None:
    found = rg.compare(jpeg(CLEAN, 60, keep_rgb=True, subsampling=0), png(CLEAN))
    assert found.main.operator == "jpeg"
    assert found.main.shares["all"].contradicted < 1e-4
    assert "luma" not in found.main.shares


def test_a_jpeg_in_print_colours_is_compared_by_its_pixels_and_that_is_said() -> None:
    out = io.BytesIO()
    Image.fromarray(CLEAN).convert("CMYK").save(out, "JPEG", quality=80)
    found = rg.compare(out.getvalue(), png(CLEAN))
    assert found.main.operator == "none"
    assert any("CMYK" in note for note in found.notes)


def test_a_result_that_lost_the_note_of_which_side_is_up() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    stored = CLEAN[:160, :224]
    found = rg.compare(jpeg(stored, 50, exif=exif), png(stored))
    assert found.main.shares["all"].contradicted < 1e-4
    assert any("which side is up" in note for note in found.notes)
    assert found.pair.after.shape == (224, 160, 3)
