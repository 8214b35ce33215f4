"""``restore`` and ``batch restore`` as a user calls them."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from tests.run.conftest import fair, jpeg
from tests.surfaces.conftest import Called, argv, listing, validate

Refuse = Callable[..., str]


@pytest.fixture(autouse=True)
def settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("RIGATINO_RUNTIME", "onnxruntime")
    monkeypatch.setenv("RIGATINO_MODELS", str(tmp_path / "models"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "in"
    path.mkdir()
    (path / "a.jpg").write_bytes(jpeg(fair(), quality=12))
    Image.fromarray(fair()).save(path / "fine.png")
    return path


def test_a_picture_is_mended(call: Called, folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.png"
    code, shown, noted = call("restore", folder / "a.jpg", "-o", out)
    assert code == 0
    assert "Mended: jpeg-artifact-removal by mend." in shown
    assert max(len(line) for line in shown.splitlines()) <= 88
    assert noted.startswith("about ")
    assert f"wrote {out} (PNG, 8 bits)" in noted
    assert np.asarray(Image.open(out)).shape == fair().shape


def test_the_record_is_as_in_the_published_schema(
    call: Called, folder: Path, tmp_path: Path
) -> None:
    for name in ("a.jpg", "fine.png"):
        out = tmp_path / f"{name}.png"
        code, shown, _ = call("restore", folder / name, "-o", out, "--json", "--quiet")
        assert code == 0
        validate("run", json.loads(shown))


@pytest.mark.parametrize("options", ["--scale 1.5", "--scale 2x1", "--size 300x200"])
def test_a_picture_is_enlarged(call: Called, folder: Path, tmp_path: Path, options: str) -> None:
    out = tmp_path / "out.png"
    given = (folder / "fine.png", "-o", out, "--evidence-only", *options.split())
    code, shown, _ = call("restore", *given, "--json", "--quiet")
    assert code == 0
    record = json.loads(shown)
    validate("run", record)
    sizes = {"--scale 1.5": (312, 240), "--scale 2x1": (416, 160), "--size 300x200": (300, 200)}
    with Image.open(out) as written:
        assert written.size == sizes[options]
    assert record["consistent"]["error"] < record["consistent"]["error_before"]


def test_nothing_to_repair_writes_nothing_unless_asked(
    call: Called, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    code, shown, noted = call("restore", folder / "fine.png", "-o", out)
    assert (code, out.exists()) == (0, False)
    assert "Nothing to repair" in shown
    assert "--copy" in noted
    assert call("restore", folder / "fine.png", "-o", out, "--copy")[0] == 0
    assert (np.asarray(Image.open(out)) == fair()).all()


def test_no_file_is_replaced_unless_asked(
    call: Called, refuse: Refuse, folder: Path, tmp_path: Path
) -> None:
    image, out = folder / "a.jpg", tmp_path / "out.png"
    before = image.read_bytes()
    assert "both input and output" in refuse("restore", image, "-o", image)
    out.write_bytes(b"mine")
    assert "exists" in refuse("restore", image, "-o", out)
    assert out.read_bytes() == b"mine"
    assert image.read_bytes() == before
    assert call("restore", image, "-o", out, "--overwrite")[0] == 0
    with Image.open(out) as written:
        assert written.size == (208, 160)


@pytest.mark.parametrize(
    "options",
    [
        "-o {tmp}/out.doc", "-o {tmp}/nowhere/out.png", "-o {tmp}", "-o {tmp}/o.png --steps blur",
        "-o {tmp}/o.png --steps jpeg,,", "-o {tmp}/o.png --model nobody", "",
        "-o {tmp}/o.png --strength 2", "-o {tmp}/o.png --quality 0",
        "-o {tmp}/o.png --steps ocr", "-o {tmp}/o.png --scale 0", "-o {tmp}/o.png --scale 2x",
        "-o {tmp}/o.png --size 10x10", "-o {tmp}/o.png --scale 2 --size 416x320",
        "-o {tmp}/o.png --steps enlarge", "-o {tmp}/o.png --size 1x99999999999999999999",
    ],
)  # fmt: skip
def test_a_call_that_is_off(refuse: Refuse, folder: Path, tmp_path: Path, options: str) -> None:
    refuse("restore", folder / "a.jpg", *options.format(tmp=tmp_path).split())
    assert listing(tmp_path) == ["in"]


@pytest.mark.parametrize("content", [b"", b"no picture", jpeg(fair(), quality=12)[:40]])
def test_what_is_no_picture(refuse: Refuse, tmp_path: Path, content: bytes) -> None:
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(content)
    refuse("restore", broken, "-o", tmp_path / "out.png")
    assert listing(tmp_path) == ["broken.jpg"]


def test_ctrl_c_leaves_nothing(tmp_path: Path) -> None:
    large = tmp_path / "large.jpg"
    large.write_bytes(jpeg(np.tile(fair(), (12, 10, 1)), quality=12))
    target = tmp_path / "out"
    target.mkdir()
    env = os.environ | {"RIGATINO_MEMORY": "40", "RIGATINO_THREADS": "1"}
    process = subprocess.Popen(
        argv("restore", large, "-o", target / "out.png"), env=env,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stderr is not None
    assert process.stderr.readline().startswith(b"about")  # it has begun
    time.sleep(0.2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"stopped" in said
    assert listing(target) == []


def test_a_folder_is_mended_and_bad_files_are_passed_over(
    call: Called, folder: Path, tmp_path: Path
) -> None:
    (folder / "bad.jpg").write_bytes(b"no picture")
    (folder / "deep").mkdir()
    (folder / "deep" / "b.jpg").write_bytes(jpeg(fair(), quality=15))
    (folder / "a.jpeg").write_bytes(jpeg(fair(), quality=12))
    (folder / "notes.txt").write_text("no picture, and not taken for one")
    out = tmp_path / "out"
    code, _, noted = call("batch", "restore", folder, "-o", out)
    assert code == 0
    assert "5 pictures, 2 of them bad" in noted
    rows = [json.loads(line) for line in (out / "rigatino-restore.jsonl").read_text().splitlines()]
    assert [row["target"] for row in rows] == ["a.png", None, None, "deep/b.png", None]
    assert "result of another picture" in rows[1]["error"]
    for row in rows:
        validate("restore-batch", row)
    assert (out / "deep" / "b.png").exists()


def test_an_interrupted_batch_is_gone_on_with(call: Called, folder: Path, tmp_path: Path) -> None:
    for at in range(3):
        (folder / f"c{at}.jpg").write_bytes(jpeg(fair(), quality=12))
    out = tmp_path / "out"
    assert call("batch", "restore", folder, "-o", out, "--quiet")[0] == 0
    ledger = out / "rigatino-restore.jsonl"
    whole, stamp = ledger.read_bytes(), (out / "a.png").stat().st_mtime_ns
    (out / "c2.png").unlink()
    from rigatino.run import asked
    from rigatino.surfaces.batch.pictures import Wanted, _made_from, _pictures

    made_from = _made_from(folder, _pictures(folder, out), Wanted(asked()))
    ledger.unlink()
    lines = whole.splitlines(keepends=True)
    (out / "rigatino-restore.jsonl.partial").write_bytes(b"".join(lines[:3]) + b'{"torn')
    (out / "rigatino-restore.jsonl.partial.from").write_text(json.dumps(made_from, sort_keys=True))
    code, _, noted = call("batch", "restore", folder, "-o", out)
    assert code == 0
    assert "3 are from an earlier run" in noted
    assert (out / "c2.png").exists()
    assert (out / "a.png").stat().st_mtime_ns == stamp
    assert len(ledger.read_bytes().splitlines()) == 5


def test_a_folder_that_is_none(refuse: Refuse, folder: Path, tmp_path: Path) -> None:
    refuse("batch", "restore", folder / "a.jpg", "-o", tmp_path / "out")
    refuse("batch", "restore", tmp_path / "nowhere", "-o", tmp_path / "out")
    refuse("batch", "restore", folder, "-o", folder)
    refuse("batch", "restore", folder, "-o", tmp_path / "out", "--format", "doc")
    assert listing(tmp_path) == ["in"]
