"""An interpolated picture is recognised, with factor and kernel."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image
from tests.diagnosis.test_compression import scene

from rigatino.diagnosis import diagnose
from rigatino.imaging import Picture


def textured(size: int) -> np.ndarray:  # type: ignore[type-arg]
    grain = np.random.default_rng(5).normal(0, 4, (size, size, 1))
    return np.clip(np.rint(scene(size) + grain), 0, 255).astype(np.uint8)


@pytest.mark.parametrize("kernel", ["bilinear", "bicubic", "lanczos"])
@pytest.mark.parametrize("factor", [1.5, 2.0, 3.0])
def test_factor_and_kernel(factor: float, kernel: str) -> None:
    small = Image.fromarray(textured(160))
    side = round(160 * factor)
    grown = np.array(small.resize((side, side), Image.Resampling[kernel.upper()]))
    finding = diagnose(Picture(grown), only=["enlargement"]).finding("enlargement")
    assert finding.found
    assert finding.estimate["factor"] == pytest.approx(factor, rel=0.02)
    if factor != 2.0:  # doubled pixels are explained by several kernels alike
        assert finding.estimate["kernel"] == kernel


def test_a_picture_of_its_own_size_is_not_called_enlarged() -> None:
    finding = diagnose(Picture(textured(320)), only=["enlargement"]).finding("enlargement")
    assert not finding.found
    assert finding.estimate["factor"] == 1.0
