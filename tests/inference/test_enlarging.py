"""Enlarging by any factor: laws of the decoders, of windows and of what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from rigatino.degradation import Resize
from rigatino.errors import IntegrityError, ModelError
from rigatino.inference import (
    RUNTIMES,
    Axis,
    Enlarger,
    FloatCanvas,
    Known,
    PremultipliedCanvas,
    Settings,
    add,
    cut,
    enlarge_over,
    enlarged_array,
    model,
    open_enlarger,
    read_card,
)
from rigatino.inference.enlarging.axis import Places
from rigatino.inference.enlarging.decoders import decoder
from rigatino.inference.enlarging.field import Field
from rigatino.inference.enlarging.liif import Liif

NAMES = ("enlarge", "SISR-Any-LIIF-EDSR")


@pytest.fixture(params=sorted(RUNTIMES), scope="module")
def settings(request: pytest.FixtureRequest) -> Settings:
    if find_spec(request.param) is None:
        pytest.skip(f"{request.param} is not installed")
    return replace(Settings(), runtime=request.param)


@pytest.fixture(params=NAMES)
def enlarger(request: pytest.FixtureRequest, settings: Settings) -> Enlarger:
    return open_enlarger(request.param, settings)


def plain(runtime: str = "onnxruntime", name: str = "enlarge") -> Enlarger:
    return open_enlarger(name, replace(Settings(), runtime=runtime))


def whole(axis: Axis) -> Places:
    return axis.block(0, axis.old)


def one_by_one(weights: dict[str, np.ndarray], features: np.ndarray, y: float, x: float,
               scale: tuple[float, float]) -> np.ndarray:  # fmt: skip
    """The field's formula, written out for one place."""
    row, column = round(y), round(x)
    coefficients = weights["coefficients"] @ features[:, row, column] + weights["bias"]
    table, total = coefficients.reshape(8, 8, 3), np.zeros(3)

    def wave(at: int, t: float, s: float) -> float:
        w = float(weights["frequency"][at])
        return (np.cos if at < 4 else np.sin)(w * t) * np.exp(-weights["fading"] * w**2 / s**2)

    for a in range(8):
        for b in range(8):
            both = wave(a, y - row, scale[0]) * wave(b, x - column, scale[1])
            total += table[a, b] * both
    return total


def field_weights(width: int = 6) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(3)
    return {
        "coefficients": rng.normal(0, 0.3, (192, width)).astype(np.float32),
        "bias": rng.normal(0, 0.3, 192).astype(np.float32),
        "frequency": rng.uniform(0.5, 9, 8).astype(np.float32),
        "fading": np.float32(0.04),
    }


@pytest.mark.parametrize("new", [(10, 21), (13, 17), (15, 14), (40, 56)])
def test_the_field_is_its_formula(new: tuple[int, int]) -> None:
    weights = field_weights()
    features = np.random.default_rng(1).normal(0, 1, (6, 5, 7)).astype(np.float32)
    axes = Axis(5, new[0]), Axis(7, new[1])
    got = Field(weights).decode(features, whole(axes[0]), whole(axes[1]))
    assert got.shape == (3, *new)
    scale = axes[0].scale, axes[1].scale
    for i, j in ((0, 0), (new[0] // 2, new[1] // 3), (new[0] - 1, new[1] - 1)):
        y, x = axes[0].at[i], axes[1].at[j]
        wanted = one_by_one(weights, features, max(0, y) if y < -0.5 else y, x, scale)
        np.testing.assert_allclose(got[:, i, j], wanted, atol=1e-4)


@pytest.mark.parametrize("factors", [(1, 1), (2, 2), (3, 2), (4, 4), (5, 8)])
def test_compiled_is_the_same_as_wave_by_wave(factors: tuple[int, int]) -> None:
    field = Field(field_weights())
    features = np.random.default_rng(1).normal(0, 1, (6, 9, 11)).astype(np.float32)
    down, across = whole(Axis(9, 9 * factors[0])), whole(Axis(11, 11 * factors[1]))
    assert (down.factor, across.factor) == factors
    compiled, anywhere = (f(features, down, across) for f in (field.decode, field._anywhere))
    np.testing.assert_allclose(compiled, anywhere, atol=1e-4)


def liif_weights(width: int = 5) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)

    def drawn(*shape: int) -> np.ndarray:
        return rng.normal(0, 1 / np.sqrt(shape[-1]), shape).astype(np.float32)

    return {
        "first": drawn(16, width, 3, 3), "first_bias": drawn(16), "place": drawn(16, 2),
        "cell": drawn(16, 2), "hidden_0": drawn(16, 16), "hidden_0_bias": drawn(16),
        "hidden_1": drawn(3, 16), "hidden_1_bias": drawn(3),
    }  # fmt: skip


def unfactored(w: dict[str, np.ndarray], features: np.ndarray, axes: tuple[Axis, Axis],
               at: tuple[float, float]) -> np.ndarray:  # fmt: skip
    """LIIF as its paper has it: one place, one vector of unfolded features, place and cell."""
    _, h, wide = features.shape
    padded = np.pad(features, ((0, 0), (1, 1), (1, 1)))
    matrix = np.concatenate([w["first"].reshape(16, -1), w["place"], w["cell"]], 1)
    answers, areas = [], []
    for a in (0, 1):
        for b in (0, 1):
            y = min(max(int(np.floor(at[0])) + a, 0), h - 1)
            x = min(max(int(np.floor(at[1])) + b, 0), wide - 1)
            unfolded = padded[:, y : y + 3, x : x + 3].reshape(-1)
            away = np.array((at[0] - y, at[1] - x))
            cell = np.array((2 / axes[0].scale, 2 / axes[1].scale))
            first = matrix @ np.concatenate([unfolded, 2 * away, cell]) + w["first_bias"]
            second = w["hidden_0"] @ np.maximum(first, 0) + w["hidden_0_bias"]
            answers.append(w["hidden_1"] @ np.maximum(second, 0) + w["hidden_1_bias"])
            areas.append(abs(away[0] * away[1]) + 1e-9)
    shares = np.array(areas[::-1]) / sum(areas)
    return np.sum([a * s for a, s in zip(answers, shares, strict=True)], 0)


@pytest.mark.parametrize("new", [(10, 14), (12, 19), (15, 21)])
def test_liif_factored_is_liif_unfactored(new: tuple[int, int]) -> None:
    weights = liif_weights()
    features = np.random.default_rng(1).normal(0, 1, (5, 5, 7)).astype(np.float32)
    axes = Axis(5, new[0]), Axis(7, new[1])
    got = Liif(weights).decode(features, whole(axes[0]), whole(axes[1]))
    for i in range(new[0]):
        for j in range(new[1]):
            wanted = unfactored(weights, features, axes, (axes[0].at[i], axes[1].at[j]))
            np.testing.assert_allclose(got[:, i, j], wanted, atol=2e-4)


@pytest.mark.parametrize("size", [(122, 198), (164, 267), (183, 264), (61, 101)])
def test_windows_give_what_the_whole_gives(
    enlarger: Enlarger, scene: np.ndarray, size: tuple[int, int]
) -> None:
    picture = np.ascontiguousarray(scene[:61, :99])
    size = max(size[0], 61), max(size[1], 99)
    one = cut(enlarger.card, (61, 99), 128)
    many = cut(enlarger.card, (61, 99), 24)
    assert (one.count, many.count > 4) == (1, True)
    results = [enlarged_array(enlarger, picture, size, tiling=tiling) for tiling in (one, many)]
    assert np.abs(results[0] - results[1]).max() < 1e-5


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("shape", [(1, 1, 3), (3, 50, 3), (17, 2, 1), (31, 29, 1)])
def test_any_shape_and_any_factor(name: str, shape: tuple[int, ...]) -> None:
    picture = np.random.default_rng(1).random(shape).astype(np.float32)
    h, w = shape[:2]
    for size in ((h * 8, w * 3), (h + 1, w), (h * 2, w * 2)):
        result = enlarged_array(plain(name=name), picture, size)
        assert result.shape == (*size, shape[2])
        assert np.isfinite(result).all()


def test_grey_is_colour_without_colour(scene: np.ndarray) -> None:
    grey = np.ascontiguousarray(scene[:40, :40, :1])
    one = enlarged_array(plain(), grey, (90, 90))
    three = enlarged_array(plain(), np.repeat(grey, 3, 2), (90, 90))
    np.testing.assert_allclose(one[..., 0], three.mean(2), atol=1e-5)


def test_scale_one_changes_next_to_nothing() -> None:
    y, x = np.mgrid[0:80, 0:90]
    waves = np.stack([np.sin(x / a + y / b) for a, b in ((9, 23), (31, 11), (17, 40))], -1)
    waves[(x // 37 + y // 29) % 3 == 0] *= 0.4
    picture = np.rint(255 * (0.5 + 0.4 * waves)).astype(np.float32) / 255
    result = enlarged_array(plain(), picture, (80, 90))
    assert np.abs(result - picture).mean() * 255 < 0.6


def test_what_it_adds_is_worth_more_than_bicubic_on_what_it_was_made_for(
    scene: np.ndarray,
) -> None:
    large = scene[:200, :328]
    for factor in (2, 4):
        size = 200 // factor, 328 // factor
        small = np.rint(np.clip(Resize.between((200, 328), size).apply(large), 0, 1) * 255) / 255
        small = small.astype(np.float32)
        bicubic = Resize.between(size, (200, 328)).apply(small)
        ours = enlarged_array(plain(), small, (200, 328))
        assert np.mean((ours - large) ** 2) < np.mean((bicubic - large) ** 2)


def test_a_worn_picture_is_told_apart(scene: np.ndarray) -> None:
    picture = np.ascontiguousarray(scene[:48, :48])
    clean, worn = (
        enlarged_array(plain(), picture, (96, 96), Known(worn=told)) for told in (False, True)
    )
    assert np.abs(clean - worn).max() > 1e-3


def test_what_nobody_sees_does_not_bleed() -> None:
    colour = np.zeros((24, 24, 3), np.uint8)
    colour[:, 12:] = (0, 255, 0)  # green that is not there
    colour[:, :12] = (200, 40, 40)
    alpha = np.zeros((24, 24), np.uint8)
    alpha[:, :12] = 255
    larger = np.zeros((48, 48), np.uint8)
    larger[:, :25] = 255
    larger[:, 24] = 128
    canvas = PremultipliedCanvas(colour, alpha, larger)
    enlarger = plain()
    axes = Axis(24, 48), Axis(24, 48)
    enlarge_over(enlarger, canvas, axes, cut(enlarger.card, (24, 24), 64))
    seen = canvas.result[:, :24].astype(int)
    assert (seen[..., 1] < 110).all()
    assert np.abs(seen[:, :20] - (200, 40, 40)).max() < 25
    assert (canvas.result[:, 25:] == 0).all()


def test_a_shortage_of_memory_halves_the_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    enlarger, seen = plain(), []
    found = Enlarger.features

    def short(self: Enlarger, window: np.ndarray, known: Known) -> np.ndarray:
        seen.append(window.shape)
        if len(seen) == 1:
            raise MemoryError
        return found(self, window, known)

    monkeypatch.setattr(Enlarger, "features", short)
    canvas = FloatCanvas(np.zeros((160, 160, 3), np.float32), size=(240, 240))
    used = enlarge_over(
        enlarger, canvas, (Axis(160, 240),) * 2, cut(enlarger.card, (160, 160), 160)
    )
    assert (used.shortages, used.side) == (1, 80)


def test_both_files_are_verified() -> None:
    found = model("enlarge")
    changed = replace(found.card.decoder, sha256="0" * 64)
    bad = replace(found, card=replace(found.card, decoder=changed))
    with pytest.raises(IntegrityError):
        open_enlarger(bad)
    with pytest.raises(IntegrityError):
        bad.verified()
    with pytest.raises(ModelError, match="has no decoder"):
        open_enlarger("mend")


def test_a_card_with_a_decoder_is_checked_and_cannot_be_added(tmp_path: Path) -> None:
    card = model("enlarge").card.to_json()
    assert read_card(json.dumps(card), "a").decoder == model("enlarge").card.decoder
    for changed in ({"file": "../a"}, {"sha256": "a"}, {"more": "x"}, {"kind": 1}):
        bad = card | {"decoder": card["decoder"] | changed}
        with pytest.raises(ModelError, match="decoder"):
            read_card(json.dumps(bad), "a")
    (tmp_path / "net.onnx").write_bytes(b"")
    (tmp_path / "card.json").write_text(json.dumps(card | {"name": "mine"}))
    with pytest.raises(ModelError, match="names a decoder"):
        add(tmp_path / "net.onnx", tmp_path / "card.json")


def test_a_decoder_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ModelError, match="one of field, liif"):
        decoder("other", b"", "a")
    with pytest.raises(ModelError, match="cannot be read"):
        decoder("field", b"PK", "a")
