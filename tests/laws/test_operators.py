"""What must hold for every operator, over every setting that the registry lists.

<Ax, y> = <x, A*y>      A A⁺ A = A      A(ax + by) = aAx + bAy      P P = P
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rigatino.degradation import OPERATORS, RIDGE, Fixed, Linear, Mask, operator
from rigatino.degradation.jpeg import analysed, confined, quantised, requantised
from rigatino.errors import UsageError

EXAMPLES = [
    pytest.param(example, id=f"{entry.name}-{i}")
    for entry in OPERATORS.values()
    for i, example in enumerate(entry.examples)
]
LINEAR = [p for p in EXAMPLES if isinstance(p.values[0], Linear)]
#: a mask fits one size only
ANY_SIZE = [p for p in EXAMPLES if not isinstance(p.values[0], Mask)]
SIZE = (24, 17)
SIZES = [(1, 1), (1, 9), (2, 3), (8, 8), (33, 50)]


def rng(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def noise(size, seed=0) -> np.ndarray:
    """Values of both signs: linear operators must not care for 0…1."""
    return rng(seed).normal(size=(*size, 3)).astype(np.float32)


def picture(size, seed=0) -> np.ndarray:
    """Tones from black to white, edges and texture."""
    y, x = np.mgrid[: size[0], : size[1]]
    waves = [0.5 + 0.5 * np.sin(x / a + y / b) for a, b in ((3, 7), (11, 4), (6, 15))]
    texture = rng(seed).normal(0, 0.05, (*size, 3))
    return np.clip(np.stack(waves, -1) + texture, 0, 1).astype(np.float32)


def inner(a, b) -> float:
    return float(np.vdot(a.astype(np.float64), b.astype(np.float64)))


def length(a) -> float:
    return float(np.linalg.norm(a.astype(np.float64)))


@pytest.mark.parametrize("entry", OPERATORS.values(), ids=lambda e: e.name)
def test_every_kind_has_settings_of_its_own_class_and_a_stated_assumption(entry):
    assert entry.examples
    assert operator(entry.name) is entry.kind
    for example in entry.examples:
        assert type(example) is entry.kind
        assert len(example.facts.assumption) > 20
        assert example.facts.linear == isinstance(example, Linear)
        assert not (example.facts.stochastic and isinstance(example, Fixed))


def test_an_unknown_damage_is_one_line_that_lists_the_known_ones():
    with pytest.raises(UsageError, match=r"'rust'; one of .*jpeg.*") as caught:
        operator("rust")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("example", LINEAR)
def test_linearity(example):
    a, b = noise(SIZE, 1), noise(SIZE, 2)
    together = example.apply(2 * a - 3 * b)
    apart = 2 * example.apply(a) - 3 * example.apply(b)
    assert length(together - apart) <= 1e-5 * length(together)


@pytest.mark.parametrize("example", LINEAR)
@pytest.mark.parametrize("size", [SIZE, *SIZES])
def test_the_adjoint_is_the_adjoint(example, size):
    size = SIZE if isinstance(example, Mask) else size
    x, y = noise(size, 1), noise(example.out_size(size), 2)
    left, right = inner(example.apply(x), y), inner(x, example.adjoint(y, size))
    assert left == pytest.approx(right, abs=2e-5 * length(x) * length(y))


@settings(max_examples=25, deadline=None)
@given(size=st.tuples(st.integers(1, 40), st.integers(1, 40)), seed=st.integers(0, 99))
@pytest.mark.parametrize("example", [p for p in LINEAR if p in ANY_SIZE])
def test_the_adjoint_is_the_adjoint_at_any_size(example, size, seed):
    x, y = noise(size, seed), noise(example.out_size(size), seed + 1)
    left, right = inner(example.apply(x), y), inner(x, example.adjoint(y, size))
    assert left == pytest.approx(right, abs=2e-5 * length(x) * length(y))


@pytest.mark.parametrize("example", LINEAR)
@pytest.mark.parametrize("size", [SIZE, *SIZES])
def test_the_pseudo_inverse_explains_what_was_seen(example, size):
    """‖A A⁺ A − A‖ ≤ √ε / 2 by theory; the rest is float32 and where iterations stop."""
    size = SIZE if isinstance(example, Mask) else size
    x = noise(size)
    seen = example.apply(x)
    again = example.apply(example.pseudo_inverse(seen, size))
    assert length(again - seen) <= (RIDGE**0.5 / 2 + 3e-4) * length(x)


@pytest.mark.parametrize("example", LINEAR)
def test_the_pseudo_inverse_is_never_longer_than_the_truth(example):
    """Of all pictures that explain what was seen, it is the smallest."""
    x = noise(SIZE)
    found = example.pseudo_inverse(example.apply(x), SIZE)
    assert length(found) <= length(x) * 1.001


@pytest.mark.parametrize("example", LINEAR)
def test_a_ridge_makes_the_pseudo_inverse_smaller(example):
    y = example.apply(noise(SIZE))
    sizes = [length(example.pseudo_inverse(y, SIZE, ridge)) for ridge in (1e-6, 1e-2, 1.0)]
    assert sizes[0] >= sizes[1] > sizes[2]


@pytest.mark.parametrize("example", [p for p in EXAMPLES if p.values[0].facts.idempotent])
def test_what_claims_to_be_idempotent_is(example):
    once = example.apply(picture(SIZE))
    assert not np.array_equal(once, picture(SIZE))
    np.testing.assert_array_equal(example.apply(once), once)


@pytest.mark.parametrize("example", EXAMPLES)
def test_the_same_seed_gives_the_same_damage_and_another_one_another(example):
    x = picture(SIZE)
    first, second, third = (example.apply(x, rng(seed)) for seed in (5, 5, 6))
    np.testing.assert_array_equal(first, second)
    assert np.array_equal(first, third) != example.facts.stochastic
    np.testing.assert_array_equal(x, picture(SIZE), err_msg="the picture itself was changed")


@pytest.mark.parametrize("example", [p for p in EXAMPLES if p.values[0].facts.stochastic])
def test_drawing_without_a_generator_is_refused(example):
    with pytest.raises(UsageError, match="default_rng"):
        example.apply(picture(SIZE))


@pytest.mark.parametrize("example", ANY_SIZE)
@pytest.mark.parametrize("size", SIZES)
def test_any_size_gives_the_size_it_says_and_values_where_it_says(example, size):
    out = example.apply(picture(size), rng())
    assert out.dtype == np.float32
    assert out.shape == (*example.out_size(size), 3)
    assert np.isfinite(out).all()
    if example.facts.bounded:
        assert out.min() >= -1e-5
        assert out.max() <= 1 + 1e-5


@pytest.mark.parametrize("example", [p for p in ANY_SIZE if "cast" not in p.id])
def test_grey_pictures_of_one_channel_stay_so(example):
    out = example.apply(picture(SIZE)[..., :1], rng())
    assert out.shape == (*example.out_size(SIZE), 1)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("bad", [np.zeros((4, 4), np.float32), np.zeros((4, 4, 3), np.uint8)])
def test_what_is_no_picture_is_refused_in_one_line(example, bad):
    with pytest.raises(UsageError, match=r"floats of shape \(height, width, channels\)") as caught:
        example.apply(bad, rng())
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("example", LINEAR)
def test_a_result_that_cannot_come_from_that_size_is_refused(example):
    y = example.apply(noise(SIZE))
    with pytest.raises(UsageError, match="give size="):
        example.adjoint(y, (99, 98))


# --- projections -----------------------------------------------------------------------------

TABLES = [np.full((8, 8), 7.0, np.float32), np.arange(1, 65, dtype=np.float32).reshape(8, 8)]


@pytest.mark.parametrize("table", TABLES, ids=["flat", "rising"])
def test_quantising_quantised_planes_changes_nothing(table):
    plane = 128 + 60 * noise((32, 40))[..., 0]
    once = requantised(plane, table)
    np.testing.assert_allclose(requantised(once, table), once, atol=1e-3)
    assert np.abs(once - plane).max() > 1


@pytest.mark.parametrize("table", TABLES, ids=["flat", "rising"])
def test_the_interval_projection_projects(table):
    """Inside nothing moves, twice is once, and no member of the set comes to lie farther away."""
    original, other = (128 + 60 * noise((32, 40), seed)[..., 0] for seed in (1, 2))
    stored = quantised(original, table)
    np.testing.assert_allclose(confined(original, stored, table), original, atol=2e-4)
    once = confined(other, stored, table)
    np.testing.assert_allclose(confined(once, stored, table), once, atol=2e-4)
    assert length(once - original) < length(other - original)
    inside = np.abs(analysed(once) - stored * table) <= table / 2 + 1e-3
    assert inside.all()


def test_a_negative_margin_keeps_away_from_the_edges_of_the_intervals():
    table = TABLES[1]
    stored = quantised(128 + 60 * noise((16, 16), 1)[..., 0], table)
    again = quantised(confined(128 + 60 * noise((16, 16), 2)[..., 0], stored, table, -0.1), table)
    np.testing.assert_array_equal(again, stored)
