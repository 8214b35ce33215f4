"""What kinds of repair exist: cards that explain them, readers that recognise them."""

from rigatino.tasks.card import CLAUSES, Card, Sight
from rigatino.tasks.clauses import LastClause, last_clause
from rigatino.tasks.glossary import glossed, language_of
from rigatino.tasks.reading import Guess, likeness, rarity, read, topic_stems
from rigatino.tasks.sentences import sentence_spans
from rigatino.tasks.shelf import card, slugs
from rigatino.tasks.words import Word, parts, stem, telling, words

__all__ = [
    "CLAUSES",
    "Card",
    "Guess",
    "LastClause",
    "Sight",
    "Word",
    "card",
    "glossed",
    "language_of",
    "last_clause",
    "likeness",
    "parts",
    "rarity",
    "read",
    "sentence_spans",
    "slugs",
    "stem",
    "telling",
    "topic_stems",
    "words",
]
