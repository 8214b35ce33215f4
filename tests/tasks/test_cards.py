"""Every card is complete, plain, and names no outside source."""

from __future__ import annotations

import re
from itertools import chain

import pytest

from rigatino.tasks import CLAUSES, Card, card, slugs
from rigatino.tasks.card import TELLABLE
from rigatino.tasks.words import words

EXPECTED = {
    "jpeg-artifact-removal",
    "denoising",
    "deblurring",
    "super-resolution",
    "inpainting",
    "old-photo-restoration",
    "colorization",
    "dehazing",
    "deraining",
    "low-light-enhancement",
    "face-restoration",
    "instruction-editing",
    "text-to-image",
    "image-to-image",
    "style-transfer",
    "background-removal",
    "segmentation",
    "object-detection",
    "depth-estimation",
    "pose-estimation",
    "optical-flow",
    "video-interpolation",
    "video-super-resolution",
    "video-generation",
    "image-captioning",
    "visual-question-answering",
    "image-classification",
    "anomaly-detection",
    "image-quality-assessment",
    "3d-reconstruction",
    "novel-view-synthesis",
    "point-cloud-completion",
    "3d-editing",
    "image-compression",
    "ocr",
    "forgery-detection",
}
GROUPS = {"restoration", "recognition", "generation", "video", "space", "judging"}


def test_there_is_a_card_for_every_task() -> None:
    assert set(slugs()) == EXPECTED


def _texts(c: Card) -> list[str]:
    fields = [c.goal, c.would_serve, *(text for field in TELLABLE for text in c.told(field))]
    return [*fields, *(s.say for s in c.sights), *chain.from_iterable(c.replies.values())]


@pytest.mark.parametrize("slug", sorted(EXPECTED))
def test_a_card_is_whole(slug: str) -> None:
    c = card(slug)
    assert c.slug == slug
    assert c.group in GROUPS
    assert set(c.replies) == set(CLAUSES)
    assert all(c.replies.values())
    assert set(c.neighbours) <= EXPECTED - {slug}
    assert len(c.sights) >= 8
    assert c.inputs
    assert c.outputs


@pytest.mark.parametrize("slug", sorted(EXPECTED))
def test_a_card_cites_nothing_and_has_no_figures_to_look_up(slug: str) -> None:
    for text in _texts(card(slug)):
        assert not re.search(r"https?:|www\.|arXiv|et al|\b(19|20)\d\d\b", text), text


@pytest.mark.parametrize("slug", sorted(EXPECTED))
def test_the_words_of_a_sight_can_be_met(slug: str) -> None:
    for sight in card(slug).sights:
        for key in sight.words:
            assert " ".join(w.lower for w in words(key)) == key, key


def test_no_saying_stands_twice() -> None:
    sayings = [s.say for slug in slugs() for s in card(slug).sights]
    assert len(sayings) == len(set(sayings))
