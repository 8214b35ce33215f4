"""Repairs by a model that a user added: named, enlarging, refused where it does not fit."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import rigatino as rg
from rigatino.errors import IntegrityError, UsageError
from rigatino.imaging import save
from rigatino.inference import add, model
from tests.inference import onnx_writer
from tests.inference.conftest import CARD
from tests.run.conftest import fair, jpeg


def own(folder: Path, content: bytes, **changes: object) -> None:
    file, card = folder / "net.onnx", folder / "net.json"
    file.write_bytes(content)
    card.write_text(json.dumps(CARD | changes))
    add(file, card)


def test_a_named_model_does_what_it_is_for(tmp_path: Path, blocky: Path) -> None:
    own(tmp_path, onnx_writer.brighter(20 / 255))
    pixels, record = rg.restore(blocky, steps=["denoise"], model="small")
    before = np.asarray(Image.open(blocky)).astype(int)
    assert (pixels == np.clip(before + 20, 0, 255)).all()
    assert record.passes[0].model == "small"
    assert record.passes[0].sha256 == model("small").card.sha256
    with pytest.raises(UsageError, match="small does not mend it"):
        rg.restore(blocky, steps=["jpeg"], model="small")


def test_diagnosis_finds_nothing_for_a_model_of_another_task(tmp_path: Path, blocky: Path) -> None:
    own(tmp_path, onnx_writer.brighter())
    record = rg.restore(blocky, model="small").record
    assert record.outcome == "nothing-that-fits"
    assert [undone.task for undone in record.undone] == ["jpeg-artifact-removal"]


def test_a_model_that_enlarges_takes_alpha_along(tmp_path: Path) -> None:
    own(tmp_path, onnx_writer.enlarged(2), scale=2, tasks=["super-resolution"])
    alpha = np.full((160, 208, 1), 255, np.uint8)
    alpha[:80] = 0
    save(np.concatenate([fair(), alpha], 2), tmp_path / "in.png")
    pixels = rg.restore(tmp_path / "in.png", steps=["super-resolution"], model="small").pixels
    assert pixels.shape == (320, 416, 4)
    assert (pixels[..., :3] == fair().repeat(2, 0).repeat(2, 1)).all()
    assert (pixels[:150, :, 3] == 0).all()
    assert (pixels[170:, :, 3] == 255).all()
    with pytest.raises(UsageError, match="enlarges"):
        rg.restore(tmp_path / "in.png", steps=["super-resolution"], model="small", strength=0.5)


def test_a_model_that_was_changed_is_not_run(tmp_path: Path) -> None:
    own(tmp_path, onnx_writer.brighter())
    model("small").path.write_bytes(onnx_writer.brighter(0.5))
    with pytest.raises(IntegrityError):
        rg.restore(jpeg(fair(), quality=12), steps=["denoise"], model="small")
