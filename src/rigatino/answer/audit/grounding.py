"""What can be said offline of a sentence that rests on the brief: supported or not.

Only two answers are ever given with certainty. *Supported*: the sentence restates the
question, lists an item, or its sources say it in so similar words that the classifier is
sure. *Unsupported*: it cites a source and has next to nothing in common with it. All
else is *cannot tell*, free paraphrases above all.
"""

from __future__ import annotations

from dataclasses import dataclass

from rigatino.answer.audit.boilerplate import stock_stems
from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.masking import without_items
from rigatino.answer.audit.record import Status
from rigatino.answer.audit.stance import declares_inference, dismisses, supposes
from rigatino.answer.audit.support import support_probability
from rigatino.answer.audit.words import content_words, stem

SURE = 0.75
_HOPELESS = 0.35
#: Fewer words of its own than this, and a sentence is not accused.
_LEAST_OWN = 4
_LITTLE = 0.15


@dataclass(frozen=True, slots=True)
class Grounds:
    """The verdict on a sentence and its reason."""

    status: Status
    because: str


def grounds(sentence: str, cites: tuple[str, ...], marked: bool, evidence: Evidence) -> Grounds:
    """Judge a sentence by its words; ``marked`` is whether it cites by a mark or a title."""
    if not cites:
        return _without_source(sentence, evidence)
    references = tuple(t for t in evidence.texts(cites) if "\n" in t)
    if not references:
        return Grounds("cannot-tell", "the brief says nothing more of the item")
    said = without_items(sentence, evidence)
    probability = support_probability(said, references, evidence.question)
    if probability >= SURE:
        return Grounds("supported", f"said by {_listed(cites)} (p = {probability:.2f})")
    if marked and probability <= _HOPELESS and _nothing_in_common(said, cites, evidence):
        return Grounds("unsupported", f"{_listed(cites)} says nothing of the kind")
    return Grounds("cannot-tell", f"free wording of {_listed(cites)} (p = {probability:.2f})")


def _without_source(sentence: str, evidence: Evidence) -> Grounds:
    stems = {stem(w) for w in content_words(sentence)}
    shared = stems & evidence.question_stems
    if len(shared) >= 3 and len(shared) >= 0.6 * len(stems):
        return Grounds("supported", "restates the question")
    if declares_inference(sentence):
        return Grounds("cannot-tell", "declared as the writer's own")
    return Grounds("cannot-tell", "cites no source")


def _nothing_in_common(said: str, cites: tuple[str, ...], evidence: Evidence) -> bool:
    """A claim of some length hardly any of whose own words are in the sources cited."""
    if declares_inference(said) or dismisses(said) or supposes(said):
        return False
    own = {stem(w) for w in content_words(said)} - stock_stems() - evidence.question_stems
    own = {s for s in own if not s.isdigit()}
    if len(own) < _LEAST_OWN:
        return False
    given = _stems_of(cites, evidence)
    return sum(_found(s, given) for s in own) <= _LITTLE * len(own)


def _stems_of(cites: tuple[str, ...], evidence: Evidence) -> frozenset[str]:
    wanted = frozenset().union(*(evidence.kin[i] for i in cites))
    return frozenset().union(*(evidence.items[i].stems for i in wanted))


def _found(stem_: str, given: frozenset[str]) -> bool:
    """In the source, or the same beginning of five letters."""
    return stem_ in given or (len(stem_) > 4 and any(g.startswith(stem_[:5]) for g in given))


def _listed(cites: tuple[str, ...]) -> str:
    return ", ".join(cites)
