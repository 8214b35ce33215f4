"""The kinds of endpoint that ``--llm`` knows; adding one is one adapter and one line."""

from __future__ import annotations

from rigatino.language import anthropic, openai_compatible
from rigatino.language.wire import Kind

KINDS: dict[str, Kind] = {
    "openai": Kind(
        openai_compatible.WIRE, "https://api.openai.com/v1", "api.openai.com", "OPENAI_API_KEY"
    ),
    "ollama": Kind(openai_compatible.WIRE, "http://localhost:11434/v1", "", None),
    "anthropic": Kind(
        anthropic.WIRE, "https://api.anthropic.com/v1", "api.anthropic.com", "ANTHROPIC_API_KEY"
    ),
}
