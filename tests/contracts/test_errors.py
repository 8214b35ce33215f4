"""Every error says what was given, what was expected and what to do; the tree is drawn."""

from __future__ import annotations

import inspect

import pytest

from rigatino import errors


def _tree() -> list[type[errors.RigatinoError]]:
    return [
        value
        for value in vars(errors).values()
        if inspect.isclass(value) and issubclass(value, errors.RigatinoError)
    ]


@pytest.mark.parametrize("kind", _tree())
def test_the_docstring_draws_every_error(kind: type[errors.RigatinoError]) -> None:
    assert kind.__name__ in (errors.__doc__ or "")


def test_an_error_is_one_line_with_three_parts() -> None:
    error = errors.InputError("a file\nwith a line break", "a picture", "give one")
    assert str(error) == "a file with a line break; a picture; give one."
    assert error.exit_code == 2


def test_a_brief_error_names_its_line() -> None:
    assert str(errors.BriefError("no question", "a question", "add one", line=7)).startswith(
        "line 7: "
    )


def test_a_missing_extra_names_the_command() -> None:
    assert 'pip install "rigatino[heic]"' in str(errors.MissingExtraError("HEIC files", "heic"))
