"""One content in many text forms gives one record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rigatino.brief import Brief, read_brief

QUESTION = "Why did the fog leave my picture of the lake?"
MODEL = (
    "Dehaze-FogNet-Outdoor",
    "https://arxiv.org/pdf/1901.00001",
    "https://github.com/ex/fognet",
)
PAPERS = [
    ("Seeing Through Fog", "http://arxiv.org/pdf/1901.00001v2.pdf", "https://github.com/ex/fognet"),
    ("Haze: A Survey", "http://arxiv.org/pdf/1902.00002v1.pdf", None),
]
SUMMARIES = ["Fog scatters light. We undo it.", "Many ways to remove haze are compared."]

BULLETS = """# Request

**User Question:** "Why did the fog leave my picture of the lake?"

## Recommended AI Models

- **Model**: Dehaze-FogNet-Outdoor
  - **Paper**: https://arxiv.org/pdf/1901.00001
  - **GitHub**: https://github.com/ex/fognet

## Related Papers

- **Title**: Seeing Through Fog
  - **Link**: <http://arxiv.org/pdf/1901.00001v2.pdf>
  - **Code**: [repository](https://github.com/ex/fognet)
  - **Abstract**: Fog scatters light. We undo it.
- **Title**: Haze: A Survey
  - **Link**: http://arxiv.org/pdf/1902.00002v1.pdf
  - **Abstract**: Many ways to remove haze are compared.
"""

NUMBERED = """### Question

Why did the fog leave my picture of the lake?

**Recommended Models:**

1. **Model:** `Dehaze-FogNet-Outdoor`
   *Paper:* https://arxiv.org/pdf/1901.00001
   *GitHub:* https://github.com/ex/fognet

**Related Papers:**

1. **Paper title:** Seeing Through Fog
   **ArXiv:** http://arxiv.org/pdf/1901.00001v2.pdf
   **GitHub link:** https://github.com/ex/fognet
   **Summary:** Fog scatters light. We undo it.

2. **Paper title:** Haze: A Survey
   **ArXiv:** http://arxiv.org/pdf/1902.00002v1.pdf
   **GitHub link:** n/a
   **Summary:** Many ways to remove haze are compared.

Answer:
"""

HEADED = """## User question
> Why did the fog leave my picture of the lake?

---

## Recommended AI models

### Dehaze-FogNet-Outdoor
- Paper: https://arxiv.org/pdf/1901.00001
- GitHub: https://github.com/ex/fognet

---

## Related papers

### Seeing Through Fog

- Paper: http://arxiv.org/pdf/1901.00001v2.pdf
- GitHub: https://github.com/ex/fognet
- Summary: Fog scatters light. We undo it.

### Haze: A Survey

- Paper: http://arxiv.org/pdf/1902.00002v1.pdf
- Summary: Many ways to remove haze are compared.
"""

SHOUTED = """You are an AI scientist.
A user has asked the following question:
“Why did the fog leave my picture of the lake?”
Based on the following recommended models, explain:
RECOMMENDED AI MODELS:
MODEL: Dehaze-FogNet-Outdoor
PAPER : https://arxiv.org/pdf/1901.00001
github: https://github.com/ex/fognet
RELATED PAPERS:
MODEL: Seeing Through Fog
PAPER: http://arxiv.org/pdf/1901.00001v2.pdf
github: https://github.com/ex/fognet
SUMMARY: Fog scatters light. We undo it.
MODEL: Haze: A Survey
PAPER: http://arxiv.org/pdf/1902.00002v1.pdf
github: None
SUMMARY: Many ways to remove haze are compared.
ANSWER:
"""

LISTED = """Question: Why did the fog leave my picture of the lake?

Models:
- Dehaze-FogNet-Outdoor, https://arxiv.org/pdf/1901.00001, https://github.com/ex/fognet

Papers:
- [Seeing Through Fog](http://arxiv.org/pdf/1901.00001v2.pdf) ([code](https://github.com/ex/fognet))
- **Haze: A Survey** (http://arxiv.org/pdf/1902.00002v1.pdf)
"""

ONE_LINE = """Question: "Why did the fog leave my picture of the lake?"

### Recommended AI Models:
Model: Dehaze-FogNet-Outdoor, Paper: https://arxiv.org/pdf/1901.00001, GitHub: https://github.com/ex/fognet

### Related Papers:
Paper: Seeing Through Fog
Link: http://arxiv.org/pdf/1901.00001v2.pdf
Code: https://github.com/ex/fognet
Abstract: Fog scatters light. We undo it.

Paper: Haze: A Survey
Link: http://arxiv.org/pdf/1902.00002v1.pdf
Code: -
Abstract: Many ways to remove haze are compared.
"""

UNDERLINED = """Pregunta: "Why did the fog leave my picture of the lake?"

**Recommended AI Models**
__Model__: Dehaze-FogNet-Outdoor
__Paper__: https://arxiv.org/pdf/1901.00001
__GitHub__: https://github.com/ex/fognet

**Related Papers**
* Model 1: Seeing Through Fog
* Paper 1: http://arxiv.org/pdf/1901.00001v2.pdf
* GitHub: https://github.com/ex/fognet
* Summary: Fog scatters light. We undo it.
* Model 2: Haze: A Survey
* Paper 2: http://arxiv.org/pdf/1902.00002v1.pdf
* GitHub: none
* Summary: Many ways to remove haze are compared.
"""

FORMS = {
    "bullets": BULLETS,
    "numbered": NUMBERED,
    "headed": HEADED,
    "shouted": SHOUTED,
    "listed": LISTED,
    "one line": ONE_LINE,
    "underlined": UNDERLINED,
}


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_the_same(form: str, traced: Callable[[Brief, str], None]) -> None:
    brief = read_brief(FORMS[form])
    traced(brief, FORMS[form])
    assert brief.question == QUESTION
    assert [(m.name, m.paper, m.github) for m in brief.models] == [MODEL]
    assert [(p.title, p.url, p.github) for p in brief.papers] == PAPERS
    if form != "listed":
        assert [p.summary for p in brief.papers] == SUMMARIES


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("form", FORMS)
def test_line_ends_make_no_difference(form: str, ends: str) -> None:
    assert read_brief(FORMS[form].replace("\n", ends)) == read_brief(FORMS[form])


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings_make_no_difference(form: str, encoding: str) -> None:
    brief = read_brief(FORMS[form].encode(encoding))
    assert brief == read_brief(FORMS[form])
    assert ("encoding" in [n.code for n in brief.notices]) == (encoding != "utf-8-sig")


def test_the_form_is_named() -> None:
    assert read_brief(BULLETS).form == "markdown"
    assert read_brief(SHOUTED).form == "founding"


UNDIVIDED = """🧠 **User Question:**
"I enlarged a stamp and the perforation came back. Who drew it?"

---

### 1. What task is the user trying to perform?

The user wants to enlarge.

### 2. How does the model work?

- **Input**: A picture.
- **Model**: The listed models process this input.
- **Output**: A picture.

### 3. Referenced Models and Tools

- **Model**: SISR-x4-StampNet
  - Paper: https://arxiv.org/pdf/1901.00001
  - GitHub: https://github.com/ex/stamp
- **Model**: Deblur-NeRF: Radiance Fields from Blurry Images
  - Paper: http://arxiv.org/pdf/1902.00002v1.pdf
  - GitHub: None
- **Model**: Perforation in Philately
  - Paper: http://arxiv.org/pdf/1903.00003v1.pdf
  - GitHub: None

Each of the models listed plays a role.
"""


def test_an_answer_with_one_list_is_divided_by_name(codes: Callable[[Brief], list[str]]) -> None:
    brief = read_brief(UNDIVIDED)
    assert brief.form == "answer"
    assert brief.question == "I enlarged a stamp and the perforation came back. Who drew it?"
    assert [m.name for m in brief.models] == ["SISR-x4-StampNet"]
    assert [p.title for p in brief.papers] == [
        "Deblur-NeRF: Radiance Fields from Blurry Images",
        "Perforation in Philately",
    ]
    assert "division-inferred" in codes(brief)
    assert "answer-text" in codes(brief)
    assert "unread-line" not in codes(brief)


def test_an_answer_in_mojibake_reads_the_same() -> None:
    damaged = UNDIVIDED.encode().decode("cp1252", "replace").replace("\ufffd", "\x9d")
    assert read_brief(damaged) == read_brief(UNDIVIDED)


def test_a_missing_heading_of_the_papers_is_made_up_for(
    founding: Callable[..., str], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read_brief(founding().replace("### Related Papers:\n", ""))
    assert (len(brief.models), len(brief.papers)) == (1, 1)
    assert "heading-missing" in codes(brief)


def test_a_missing_heading_of_the_models_is_made_up_for(
    founding: Callable[..., str], codes: Callable[[Brief], list[str]]
) -> None:
    brief = read_brief(founding().replace("### Recommended AI Models:\n", ""))
    assert (len(brief.models), len(brief.papers)) == (1, 1)
    assert "heading-missing" in codes(brief)
