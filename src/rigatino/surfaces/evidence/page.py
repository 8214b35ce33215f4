"""The evidence as one page that needs nothing but itself: no network, by mouse, finger or key."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from html import escape
from importlib.resources import files

from rigatino.evidence import Alarm, Evidence
from rigatino.evidence.telling import told
from rigatino.surfaces.evidence.plates import Plates, plates
from rigatino.surfaces.evidence.tables import keys, shares_table, worth_knowing


@dataclass(frozen=True, slots=True)
class Origin:
    """How the page came about, so that somebody else can make it again."""

    command: str
    before_sha256: str = ""
    after_sha256: str = ""


def evidence_page(evidence: Evidence, origin: Origin | None = None) -> str:
    """The evidence as one page that needs nothing but itself; write it to a file and open it."""
    origin = origin or Origin("rigatino compare BEFORE AFTER --html PAGE.html")
    style, script = (_file(f"page.{kind}") for kind in ("css", "js"))
    shown = plates(evidence)
    parts = [
        f"<h1>What was invented in {_named(evidence.after.name, 'the result')}</h1>",
        _lead(evidence), shares_table(evidence), _alarms(evidence), _picture(evidence, shown),
        _places(evidence, shown), worth_knowing(evidence), _repeat(evidence, origin),
    ]  # fmt: skip
    body = "\n".join(part for part in parts if part)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Evidence: {escape(evidence.after.name or 'a result')}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n<main>\n{body}\n</main>\n"
        f"<script>{script}</script>\n</body>\n</html>\n"
    )


def _file(name: str) -> str:
    return (files(__package__) / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Nothing may be loaded; only this very style and this very script count."""
    style, script = (
        base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for text in (style, script)
    )
    return (
        "default-src 'none'; img-src data:; "
        f"style-src 'sha256-{style}'; script-src 'sha256-{script}'; base-uri 'none'"
    )


def _named(name: str, else_: str) -> str:
    return f"<q>{escape(name)}</q>" if name else else_


def _lead(evidence: Evidence) -> str:
    """What it comes to, and from what it was measured."""
    first, *rest = told(evidence)
    whence = (
        f"Measured against {_named(evidence.before.name, 'the file before')}. "
        f"{escape(evidence.relation.words)}"
    )
    said = " ".join(escape(sentence.text) for sentence in rest)
    return f'<p class="lead">{escape(first.text)}</p>\n<p>{said}</p>\n<p class="mild">{whence}</p>'


def _alarms(evidence: Evidence) -> str:
    if not evidence.alarms:
        return ""
    rows = "".join(f"<li>{_alarm(alarm)}</li>" for alarm in evidence.alarms)
    return (
        f'<section class="alarm"><h2>Letters and faces that changed</h2><ul>{rows}</ul></section>'
    )


def _alarm(alarm: Alarm) -> str:
    top, left, height, width = alarm.box
    return (
        f"{escape(alarm.words)} <span class='mild'>({width} × {height} pixels at column {left}, "
        f"row {top}; how sure: {alarm.confidence:.0%})</span>"
    )


def _picture(evidence: Evidence, shown: Plates) -> str:
    """The slider over the stacked pictures."""
    name = escape(evidence.after.name or "the result")
    frames = f'<img class="frames" alt="" src="{shown.frames}">' if shown.frames else ""
    return f"""<section id="picture"><h2>Before and after</h2>
<div class="tools" role="group" aria-label="How the picture is shown">
<label class="slide">before <input type="range" id="slide" min="0" max="100" value="50" step="1"
 aria-label="How much of the picture is shown as it was before"> after</label>
{_check("lines", "lines: filled in")}{_check("crosses", "crosses: contradicts")}
{_check("frames", "frames: letters, faces") if shown.frames else ""}
<fieldset><legend>Zoom</legend>{_zoom(0, "fit", True)}{_zoom(1, "100 %")}{_zoom(4, "400 %")}
</fieldset></div>
<div class="holder"><div class="view fit" tabindex="0" role="region"
 aria-label="The picture; at 100 % and 400 % the arrow keys move it">
<div class="stack" data-width="{shown.width}" data-height="{shown.height}">
<img class="after" alt="After: {name}" src="{shown.after}" draggable="false">
<img class="lines" alt="Upright lines where detail was filled in" src="{shown.lines}"
 draggable="false">
<img class="crosses" alt="Crosses where the result contradicts the file" src="{shown.crosses}"
 draggable="false">{frames}
<img class="before" alt="Before: {escape(evidence.before.name or "the file")}" src="{shown.before}"
 draggable="false"><div class="handle" aria-hidden="true"></div></div></div>
<span class="tag left" aria-hidden="true">before</span>
<span class="tag right" aria-hidden="true">after</span></div>
<p class="mild">{_copies(shown)}</p>
{keys(bool(shown.frames))}</section>"""


def _check(name: str, says: str) -> str:
    return f'<label><input type="checkbox" data-shows=".stack .{name}" checked>{says}</label>'


def _zoom(by: int, says: str, on: bool = False) -> str:
    checked = " checked" if on else ""
    return f'<label><input type="radio" name="zoom" value="{by}"{checked}>{says}</label>'


def _copies(shown: Plates) -> str:
    kept = "without loss" if shown.lossless else "as JPEG of high quality"
    if shown.share == 1:
        return f"Both pictures are carried in this page at full size, {kept}."
    return (
        f"The pictures in this page are smaller copies, {shown.width} × {shown.height} pixels "
        f"({shown.share:.0%} of the width), {kept}; 100 % and 400 % are of these copies. The "
        "figures are of the files themselves, and the three places below are cut from them."
    )


def _places(evidence: Evidence, shown: Plates) -> str:
    if not evidence.places:
        return ""
    number = {1: "The place", 2: "The two places", 3: "The three places"}[len(evidence.places)]
    figures = "\n".join(_place(evidence, shown, at) for at in range(len(evidence.places)))
    return f"<section><h2>{number} most worth looking at</h2>\n{figures}</section>"


def _place(evidence: Evidence, shown: Plates, at: int) -> str:
    place = evidence.places[at]
    kinds = ("before", "after", "map")
    cells = "".join(
        f'<div><img alt="Place {at + 1}, {kind}" src="{src}"><span class="tag left">{kind}</span>'
        "</div>"
        for kind, src in zip(kinds, shown.places[at], strict=True)
    )
    x, y = _centre(evidence, at)
    return (
        f'<figure class="place"><div class="trio">{cells}</div><figcaption>{at + 1}. '
        f'{escape(place.why)} <button type="button" data-goes="{x:.4f} {y:.4f}">'
        f"Show place {at + 1} at 400 %</button></figcaption></figure>"
    )


def _centre(evidence: Evidence, at: int) -> tuple[float, float]:
    """Of a place, as shares of AFTER's width and height."""
    top, left, height, width = evidence.places[at].box
    relation, after = evidence.relation, evidence.after
    x = (left + width / 2 - relation.shift[1]) * relation.scale[1] / after.width
    y = (top + height / 2 - relation.shift[0]) * relation.scale[0] / after.height
    return x, y


def _repeat(evidence: Evidence, origin: Origin) -> str:
    hashes = "".join(
        f"<li>{whose} {_named(facts.name, 'a picture')}, SHA-256 <code>{digest}</code></li>"
        for whose, facts, digest in (
            ("before:", evidence.before, origin.before_sha256),
            ("after:", evidence.after, origin.after_sha256),
        )
        if digest
    )
    record = escape(json.dumps(evidence.to_json(), ensure_ascii=False, indent=1), quote=False)
    return f"""<section><h2>How to repeat it</h2>
<pre tabindex="0">{escape(origin.command)}</pre>
<p>with rigatino {escape(evidence.version)}{", on files with these hashes" if hashes else ""}.</p>
<ul>{hashes}</ul>
<details><summary>All figures as JSON</summary><pre tabindex="0">{record}</pre></details>
</section>"""
