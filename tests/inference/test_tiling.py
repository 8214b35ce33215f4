"""Tiled equals whole: at odd sizes, at every phase of the JPEG grid, in every runtime."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest

from rigatino.inference import (
    FloatCanvas,
    Network,
    PixelCanvas,
    add,
    cut,
    mend_array,
    open_network,
    over,
    plan,
)
from tests.inference import onnx_writer
from tests.inference.conftest import Own

LEVEL = 1 / 255


@pytest.mark.parametrize("phase", range(8))
def test_tiled_equals_whole_at_every_phase_of_the_grid(
    mend: Network, scene: np.ndarray, phase: int
) -> None:
    part = np.ascontiguousarray(scene[phase:, (phase * 3) % 8 :])
    tiling = cut(mend.card, part.shape[:2], 64)
    assert tiling.count > 8
    difference = np.abs(mend_array(mend, part, tiling=tiling) - mend.apply(part))
    assert difference.max() <= LEVEL


@pytest.mark.parametrize("size", [(1, 1), (7, 200), (193, 8), (130, 131)])
def test_odd_sizes(mend: Network, scene: np.ndarray, size: tuple[int, int]) -> None:
    part = scene[: size[0], : size[1]]
    tiled = mend_array(mend, part, tiling=cut(mend.card, size, 64))
    assert tiled.shape == part.shape
    assert np.abs(tiled - mend.apply(part)).max() <= LEVEL


def test_twice_the_same_to_the_bit(mend: Network, scene: np.ndarray) -> None:
    assert (mend.apply(scene) == mend.apply(scene)).all()


def test_the_plan_keeps_to_the_memory(mend: Network) -> None:
    card = mend.card
    assert plan(card, (1000, 1000), 1000 * 1000 * card.bytes_per_pixel).count == 1
    memory = 600 * 600 * card.bytes_per_pixel
    tiling = plan(card, (3000, 1000), memory)
    side = tiling.side + 2 * tiling.overlap
    assert tiling.count > 1
    assert side**2 * card.bytes_per_pixel <= memory
    assert tiling.side % 8 == tiling.overlap % 8 == 0
    assert tiling.overlap >= (card.receptive_radius or 0)


def test_pixels_are_mended_like_floats(mend: Network, scene: np.ndarray) -> None:
    for kind in (np.uint8, np.uint16):
        top = np.iinfo(kind).max
        pixels = np.rint(scene * top).astype(kind)
        canvas = PixelCanvas(pixels)
        over(mend, canvas, cut(mend.card, canvas.size, 64))
        wanted = mend.apply((pixels / np.float32(top)).astype(np.float32))
        assert canvas.result.dtype == kind
        assert np.abs(canvas.result / top - np.clip(wanted, 0, 1)).max() <= 0.51 / top + 1e-6


def test_strength_mixes(mend: Network, scene: np.ndarray) -> None:
    pixels = np.rint(scene * 65535).astype(np.uint16)
    whole, half, none = (PixelCanvas(pixels, strength=s) for s in (1, 0.5, 0))
    for canvas in (whole, half, none):
        over(mend, canvas, plan(mend.card, canvas.size, 2**30))
    assert (none.result == pixels).all()
    middle = (whole.result.astype(float) + pixels) / 2
    assert np.abs(half.result - middle).max() <= 1.5


def test_a_result_of_another_size(own: Own, scene: np.ndarray) -> None:
    network = open_network(add(*own(onnx_writer.enlarged(2), scale=2)))
    doubled = mend_array(network, scene, tiling=cut(network.card, scene.shape[:2], 64))
    assert (doubled == scene.repeat(2, 0).repeat(2, 1)).all()


def test_what_looks_at_everything_fades(own: Own, scene: np.ndarray) -> None:
    network = open_network(add(*own(onnx_writer.centred(), receptive_radius=None)))
    ramp = np.ascontiguousarray(scene * np.linspace(0, 1, 331, dtype=np.float32)[:, None])
    tiling = cut(network.card, ramp.shape[:2], 104)
    assert tiling.fade > 0
    removed = ramp - mend_array(network, ramp, tiling=tiling)  # the mean of each window
    hard = ramp - mend_array(network, ramp, tiling=replace(tiling, fade=0))
    for axis in (0, 1):
        soft_step, hard_step = (np.abs(np.diff(x, axis=axis)).max() for x in (removed, hard))
        assert soft_step < hard_step / 10


@dataclass
class Cramped:
    """A runtime with room for so many pixels."""

    room: int
    runtime: str = "a machine without memory"
    device: str = "none"
    asked: list[int] = field(default_factory=list)

    def run(self, picture: np.ndarray, hints: np.ndarray | None) -> np.ndarray:  # noqa: ARG002
        self.asked.append(picture.shape[2] * picture.shape[3])
        if self.asked[-1] > self.room:
            raise MemoryError
        return picture


def test_short_of_memory_the_side_is_halved_and_all_is_done(
    mend: Network, scene: np.ndarray
) -> None:
    session = Cramped(room=300 * 220)
    network = Network(replace(mend.card, receptive_radius=8), session)
    canvas = FloatCanvas(scene)
    tiling = over(network, canvas, plan(network.card, canvas.size, 2**30))
    assert (tiling.shortages, tiling.side) == (1, 168)
    assert (canvas.result == scene).all()


def test_without_any_memory_it_says_so(mend: Network, scene: np.ndarray) -> None:
    network = Network(mend.card, Cramped(room=0))
    with pytest.raises(MemoryError):
        mend_array(network, scene)


def test_a_real_shortage_is_a_memory_error(tmp_path: Path) -> None:
    from rigatino.inference.onnxruntime_session import OnnxRuntimeSession
    from rigatino.inference.settings import Settings

    session = OnnxRuntimeSession(tmp_path / "greedy.onnx", onnx_writer.enlarged(4096), Settings())
    with pytest.raises(MemoryError):
        session.run(np.zeros((1, 3, 64, 64), np.float32), None)
