"""The text forms: the founding prompt, its Markdown variants, and an answer with one list."""

from __future__ import annotations

from rigatino.brief.drafts import Draft, Remark, Sheet
from rigatino.brief.items import Found, ItemReader
from rigatino.brief.lines import Section, is_preamble, is_rule, question_begins
from rigatino.brief.names import is_module_name
from rigatino.brief.notebook import Notebook, shown
from rigatino.brief.page import Page
from rigatino.brief.question import Asked, find_question
from rigatino.errors import BriefError


def read_text_form(original: str, name: str, book: Notebook) -> Sheet:
    """Question and items of a text file."""
    page = Page(original, book)
    asked = find_question(page, name)
    found = ItemReader(page, asked.after).read()
    if not found.drafts and not found.headings and not found.answered:
        raise BriefError(
            f"{name} lists no models and no papers",
            'sections such as "### Recommended AI Models:" and "### Related Papers:"',
            "add them (they may be empty), or use the JSON form",
            line=min(asked.after + 1, len(page)),
        )
    remarks = [*asked.remarks, *found.remarks]
    form = _divide(found, remarks)
    if form != "answer" and not found.answered:
        remarks.append(Remark("no-answer-line", "the file ends without it", len(page)))
    elif form == "answer":
        remarks = _prose_of_answer(remarks)
    return Sheet(asked.text, asked.line, found.drafts, form, _before(page, asked) + remarks)


def _before(page: Page, asked: Asked) -> list[Remark]:
    """Lines above the question that are neither headings nor the founding prompt."""
    remarks = []
    for line in range(asked.line - 1):
        text = page.lines[line]
        known = is_preamble(text) or is_rule(text) or question_begins(text) is not None
        if not (page.blank(line) or known or text.lstrip().startswith("#")):
            remarks.append(Remark("unread-line", f"not read: {shown(text)}", line + 1))
    return remarks


def _divide(found: Found, remarks: list[Remark]) -> str:
    """Give every item a section; returns the form of the file."""
    plain = "markdown" if found.decorated else "founding"
    homeless = [d for d in found.drafts if d.section in (None, "undivided")]
    if not homeless:
        _tell_apart_models(found, remarks)
        return plain
    if "papers" in found.headings and "models" not in found.headings:
        for draft in homeless:
            draft.section = "models"
        remarks.append(Remark("heading-missing", "models without a heading", homeless[0].line))
        return plain
    for draft in homeless:
        draft.section = _section_by_name(draft)
    models = sum(d.section == "models" for d in homeless)
    message = f"by their names {models} of {len(homeless)} items are models"
    remarks.append(Remark("division-inferred", message, homeless[0].line))
    return plain if found.answered else "answer"


def _section_by_name(draft: Draft) -> Section:
    """A paper if it has a summary or a title, a model if its name is a module's."""
    return "models" if draft.summary is None and _is_module(draft) else "papers"


def _is_module(draft: Draft) -> bool:
    return draft.name is not None and is_module_name(draft.name.text)


def _tell_apart_models(found: Found, remarks: list[Remark]) -> None:
    """If the heading of the papers is missing, those below the models have summaries."""
    if "papers" in found.headings:
        return
    papers = [d for d in found.drafts if d.summary is not None and not _is_module(d)]
    for draft in papers:
        draft.section = "papers"
    if papers:
        remarks.append(Remark("heading-missing", "papers without a heading", papers[0].line))


def _prose_of_answer(remarks: list[Remark]) -> list[Remark]:
    """An answer's prose is expected; one remark for all of it."""
    prose = [r for r in remarks if r.code == "unread-line"]
    rest = [r for r in remarks if r.code != "unread-line"]
    if prose:
        message = f"{len(prose)} passages of the answer are not part of the brief"
        rest.append(Remark("answer-text", message, prose[0].line))
    return rest
