"""Files that are no text are refused with one clear line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from rigatino.brief import example, examples, read_brief, read_brief_file
from rigatino.errors import BriefError, UsageError


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), "binary"),
        (b"PK\x03\x04" + bytes(200), "binary"),
        (b"\xff\xfe\x00\xd8\x00", "binary"),
        (b"a" * (5 << 20), "bytes"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(BriefError, match=reason) as caught:
        read_brief(data, "thing.txt")
    assert "thing.txt" in str(caught.value)


def test_files_are_read(tmp_path: Path, founding: Callable[..., str]) -> None:
    file = tmp_path / "brief.txt"
    file.write_text(founding(), "utf-8")
    assert read_brief_file(file) == read_brief(founding())
    assert read_brief_file(str(file)) == read_brief(founding())


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BriefError, match="No such file"):
        read_brief_file(tmp_path / "none.txt")
    with pytest.raises(BriefError, match="cannot be read"):
        read_brief_file(tmp_path)


@pytest.mark.parametrize("name", examples())
def test_every_example_is_a_brief(name: str) -> None:
    brief = read_brief(example(name), name)
    assert brief.question
    assert brief.models
    assert brief.papers


def test_an_unknown_example_is_refused() -> None:
    with pytest.raises(UsageError, match="no example nothing"):
        example("nothing")
