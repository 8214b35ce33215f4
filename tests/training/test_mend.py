"""The network and its exported file compute the same, and a run can be resumed."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
for package in ("onnx", "onnxruntime"):
    pytest.importorskip(package, reason=f"{package} is not installed")

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
mend = pytest.importorskip("mend", reason="the training folder is not here")
import degrade  # noqa: E402
import export  # noqa: E402
from pictures import Pictures  # noqa: E402


@pytest.fixture
def net():
    """Small, and not the identity that training starts from."""
    torch.manual_seed(5)
    net = mend.Mend(width=16, blocks=1).eval()
    torch.nn.init.normal_(net.tail.weight, std=0.02)
    return net


@pytest.fixture
def source():
    pixels = torch.randint(0, 256, (4, 3, 512, 512), generator=torch.Generator().manual_seed(1))
    return Pictures(pixels.byte(), pixels.byte())


def test_an_untrained_network_changes_nothing():
    picture = torch.rand(1, 3, 32, 40)
    assert torch.equal(mend.Mend()(picture, torch.zeros(1, mend.HINTS)), picture)


def test_hints_reach_the_result(net):
    picture = torch.rand(1, 3, 32, 32)
    told, blind = (net(picture, torch.full((1, mend.HINTS), value)) for value in (1.0, 0.0))
    assert not torch.allclose(told, blind)


def test_the_file_computes_what_the_network_does(net):
    file = export.with_half_weights(export.onnx_of(net, mend.HINTS)).SerializeToString()
    assert export.largest_difference(net, file, mend.HINTS) < 1 / 255
    parameters = sum(p.numel() for p in net.parameters())
    assert 2 * parameters < len(file) < 2 * parameters + 20_000


def test_nothing_beyond_the_receptive_radius_matters(net):
    radius = export.receptive_radius(net, mend.HINTS, mend.SIZE_MULTIPLE)
    picture = torch.zeros(1, 3, 256, 256, dtype=torch.float64)
    other = picture.clone()
    other[..., : 128 - radius] = 1
    blind = torch.zeros(1, mend.HINTS, dtype=torch.float64)
    # Two calls differ only in what lies further away than the radius.
    first, second = (net.double()(x, blind)[..., 128] for x in (picture, other))
    assert torch.equal(first, second)


def test_hints_of_a_saved_picture():
    clean = torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(3))
    tables = degrade.quality_tables(torch.tensor([50, 50]))
    batch = degrade.Damaged(clean, clean, torch.tensor([0, 50 / 255]), tables, 1.0)
    low = (16 + 11 + 10 + 12 + 12 + 14) / 6
    hints = mend.hints_of(batch)
    assert hints[:, :3].tolist() == [[0, 0, 1], [1, pytest.approx(1), 1]]
    assert float(hints[0, 3]) == pytest.approx(np.log2(low) / 8)
    assert hints[:, 7].tolist() == [1, 1]


def test_a_batch_is_the_same_for_the_same_step(source):
    first, second = (
        mend.damaged_batch(source, 12, 48, torch.Generator().manual_seed(9)) for _ in range(2)
    )
    assert first[0].shape == first[1].shape == (12, 3, 48, 48)
    assert first[2].shape == (12, mend.HINTS)
    assert all(torch.equal(a, b) for a, b in zip(first, second, strict=True))


def test_a_resumed_run_goes_on_as_if_nothing_had_happened(source, tmp_path):
    options = argparse.Namespace(
        seed=3, width=16, blocks=1, lr=1e-3, batch=4, out=tmp_path, resume=False, start=None
    )
    device = torch.device("cpu")
    state, workers = mend.fresh_state(options, device), mend.Workers(2)
    mend.learn(state, options, source, workers, 0.0)
    state.save(tmp_path / "last.pt", options)
    went_on = float(mend.learn(state, options, source, workers, 0.1))
    options.resume = True
    resumed = mend.fresh_state(options, device)
    assert resumed.step == 1
    assert float(mend.learn(resumed, options, source, workers, 0.1)) == pytest.approx(
        went_on, abs=1e-4
    )


def test_sharing_a_batch_between_threads_gives_the_gradients_of_the_whole(net, source):
    shared = mend.Workers(2).gradients(
        lambda seed, share: mend.gradient(net, source, seed, share, 32), 7, 6
    )
    halves = [mend.gradient(net, source, seed, 3, 32) for seed in (14, 15)]
    assert float(shared[0]) == pytest.approx(float(sum(loss for loss, _ in halves)) / 2)
    for i, slope in enumerate(shared[1]):
        mean = (halves[0][1][i] + halves[1][1][i]) / 2
        assert torch.allclose(slope, mean, atol=1e-3 * float(mean.abs().max()) + 1e-7)


def test_a_run_is_not_overwritten(tmp_path):
    (tmp_path / "last.pt").write_bytes(b"")
    options = argparse.Namespace(
        seed=3, width=16, blocks=1, lr=1e-3, out=tmp_path, resume=False, start=None
    )
    with pytest.raises(SystemExit, match="--resume"):
        mend.fresh_state(options, torch.device("cpu"))


def test_crops_made_small_are_still_pictures_of_whole_levels(source):
    reduced = Pictures(source.photos, source.drawn, reduced_share=1.0, grey_share=1.0)
    rng = torch.Generator().manual_seed(3)
    crops = reduced.take(4, rng, 40)
    assert crops.shape == (4, 3, 40, 40)
    assert torch.equal((crops * 255).round() / 255, crops)
    assert degrade.is_grey(crops).all()
    assert crops.std() < 0.9 * source.take(4, rng, 40).std()  # of white noise little is left
