"""What a header tells, in numbers, and what it does not."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from rigatino.imaging import load, standard_table
from rigatino.inference import NOTHING, SCHEMES, Known, tables_of

_, PLANES = SCHEMES["noise-and-tables"]


def header(mode: str = "RGB", **options: object):
    out = io.BytesIO()
    Image.new(mode, (40, 24), 90).save(out, "JPEG", **options)
    return load(out.getvalue()).jpeg


def test_nothing_known_is_all_zero() -> None:
    assert not PLANES(NOTHING, True).any()


def test_the_numbers_follow_their_definition() -> None:
    tables = tables_of(header(quality=30, subsampling="4:2:0"))
    told = PLANES(Known(25.0, tables), True)
    luma, chroma = (standard_table(30, kind).astype(float) for kind in ("luma", "chroma"))
    coarse = np.add.outer(np.arange(8), np.arange(8)) < 3
    wanted = [np.log2(t[part].mean()) / 8 for t in (luma, chroma) for part in (coarse, ~coarse)]
    assert np.allclose(told, [1, 0.5, 1, *wanted, 1])


@pytest.mark.parametrize(("sampling", "halved"), [("4:4:4", 0), ("4:2:2", 0.5), ("4:2:0", 1)])
def test_sampling_is_told(sampling: str, halved: float) -> None:
    assert PLANES(Known(tables=tables_of(header(subsampling=sampling))), True)[7] == halved


def test_grey_has_no_chroma() -> None:
    assert not PLANES(Known(tables=tables_of(header("L"))), False)[5:].any()


def test_what_the_network_has_not_learnt_is_not_told() -> None:
    assert tables_of(None) is None
    assert tables_of(header("CMYK")) is None
