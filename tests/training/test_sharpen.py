"""*sharpen* begins as *mend* on the inversion, inverts as the package does, and can be resumed."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
for package in ("onnx", "onnxruntime", "scipy"):
    pytest.importorskip(package, reason=f"{package} is not installed")

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
sharpen = pytest.importorskip("sharpen", reason="the training folder is not here")
import blurs  # noqa: E402
import export  # noqa: E402
import invert  # noqa: E402
from mend import Mend  # noqa: E402
from pictures import Pictures  # noqa: E402
from rigatino.deconvolution import sharpened  # noqa: E402
from rigatino.degradation import Defocus, light  # noqa: E402


@pytest.fixture
def net():
    """Small, and not the identity."""
    torch.manual_seed(5)
    net = sharpen.Sharpen(width=16, blocks=1).eval()
    torch.nn.init.normal_(net.tail.weight, std=0.02)
    return net


@pytest.fixture
def source():
    rng = torch.Generator().manual_seed(1)
    coarse = torch.rand(4, 3, 32, 32, generator=rng)
    pixels = (torch.nn.functional.interpolate(coarse, 512, mode="bilinear") * 255).byte()
    return Pictures(pixels, pixels)


@pytest.fixture
def batch(source):
    rng = torch.Generator().manual_seed(2)
    return blurs.blurred_batch(lambda side: source.take(6, rng, side), 64, 6, rng)


def test_an_untrained_network_leaves_the_inversion():
    both = torch.rand(1, 6, 32, 40)
    assert torch.equal(sharpen.Sharpen()(both, torch.rand(1, sharpen.HINTS)), both[:, 3:])


def test_weights_of_mend_mend_the_inversion(net):
    torch.manual_seed(6)
    mend = Mend(width=16, blocks=1).eval()
    torch.nn.init.normal_(mend.tail.weight, std=0.02)
    net.load_state_dict(sharpen.widened(mend.state_dict()))
    both = torch.rand(2, 6, 32, 32)
    expected = mend(both[:, 3:], torch.zeros(2, 8))
    assert torch.allclose(net(both, torch.rand(2, sharpen.HINTS)), expected, atol=1e-6)
    again = sharpen.widened(net.state_dict())
    assert torch.equal(again["head.weight"], net.head.weight)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_rounds_are_those_of_the_package(net, batch, turns):
    """The same canvas: a kernel of 31 pixels asks the package for 62 more, and 126 is quick."""

    def repair(seen, inverted, told):
        both = np.concatenate([seen, inverted], axis=2).transpose(2, 0, 1)[None]
        with torch.no_grad():
            result = net(torch.from_numpy(both.copy()), torch.from_numpy(told)[None])
        return result[0].permute(1, 2, 0).numpy()

    one = replace(batch, **{k: v[:1] for k, v in vars(batch).items()})
    for exact, lit in ((1.0, False), (0.0, True)):
        case = replace(one, exact=torch.tensor([exact]), light=torch.tensor([lit]))
        with torch.no_grad():
            expected = unrounded(net, case, turns)
        got = sharpened(
            case.stored[0].permute(1, 2, 0).numpy(), case.kernels[0].numpy(),
            255 * float(case.noise[0]), repair, light=lit, exact=bool(exact), turns=turns,
        )  # fmt: skip
        assert np.abs(got - expected).max() < 2e-3


def unrounded(net, case, turns):
    """Without bfloat16, on the package's canvas."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sharpen, "ASIDE", 64)
        patch.setattr(torch, "autocast", lambda *_: torch.no_grad())
        return sharpen.rounds(net, case, turns)[-1][0].permute(1, 2, 0).numpy()


def test_light_and_disks_are_those_of_the_package():
    x = torch.linspace(-0.2, 1.4, 200)
    assert np.allclose(blurs.to_light(x), light.to_light(x.numpy()), atol=1e-6)
    assert np.allclose(blurs.to_stored(x), light.to_stored(x.numpy()), atol=1e-6)
    disk, other = blurs.disks(torch.tensor([4.0]))[0].numpy(), Defocus(4.0).kernel()
    far = (blurs.SIDE - len(other)) // 2
    assert np.abs(disk - np.pad(other, far)).max() < 0.1 * other.max()


def test_kernels_have_sum_one_and_told_ones_the_same_centre():
    true, told = blurs.drawn_kernels(64, torch.Generator().manual_seed(0))
    at = torch.arange(blurs.SIDE) - blurs.SIDE // 2
    for kernels in (true, told):
        assert torch.allclose(kernels.sum((1, 2)), torch.ones(64), atol=1e-5)
        assert kernels.min() >= 0
    away = ((true - told) * at).sum((1, 2)).abs()
    assert away.median() < 1e-3
    assert (true - told).abs().amax((1, 2)).min() > 0


def test_a_blur_is_what_the_kernel_says(batch):
    x = torch.rand(2, 3, 64, 64)
    spot = torch.zeros(2, 31, 31)
    spot[:, 15, 15] = 1
    assert torch.allclose(blurs.convolved(x, spot), x[..., 15:-15, 15:-15], atol=1e-5)
    assert batch.clean.shape == batch.stored.shape == (6, 3, 64, 64)
    assert torch.equal((batch.stored * 255).round(), batch.stored * 255)


def test_an_inversion_undoes_a_blur():
    rough = torch.rand(2, 3, 31, 31, generator=torch.Generator().manual_seed(3))
    sharp = torch.nn.functional.interpolate(rough, 124, mode="bilinear")
    kernels = blurs.spots(torch.tensor([1.0, 1.5]))
    seen = blurs.convolved(sharp, kernels)
    off = invert.uncertainty(torch.zeros(2), torch.ones(2))
    on = invert.laid_out(seen, seen, kernels, off, 160)
    x = invert.first_inversion(on)[0][..., 12:82, 12:82]
    clean, before = sharp[..., 27:-27, 27:-27], seen[..., 12:82, 12:82]
    assert (x - clean).pow(2).mean() < 0.1 * (before - clean).pow(2).mean()


def test_the_file_computes_what_the_network_does(net):
    file = export.with_half_weights(export.onnx_of(net, sharpen.HINTS, planes=6))
    content = file.SerializeToString()
    assert export.largest_difference(net, content, sharpen.HINTS, 6) < 1 / 255


def test_a_run_goes_on_where_it_stopped(tmp_path, source):
    """Two steps and two more give what four steps give."""
    results = []
    for stops in ((4,), (2, 4)):
        out = tmp_path / str(len(stops))
        out.mkdir()
        for at in stops:
            options = argparse.Namespace(
                out=out, resume=at > stops[0], start=None, seed=3, width=16, blocks=1, batch=2,
                side=64, lr=1e-3,
            )  # fmt: skip
            state = sharpen.fresh_state(options, torch.device("cpu"))
            workers = sharpen.Workers(1)
            while state.step < at:
                sharpen.learn(state, options, source, workers, 0.1)
            state.save(out / "last.pt", options)
        results.append(state.average.state_dict())
    assert all(torch.equal(results[0][name], results[1][name]) for name in results[0])
