"""Coefficients: what is written is read, however it was written; what is missing is known."""

from __future__ import annotations

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from rigatino.errors import ImageError, ImageLimitError
from rigatino.imaging import (
    Limits,
    coefficients,
    decoded_plane,
    jpeg_header,
    ycbcr_to_rgb,
)
from rigatino.imaging.jpeg import lanes, markers, scans, serial
from rigatino.imaging.jpeg.coefficients import _scans
from rigatino.imaging.jpeg.stream import open_stream
from tests.imaging import jpeg_writer
from tests.imaging.pictures import encoded, scene


def _sparse(rng: np.random.Generator, rows: int, columns: int) -> np.ndarray:
    """Integers as they come in files: mostly zero, a few large, long runs."""
    blocks = rng.integers(-1023, 1024, (rows, columns, 8, 8))
    blocks[..., 0, 0] = rng.integers(-1000, 1001, (rows, columns))
    keep = rng.random(blocks.shape) < rng.choice([0.01, 0.1, 0.9], (rows, columns, 1, 1))
    keep[..., 0, 0] = True
    return (blocks >> rng.integers(0, 10, blocks.shape)) * keep


@st.composite
def _files(draw: st.DrawFn) -> tuple[bytes, list[jpeg_writer.Component]]:
    count = draw(st.sampled_from([1, 3, 4]))
    budget = 10 if count == 3 else 7  # a unit holds at most ten blocks
    factors: list[tuple[int, int]] = []
    for left in range(count, 0, -1):
        fits = [(h, v) for h in range(1, 5) for v in range(1, 5) if h * v <= budget - left + 1]
        factors.append(draw(st.sampled_from(fits)))
        budget -= factors[-1][0] * factors[-1][1]
    height, width = draw(st.integers(1, 70)), draw(st.integers(1, 70))
    rng = np.random.default_rng(draw(st.integers(0, 2**32)))
    most_h, most_v = max(h for h, _ in factors), max(v for _, v in factors)
    parts = []
    for h, v in factors:
        rows, columns = jpeg_writer.padded(height, v, most_v), jpeg_writer.padded(width, h, most_h)
        blocks = _sparse(rng, rows, columns)
        parts.append(jpeg_writer.Component(h, v, rng.integers(1, 256, (8, 8)), blocks))
    data = jpeg_writer.write(width, height, parts, draw(st.sampled_from([0, 0, 1, 3])),
                             draw(st.booleans()))  # fmt: skip
    return data, parts


@given(_files())
@settings(max_examples=60, deadline=None)
def test_any_sampling_any_restart_interval_reads_back_exactly(
    made: tuple[bytes, list[jpeg_writer.Component]],
) -> None:
    data, parts = made
    read = coefficients(data)
    assert read.complete
    assert read.warnings == ()
    for got, part in zip(read.components, parts, strict=True):
        rows, columns = got.blocks.shape[:2]
        np.testing.assert_array_equal(got.blocks, part.blocks[:rows, :columns])
        np.testing.assert_array_equal(got.table, part.table)
        assert (got.h, got.v) == (part.h, part.v)


@pytest.mark.parametrize("sampling", ["4:4:4", "4:2:2", "4:2:0"])
def test_every_way_of_coding_gives_the_same_integers(sampling: str) -> None:
    pixels = scene(203, 331)
    told = {"quality": 83, "subsampling": sampling}
    plain = coefficients(encoded(pixels, "JPEG", **told))
    assert plain.sampling == sampling
    for other in (
        {"optimize": True},
        {"progressive": True},
        {"restart_marker_blocks": 5},
        {"progressive": True, "restart_marker_rows": 1},
    ):
        read = coefficients(encoded(pixels, "JPEG", **told, **other))
        assert read.complete, other
        for a, b in zip(plain.components, read.components, strict=True):
            np.testing.assert_array_equal(a.blocks, b.blocks)


def test_the_planes_are_what_a_decoder_shows() -> None:
    data = encoded(scene(97, 121), "JPEG", quality=70, subsampling="4:4:4")
    planes = [decoded_plane(part) for part in coefficients(data).components]
    ours = np.clip(ycbcr_to_rgb(np.stack(planes, axis=2) / np.float32(255)), 0, 1) * 255
    theirs = np.asarray(Image.open(io.BytesIO(data)))
    assert np.abs(ours - theirs).max() < 3
    assert np.abs(ours - theirs).mean() < 0.5


@pytest.mark.parametrize("kind", ["flat", "scene", "checker"])
@pytest.mark.parametrize("group_bits", [1 << 25, 1 << 17])
def test_reading_in_lanes_is_reading_from_front_to_back(
    kind: str, group_bits: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lanes, "_GROUP_BITS", group_bits)
    pixels = scene(400, 600)
    if kind == "flat":
        pixels[100:] = 90
    elif kind == "checker":
        pixels[:] = (np.indices((400, 600)).sum(0) // 8 % 2 * 255)[..., None]
    data = encoded(pixels, "JPEG", quality=92)
    walk, header = markers.walk(data), jpeg_header(data)
    scan = next(_scans(data, walk.segments, header, {}, []))
    store = scans.empty_store(scans.grids(header))
    stream = open_stream(scan.data, 0, [])
    where, per_unit, owner = scans._order(scan, header, store)
    job = scans._Job(scan, store, stream, where, per_unit, owner, np.array([len(where)]))
    grammar = scans._grammar(job, header)
    start, end = serial.State(0, 0, 0), int(stream.ends[0])
    _, done, expected, _ = serial.read(stream.window().data, grammar, start, end, end)
    progress = lanes.begin(stream, grammar)
    groups = list(lanes.read(stream, grammar, progress, 10**9))
    assert (len(groups) > 1) == (group_bits < 1 << 25)
    assert progress.counts[0] == done == len(where)
    names = ("blocks", "positions", "values")
    block, position, value = (np.concatenate([getattr(g, n) for g in groups]) for n in names)
    order = np.lexsort((position, block))
    found = np.stack([block[order], position[order], value[order]], axis=1)
    np.testing.assert_array_equal(found, np.array(expected))


@pytest.mark.parametrize("told", [{}, {"progressive": True}, {"restart_marker_blocks": 9}])
def test_a_file_cut_anywhere_tells_received_from_zero(told: dict[str, int]) -> None:
    data = encoded(scene(120, 160), "JPEG", quality=80, **told)
    whole = coefficients(data)
    partly = 0
    for cut in range(700, len(data), 211):
        try:
            read = coefficients(data[:cut])
        except ImageError:
            continue
        partly += not read.complete
        assert read.complete or read.warnings
        for a, b in zip(read.components, whole.components, strict=True):
            sure = a.unread == 0
            np.testing.assert_array_equal(a.blocks[sure], b.blocks[sure])
            assert not a.blocks[a.unread == 255].any()
    assert partly > 5


def test_damage_between_restart_markers_stays_between_them() -> None:
    data = bytearray(encoded(scene(160, 160), "JPEG", quality=80, restart_marker_rows=1))
    whole = coefficients(bytes(data))
    second = data.index(b"\xff\xd0")
    third = data.index(b"\xff\xd1")
    data[second + 12 : third] = b"\xff\x00" * ((third - second - 12) // 2)
    read = coefficients(bytes(data))
    luma, truth = read.components[0], whole.components[0]
    assert (luma.unread[2:4] == 255).any()
    assert not luma.unread[4:].any()
    np.testing.assert_array_equal(luma.blocks[4:], truth.blocks[4:])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda d: d.replace(b"\xff\xc0", b"\xff\xc9", 1), "arithmetic"),
        (lambda d: d.replace(b"\xff\xc0", b"\xff\xc3", 1), "lossless"),
        (lambda d: b"\x89PNG" + d, "does not begin like a JPEG"),
        (lambda d: d[: d.index(b"\xff\xda")], "no block"),
    ],
)
def test_what_cannot_be_read_says_why(change, reason: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(ImageError, match=reason):
        coefficients(change(encoded(scene(16, 16), "JPEG")))


def test_limits_hold_before_anything_is_allocated() -> None:
    data = encoded(scene(64, 64), "JPEG", progressive=True)
    with pytest.raises(ImageLimitError, match="64×64"):
        coefficients(data, Limits(pixels=1000))
    with pytest.raises(ImageLimitError, match="scans"):
        coefficients(data, Limits(scans=2))
    narrow = jpeg_writer.write(
        1, 20_000, [jpeg_writer.Component(4, 1, np.ones((8, 8)), np.zeros((2500, 4, 8, 8), int))]
    )
    with pytest.raises(ImageLimitError, match="samples"):
        coefficients(narrow, Limits(pixels=20_000))
    flat = encoded(np.full((512, 512, 3), 7, np.uint8), "JPEG")
    with pytest.raises(ImageLimitError, match="serial_symbols"):
        coefficients(flat, Limits(serial_symbols=10))
