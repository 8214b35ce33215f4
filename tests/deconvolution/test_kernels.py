"""Kernels: read from pictures, judged, cleaned, compared, read from files."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from rigatino.deconvolution import alike, estimated, given, judged, read_kernel, spread, trimmed
from rigatino.deconvolution.edges import gradients
from rigatino.deconvolution.evidence import seen
from rigatino.deconvolution.families import nearest_disk, nearest_line
from rigatino.deconvolution.fitting import fitted
from rigatino.deconvolution.kernels import centred, cleaned, scaled
from rigatino.degradation import CameraShake, Defocus, MotionBlur
from rigatino.errors import InputError
from tests.deconvolution.scenes import blurred, scene


def shake(extent: float = 13, seed: int = 4) -> np.ndarray:
    return CameraShake(extent, 0.4).kernel(np.random.default_rng(seed))


def test_edges_before_and_after_give_the_kernel() -> None:
    x, kernel = scene()[..., 0], shake(9)
    waves = np.fft.rfft2(x) * np.fft.rfft2(np.roll(_canvas(kernel, x.shape), (0, 0)))
    after = np.fft.irfft2(waves, x.shape).astype(np.float32)
    found = fitted(gradients(x), gradients(after), 15, 1e-5)
    assert found.sum() == pytest.approx(1, abs=1e-5)
    assert found.min() >= 0
    assert alike(found, kernel) > 0.99


def _canvas(kernel: np.ndarray, shape: tuple[int, ...]) -> np.ndarray:
    whole = np.zeros(shape, np.float32)
    whole[: kernel.shape[0], : kernel.shape[1]] = kernel
    return np.roll(whole, (-(kernel.shape[0] // 2), -(kernel.shape[1] // 2)), (0, 1))


def test_a_path_is_found_again_from_the_blurred_picture_alone() -> None:
    kernel = shake()
    assert alike(estimated(blurred(scene(), kernel)[..., 0]), kernel) > 0.85


def test_a_blur_is_sure_and_a_sharp_picture_has_none() -> None:
    kernel = shake()
    found = judged(blurred(scene(320, 320), kernel)[..., 0], 1.0)
    assert not found.refusal
    assert not found.sharp
    assert found.confidence > 0.8
    assert alike(found.kernel, kernel) > 0.85
    assert judged(scene(320, 320)[..., 0], 0.3).sharp


def test_a_disk_is_named_with_its_radius() -> None:
    found = judged(blurred(scene(320, 320), Defocus(4).kernel())[..., 0], 1.0)
    assert found.kind == "disk"
    assert found.size == pytest.approx(4, abs=0.5)


def test_what_cannot_be_told_is_refused_with_a_reason() -> None:
    assert "smaller" in judged(scene(100, 300)[..., 0], 0.0).refusal
    assert "noise of 20" in judged(scene()[..., 0], 20.0).refusal
    insisted = judged(blurred(scene(), shake())[..., 0], 20.0, insist=True)
    assert insisted.refusal
    assert not insisted.sharp


def test_parts_that_were_moved_differently_are_refused() -> None:
    x = scene(256, 384)
    left = blurred(x, MotionBlur(17, 10).kernel())[:, :192, 0]
    right = blurred(x, MotionBlur(17, 100).kernel())[:, 192:, 0]
    found = judged(np.concatenate([left, right], axis=1), 1.0)
    assert "different paths" in found.refusal


def test_the_spectrum_tells_a_kernel_from_none() -> None:
    x, kernel = scene(), Defocus(4).kernel()
    assert seen(blurred(x, kernel)[..., 0], 1.0).lead(kernel) > 0.3
    assert seen(x[..., 0], 0.3).lead(kernel) < 0.2


def test_forms_are_recognised() -> None:
    assert nearest_disk(Defocus(3.2).kernel()).size == pytest.approx(3.2, abs=0.11)
    line = nearest_line(MotionBlur(13, 42).kernel())
    assert (line.size, line.angle) == (pytest.approx(13, abs=1), pytest.approx(42, abs=6))


def test_kernels_keep_their_sum_and_their_middle() -> None:
    kernel = shake()
    for made in (cleaned(kernel), centred(kernel), scaled(kernel, 2**0.5, 31), trimmed(kernel)):
        assert made.sum() == pytest.approx(1, abs=1e-4)
        assert all(side % 2 for side in made.shape)
    moved = np.pad(kernel, ((6, 0), (0, 8)))
    assert alike(moved, kernel) == pytest.approx(1, abs=1e-3)
    assert spread(Defocus(4).kernel()) == pytest.approx(4 / 2**0.5, rel=0.03)


def test_a_kernel_file_is_read_as_array_or_picture(tmp_path: Path) -> None:
    kernel = shake()
    np.save(tmp_path / "k.npy", 3 * kernel)
    shown = np.rint(255 * kernel / kernel.max()).astype(np.uint8)
    Image.fromarray(shown).save(tmp_path / "k.png")
    assert np.allclose(read_kernel(tmp_path / "k.npy"), kernel / kernel.sum(), atol=1e-6)
    assert alike(read_kernel(tmp_path / "k.png"), kernel) > 0.999
    assert given(kernel).confidence == 1


def _npy(values: object) -> bytes:
    out = io.BytesIO()
    np.save(out, np.asarray(values))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"no kernel", "is no picture"),
        (_npy(np.ones((4, 3))), "4 × 3 values"),
        (_npy(np.ones(5)), "5 values"),
        (_npy(np.ones((3, 3, 3))), "3 × 3 × 3"),
        (_npy(np.zeros((3, 3))), "black"),
        (_npy(-np.ones((3, 3))), "negative"),
        (_npy(np.full((3, 3), np.nan)), "no numbers"),
        (_npy(np.ones((257, 3))), "257 × 3"),
        (_npy(["a", "b", "c"]), "no array of numbers"),
        (b"\x93NUMPY\x01\x00", "no array of numbers"),
    ],
)
def test_a_malformed_kernel_is_one_clear_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "bad"
    path.write_bytes(content)
    with pytest.raises(InputError) as error:
        read_kernel(path)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
