"""Whatever the cards say, in whatever mixture, the auditor must find nothing in it."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files

import pytest

from rigatino import pipeline
from rigatino.brief import read_brief
from rigatino.tasks import slugs

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
def test_no_sentence_of_a_card_names_or_counts_what_no_source_gives(slug: str) -> None:
    card = tomllib.loads((files("rigatino.tasks") / "cards" / f"{slug}.toml").read_text("utf-8"))
    text = "\n\n".join(sentences(card))
    found = [f for f in pipeline.audit(text, BARE).findings if f.code not in OF_THE_FORM]
    assert len(text) > 1000
    assert not found
