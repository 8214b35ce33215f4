"""A user's PyTorch networks, where spandrel is installed; what is said where it is not."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from rigatino.errors import MissingExtraError, ModelError
from rigatino.inference import add, open_network
from tests.inference.conftest import CARD

CHANGES = {"tasks": ["super-resolution"], "scale": 2, "receptive_radius": 4}
needs_spandrel = pytest.mark.skipif(find_spec("spandrel") is None, reason="spandrel is not there")


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "net.json"
    path.write_text(json.dumps(CARD | CHANGES))
    return path


def test_a_pickle_is_refused_unless_asked(tmp_path: Path, card: Path) -> None:
    (tmp_path / "net.pth").write_bytes(b"a program")
    with pytest.raises(ModelError, match="pickle"):
        add(tmp_path / "net.pth", card)


@pytest.mark.skipif(find_spec("spandrel") is not None, reason="spandrel is there")
def test_without_the_extra_its_command_is_named(tmp_path: Path, card: Path) -> None:
    (tmp_path / "net.safetensors").write_bytes(b"weights")
    with pytest.raises(MissingExtraError, match=r"rigatino\[spandrel\]"):
        add(tmp_path / "net.safetensors", card)


@needs_spandrel
@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_a_pytorch_network_computes_what_torch_does(
    tmp_path: Path, card: Path, scene: np.ndarray, suffix: str
) -> None:
    import torch
    from safetensors.torch import save_file
    from spandrel.architectures.Compact import Compact

    torch.manual_seed(1)
    net = Compact(num_feat=8, num_conv=2, upscale=2).eval()
    file = tmp_path / f"net{suffix}"
    if suffix == ".pth":
        torch.save(net.state_dict(), file)
    else:
        save_file(net.state_dict(), file)
    added = add(file, card, allow_pickle=suffix == ".pth")
    part = scene[:64, :72]
    with torch.inference_mode():
        wanted = net(torch.from_numpy(part.transpose(2, 0, 1)[None].copy()))[0].numpy()
    result = open_network(added).apply(part)
    assert np.abs(result - np.clip(wanted.transpose(1, 2, 0), 0, 1)).max() < 1e-4


@needs_spandrel
@pytest.mark.parametrize("suffix", [".safetensors", ".pth"])
def test_what_is_no_network_is_said(tmp_path: Path, card: Path, suffix: str) -> None:
    (tmp_path / f"net{suffix}").write_bytes(b"no network at all")
    with pytest.raises(ModelError, match="cannot be loaded"):
        add(tmp_path / f"net{suffix}", card, allow_pickle=True)
