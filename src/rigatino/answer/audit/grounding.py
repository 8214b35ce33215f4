"""What can be said offline of a sentence that rests on the brief: supported or not.

Only two answers are ever given with certainty. *Supported*: the sentence restates the
question, lists an item, or its sources say it in so similar words that the classifier is
sure. *Unsupported*: it cites a source and speaks of things that are foreign to it and to
the whole field, or of another item's. All else is *cannot tell*, free paraphrases above all.
"""

from __future__ import annotations

from dataclasses import dataclass

from rigatino.answer.audit.boilerplate import field_stems, stock_stems
from rigatino.answer.audit.evidence import Evidence
from rigatino.answer.audit.masking import without_items
from rigatino.answer.audit.record import Status
from rigatino.answer.audit.stance import declares_inference, dismisses, supposes
from rigatino.answer.audit.support import support_probability
from rigatino.answer.audit.words import content_stems, content_words, stem

SURE = 0.75
_HOPELESS = 0.35
#: Fewer words of its own than this, and a sentence is not accused.
_LEAST_OWN = 4
_LITTLE = 0.15
#: Shares of its own words that make it another item's, or foreign to the field.
_OTHERS = 0.6
_FOREIGN = 0.6
_LEAST_FOREIGN = 4


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
    accusation = _accusation(said, cites, evidence) if marked and probability <= _HOPELESS else None
    if accusation:
        return Grounds("unsupported", accusation)
    return Grounds("cannot-tell", f"free wording of {_listed(cites)} (p = {probability:.2f})")


def _without_source(sentence: str, evidence: Evidence) -> Grounds:
    stems = {stem(w) for w in content_words(sentence)}
    shared = stems & evidence.question_stems
    if len(shared) >= 3 and len(shared) >= 0.6 * len(stems):
        return Grounds("supported", "restates the question")
    if declares_inference(sentence):
        return Grounds("cannot-tell", "declared as the writer's own")
    return Grounds("cannot-tell", "cites no source")


def _accusation(said: str, cites: tuple[str, ...], evidence: Evidence) -> str | None:
    """Why a sentence cannot come from the sources it cites, if that is plain to see.

    Having no word in common with them proves nothing: it may be a free paraphrase. It takes
    words that are foreign to the source, to the brief and to the whole field, or words that
    are those of another item.
    """
    if declares_inference(said) or dismisses(said) or supposes(said):
        return None
    own = {s for s in content_stems(said) if not s.isdigit()}
    own -= stock_stems() | evidence.question_stems
    if len(own) < _LEAST_OWN:
        return None
    given = _stems_of(cites, evidence)
    if sum(_found(s, given) for s in own) > _LITTLE * len(own):
        return None
    for item in evidence.items.values():
        if len(own & item.stems) >= _OTHERS * len(own):
            return f"{_listed(cites)} does not say this; {item.id} might"
    foreign = own - evidence.stems - field_stems()
    if len(foreign) >= max(_LEAST_FOREIGN, _FOREIGN * len(own)):
        return f"{_listed(cites)} says nothing of the kind"
    return None


def _stems_of(cites: tuple[str, ...], evidence: Evidence) -> frozenset[str]:
    wanted = frozenset().union(*(evidence.kin[i] for i in cites))
    return frozenset().union(*(evidence.items[i].stems for i in wanted))


def _found(stem_: str, given: frozenset[str]) -> bool:
    """In the source, or the same beginning of five letters."""
    return stem_ in given or (len(stem_) > 4 and any(g.startswith(stem_[:5]) for g in given))


def _listed(cites: tuple[str, ...]) -> str:
    return ", ".join(cites)
