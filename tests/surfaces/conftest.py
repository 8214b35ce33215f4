"""The command as a user calls it, in this process or in one of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import jsonschema
import pytest
import referencing

from rigatino.brief import example
from rigatino.surfaces.cli import app as cli
from rigatino.surfaces.cli.showing import schema_text

Called = Callable[..., tuple[int, str, str]]
Command = Callable[..., subprocess.CompletedProcess[bytes]]


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Called:
    """Run the command in this process: exit code, standard output, standard error."""

    def run(*arguments: object) -> tuple[int, str, str]:
        code = cli._code([str(a) for a in arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


@pytest.fixture
def refuse(call: Called) -> Callable[..., str]:
    """A call that must fail: code 2, nothing on stdout, one line on stderr, which is returned."""

    def run(*arguments: object) -> str:
        code, out, err = call(*arguments)
        assert (code, out) == (2, "")
        return one_line(err)

    return run


@pytest.fixture
def command() -> Command:
    """Run ``python -m rigatino`` in a process of its own."""

    def run(
        *arguments: object, env: dict[str, str] | None = None, **options: object
    ) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            argv(*arguments), env=os.environ | (env or {}), check=False, timeout=120,
            **({"capture_output": True} | options),
        )  # fmt: skip

    return run


def argv(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "rigatino", *map(str, arguments)]


def one_line(said: str | bytes) -> str:
    """A complaint: one line that names the program, never a traceback."""
    text = said.decode() if isinstance(said, bytes) else said
    assert text.startswith("rigatino: ")
    assert text.count("\n") == 1
    assert text.endswith("\n")
    assert "Traceback" not in text
    return text


@pytest.fixture
def brief(tmp_path: Path) -> Path:
    """A founding brief as a file."""
    return saved(tmp_path / "meme.txt", example("meme"))


def saved(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def listing(folder: Path) -> list[str]:
    return sorted(p.name for p in folder.iterdir())


def validate(name: str, data: object) -> None:
    """Against the published schema, with the others at hand for its references."""
    shelf = referencing.Registry()
    for other in ("answer", "run"):
        contents = referencing.Resource.from_contents(json.loads(schema_text(other)))
        shelf = shelf.with_resource(f"urn:rigatino:{other}:1", contents)
    schema = json.loads(schema_text(name))
    jsonschema.Draft202012Validator(schema, registry=shelf).validate(data)
