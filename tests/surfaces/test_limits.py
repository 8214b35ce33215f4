"""``limits`` as a user calls it, and the kernel that ``inspect`` draws."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from tests.deconvolution.scenes import blurred, scene
from tests.surfaces.conftest import Called, validate

from rigatino.degradation import MotionBlur

Refuse = Callable[..., str]


def test_shipped_limits_are_told_at_once(call: Called, tmp_path: Path) -> None:
    plot = tmp_path / "plane.png"
    code, shown, noted = call("limits", "--task", "denoise", "--target", "psnr:30", "--plot", plot)
    assert code == 0
    assert "How far denoise goes" in shown
    assert f"wrote {plot}" in noted
    with Image.open(plot) as image:
        assert image.size[0] > 600


def test_the_json_is_as_in_the_published_schema(call: Called) -> None:
    code, shown, _ = call("limits", "--task", "jpeg", "--grid", "6x5", "--json")
    assert code == 0
    found = json.loads(shown)
    validate("limits", found)
    assert len(found["probability"]) == 5


def test_what_is_wrong_is_one_line(refuse: Refuse, tmp_path: Path) -> None:
    assert "--task 'polish'" in refuse("limits", "--task", "polish")
    assert "--target" in refuse("limits", "--task", "jpeg", "--target", "nice")
    assert "--grid" in refuse("limits", "--task", "jpeg", "--grid", "1x1")
    assert "is not a file" in refuse("limits", tmp_path / "none.png", "--task", "jpeg")


def test_inspect_draws_the_kernel(call: Called, tmp_path: Path) -> None:
    seen = blurred(scene(256, 256, 3), MotionBlur(12, 60).kernel())
    Image.fromarray(np.rint(255 * seen).astype(np.uint8)).save(tmp_path / "moved.png")
    code, shown, noted = call("inspect", tmp_path / "moved.png", "--maps", tmp_path / "m", "--json")
    assert code == 0
    finding = next(f for f in json.loads(shown)["findings"] if f["name"] == "shake")
    assert finding["estimate"]["kernel"]
    drawn = tmp_path / "m" / "moved-shake-map.png"
    assert str(drawn) in noted
    with Image.open(drawn) as image:
        assert np.asarray(image).max() > 200
