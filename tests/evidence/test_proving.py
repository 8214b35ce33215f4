"""Clean pictures damaged as a file was."""

from __future__ import annotations

import json

import jsonschema
import numpy as np
import pytest

import rigatino as rg
from rigatino.diagnosis import diagnose
from rigatino.errors import UsageError
from rigatino.evidence import proof_text
from rigatino.evidence.damaging import damage_of
from rigatino.evidence.drawings import drawing
from rigatino.imaging import jpeg_header, load
from rigatino.surfaces.cli.showing import schema_text
from tests.evidence.pictures import CLEAN, jpeg, png


def test_the_damage_has_the_files_own_tables_and_sampling() -> None:
    file = jpeg(CLEAN, 37, subsampling=1)
    picture = load(file)
    found = diagnose(picture, ("compression", "noise", "enlargement", "blur"))
    again = jpeg_header(damage_of(picture, found).done(drawing(1), np.random.default_rng(0)))
    first = jpeg_header(file)
    assert again.sampling == first.sampling == "4:2:2"
    for one, other in zip(again.components, first.components, strict=True):
        assert (again.tables[one.table] == first.tables[other.table]).all()


def test_the_proof_of_a_jpeg_says_how_much_came_back() -> None:
    proof = rg.prove(jpeg(CLEAN, 20))
    jsonschema.validate(json.loads(json.dumps(proof.to_json())), json.loads(schema_text("proof")))
    assert proof.drawn
    assert len(proof.trials) == 3
    for trial in proof.trials:
        assert trial.psnr_after > trial.psnr_before
        assert trial.came_back == pytest.approx(
            1 - 10 ** ((trial.psnr_before - trial.psnr_after) / 10), abs=2e-3
        )
        assert trial.truth.contradicted < 1e-4
    assert "of the squared error went away" in proof_text(proof)


def test_own_pictures_are_named() -> None:
    proof = rg.prove(jpeg(CLEAN, 20), [png(drawing(2)[:128, :128])])
    assert not proof.drawn
    assert len(proof.trials) == 1


def test_a_file_without_damage_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError) as caught:
        rg.prove(png(CLEAN))
    assert "\n" not in str(caught.value)


def test_drawings_are_always_the_same() -> None:
    assert (drawing(3) == drawing(3)).all()
    assert (drawing(3) != drawing(4)).any()
