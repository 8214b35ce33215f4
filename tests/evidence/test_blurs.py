"""A shaken picture: the true sharp one is never contradicted, an invention is, or it declines."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest

import rigatino as rg
from rigatino.degradation import CameraShake, KernelBlur
from rigatino.evidence import report_text
from rigatino.surfaces.cli.showing import schema_text
from tests.diagnosis.scenes import leaves
from tests.evidence.pictures import jpeg, png

SHARP = leaves(320)
INNER = np.ascontiguousarray(SHARP[24:-24, 24:-24])


def shaken(seed: int, noise: float) -> np.ndarray:
    """Less the border, beyond which nobody knows what was blurred in."""
    rng = np.random.default_rng(seed)
    kernel = CameraShake(10, 0.4).kernel(rng)
    seen = 255 * KernelBlur(kernel).apply((SHARP / np.float32(255)).astype(np.float32))
    return (seen + rng.normal(0, noise, seen.shape))[24:-24, 24:-24]


@pytest.mark.parametrize(("seed", "noise"), [(1, 0), (2, 3), (4, 8)])
def test_the_truth_is_not_contradicted(seed: int, noise: float) -> None:
    found = rg.compare(png(shaken(seed, noise)), png(INNER))
    jsonschema.validate(
        json.loads(json.dumps(found.to_json())), json.loads(schema_text("evidence"))
    )
    assert found.main.operator == "blurred"
    if found.main.shares:
        assert found.main.shares["all"].contradicted < 1e-3
    else:
        assert "cannot be judged" in found.main.sentences[0].text
    assert not [claim for claim in found.claims if claim.operator in ("noisy", "none")]


def test_an_invention_is_found_where_it_is() -> None:
    after = INNER.copy()
    after[96:160, 64:128] = INNER[96:160, 200:264][::-1]
    found = rg.compare(png(shaken(1, 1)), png(after))
    assert found.main.shares["all"].contradicted > 0.003
    against = found.maps.contradicted
    inside = np.zeros(against.shape, bool)
    inside[12:20, 8:16] = True
    assert against[inside].mean() > 10 * against[~inside].mean()


def test_a_saved_blur_lowers_what_the_stored_numbers_say() -> None:
    pixels = np.clip(np.rint(shaken(1, 0)), 0, 255).astype(np.uint8)
    found = rg.compare(jpeg(pixels, 92), png(INNER))
    assert [claim.operator for claim in found.claims] == ["blurred", "jpeg"]
    assert found.claims[1].binds.value == "no"
    assert "blur" in found.claims[1].binds.reason
    assert found.main.shares["all"].contradicted < 1e-3 if found.main.shares else True


def test_sharpening_what_was_never_blurred_is_no_blur_undone() -> None:
    from scipy.ndimage import gaussian_filter

    soft = gaussian_filter(INNER.astype(float), (2, 2, 0))
    found = rg.compare(jpeg(INNER, 60), png(2.0 * INNER - soft))
    assert found.main.operator == "jpeg"
    assert found.main.shares["all"].contradicted > 0.05


def test_what_cannot_be_judged_says_so_and_draws_nothing() -> None:
    found = rg.compare(png(shaken(1, 16)), png(INNER))
    assert "cannot be judged" in report_text(found)
    assert not found.main.shares
    assert not found.maps.covered.any()
    assert rg.evidence_page(found)
