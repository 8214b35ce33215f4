"""The account of what was changed, for a reader at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rigatino.answer.record import Answer, Change

_MEANING = {"quoted": "its quote instead", "general": "as background", "dropped": "dropped"}


def account_lines(answer: Answer) -> Iterator[str]:
    """Who wrote it; then for each change what was written, what stands there now, and why."""
    writer = answer.writer
    if writer.asked is None:
        return
    if writer.name == "offline":
        yield f"language model: {writer.why}; this is the offline answer"
    else:
        yield f"language model: {writer.name}, {writer.kept} of {writer.claims} claims as written"
    for change in answer.changes:
        yield from _change_lines(change)


def _change_lines(change: Change) -> Iterator[str]:
    yield f"changed ({_MEANING[change.what]}): {change.why}"
    yield f"  - {change.before}"
    if change.after:
        yield f"  + {change.after}"
