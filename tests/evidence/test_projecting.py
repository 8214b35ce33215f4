"""Any result put back into what the file allows."""

from __future__ import annotations

import io
import json

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from scipy.ndimage import gaussian_filter

import rigatino as rg
from rigatino.errors import UsageError
from rigatino.evidence import projection_text
from rigatino.evidence.jpeg.fixed import FileNumbers
from rigatino.evidence.jpeg.planes import averaged, component_planes, cosines
from rigatino.imaging import coefficients
from rigatino.surfaces.cli.showing import schema_text
from tests.evidence.pictures import CLEAN, jpeg, opened, png, resized

BEFORE = jpeg(CLEAN, 50)
SOFT = png(gaussian_filter(opened(BEFORE).astype(float), (1.5, 1.5, 0)))


def test_the_result_is_stored_again_as_the_file_is_and_the_record_says_what_moved() -> None:
    held = rg.project(BEFORE, SOFT, force=True)
    plain = json.loads(json.dumps(held.record.to_json()))
    jsonschema.validate(plain, json.loads(schema_text("projection")))
    assert held.record.kept / held.record.integers > 0.999
    assert held.record.moved > 0.5
    assert held.record.shares.contradicted > 0.1
    assert held.record.shares_after.contradicted < 1e-4
    with Image.open(io.BytesIO(BEFORE)) as image:
        tables = image.quantization
    out = io.BytesIO()
    Image.fromarray(held.picture.pixels).save(out, "JPEG", qtables=tables, subsampling=2)
    again, first = coefficients(out.getvalue()), coefficients(BEFORE)
    pairs = zip(again.components, first.components, strict=True)
    assert np.mean([(a.blocks == b.blocks).mean() for a, b in pairs]) > 0.999


def test_it_is_refused_where_the_file_does_not_bind_unless_forced_and_that_is_recorded() -> None:
    twice = jpeg(opened(jpeg(CLEAN, 30)), 80)
    with pytest.raises(UsageError, match="--force"):
        rg.project(twice, SOFT)
    record = rg.project(twice, SOFT, force=True).record
    assert record.forced
    assert "Forced" in projection_text(record)


def test_an_enlargement_is_made_smaller_to_the_very_picture() -> None:
    small = resized(CLEAN, (128, 128))
    invented = CLEAN + np.random.default_rng(0).normal(0, 10, CLEAN.shape)
    held = rg.project(png(small), png(invented), force=True)
    again = resized(held.picture.pixels, (128, 128)).astype(int)
    before = resized(np.clip(invented, 0, 255).astype(np.uint8), (128, 128)).astype(int)
    inner = (slice(4, -4), slice(4, -4))
    assert np.abs(again - small)[inner].mean() < 0.5 < np.abs(before - small)[inner].mean()


def test_neither_a_crop_nor_a_plain_picture_is_projected() -> None:
    with pytest.raises(UsageError):
        rg.project(BEFORE, png(CLEAN[8:200, 8:200]), force=True)
    with pytest.raises(UsageError):
        rg.project(png(CLEAN), png(CLEAN), force=True)


@settings(max_examples=15, deadline=None)
@given(st.integers(5, 95), st.integers(0, 2**31), st.floats(0.5, 60))
def test_law_projection_never_raises_the_error_of_any_component(quality, seed, size) -> None:
    """In the file's own component space, in floats, the truth being in the set."""
    rng = np.random.default_rng(seed)
    truth = CLEAN[:64, 64:128]
    fixed = FileNumbers(coefficients(jpeg(truth, quality)))
    result = truth + rng.normal(0, size, truth.shape)
    known = fixed.known(slice(0, 64))
    planes = zip(component_planes(truth, "YCbCr"), component_planes(result, "YCbCr"), strict=True)
    for part, ratio, (true, made) in zip(known, fixed.ratios, planes, strict=True):
        exact, found = (cosines(averaged(plane, *ratio)) for plane in (true, made))
        lower, upper = part.stored + part.low, part.stored + part.high
        assert ((exact >= lower - 1e-3) & (exact <= upper + 1e-3)).all()
        moved = np.clip(found, lower, upper)
        assert ((moved - exact) ** 2).sum() <= ((found - exact) ** 2).sum() + 1e-2
