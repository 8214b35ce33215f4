"""What the environment says about language models; keys are read here and nowhere else."""

from __future__ import annotations

import math
import os

from rigatino.errors import UsageError
from rigatino.language.endpoint import Secret

DEFAULT_SECONDS = 60.0
_MOST_SECONDS = 3600.0

#: variable -> what it says; the table of docs/reference/language-models.md is checked against it
VARIABLES = {
    "RIGATINO_LLM": "the model that is used when --llm is not given",
    "RIGATINO_LLM_TIMEOUT": "seconds that a model may take in all, when --llm-timeout is not given",
    "RIGATINO_LLM_STREAM": "1 to have the answer streamed",
    "RIGATINO_LLM_PRICES": "a TOML file of prices",
    "RIGATINO_LLM_KEY": "the key for an address that is given with @URL",
    "OPENAI_API_KEY": "the key for api.openai.com, sent to no other host",
    "ANTHROPIC_API_KEY": "the key for api.anthropic.com, sent to no other host",
}


def chosen_seconds(given: float | None) -> float:
    """The time-out from the command line, the environment, or the default."""
    if given is None:
        said = os.environ.get("RIGATINO_LLM_TIMEOUT") or ""
        try:
            given = float(said) if said else DEFAULT_SECONDS
        except ValueError:
            given = math.nan
    if not 0 < given <= _MOST_SECONDS:
        raise UsageError(
            "the time-out of the language model is no such number",
            f"seconds, above 0 and up to {_MOST_SECONDS:.0f}",
            "see --llm-timeout and RIGATINO_LLM_TIMEOUT",
        )
    return given


def streams() -> bool:
    """Whether answers are to be streamed."""
    return os.environ.get("RIGATINO_LLM_STREAM", "") not in ("", "0")


def key_from(name: str) -> Secret | None:
    """The key in a variable; one that cannot stand in a header is refused without being shown."""
    text = os.environ.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isprintable()):
        raise UsageError(
            f"the key in {name} holds characters that no key has", "a key", "set it again"
        )
    return Secret(text)
