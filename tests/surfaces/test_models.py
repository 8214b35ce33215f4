"""``models``: what is there, and what is said when something is off."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.inference import onnx_writer
from tests.inference.conftest import CARD
from tests.surfaces.conftest import Called

Refuse = Callable[..., str]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("RIGATINO_MODELS", str(tmp_path / "models"))
    return tmp_path / "models"


@pytest.fixture
def own(tmp_path: Path) -> tuple[Path, Path]:
    file, card = tmp_path / "net.onnx", tmp_path / "net.json"
    file.write_bytes(onnx_writer.brighter())
    card.write_text(json.dumps(CARD))
    return file, card


def test_the_shipped_model_is_listed_and_shown(call: Called) -> None:
    code, out, _ = call("models", "list")
    assert (code, out.split()[:2]) == (0, ["mend", "shipped"])
    code, out, _ = call("models", "show", "mend")
    assert code == 0
    assert "Not for:" in out
    card = json.loads(call("models", "show", "mend", "--json")[1])
    assert card["schema"] == "rigatino/model/1"
    assert card in json.loads(call("models", "list", "--json")[1])


def test_a_model_is_added_verified_and_found_changed(
    call: Called, own: tuple[Path, Path], folder: Path
) -> None:
    file, card = own
    assert call("models", "add", file, "--card", card)[0] == 0
    assert "small" in call("models", "list")[1]
    assert call("models", "verify", "small")[:2] == (0, "small: as its card says\n")
    (folder / "small.onnx").write_bytes(b"something else")
    code, out, _ = call("models", "verify")
    assert code == 1
    assert "SHA-256" in out


@pytest.mark.parametrize("command", ["show nobody", "verify nobody", "add nothing.onnx --card no"])
def test_what_is_not_there(refuse: Refuse, command: str) -> None:
    refuse("models", *command.split())
