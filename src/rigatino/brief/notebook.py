"""The codes of everything that a reader may report, and the book it writes them in."""

from __future__ import annotations

from rigatino.brief.record import Notice

#: Stable codes and what each means; the table in docs/reference/brief.md is checked
#: against this one.
NOTICE_CODES: dict[str, str] = {
    "encoding": "the file is not plain UTF-8; says what it was read as",
    "line-ends": "CRLF or CR line ends were read as line feeds",
    "mojibake": "text that had been decoded with the wrong table was put right",
    "lost-characters": "characters are damaged beyond repair and stay as they are",
    "html-entities": "character references such as `&amp;` were resolved",
    "latex": "LaTeX commands and escapes were turned into plain text",
    "latex-left": "LaTeX that has no plain form was left as it is",
    "question-inferred": "no line introduces the question; it was taken from its place",
    "question-unquoted": "the question has no closing quotation mark, or none at all",
    "heading-missing": "a section has no heading; its items were told by their place",
    "division-inferred": "one undivided list; models were told from papers by their names",
    "no-models": "the brief recommends no model",
    "no-papers": "the brief lists no paper",
    "no-answer-line": "the closing `Answer:` line is missing",
    "after-answer": "text after the `Answer:` line is not part of the brief",
    "answer-text": "the file is an answer; its prose was not read as part of the brief",
    "item-inferred": "a list entry without field names was read as a model or paper",
    "name-missing": "an item has no name or title; its link stands in for it",
    "empty-item": "an item says nothing and was left out",
    "line-joined": "a name or title that was broken over lines was joined",
    "whitespace": "line breaks within a name or title became spaces",
    "summary-inferred": "a paragraph without `Summary:` was read as the summary",
    "repeated-field": "a field was given twice; the first was kept",
    "link-trimmed": "punctuation or brackets round a link were taken off",
    "link-inferred": "a link without a field name was taken for the item's",
    "link-incomplete": "a link is not a complete address; it is kept as written",
    "link-text": "words beside a link were not read",
    "no-link": "a link field holds no link; it counts as missing",
    "extra-link": "a field holds more links than it can keep",
    "github-from-summary": "a repository named only in the summary became the paper's",
    "github-undecided": "a summary names several repositories; none was taken",
    "duplicate-merged": "an item given twice was kept once",
    "duplicate-differs": "a merged duplicate said something else that was not kept",
    "same-title": "papers share a title but not the link; both are kept",
    "same-name": "models share a name but not the links; both are kept",
    "field-in-summary": "a field name or heading inside a summary was read as its text",
    "unread-line": "a line fits nowhere in the form and was not read",
    "unknown-field": "a JSON field is not part of the form and was not read",
    "injection": "a text tries to give orders to whoever answers; it is data and not obeyed",
}


class Notebook:
    """Notices in the order in which they were made."""

    def __init__(self) -> None:
        self._notices: list[Notice] = []

    def note(self, code: str, message: str, where: str = "brief", line: int | None = None) -> None:
        """Write one down; a code that is not in the table is a programming error."""
        if code not in NOTICE_CODES:
            raise KeyError(code)
        self._notices.append(Notice(code, message, where, line))

    def notices(self) -> tuple[Notice, ...]:
        """All of them."""
        return tuple(self._notices)


def shown(text: str, limit: int = 80) -> str:
    """A text as a message shows it: one line, in quotes, not too long."""
    line = " ".join(text.split())
    return f"'{line if len(line) <= limit else line[: limit - 1] + '…'}'"
