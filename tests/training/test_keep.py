"""Weights that are kept say from how many runs they came, and a run can start from them."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
for package in ("onnx", "onnxruntime"):
    pytest.importorskip(package, reason=f"{package} is not installed")

sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
keep = pytest.importorskip("keep", reason="the training folder is not here")
import export  # noqa: E402
import running  # noqa: E402


@pytest.fixture
def net():
    torch.manual_seed(4)
    return torch.nn.Conv2d(3, 4, 3)


def a_run(net, folder, *, seed, start=None):
    """One step of training, checkpoint and log as every run writes them."""
    options = argparse.Namespace(out=folder, resume=False, start=start, lr=1e-3, seed=seed)
    folder.mkdir()
    state = running.begun(net, options)
    running.stepped(state, [torch.ones_like(p) for p in net.parameters()], 0.5, options.lr)
    state.seconds = 60.0 * seed
    running.checkpoint(state, options, 0.5, 30.0, {"x2": seed})
    return folder / "best.pt"


def told(monkeypatch, *words):
    monkeypatch.setattr(sys, "argv", ["keep.py", *map(str, words)])
    keep.main()


def test_two_runs_are_kept_as_one(net, tmp_path, monkeypatch):
    out = tmp_path / "small.pt"
    told(monkeypatch, a_run(net, tmp_path / "first", seed=1), "--as", out)
    second = a_run(net, tmp_path / "second", seed=2, start=out)
    told(monkeypatch, second, "--as", out, "--after", out)
    record = torch.load(out, weights_only=True)
    recipe = export.recipe_of(record)
    assert (recipe["steps"], recipe["minutes"], recipe["seed"]) == (2, 3.0, 2)
    assert [run["options"]["seed"] for run in recipe["runs"]] == [1, 2]
    assert [line["psnr"]["x2"] for line in export.curve(out)] == [1, 2]


def test_kept_weights_are_those_of_the_average(net, tmp_path, monkeypatch):
    best, out = a_run(net, tmp_path / "run", seed=1), tmp_path / "small.pt"
    told(monkeypatch, best, "--as", out)
    kept, whole = (torch.load(path, weights_only=True)["average"] for path in (out, best))
    assert kept["weight"].dtype == torch.float16
    assert torch.equal(kept["bias"], whole["bias"])
    assert torch.allclose(kept["weight"].float(), whole["weight"], atol=1e-3)


def test_a_missing_log_leaves_what_was_kept(net, tmp_path, monkeypatch):
    best, out = a_run(net, tmp_path / "run", seed=1), tmp_path / "small.pt"
    told(monkeypatch, best, "--as", out)
    before = out.read_bytes()
    best.with_name("log.jsonl").unlink()
    with pytest.raises(FileNotFoundError):
        told(monkeypatch, best, "--as", out)
    assert out.read_bytes() == before
    assert json.loads(out.with_suffix(".log.jsonl").read_text())["step"] == 1
