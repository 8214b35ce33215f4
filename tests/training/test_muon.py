"""Steps of convolutions are orthogonal, the rest is AdamW's, and both halves are remembered."""

from __future__ import annotations

import copy
import sys
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
sys.path.insert(0, str(Path(__file__).parents[2] / "training"))
muon = pytest.importorskip("muon", reason="the training folder is not here")

RATE = 1e-2


@pytest.fixture
def net():
    torch.manual_seed(2)
    return torch.nn.Sequential(torch.nn.Conv2d(32, 48, 3), torch.nn.Conv2d(48, 4, 1))


def slopes_for(net, optimiser, step):
    torch.manual_seed(step)
    for parameter in net.parameters():
        parameter.grad = torch.randn_like(parameter)
    optimiser.step()


@pytest.mark.parametrize("shape", [(32, 288), (288, 32), (48, 48)])
def test_all_directions_get_about_the_same_length(shape):
    torch.manual_seed(1)
    lengths = torch.linalg.svdvals(muon.orthogonal(torch.randn(shape)))
    assert lengths.max() < 1.3
    assert lengths.median() > 0.6


def test_only_broad_convolutions_are_stepped_so():
    layer = torch.nn.Conv2d(64, 32, 3)
    assert muon.is_wide(layer.weight)
    assert not muon.is_wide(layer.bias)
    assert not muon.is_wide(torch.nn.Conv2d(2, 64, 3).weight)
    assert not muon.is_wide(torch.nn.Linear(64, 64).weight)


def test_a_step_is_as_large_as_one_of_adam(net):
    torch.nn.init.zeros_(net[0].weight)
    slopes_for(net, muon.Muon(net, RATE, decay=0), 0)
    typical = net[0].weight.detach().pow(2).mean().sqrt()
    assert 0.1 * RATE < typical < 0.4 * RATE


def test_what_has_no_slope_stays(net):
    before = copy.deepcopy(net.state_dict())
    muon.Muon(net, RATE).step()
    assert all(torch.equal(value, before[name]) for name, value in net.state_dict().items())


def test_both_halves_are_remembered(net):
    optimiser = muon.Muon(net, RATE)
    slopes_for(net, optimiser, 0)
    other = copy.deepcopy(net)
    remembered = muon.Muon(other, RATE)
    remembered.load_state_dict(copy.deepcopy(optimiser.state_dict()))
    slopes_for(net, optimiser, 1)
    slopes_for(other, remembered, 1)
    for one, two in zip(net.parameters(), other.parameters(), strict=True):
        assert torch.equal(one, two)
