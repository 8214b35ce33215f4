"""Several restorations of one file: each another picture, all allowed where the file binds."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from PIL import Image

from rigatino.diagnosis import Binds
from rigatino.errors import UsageError
from rigatino.pipeline import prepare_restore
from rigatino.run import Alternatives, alternatives, check_count, example_picture
from rigatino.surfaces.alternatives import sheet, spread_map
from rigatino.surfaces.cli import run
from rigatino.surfaces.cli.showing import schema_text


def _several(binds: str, count: int = 6) -> Alternatives:
    """Of the example picture, whether or not its numbers surely bind."""
    prepared = prepare_restore(example_picture())
    diagnosis = replace(prepared.diagnosis, binds=Binds(binds, "it is so"))  # type: ignore[arg-type]
    prepared = replace(prepared, diagnosis=diagnosis)
    return alternatives(example_picture(), prepared, prepared.carry_out().picture, count)


@pytest.fixture(scope="module")
def bound() -> Alternatives:
    return _several("sure")


def test_each_is_another_picture_that_the_file_allows(bound: Alternatives) -> None:
    assert len({one.name for one in bound.members}) == 6
    pixels = [one.picture.pixels.astype(int) for one in bound.members]
    for at, one in enumerate(pixels):
        assert all(np.abs(one - other).mean() > 0.1 for other in pixels[:at])
    for member in bound.members:
        assert member.kept is not None
        assert member.integers
        assert member.kept / member.integers > 0.999
    assert bound.projected
    assert "allowed by the file's own numbers" in bound.sentence


def test_the_spread_is_their_deviation(bound: Alternatives) -> None:
    bright = [one.picture.pixels @ (0.299, 0.587, 0.114) for one in bound.members]
    assert np.allclose(bound.spread, np.std(bright, axis=0), atol=0.1)


def test_where_the_file_does_not_bind_nothing_is_projected_and_it_is_said() -> None:
    found = _several("likely", 2)
    assert [one.kept for one in found.members] == [None, None]
    assert "not held to the file's own numbers" in found.sentence
    assert "it is so" in found.sentence


def test_the_same_result_gives_the_same_others(bound: Alternatives) -> None:
    prepared = prepare_restore(example_picture())
    mended = bound.members[0].picture
    one, other = (alternatives(example_picture(), prepared, mended, 6) for _ in range(2))
    for first, second in zip(one.members, other.members, strict=True):
        assert np.array_equal(first.picture.pixels, second.picture.pixels)


def test_the_record_is_as_published(bound: Alternatives) -> None:
    jsonschema.validate(bound.to_json(), json.loads(schema_text("alternatives")))


def test_the_sheet_shows_all_and_the_map(bound: Alternatives) -> None:
    assert sheet(bound).shape[0] > 3 * 240
    drawn = spread_map(bound).astype(int).sum(axis=2)
    assert np.corrcoef(drawn.ravel(), bound.spread.ravel())[0, 1] > 0.7


@pytest.mark.parametrize("count", [0, 1, 13])
def test_too_few_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(UsageError, match="alternatives"):
        check_count(count)


def test_the_command_writes_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "grey.jpg"
    grey = np.random.default_rng(2).integers(90, 160, (8, 8)).astype(np.uint8)
    stream = io.BytesIO()
    Image.fromarray(grey).resize((64, 64), Image.Resampling.BICUBIC).save(stream, "JPEG", quality=8)
    source.write_bytes(stream.getvalue())
    arguments = ["restore", str(source), "-o", str(tmp_path / "out.png"), "--steps", "jpeg"]
    with pytest.raises(SystemExit) as ended:
        run([*arguments, "--alternatives", "5", "--quiet"])
    assert not ended.value.code
    folder = tmp_path / "out-alternatives"
    names = {path.name for path in folder.iterdir()}
    assert {"1-mended.png", "5-textured-1.png", "sheet.png", "spread.png"} <= names
    record = json.loads((folder / "alternatives.json").read_text(encoding="utf-8"))
    jsonschema.validate(record, json.loads(schema_text("alternatives")))
    assert "wrote 8 files" in capsys.readouterr().err


@pytest.mark.parametrize("more", [("--scale", "2"), ("--size", "128x128")])
def test_alternatives_of_an_enlargement_are_refused_before_anything_is_written(
    more: tuple[str, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in.jpg").write_bytes(example_picture())
    target = tmp_path / "out.png"
    with pytest.raises(SystemExit) as ended:
        run(["restore", str(tmp_path / "in.jpg"), "-o", str(target), "--alternatives", "3", *more])
    assert ended.value.code == 2
    assert "--alternatives" in capsys.readouterr().err
    assert not target.exists()
