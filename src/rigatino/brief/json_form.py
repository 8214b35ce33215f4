"""The JSON form of a brief, in and out.

``{"question", "models": [{"name", "paper", "github"}], "papers": [{"title", "url",
"github", "summary"}]}``. A file that carries this program's own ``schema`` is taken
literally; in any other, texts are mended as in the text forms.
"""

from __future__ import annotations

from collections.abc import Mapping

from rigatino.brief.drafts import Draft, Remark, Sheet
from rigatino.brief.json_trace import Node, read_json
from rigatino.brief.lines import Section
from rigatino.brief.notebook import shown
from rigatino.brief.record import SCHEMA, Brief
from rigatino.brief.traced import Traced
from rigatino.errors import BriefError

_KEYS: dict[str, tuple[str, ...]] = {
    "question": ("question", "user_question", "query"),
    "models": ("models", "recommended_models", "recommended_ai_models"),
    "papers": ("papers", "related_papers"),
}
_MODEL_KEYS: dict[str, tuple[str, ...]] = {
    "name": ("name", "title", "model"),
    "link": ("paper", "url", "link", "arxiv", "pdf"),
    "github": ("github", "code", "repo", "repository"),
    "summary": ("summary", "abstract", "description"),
}
_PAPER_KEYS = _MODEL_KEYS | {
    "name": ("title", "name", "model"),
    "link": ("url", "paper", "link", "arxiv", "pdf"),
}
_PASSED_OVER = frozenset(("schema", "id", "form", "notices", "sources"))


def brief_to_json(brief: Brief) -> dict[str, object]:
    """The brief in the JSON form; ``read_brief`` gives back an equal record."""
    row: dict[str, object] = {"schema": SCHEMA}
    if brief.id is not None:
        row["id"] = brief.id
    return row | {
        "question": brief.question,
        "models": [{"name": m.name, "paper": m.paper, "github": m.github} for m in brief.models],
        "papers": [
            {"title": p.title, "url": p.url, "github": p.github, "summary": p.summary}
            for p in brief.papers
        ],
    }


def read_json_form(text: str, name: str) -> tuple[Sheet, bool]:
    """Question and items of a JSON text, and whether they are to be taken literally."""
    reader = _JsonReader(text, name)
    top = reader.top()
    schema = top.get("schema")
    literal = bool(schema and isinstance(schema.value, Traced) and schema.value.text == SCHEMA)
    return reader.sheet(top), literal


class _JsonReader:
    """Checks shapes and turns nodes into drafts."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.remarks: list[Remark] = []

    def top(self) -> dict[str, Node]:
        """The object that is the brief; a list of one brief is accepted."""
        node = read_json(self.text, self.name)
        if isinstance(node.value, list) and len(node.value) == 1:
            node = node.value[0]
        if not isinstance(node.value, dict):
            raise self._wrong(node, "holds no object", 'an object with "question"')
        return node.value

    def sheet(self, top: Mapping[str, Node]) -> Sheet:
        """All of it."""
        found = self._pick(top, _KEYS, "the brief")
        question = found.get("question")
        if question is None or not isinstance(question.value, Traced):
            raise self._wrong(question, 'has no text under "question"', "a question")
        if not question.value.text.strip():
            raise self._wrong(question, "asks nothing", "a question")
        drafts = self._drafts(found.get("models"), "models", _MODEL_KEYS)
        drafts += self._drafts(found.get("papers"), "papers", _PAPER_KEYS)
        identity = top.get("id")
        return Sheet(
            question.value,
            self._line(question),
            drafts,
            "json",
            self.remarks,
            self._identity(identity) if identity else None,
        )

    def _identity(self, node: Node) -> str | None:
        if isinstance(node.value, Traced):
            return node.value.text
        if isinstance(node.value, float):
            return self.text[node.at : node.at + int(node.value)]
        return None

    def _drafts(
        self, node: Node | None, section: Section, keys: dict[str, tuple[str, ...]]
    ) -> list[Draft]:
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            raise self._wrong(node, f'has something else than a list under "{section}"', "a list")
        return [self._draft(member, section, keys) for member in node.value]

    def _draft(self, node: Node, section: Section, keys: dict[str, tuple[str, ...]]) -> Draft:
        draft = Draft(section, self._line(node))
        if isinstance(node.value, Traced):
            draft.name = node.value
            return draft
        if not isinstance(node.value, dict):
            raise self._wrong(node, f'has an entry in "{section}" that is no object', "an object")
        found = self._pick(node.value, keys, f'"{section}"')
        draft.name = self._text(found.get("name"))
        draft.link = self._text(found.get("link"))
        draft.github = self._text(found.get("github"))
        draft.summary = self._text(found.get("summary"))
        return draft

    def _pick(
        self, members: Mapping[str, Node], keys: dict[str, tuple[str, ...]], where: str
    ) -> dict[str, Node]:
        """The members under the names of the form; others are reported, not dropped."""
        by_lower = {key.lower(): key for key in members}
        picked: dict[str, Node] = {}
        used = {by_lower[key] for key in by_lower if key in _PASSED_OVER}
        for field, names in keys.items():
            for alias in names:
                key = by_lower.get(alias)
                if key is not None and key not in used:
                    picked[field] = members[key]
                    used.add(key)
                    break
        for key in members:
            if key not in used:
                message = f"{shown(key)} in {where} is not part of the form"
                self.remarks.append(Remark("unknown-field", message, self._line(members[key])))
        return picked

    def _text(self, node: Node | None) -> Traced | None:
        if node is None or node.value is None:
            return None
        if isinstance(node.value, Traced):
            return node.value
        raise self._wrong(node, "has something else than a text", "a text in quotes or null")

    def _line(self, node: Node | None) -> int:
        return self.text.count("\n", 0, node.at) + 1 if node else 1

    def _wrong(self, node: Node | None, given: str, expected: str) -> BriefError:
        advice = 'see the JSON form: {"question", "models": [...], "papers": [...]}'
        return BriefError(f"{self.name} {given}", expected, advice, line=self._line(node))
