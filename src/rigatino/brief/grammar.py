"""The rule by which a line opens an item or a section.

**The rule.** Outside a summary no free text is expected, and a section heading or a
field name counts wherever it stands. Inside a summary everything is text, except

* a name line (``Model: …``, or ``Paper: <title>`` before ``Link:``) that is followed,
  blank lines aside, by a field line which keeps the block's grammar: ``Paper:`` or
  ``GitHub:`` with a link or "None"; or, if a blank line stands before the name line,
  ``Summary:`` with a text;
* a heading that is followed, blank lines aside, by ``Paper:`` with a link or "None";
* a section heading that is followed by such an item, or by nothing at all if that
  section has not been opened before;
* a ``Paper:`` or ``GitHub:`` line with a link or "None" which the item does not have yet,
  if nothing but such lines follows before the next item, section or the end;
* the last ``Answer:`` that stands alone on its line, with no item after it.

What looks like a heading or field and is none by this rule is read as text, and reported.
"""

from __future__ import annotations

from rigatino.brief.lines import Field, is_heading, read_field, read_section
from rigatino.brief.links import find_links, says_nothing
from rigatino.brief.page import Page
from rigatino.brief.values import is_link_value

_TITLE_WORDS = frozenset(("paper", "article", "reference"))


def opens_item(page: Page, line: int) -> bool:
    """Whether an item begins here by the block's grammar: a name, then one of its fields."""
    field = read_field(page.lines[line])
    if field is None:
        return _heads_item(page, line)
    following = page.next_filled(line)
    if not page.lines[line][field.value :].strip():
        if field.key != "name" or following != line + 1 or read_field(page.lines[following]):
            return False
        following = page.next_filled(following)  # the name stands on a line of its own
    if following is None or not is_sound(page, following):
        return False
    later = read_field(page.lines[following])
    bare = later is not None and later.key == "summary"
    if bare and line and not page.blank(line - 1):
        return False
    return field.key == "name" or is_titled(page, line, field)


def is_titled(page: Page, line: int, field: Field) -> bool:
    """``Paper: <title>`` where the next line is ``Link:`` or the like."""
    value = page.lines[line][field.value :]
    if field.word not in _TITLE_WORDS or find_links(value) or says_nothing(value):
        return False
    following = page.next_filled(line)
    later = read_field(page.lines[following]) if following is not None else None
    return bool(later and later.key == "link" and later.word not in _TITLE_WORDS)


def _heads_item(page: Page, line: int) -> bool:
    """A heading whose next line is a ``Paper:`` line with a link."""
    text = page.lines[line]
    if not is_heading(text) or read_section(text):
        return False
    following = page.next_filled(line)
    if following is None:
        return False
    field = read_field(page.lines[following])
    return bool(field and field.key == "link" and is_sound(page, following))


def is_sound(page: Page, line: int) -> bool:
    """A field line other than a name whose value is of its kind."""
    field = read_field(page.lines[line])
    if field is None or field.key == "name":
        return False
    value = page.lines[line][field.value :].strip()
    return bool(value) if field.key == "summary" else is_link_value(value)


def has_block(page: Page, line: int) -> bool:
    """Whether a line is followed by a field line of a block."""
    following = page.next_filled(line)
    return following is not None and is_sound(page, following)
