"""The map, the places, the layers and the page of an evidence."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from scipy.ndimage import gaussian_filter

import rigatino as rg
from rigatino.diagnosis import percent
from rigatino.evidence import Alarm, Evidence, Maps
from rigatino.run import example_picture
from rigatino.surfaces.cli import run
from rigatino.surfaces.evidence import Origin, evidence_map, evidence_page
from rigatino.surfaces.evidence.crops import crops
from rigatino.surfaces.evidence.hatching import cross_layer, hatched, strokes

GREY = np.full((96, 96, 3), 128, np.uint8)
ORIGIN = Origin("rigatino compare a.jpg b.png --html c.html", "aa" * 32, "bb" * 32)


def _file(pixels: np.ndarray, form: str, **options: object) -> bytes:
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, form, **options)
    return stream.getvalue()


def _scene(height: int, width: int) -> np.ndarray:
    rough = gaussian_filter(np.random.default_rng(4).standard_normal((height, width)), 1.5)
    step = 30 * (np.arange(width) > width / 2)
    return np.clip(128 + 30 * rough / rough.std() + step, 0, 255).astype(np.uint8)


def _pair(scene: np.ndarray) -> tuple[bytes, bytes]:
    """A JPEG of it, and itself with a patch that contradicts: mirrored."""
    after = scene.copy()
    part = tuple(slice(0, n // 3) for n in scene.shape[:2])
    after[part] = after[part][::-1, ::-1]
    return _file(scene, "JPEG", quality=40), _file(after, "PNG")


@pytest.fixture(scope="module")
def poster(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("poster")
    before, after = folder / "before.jpg", folder / "after.png"
    before.write_bytes(example_picture())
    rg.restore(before).save(after)
    return before, after


@pytest.fixture(scope="module")
def found(poster: tuple[Path, Path]) -> Evidence:
    return rg.compare(*poster)


def test_more_lines_stand_where_more_is_filled_in() -> None:
    drawn = [
        int((strokes(np.full((96, 96), f, np.float32), 1) > 0).sum()) for f in (0, 0.1, 0.3, 1)
    ]
    assert drawn[0] == 0
    assert drawn == sorted(set(drawn))


@pytest.mark.parametrize("tone", [0, 60, 128, 200, 255])
def test_lines_show_on_any_ground_and_hide_less_than_they_leave(tone: int) -> None:
    ground = np.full_like(GREY, tone)
    drawn = hatched(ground, np.ones((96, 96), np.float32), np.zeros((96, 96), bool), 1)
    change = np.abs(drawn.astype(int) - tone).max(axis=2)
    assert np.ptp(drawn) > 100
    assert (change == 0).mean() > 0.4


@pytest.mark.parametrize("tone", [0, 128, 255])
def test_crosses_survive_greyscale(tone: int) -> None:
    marked = np.zeros((96, 96), bool)
    marked[20:70, 20:70] = True
    ground = np.full_like(GREY, tone)
    grey = hatched(ground, np.zeros((96, 96), np.float32), marked, 1) @ (0.299, 0.587, 0.114)
    assert np.ptp(grey[20:70, 20:70]) > 100
    assert np.allclose(grey[~marked], tone)


def test_what_is_not_contradicted_has_no_cross() -> None:
    assert not cross_layer(np.zeros((16, 16), bool), 1).any()


@pytest.mark.parametrize(
    "shape", [(64, 64), (40, 300), (500, 90), (64, 64, 3)], ids=lambda s: "x".join(map(str, s))
)
def test_the_map_of_small_tall_wide_and_grey_pictures(shape: tuple[int, ...]) -> None:
    scene = _scene(*shape[:2])
    scene = np.stack([scene, scene[::-1], 255 - scene], 2) if len(shape) == 3 else scene
    evidence = rg.compare(*_pair(scene))
    sheet = evidence_map(evidence)
    assert sheet.shape[1] >= 560
    assert sheet.shape[0] > shape[0] + 150
    assert len(evidence.places) <= 3


def test_orange_stands_where_the_file_is_contradicted() -> None:
    evidence = rg.compare(*_pair(_scene(320, 480)))
    picture = evidence_map(evidence)[:320, -520:-40].astype(int)
    orange = (picture[..., 0] > 240) & (abs(picture[..., 1] - 140) < 20) & (picture[..., 2] < 20)
    assert orange[:104, :160].mean() > 0.05
    assert orange[160:, 240:].mean() < 0.001


def test_places_lie_in_the_picture_and_apart(found: Evidence) -> None:
    boxes = [place.box for place in found.places]
    assert len(boxes) == 3
    for at, (top, left, height, width) in enumerate(boxes):
        assert top >= 0
        assert left >= 0
        assert top + height <= found.before.height
        assert left + width <= found.before.width
        for other in boxes[:at]:
            apart = max(abs(top - other[0]) - height, abs(left - other[1]) - width)
            assert apart >= 0
    for crop in crops(found):
        assert crop.before.shape == crop.after.shape == crop.map.shape
        assert min(crop.map.shape[:2]) > 200


class _Read(HTMLParser):
    """Tags with their attributes, and the text between."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def page(found: Evidence) -> str:
    return evidence_page(found, ORIGIN)


def test_the_page_needs_nothing_but_itself(page: str) -> None:
    for tag, attributes in _Read(page).tags:
        for name in ("src", "href", "action", "srcset"):
            value = attributes.get(name)
            assert value is None or value.startswith("data:image/"), (tag, name, value)
        assert "style" not in attributes, tag
        assert not [name for name in attributes if name.startswith("on")], tag
    assert "url(http" not in page
    assert "@import" not in page
    assert len(page) < 2_000_000


def test_the_policy_of_the_page_names_its_own_style_and_script(page: str) -> None:
    for tag in ("style", "script"):
        body = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        assert len(body) == 1
        digest = base64.b64encode(hashlib.sha256(body[0].encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in page


def test_everything_on_the_page_has_a_name(page: str) -> None:
    read = _Read(page)
    assert all("alt" in attributes for tag, attributes in read.tags if tag == "img")
    sliders = [a for tag, a in read.tags if tag == "input" and a["type"] == "range"]
    assert [a["aria-label"] for a in sliders] != [None]
    assert {a.get("lang") for tag, a in read.tags if tag == "html"} == {"en"}


def test_the_figures_on_the_page_are_those_of_the_record(page: str, found: Evidence) -> None:
    cells = re.findall(r"<td>([^<]*%)</td>", page)
    for group, own in (("shares", cells[:3]), ("plain", cells[3:6])):
        shares = getattr(found.main, group)["fine"]
        wanted = (shares.recovered, shares.filled, shares.contradicted)
        assert own == [percent(share or 0) for share in wanted]
    read = _Read(page)
    assert found.to_json()["says"] in read.text
    assert found.main.binds.reason in read.text
    assert "aa" * 32 in read.text
    record = json.loads(unescape(re.findall(r"<pre[^>]*>(\{.*?)</pre>", page, re.DOTALL)[0]))
    assert record["claims"] == found.to_json()["claims"]


def test_names_of_files_are_escaped(found: Evidence) -> None:
    nasty = '"><script>alert(1)</script>'
    facts = replace(found.after, name=nasty)
    alarm = Alarm((8, 8, 40, 90), "text", 0.8, nasty)
    page = evidence_page(
        replace(found, after=facts, before=facts, alarms=(alarm,), notes=(nasty,)),
        Origin(f"rigatino compare {nasty}", "", ""),
    )
    assert [tag for tag, _ in _Read(page).tags].count("script") == 1
    assert "alert(1)" in page


def test_a_record_without_pictures_cannot_be_drawn(found: Evidence) -> None:
    with pytest.raises(rg.RigatinoError, match="without maps"):
        evidence_map(replace(found, maps=None))


def test_a_large_picture_is_carried_smaller_and_the_page_says_so(found: Evidence) -> None:
    assert found.pair is not None
    assert found.maps is not None
    by = 6
    large = [p.repeat(by, 0).repeat(by, 1) for p in (found.pair.before, found.pair.after)]
    blocks = {n: getattr(found.maps, n).repeat(by, 0).repeat(by, 1) for n in Maps.__slots__[:4]}
    height, width = large[0].shape[:2]
    facts = replace(found.after, height=height, width=width)
    evidence = replace(
        found, pair=type(found.pair)(*large), maps=Maps(**blocks), after=facts, before=facts
    )
    read = _Read(evidence_page(evidence, ORIGIN))
    assert "smaller copies" in read.text
    stack = next(a for _, a in read.tags if a.get("class") == "stack")
    assert int(stack["data-width"] or 0) * int(stack["data-height"] or 0) <= 3_000_000


def test_the_command_writes_map_page_and_layers(
    poster: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = map(str, poster)
    out = [str(tmp_path / name) for name in ("map.png", "page.html", "layers")]
    with pytest.raises(SystemExit) as ended:
        run(["compare", before, after, "--map", out[0], "--html", out[1], "--layers", out[2]])
    assert not ended.value.code
    with Image.open(out[0]) as image:
        assert image.size[0] == 560
    assert "rigatino compare" in Path(out[1]).read_text(encoding="utf-8")
    with Image.open(Path(out[2]) / "lines.png") as image:
        assert image.mode == "LA"
    with np.load(Path(out[2]) / "maps.npz") as maps:
        assert maps["filled"].shape == (40, 60)
    assert "wrote" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [("--map", "map.jpg"), ("--map", "before.jpg")])
def test_wrong_targets_are_refused_before_anything_is_measured(
    wrong: tuple[str, str], poster: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    before, after = poster
    target = str(before) if wrong[1] == before.name else wrong[1]
    with pytest.raises(SystemExit) as ended:
        run(["compare", str(before), str(after), wrong[0], target])
    assert ended.value.code == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert before.read_bytes() == example_picture()
