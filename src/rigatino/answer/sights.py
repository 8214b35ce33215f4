"""What of a card speaks to this very question: the sights its words call up."""

from __future__ import annotations

from rigatino.brief import find_injections
from rigatino.tasks import Card, glossed, last_clause, sentence_spans, telling, words


def called_up(card: Card, question: str, most: int) -> list[str]:
    """Sayings of the card whose words occur in the question, the most specific first."""
    text = " ".join(w.lower for w in words(glossed(question)))
    scored = []
    for place, sight in enumerate(card.sights):
        hits = [w for w in sight.words if f" {w.lower()}" in f" {text}"]
        if hits:
            scored.append((-max(len(h) for h in hits) - 3 * len(hits), place, sight.say))
    return [say for _, _, say in sorted(scored)[:most]]


def seen(question: str, because: tuple[str, ...]) -> tuple[int, int] | None:
    """The sentence of the question in which the asker says what was seen.

    It is the one with most of the words that decided the task, not the one that asks.
    """
    asked = last_clause(question)
    spans = [s for s in sentence_spans(question) if s != (asked.start, asked.end)]
    decided = {w.lower() for w in because}

    def worth(span: tuple[int, int]) -> float:
        found = telling(question[slice(*span)])
        return sum(w.lower in decided for w in found) + 0.01 * len(found)

    usable = [s for s in spans if s[1] - s[0] <= 300 and not ordered(question, s)]
    return max(usable, key=worth, default=None)


def ordered(question: str, span: tuple[int, int]) -> bool:
    """Whether a part of the question gives orders to whoever answers: that is never repeated."""
    return any(o.start < span[1] and span[0] < o.end for o in find_injections(question))
