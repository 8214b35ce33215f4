"""The network that is trained computes what the package computes; making small agrees; resuming."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pytest

from rigatino.degradation import Resize
from rigatino.inference import Axis
from rigatino.inference.enlarging.field import Field
from rigatino.inference.enlarging.liif import Liif

torch = pytest.importorskip("torch", reason="torch, which only training needs, is not installed")
pytest.importorskip("onnx", reason="onnx, which only training needs, is not installed")

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))
import enlarge  # noqa: E402
import export_enlarge  # noqa: E402
import resample  # noqa: E402
import shrink  # noqa: E402
from pictures import Pictures  # noqa: E402

CPU = torch.device("cpu")


def batch(x: np.ndarray):
    return torch.from_numpy(x.copy()).permute(2, 0, 1)[None]


@pytest.mark.parametrize("new", [(20, 33), (7, 12), (41, 60), (95, 60)])
def test_making_small_and_large_agrees_with_the_package(new: tuple[int, int]) -> None:
    x = np.random.default_rng(1).random((41, 60, 3)).astype(np.float32)
    theirs = resample.resized(batch(x), new)[0].permute(1, 2, 0).numpy()
    np.testing.assert_allclose(theirs, Resize.between((41, 60), new).apply(x), atol=2e-6)


def trained(width: int = 8) -> enlarge.Enlarge:
    """A network whose every weight is drawn, so that nothing is zero by chance."""
    torch.manual_seed(3)
    net = enlarge.Enlarge(width, 1).eval().requires_grad_(False)
    for parameter in net.parameters():
        if parameter.ndim > 1:
            parameter.normal_(0, 1 / np.sqrt(parameter[0].numel()))
    return net


def arrays(made: dict) -> dict[str, np.ndarray]:
    return {name: value.detach().numpy() for name, value in made.items()}


@pytest.mark.parametrize("new", [(22, 26), (30, 31), (11, 40)])
def test_both_decoders_compute_what_was_trained(new: tuple[int, int]) -> None:
    net = trained()
    features = torch.randn(1, 8, 11, 13, generator=torch.Generator().manual_seed(1))
    theirs = [resample.phases(n, m, CPU) for n, m in zip((11, 13), new, strict=True)]
    ours = [Axis(n, m).block(0, n) for n, m in zip((11, 13), new, strict=True)]
    field = Field(arrays(export_enlarge.field_arrays(net))).decode(features[0].numpy(), *ours)
    np.testing.assert_allclose(field, net.field(features, *theirs)[0].numpy(), atol=1e-4)
    liif = Liif(arrays(export_enlarge.liif_arrays(net))).decode(features[0].numpy(), *ours)
    at = enlarge.places(*theirs).flatten(0, 1)[None]
    wanted = net.liif(features, at, at.new_tensor([axis.scale for axis in theirs]))
    np.testing.assert_allclose(liif, wanted[0].T.reshape(3, *new).numpy(), atol=1e-4)


def test_an_untrained_network_is_bicubic() -> None:
    x = torch.rand(2, 3, 9, 10)
    with torch.no_grad():
        result = enlarge.Enlarge(8, 1)(x, torch.zeros(2, 1), (20, 21))
    assert torch.equal(result, resample.resized(x, (20, 21)))


def test_packed_weights_are_the_same_bytes_every_time() -> None:
    made = export_enlarge.field_arrays(trained())
    assert export_enlarge.packed(made) == export_enlarge.packed(made)


def source() -> Pictures:
    rng = torch.Generator().manual_seed(1)
    shape = (2, 3, 512, 512)
    return Pictures(*(torch.randint(0, 256, shape, dtype=torch.uint8, generator=rng) for _ in "ab"))


def test_groups_are_what_they_say() -> None:
    rng = torch.Generator().manual_seed(5)
    groups = [shrink.group(source(), 2, 24, rng, 0.5) for _ in range(24)]
    assert {part.real for part in groups} == {0.0, 1.0}
    for part in groups:
        assert part.small.shape == (2, 3, 24, 24)
        factors = [n / 24 for n in part.large.shape[2:]]
        assert 1 <= min(factors) <= max(factors) <= 4
        assert torch.equal(part.small, (part.small * 255).round() / 255)
        if not part.real:
            exact = resample.resized(part.large, (24, 24)).clamp(0, 1)
            assert (part.small - exact).abs().max() <= 0.5 / 255 + 1e-5


def options(out: Path, **changes: object) -> argparse.Namespace:
    given = {
        "seed": 1, "width": 8, "blocks": 1, "lr": 1e-3, "batch": 4, "real": 0.5, "queries": 8,
        "out": out, "resume": False, "start": None, "minutes": 1.0, "drawings": 0,
    }  # fmt: skip
    return argparse.Namespace(**(given | changes))


def test_resumed_is_as_if_never_interrupted(tmp_path: Path) -> None:
    asked, workers, pictures = options(tmp_path), enlarge.Workers(1), source()
    straight = enlarge.fresh_state(asked, CPU)
    for _ in range(4):
        enlarge.learn(straight, asked, pictures, workers, 0.1)
    first = enlarge.fresh_state(asked, CPU)
    for _ in range(2):
        enlarge.learn(first, asked, pictures, workers, 0.1)
    first.save(tmp_path / "last.pt", asked)
    with pytest.raises(SystemExit):
        enlarge.fresh_state(asked, CPU)
    again = enlarge.fresh_state(options(tmp_path, resume=True), CPU)
    for _ in range(2):
        enlarge.learn(again, asked, pictures, workers, 0.1)
    for a, b in zip(straight.net.parameters(), again.net.parameters(), strict=True):
        assert torch.equal(a, b)


def test_only_liif_leaves_the_rest(tmp_path: Path) -> None:
    asked, workers = options(tmp_path), enlarge.Workers(1)
    state = enlarge.fresh_state(asked, CPU)
    for part in (state.net.encoder, state.net.field):
        part.requires_grad_(False)
    before = {name: value.clone() for name, value in state.net.state_dict().items()}
    for _ in range(2):
        enlarge.learn(state, asked, source(), workers, 0.1)
    for name, value in state.net.state_dict().items():
        assert torch.equal(value, before[name]) != name.startswith("liif"), name


def test_the_shipped_decoders_are_of_one_encoder() -> None:
    from rigatino.inference import model

    ours, liif = model("enlarge").card, model("SISR-Any-LIIF-EDSR").card
    assert ours.sha256 == liif.sha256
    assert liif.receptive_radius == ours.receptive_radius + export_enlarge.DECODER_REACH["liif"]
