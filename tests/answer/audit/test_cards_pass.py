"""Whatever the cards say, in whatever mixture, the auditor must find nothing in it."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from itertools import chain, product

import pytest

from rigatino import pipeline
from rigatino.answer.audit.boilerplate import makeup
from rigatino.answer.audit.evidence import evidence_of
from rigatino.answer.audit.words import content_stems
from rigatino.answer.speaking import split
from rigatino.brief import read_brief
from rigatino.tasks import card, slugs
from rigatino.tasks.card import TELLABLE

#: A brief that lends nothing: what passes here rests on no item's words or figures.
BARE = read_brief('A user has asked the following question:\n"How does it work?"\n\nAnswer:\n')
#: What a list of sentences cannot but be found guilty of: no headings, and general throughout.
OF_THE_FORM = {"missing-section", "boilerplate"}


def sentences(entry: object) -> Iterator[str]:
    """Every string of a card that is a sentence or several."""
    if isinstance(entry, str):
        if " " in entry and entry[0].isupper() and entry.rstrip('"')[-1] in ".!?":
            yield entry
    elif isinstance(entry, dict | list):
        for part in entry.values() if isinstance(entry, dict) else entry:
            yield from sentences(part)


@pytest.mark.parametrize("slug", slugs())
def test_every_sentence_of_a_card_says_something_about_its_task(slug: str) -> None:
    """Even to an asker whose question lends no word to it, none of it is boilerplate."""
    c = card(slug)
    steps = [
        f"**{field.removeprefix('step_').capitalize()}:** {text[:1].upper()}{text[1:]}."
        for field in TELLABLE
        if field.startswith("step_")
        for text in c.told(field)
    ]
    fields = [text for f in TELLABLE if not f.startswith("step_") for text in c.told(f)]
    texts = [*fields, *chain.from_iterable(c.replies.values()), *(s.say for s in c.sights)]
    said = [*steps, *(sentence for text in texts for sentence in split(text))]
    name = frozenset(content_stems(slug.replace("-", " ")))
    assert len(said) > 100
    assert not [s for s in said if makeup(s, evidence_of(BARE), name).is_boilerplate]


@pytest.mark.parametrize("slug", slugs())
def test_the_steps_together_say_something_too(slug: str) -> None:
    """Whatever tellings of input, model and output meet in the sentence on the right tool."""
    c, name = card(slug), frozenset(content_stems(slug.replace("-", " ")))
    frames = tomllib.loads((files("rigatino.answer.phrases") / "en.toml").read_text("utf-8"))
    steps = product(c.told("step_input"), c.told("step_model"), c.told("step_output"))
    said = [
        frame.format(input=goes_in, model=model, output=comes_out)
        for frame, (goes_in, model, comes_out) in product(frames["right_tool"], steps)
    ]
    assert not [s for s in said if makeup(s, evidence_of(BARE), name).is_boilerplate]


@pytest.mark.parametrize("slug", slugs())
def test_no_sentence_of_a_card_names_or_counts_what_no_source_gives(slug: str) -> None:
    data = tomllib.loads((files("rigatino.tasks") / "cards" / f"{slug}.toml").read_text("utf-8"))
    text = "\n\n".join(sentences(data))
    found = [f for f in pipeline.audit(text, BARE).findings if f.code not in OF_THE_FORM]
    assert len(text) > 1000
    assert not found
