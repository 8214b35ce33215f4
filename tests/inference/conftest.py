"""Networks to test with: the shipped one in every runtime, and small ones of our own making."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rigatino.inference import RUNTIMES, Network, Settings, open_network

CARD = {
    "schema": "rigatino/model/1",
    "name": "small",
    "summary": "Made for a test.",
    "tasks": ["denoising"],
    "licence": "Apache-2.0",
    "data": "none",
    "not_for": ["anything but tests"],
    "channels": 3,
    "scale": 1,
    "size_multiple": 1,
    "receptive_radius": 1,
    "bytes_per_pixel": 48,
}
Own = Callable[..., tuple[Path, Path]]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of added models, and no settings from outside."""
    for name in ("RUNTIME", "PROVIDERS", "MEMORY"):
        monkeypatch.delenv(f"RIGATINO_{name}", raising=False)
    monkeypatch.setenv("RIGATINO_MODELS", str(tmp_path / "models"))
    monkeypatch.setenv("RIGATINO_THREADS", "1")
    return tmp_path / "models"


@pytest.fixture
def own(tmp_path: Path) -> Own:
    """Write a network and its card: paths of both."""

    def write(content: bytes, **changes: Any) -> tuple[Path, Path]:
        said = {k: v for k, v in (CARD | changes).items() if v != "left out"}
        file, card = tmp_path / "net.onnx", tmp_path / "net.json"
        file.write_bytes(content)
        card.write_text(json.dumps(said))
        return file, card

    return write


@pytest.fixture(params=sorted(RUNTIMES), scope="session")
def mend(request: pytest.FixtureRequest) -> Network:
    """The shipped network, in every runtime that is installed."""
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return open_network("mend", replace(Settings(), runtime=request.param))


@pytest.fixture(scope="session")
def scene() -> np.ndarray:
    """Edges, waves and grain, (203, 331, 3) in 0…1."""
    y, x = np.mgrid[0:203, 0:331]
    waves = np.stack([np.sin(x / a + y / b) for a, b in ((9, 23), (31, 11), (17, 40))], -1)
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    rough = 0.5 + 0.4 * waves + np.random.default_rng(7).normal(0, 0.05, waves.shape)
    return np.clip(rough, 0, 1).astype(np.float32)
