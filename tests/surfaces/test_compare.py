"""``compare``, ``project`` and ``prove`` on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image
from tests.evidence.pictures import CLEAN, jpeg, opened, png
from tests.surfaces.conftest import Called


@pytest.fixture
def pair(tmp_path: Path) -> tuple[str, str]:
    before, after = tmp_path / "before.jpg", tmp_path / "after.png"
    before.write_bytes(jpeg(CLEAN, 40))
    after.write_bytes(png(CLEAN))
    return str(before), str(after)


def test_compare_says_and_prints_the_same(call: Called, pair: tuple[str, str]) -> None:
    code, out, _ = call("compare", *pair)
    assert code == 0
    assert "not that it is true" in " ".join(out.split())
    told = json.loads(call("compare", *pair, "--json")[1])
    assert told["schema"] == "rigatino/evidence/1"
    assert told["before"]["name"] == "before.jpg"


@pytest.mark.parametrize("kernel", ["disk", "disk:0", "motion:3", "pillow:2", "disk:x"])
def test_a_kernel_that_is_none_is_one_line(refuse, pair: tuple[str, str], kernel) -> None:
    assert "gaussian:SIGMA" in refuse("compare", *pair, "--kernel", kernel)


def test_project_writes_a_picture_and_never_over_its_inputs(
    call: Called, pair: tuple[str, str], tmp_path: Path
) -> None:
    out = tmp_path / "held.png"
    code, said, _ = call("project", *pair, "-o", str(out), "--force", "--json")
    assert code == 0
    assert json.loads(said)["schema"] == "rigatino/projection/1"
    with Image.open(out) as image:
        assert image.size == CLEAN.shape[1::-1]
    assert call("project", *pair, "-o", pair[1], "--force", "--overwrite")[0] == 2
    assert Path(pair[1]).read_bytes() == png(CLEAN)


def test_project_is_refused_for_a_file_saved_twice(refuse, tmp_path: Path) -> None:
    before, after = tmp_path / "twice.jpg", tmp_path / "after.png"
    before.write_bytes(jpeg(opened(jpeg(CLEAN, 30)), 80))
    after.write_bytes(png(CLEAN))
    out = tmp_path / "held.png"
    assert "--force" in refuse("project", before, after, "-o", out)
    assert not out.exists()


def test_prove_prints_a_proof(call: Called, pair: tuple[str, str]) -> None:
    told = json.loads(call("prove", *pair, "--json")[1])
    assert told["schema"] == "rigatino/proof/1"
    assert told["trials"][0]["name"] == "after.png"
