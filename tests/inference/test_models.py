"""Cards, shipped weights, a user's own models, and the words said when something is off."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import rigatino.inference as inference
from rigatino.errors import IntegrityError, ModelError, RigatinoError, UsageError
from rigatino.inference import (
    RUNTIMES,
    SHIPPED,
    Known,
    add,
    model,
    model_for,
    models,
    open_network,
    verify,
)
from rigatino.inference.settings import Settings, models_folder
from rigatino.tasks import slugs
from tests.inference import onnx_writer
from tests.inference.conftest import CARD, Own

PACKAGE = Path(inference.__file__).parents[1]


def test_the_whole_package_is_small() -> None:
    size = sum(p.stat().st_size for p in PACKAGE.rglob("*") if "__pycache__" not in p.parts)
    assert size <= 40 * 2**20


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_weights_are_what_their_card_says(name: str) -> None:
    card = model(name).card
    assert hashlib.sha256(model(name).verified()).hexdigest() == card.sha256
    assert card.licence == "Apache-2.0"
    assert card.not_for
    assert card.data
    assert set(card.tasks) <= set(slugs())


def test_each_task_finds_its_shipped_model() -> None:
    for task in ("jpeg-artifact-removal", "denoising"):
        assert model_for(task) == model("mend")
    assert model_for("deblurring") == model("sharpen")


def test_both_runtimes_agree(mend: inference.Network, scene: np.ndarray) -> None:
    """bfloat16 may cost a level here and there, not a picture."""
    reference = open_network("mend", Settings(runtime="onnxruntime"))
    difference = np.abs(mend.apply(scene) - reference.apply(scene)) * 255
    assert difference.max() < 2
    assert np.sqrt((difference**2).mean()) < 0.3


def test_both_runtimes_agree_on_what_takes_an_inversion(scene: np.ndarray) -> None:
    """In OpenVINO the inversion is added outside the graph, as the picture is for the others."""
    pytest.importorskip("openvino", reason="the extra openvino is not installed")
    soft = np.asarray(0.9 * scene + 0.05, np.float32)
    results = []
    for runtime in sorted(RUNTIMES):
        network = open_network("sharpen", Settings(runtime=runtime))
        results.append(network.apply(soft, Known(inversion=np.ones(6, np.float32)), scene))
    assert all(np.abs(one - results[0]).max() * 255 < 3 for one in results)
    assert np.abs(results[0] - scene).max() > 0


def test_a_network_gets_what_its_card_wants(scene: np.ndarray) -> None:
    with pytest.raises(ModelError, match="a picture alone for sharpen"):
        open_network("sharpen").apply(scene)
    with pytest.raises(ModelError, match="a picture and more for mend"):
        open_network("mend").apply(scene, beside=scene)


def test_grey_is_mended_as_grey(mend: inference.Network, scene: np.ndarray) -> None:
    grey = scene[..., :1]
    three = mend.apply(np.repeat(grey, 3, 2)).mean(2, keepdims=True)
    assert mend.apply(grey).shape == grey.shape
    assert np.abs(mend.apply(grey) - three).max() < 1 / 255


def test_an_added_model_is_there_and_runs(own: Own, folder: Path, scene: np.ndarray) -> None:
    added = add(*own(onnx_writer.brighter(0.25)))
    assert [m.card.name for m in models()] == [*SHIPPED, "small"]
    assert model("small") == added
    assert added.path == folder / "small.onnx"
    assert np.allclose(open_network("small").apply(scene), scene + 0.25)
    assert verify() == tuple((name, "") for name in (*SHIPPED, "small"))


def test_colour_goes_through_a_grey_network_plane_by_plane(own: Own, scene: np.ndarray) -> None:
    add(*own(onnx_writer.softened(1), channels=1))
    softened = open_network("small").apply(scene)
    for at in range(3):
        alone = open_network("small").apply(scene[..., at : at + 1])
        assert (softened[..., at] == alone[..., 0]).all()


def test_what_a_card_leaves_out_is_measured(own: Own) -> None:
    added = add(*own(onnx_writer.brighter(), bytes_per_pixel="left out"))
    assert 12 <= added.card.bytes_per_pixel < 500


def test_changed_weights_are_refused(own: Own) -> None:
    added = add(*own(onnx_writer.brighter()))
    added.path.write_bytes(onnx_writer.brighter(0.2))
    with pytest.raises(IntegrityError, match="SHA-256"):
        open_network("small")
    *shipped, (name, wrong) = verify()
    assert [said for _, said in shipped] == [""] * len(SHIPPED)
    assert name == "small"
    assert "SHA-256" in wrong


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"licence": "left out"}, "does not say 'licence'"),
        ({"channels": 4}, "'channels'"),
        ({"channels": True}, "'channels'"),
        ({"name": "../up"}, "'name'"),
        ({"tasks": []}, "'tasks'"),
        ({"schema": "rigatino/model/9"}, "rigatino/model/9"),
        ({"sha256": "0" * 64}, "SHA-256"),
        ({"hints": "by-telepathy"}, "by-telepathy"),
        ({"scale": 2}, "shape"),
        ({"channels": 1}, "cannot be run"),
        ({"name": "mend"}, "a name that is free"),
    ],
)
def test_what_does_not_fit_is_not_added(
    own: Own, folder: Path, changes: dict[str, object], said: str
) -> None:
    file, card = own(onnx_writer.brighter(), **changes)
    with pytest.raises(RigatinoError, match=said):
        add(file, card)
    assert not folder.exists() or not list(folder.iterdir())


def test_what_is_no_network_is_not_added(own: Own, tmp_path: Path) -> None:
    _, card = own(b"no network at all")
    for name in ("net.onnx", "net.exe", "missing.onnx"):
        with pytest.raises(ModelError):
            add(tmp_path / name, card)
    card.write_text("[1, 2")
    with pytest.raises(ModelError, match="no JSON object"):
        add(tmp_path / "net.onnx", card)


def test_unknown_names() -> None:
    for name in ("nobody", "../mend", ""):
        with pytest.raises(UsageError, match="mend"):
            model(name)
    with pytest.raises(UsageError):
        verify(["nobody"])


def test_settings_come_from_the_environment() -> None:
    told = {
        "RIGATINO_RUNTIME": "onnxruntime", "RIGATINO_THREADS": "3", "RIGATINO_MEMORY": "100",
        "RIGATINO_PROVIDERS": "CUDAExecutionProvider, CPUExecutionProvider",
    }  # fmt: skip
    found = Settings.of_environment(told)
    assert found.providers == ("CUDAExecutionProvider", "CPUExecutionProvider")
    assert (found.runtime, found.threads, found.memory) == ("onnxruntime", 3, 100 * 2**20)
    with pytest.raises(UsageError, match="RIGATINO_THREADS"):
        Settings.of_environment({"RIGATINO_THREADS": "many"})


def test_where_added_models_lie() -> None:
    assert models_folder({"RIGATINO_MODELS": "/a"}) == Path("/a")
    assert models_folder({"XDG_DATA_HOME": "/b"}) == Path("/b/rigatino/models")
    assert models_folder({}).parts[-4:] == (".local", "share", "rigatino", "models")


@pytest.mark.parametrize("settings", [Settings(runtime="abacus"), Settings(providers=("Abacus",))])
def test_unknown_runtimes_and_providers(settings: Settings) -> None:
    with pytest.raises(UsageError, match=r"[aA]bacus"):
        open_network("mend", settings)


def test_a_card_survives_its_json() -> None:
    from rigatino.inference import read_card

    card = model("mend").card
    assert read_card(json.dumps(card.to_json()), "again") == card
    assert set(CARD) <= set(card.to_json())
