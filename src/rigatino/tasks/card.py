"""A task card: what the project knows about one kind of question, in its own words.

The cards are TOML files in ``cards/``, one per task; this module says what stands in
them. Every text is background ("general"): it names no outside source, no product and
no figure that somebody would have to look up.
"""

from __future__ import annotations

from dataclasses import dataclass

#: Kinds of last clause that a reply can be written for (see ``tasks/clauses.py``).
CLAUSES = (
    "how",  # how does it do that, what does it go by
    "clues",  # what clues does it use
    "limits",  # how far can this go
    "trust",  # can I trust it, is it evidence
    "invented",  # is it making that up, who says it looked like that
    "source",  # where does it come from, was it hiding in the file
    "better",  # why does it look better than the original
    "wrong",  # why did it get this wrong
    "choose",  # which should I use, what do I need
    "remark",  # no question at all, only astonishment
)

#: The fields that a card may tell more than once, in tables ``[[again]]``.
TELLABLE = ("notices", "lost", "clues", "brings", "unknowable", "check",
            "step_input", "step_model", "step_output")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sight:
    """Something an asker may have seen, and what it means for this task.

    ``words`` are lower-case word beginnings; a sight is spoken of when one of them
    begins a word of the question. ``say`` is one to three sentences.
    """

    words: tuple[str, ...]
    say: str


@dataclass(frozen=True, slots=True)
class Card:
    """One task, as the best teacher of the field would put it."""

    slug: str
    #: as it stands in a sentence: "the task is called JPEG artifact removal"
    name: str
    #: other names in use
    also: tuple[str, ...]
    #: restoration | recognition | generation | video | space | judging
    group: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    #: a verb phrase: "rid a picture of the squares that hard JPEG saving left in it"
    goal: str
    #: what a person notices
    notices: str
    #: what was lost, and what physically lost it
    lost: str
    #: which clues survive
    clues: str
    #: what a model brings in place of what was lost
    brings: str
    #: what nobody can know
    unknowable: str
    #: how to check a result
    check: str
    #: the ideal workflow, a phrase each: what goes in, what the model does, what comes out
    step_input: str
    step_model: str
    step_output: str
    #: what kind of paper or module would serve, a noun phrase
    would_serve: str
    #: words of the effect that a match by keywords would catch on, of whatever meaning
    hooks: tuple[str, ...]
    sights: tuple[Sight, ...]
    #: by clause: literal replies of two or three sentences, in variants
    replies: dict[str, tuple[str, ...]]
    #: by slug of a neighbouring task: how that differs, one sentence
    neighbours: dict[str, str]
    #: the same fields told again in other words, so that two answers need not be alike
    again: tuple[dict[str, str], ...] = ()

    def told(self, field: str) -> tuple[str, ...]:
        """Every telling of a field, the first one first."""
        return (getattr(self, field), *(more[field] for more in self.again if field in more))
