"""Everything that can go wrong, as one tree.

::

    RigatinoError                 anything this program says "no" to
    ├── UsageError                the call itself is off: an option, a path, a combination
    ├── InputError                what was given cannot be read
    │   ├── BriefError            a brief: names the line and the reason
    │   ├── AnswerError           an answer handed in for audit
    │   ├── ImageError            a picture file
    │   │   └── ImageLimitError   larger than the stated limits
    │   └── ModelError            a network's file or its card
    ├── OutputError               a result could not be written; nothing partial is left
    ├── LanguageError             a language model did not answer; the offline answer takes over
    ├── MissingExtraError         an optional part is not installed; names the pip command
    ├── IntegrityError            something shipped or stored is not what its hash says
    └── UnverifiedError           a sentence is not what it says it is; nothing is published

Every message says what was given, what was expected and what to do. A surface
prints it as one line and exits with ``exit_code``: 2 for all of these, since an
audit that *finds* something (exit code 1) is a result and not an error.
"""

from __future__ import annotations


class RigatinoError(Exception):
    """Anything this program says "no" to, in one clear line."""

    exit_code = 2

    def __init__(self, given: str, expected: str, advice: str) -> None:
        """Keep the three parts apart, so that a surface may lay them out as it likes."""
        self.given = given
        self.expected = expected
        self.advice = advice
        super().__init__(given, expected, advice)

    def __str__(self) -> str:
        """One line: what was given; what was expected; what to do."""
        parts = (self.given, self.expected, self.advice)
        line = "; ".join(part.strip().rstrip(".;") for part in parts if part.strip())
        return " ".join(line.split()) + "."


class UsageError(RigatinoError):
    """The call itself is off: an option, a path, a combination."""


class InputError(RigatinoError):
    """What was given cannot be read."""


class BriefError(InputError):
    """A brief cannot be read; ``line`` (1-based) says where, if one line is to blame."""

    def __init__(self, given: str, expected: str, advice: str, line: int | None = None) -> None:
        """Put the line number in front of what was given."""
        self.line = line
        super().__init__(given if line is None else f"line {line}: {given}", expected, advice)


class AnswerError(InputError):
    """An answer handed in for audit cannot be read."""


class ImageError(InputError):
    """A picture file cannot be read."""


class ImageLimitError(ImageError):
    """A picture is larger than the stated limits."""


class ModelError(InputError):
    """A network's file or its card cannot be used."""


class OutputError(RigatinoError):
    """A result could not be written; nothing partial is left behind."""


class LanguageError(RigatinoError):
    """A language model did not answer, or not usably: the offline writer takes over."""

    def __init__(self, given: str, advice: str = "") -> None:
        """Say what happened; what was expected is always the same."""
        super().__init__(given, "an answer by its protocol, in time", advice)


class MissingExtraError(RigatinoError):
    """An optional part is not installed."""

    def __init__(self, feature: str, extra: str) -> None:
        """Name the exact command that installs the missing part."""
        super().__init__(
            f"{feature} needs an optional part that is not installed",
            f'the extra "{extra}"',
            f'run: pip install "rigatino[{extra}]"',
        )


class IntegrityError(RigatinoError):
    """Something shipped or stored is not what its hash says."""


class UnverifiedError(RigatinoError):
    """A sentence is not what it says it is: the writer is at fault, not the brief."""

    def __init__(self, sentence: str, reason: str) -> None:
        """Name the sentence and what is wrong with it."""
        super().__init__(
            f"the sentence {sentence!r} cannot be published: {reason}",
            "a quote from the brief, a measured figure or background that names nothing",
            "report this brief, since the writer must not produce such a sentence",
        )
