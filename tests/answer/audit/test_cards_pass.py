"""Whatever the cards say, in whatever mixture, the auditor must find nothing in it."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from rigatino import pipeline
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
    """To an asker of that very task none of it is boilerplate."""
    c = card(slug)
    brief = read_brief(
        "A user has asked the following question:\n"
        f'"I used {c.name}: it was meant to {c.goal}. How does it work?"\n\nAnswer:\n'
    )
    steps = [
        f"{text[:1].upper()}{text[1:]}." for f in TELLABLE if "step" in f for text in c.told(f)
    ]
    told = [t for f in TELLABLE if "step" not in f for text in c.told(f) for t in split(text)]
    replies = [t for texts in c.replies.values() for text in texts for t in split(text)]
    sights = [t for sight in c.sights for t in split(sight.say)]
    said = "\n\n".join(dict.fromkeys((*steps, *told, *replies, *sights)))
    text = f"### 1. Task\n\n{c.name}\n\n### 2. Workflow\n\n{said}\n\n### 3. Papers\n\n- none\n"
    found = [f.text for f in pipeline.audit(text, brief).findings if f.code == "boilerplate"]
    assert not found


@pytest.mark.parametrize("slug", slugs())
def test_no_sentence_of_a_card_names_or_counts_what_no_source_gives(slug: str) -> None:
    data = tomllib.loads((files("rigatino.tasks") / "cards" / f"{slug}.toml").read_text("utf-8"))
    text = "\n\n".join(sentences(data))
    found = [f for f in pipeline.audit(text, BARE).findings if f.code not in OF_THE_FORM]
    assert len(text) > 1000
    assert not found
