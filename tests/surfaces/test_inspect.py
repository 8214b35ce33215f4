"""``inspect``: one screen, one JSON, maps beside; an error is one line."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import replace
from pathlib import Path

import jsonschema
import numpy as np
import pytest
from PIL import Image

import rigatino as rg
from rigatino.diagnosis import Binds, Diagnosis, Finding, Step, Verdict, report_text
from rigatino.errors import UsageError
from rigatino.surfaces.cli import run
from rigatino.surfaces.cli.showing import schema_text
from rigatino.surfaces.maps import write_maps


def _drawing() -> Image.Image:
    """Rectangles in a few colours, 160 × 120."""
    rng = np.random.default_rng(3)
    pixels = np.full((120, 160, 3), 230, np.uint8)
    for _ in range(25):
        top, left = rng.integers(0, 100), rng.integers(0, 140)
        pixels[top : top + rng.integers(5, 40), left : left + rng.integers(5, 40)] = rng.integers(
            0, 256, 3
        )
    return Image.fromarray(pixels)


@pytest.fixture(scope="module")
def jpeg(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("pictures") / "fair.jpg"
    _drawing().save(path, quality=12)
    return path


@pytest.fixture(scope="module")
def found(jpeg: Path) -> Diagnosis:
    return rg.inspect(jpeg)


def _run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        run(list(arguments))
    return int(ended.value.code or 0)


def test_the_screen_says_what_is_wrong_and_what_to_do(
    jpeg: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run("inspect", str(jpeg)) == 0
    shown = capsys.readouterr().out
    assert "fair.jpg: JPEG, 160 × 120 pixels, colour" in shown
    assert "compression (sure)" in shown
    assert "JPEG artifact removal" in shown
    assert "of the stored coefficients are not zero; the rest was rounded away" in shown
    assert max(len(line) for line in shown.splitlines()) <= 88


def test_the_json_is_as_in_the_published_schema(
    jpeg: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "fair.png"
    _drawing().save(plain)
    for path in (jpeg, plain):
        assert _run("inspect", str(path), "--json") == 0
        told = json.loads(capsys.readouterr().out)
        jsonschema.validate(told, json.loads(schema_text("diagnosis")))
        assert told == json.loads(json.dumps(rg.inspect(path).to_json()))
        assert (told["clues"] is None) == (path == plain)


def test_bytes_are_inspected_like_the_file(jpeg: Path, found: Diagnosis) -> None:
    by_name, by_bytes = found.to_json(), rg.inspect(jpeg.read_bytes()).to_json()
    assert by_bytes["file"]["name"] == ""
    assert {**by_bytes, "file": None} == {**by_name, "file": None}


def test_maps_are_written_with_a_list_of_their_colours(
    jpeg: Path, found: Diagnosis, tmp_path: Path
) -> None:
    before = hashlib.sha256(jpeg.read_bytes()).digest()
    folder = tmp_path / "new" / "maps"
    for _ in "12":  # a second run replaces the first one's maps
        assert _run("inspect", str(jpeg), "--maps", str(folder)) == 0
    listed = (folder / "fair-maps.txt").read_text(encoding="utf-8")
    pictures = sorted(folder.glob("*.png"))
    assert {p.name for p in pictures} >= {"fair-clues-map.png", "fair-rounded-away-map.png"}
    assert all(p.name.replace("fair", "…") in listed for p in pictures)
    assert len(list(folder.iterdir())) == len(pictures) + 1
    assert found.clues is not None
    rows, columns = found.clues.survived.shape
    with Image.open(folder / "fair-clues-map.png") as drawn:
        assert drawn.width % columns == drawn.height % rows == 0
    assert hashlib.sha256(jpeg.read_bytes()).digest() == before


def test_maps_stand_upright_like_the_picture(jpeg: Path, found: Diagnosis, tmp_path: Path) -> None:
    assert found.file is not None
    turned = replace(found, file=replace(found.file, orientation=6))
    write_maps(found, str(tmp_path / "stored"), str(jpeg))
    write_maps(turned, str(tmp_path / "turned"), str(jpeg))
    stored, upright = (
        np.asarray(Image.open(tmp_path / name / "fair-clues-map.png"))
        for name in ("stored", "turned")
    )
    assert (np.rot90(stored, -1) == upright).all()


def test_a_map_never_replaces_the_picture_itself(
    jpeg: Path, found: Diagnosis, tmp_path: Path
) -> None:
    target = tmp_path / "fair-clues-map.png"
    target.hardlink_to(jpeg)
    with pytest.raises(UsageError, match="over the picture itself"):
        write_maps(found, str(tmp_path), str(jpeg))
    assert target.read_bytes() == jpeg.read_bytes()
    assert not (tmp_path / "fair-rounded-away-map.png").exists()


@pytest.mark.parametrize("kind", ["missing", "a folder", "no picture", "maps on a file"])
def test_an_error_is_one_line_and_exit_code_2(
    kind: str, jpeg: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "text.jpg").write_text("no picture at all")
    arguments = {
        "missing": [str(tmp_path / "nope.jpg")],
        "a folder": [str(tmp_path)],
        "no picture": [str(tmp_path / "text.jpg")],
        "maps on a file": [str(jpeg), "--maps", str(jpeg)],
    }[kind]
    assert _run("inspect", *arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert shown.err.startswith("rigatino: ")


def _diagnosis(**changes: object) -> Diagnosis:
    findings = (
        Finding("noise", True, confidence=0.7, evidence=("Grain of about 9 levels.",)),
        Finding("compression", True, confidence=0.9, evidence=("Steps of quality 20.",)),
        Finding("clipping", True, confidence=0.99, evidence=("White has no detail.",)),
        Finding("blur", refused=True, reason="too little sharp detail to tell"),
        Finding("banding"),
    )
    steps = (
        Step("compression", "jpeg-artifact-removal", "it came last"),
        Step("noise", "denoising", "it would be sharpened"),
    )
    made = Diagnosis(findings, Verdict(steps, "Repair."), Binds("no", "it was saved twice"))
    return replace(made, **changes)  # type: ignore[arg-type]


def test_what_is_repaired_first_is_said_first_and_refusals_are_said() -> None:
    shown = report_text(_diagnosis())
    order = [shown.index(f"{name} (") for name in ("compression", "noise", "clipping")]
    assert order == sorted(order)
    assert "noise (likely)" in shown
    assert "nothing worth repairing: banding" in shown
    assert "blur: too little sharp detail to tell" in shown


def test_a_fine_picture_is_left_alone() -> None:
    fine = Verdict((), "Leave it alone: nothing was found.")
    shown = report_text(_diagnosis(findings=(Finding("banding"),), verdict=fine))
    assert "Nothing was found that is wrong" in shown
    assert "Leave it alone" in shown


def test_a_name_that_is_not_printable_cannot_play_with_the_terminal(tmp_path: Path) -> None:
    path = tmp_path / "a\x1b[31mb.png"
    _drawing().crop((0, 0, 40, 40)).save(path)
    assert "\x1b" not in report_text(rg.inspect(path))


def test_a_name_that_is_not_utf8_is_no_obstacle(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / os.fsdecode(b"caf\xe9.png")
    _drawing().crop((0, 0, 40, 40)).save(path)
    assert _run("inspect", str(path), "--json", "--maps", str(tmp_path / "maps")) == 0
    assert json.loads(capsys.readouterr().out)["file"]["name"] == "caf\ufffd.png"
