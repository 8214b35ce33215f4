"""Whether a sentence says what its quote says, and whether background names nothing.

Nothing here knows what a sentence means. It knows what a sentence must not do: bring in a number,
a name, an address, a negation, a certainty or a direction that the quote does not have, turn its
parts round, or speak of something else. Where that cannot be told, it says so, and the writer puts
the quote in the sentence's place.
"""

from rigatino.answer.restating.appeals import is_appeal
from rigatino.answer.restating.background import background_fault, restates
from rigatino.answer.restating.characters import holds_address, plain_fault, without_addresses
from rigatino.answer.restating.restatement import restatement_fault

__all__ = [
    "background_fault",
    "holds_address",
    "is_appeal",
    "plain_fault",
    "restatement_fault",
    "restates",
    "without_addresses",
]
