"""The answer as one self-contained page: no network, no script."""

from __future__ import annotations

from html import escape
from itertools import islice

from rigatino.answer.links import labelled
from rigatino.answer.markdown import NO_LINK
from rigatino.answer.record import Answer, Block, Section, Sentence
from rigatino.brief import Brief

_STYLE = """
:root { color-scheme: light dark; --ink: #1c1b19; --paper: #fbfaf7; --rule: #d8d3c8;
  --brief: #1b5e8c; --measured: #2e6b34; --general: #6b665c; --soft: #f1eee7; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9e6df; --paper: #1a1917;
  --rule: #3b3832; --brief: #8cc3ea; --measured: #9ad29f; --general: #a8a294; --soft: #242220; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 46rem; padding: 2rem 1.2rem 4rem; color: var(--ink);
  background: var(--paper); font: 1.05rem/1.6 Georgia, "Times New Roman", serif; }
h1 { font-size: 1rem; font-weight: normal; font-style: italic; border-left: 4px solid var(--rule);
  margin: 0 0 1.5rem; padding: .2rem 0 .2rem 1rem; }
h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
p, ul { margin: .6rem 0; } li { margin: .35rem 0; overflow-wrap: anywhere; }
.brief { border-bottom: 2px solid var(--brief); }
.measured { border-bottom: 2px solid var(--measured); }
.general { border: 0; }
li .brief.line { border: 0; }
.key { font: .85rem/1.5 system-ui, sans-serif; color: var(--general);
  border-top: 1px solid var(--rule);
  margin-top: 2.5rem; padding-top: .8rem; } .key span { margin-right: 1rem; }
details { font: .9rem/1.5 system-ui, sans-serif; background: var(--soft); padding: .6rem 1rem;
  margin: .5rem 0; border-radius: 4px; } summary { cursor: pointer; }
mark { background: #ffe9a8; color: #1c1b19; } a { color: var(--brief); }
"""


def to_html(answer: Answer) -> str:
    """The three sections, each sentence marked by origin, and the sources behind the quotes."""
    body = "\n".join(_section(answer.brief, s) for s in answer.sections)
    title = escape(answer.brief.question[:70])
    return (
        f'<!doctype html>\n<html lang="{answer.language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"<h1>{escape(answer.brief.question)}</h1>\n{_note(answer)}{body}\n{_reported(answer)}{_KEY}"
        f"{_sources(answer)}</body>\n</html>\n"
    )


_KEY = (
    '<p class="key">How to read this: <span class="brief">quoted from the brief</span>'
    '<span class="measured">measured here</span>'
    '<span class="general">general background</span></p>\n'
)


def _section(brief: Brief, section: Section) -> str:
    parts = [f"<h2>{escape(section.heading)}</h2>"]
    inside = False
    for block in section.blocks:
        if (block.kind == "item") != inside:
            parts.append("</ul>" if inside else "<ul>")
            inside = not inside
        parts.append(_block(brief, block))
    return "\n".join([*parts, "</ul>"] if inside else parts)


def _block(brief: Brief, block: Block) -> str:
    label = f"<strong>{escape(block.label)}:</strong> " if block.label else ""
    body = label + " ".join(_sentence(brief, s) for s in block.sentences)
    return f"<li>{body}</li>" if block.kind == "item" else f"<p>{body}</p>"


def _sentence(brief: Brief, s: Sentence) -> str:
    title = {"brief": f"from {', '.join(s.cites)}", "general": "background"}.get(
        s.source, "measured in your file"
    )
    if s.by == "model" and s.quote:
        title += f': "{s.quote}"'
    line = " line" if s.links else ""
    text = f'<span class="{s.source}{line}" title="{escape(title)}">{escape(s.text)}</span>'
    return f"{text}: {_links(brief, s)}" if s.links else text


def _links(brief: Brief, s: Sentence) -> str:
    """Only http and https addresses become links that can be followed."""
    shown = [
        f'{label} <a href="{escape(link)}" rel="noopener noreferrer">{escape(link)}</a>'
        if link.lower().startswith(("http://", "https://"))
        else f"{label} {escape(link)}"
        for label, link in labelled(brief, s.links)
    ]
    return ", ".join(shown) or NO_LINK


def _note(answer: Answer) -> str:
    return f'<p class="key">{escape(answer.language_note)}</p>\n' if answer.language_note else ""


def _reported(answer: Answer) -> str:
    """What was mended in the brief, and what became of a language model's words."""
    from rigatino.answer.modelled import account_lines

    parts = (
        ("Reported while reading the brief", answer.reported),
        # Who, and how much of it stands; what was refused belongs into no page.
        ("Who wrote this", tuple(islice(account_lines(answer), 1))),
    )
    return "".join(_unfolding(title, lines) for title, lines in parts if lines)


def _unfolding(title: str, lines: tuple[str, ...]) -> str:
    items = "".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<details><summary>{title}</summary><ul>{items}</ul></details>\n"


def _sources(answer: Answer) -> str:
    """Every source text with the quoted parts marked, so that a reader can look them up."""
    shown = []
    for source in answer.brief.sources:
        spans = sorted(
            s.span
            for section in answer.sections
            for s in section.sentences
            if s.span and s.cites[0] == source.id
        )
        shown.append(
            f"<details><summary>{escape(source.id)}: what the brief says</summary>"
            f"<p>{_marked(source.text, spans)}</p></details>"
        )
    return "\n".join(shown) + "\n"


def _marked(text: str, spans: list[tuple[int, int]]) -> str:
    out, at = [], 0
    for start, end in spans:
        if start >= at:
            out += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
    return "".join([*out, escape(text[at:])])
