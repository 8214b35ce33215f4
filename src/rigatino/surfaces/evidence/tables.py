"""The figures of the page: shares as table and bars, the key to the marks, what is assumed."""

from __future__ import annotations

from html import escape

from rigatino.evidence import Claim, Evidence, Shares
from rigatino.evidence.telling import ANCHORS, main_shares, percent

_HEADS = ("fixed by the file", "filled in: the model's guess", "contradicts the file")
#: patterns of the marks; drawn once, used by every bar
_PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true"><defs>'
    '<pattern id="lines" width="6" height="8" patternUnits="userSpaceOnUse">'
    '<rect class="guess" width="6" height="8"/><path class="stroke" d="M2 0V8"/></pattern>'
    '<pattern id="crosses" width="10" height="10" patternUnits="userSpaceOnUse">'
    '<rect class="guess" width="10" height="10"/>'
    '<path class="cross" d="M0 0L10 10M10 0L0 10"/></pattern></defs></svg>'
)
_OPERATORS = {
    "jpeg": "a JPEG file", "enlarged": "an enlargement", "blurred": "a blur", "noisy": "noise",
    "masked": "a mask", "none": "no damage that is known",
}  # fmt: skip
_NAMES = {"fine": "fine detail", "all": "all detail", "luma": "brightness", "chroma": "colour"}


def shares_table(evidence: Evidence) -> str:
    """The three figures, large, and beside them those of the plain picture."""
    claim = evidence.main
    main = main_shares(claim)
    if main is None:
        return _PATTERNS
    name, shares = main
    plain = claim.plain.get(name)
    rows = _row("this result", shares)
    rows += "" if plain is None or plain.recovered is None else _row(ANCHORS[claim.operator], plain)
    heads = "".join(f'<th scope="col">{head}</th>' for head in _HEADS)
    title = f"Of the {_NAMES.get(name, name)}"
    return (
        f'{_PATTERNS}<section aria-label="The figures"><div class="wide"><table class="big"><thead>'
        f'<tr><th scope="col">{title}</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
        "</section>"
    )


def _row(whose: str, shares: Shares) -> str:
    cells = "".join(f"<td>{percent(part)}</td>" for part in parts_of(shares))
    bar = f'<tr aria-hidden="true"><td colspan="4">{_bar(shares)}</td></tr>'
    return f'<tr><th scope="row">{escape(whose)}</th>{cells}</tr>{bar}'


def parts_of(shares: Shares) -> tuple[float, float, float]:
    """Fixed, filled in, contradicting."""
    return shares.recovered or 0, shares.filled or 0, shares.contradicted or 0


def _bar(shares: Shares) -> str:
    drawn, left = [], 0.0
    fills = ('class="known"', 'fill="url(#lines)"', 'fill="url(#crosses)"')
    for part, fill in zip(parts_of(shares), fills, strict=True):
        drawn.append(f'<rect x="{left:.2%}" width="{part:.2%}" height="100%" {fill}/>')
        left += part
    return f'<svg class="bar" aria-hidden="true">{"".join(drawn)}</svg>'


def keys(frames: bool) -> str:
    """What the marks mean."""
    rows = [
        ('<rect class="known" width="100%" height="100%"/>', "no marks: fixed by the file, or no "
         "detail there"),
        ('<rect fill="url(#lines)" width="100%" height="100%"/>', "upright lines: filled in, the "
         "model's guess that the file allows; the denser, the more"),
        ('<rect fill="url(#crosses)" width="100%" height="100%"/>', "crosses: contradicts the "
         "file"),
    ]  # fmt: skip
    if frames:
        frame = '<rect class="stroke" x="10%" y="15%" width="80%" height="70%"/>'
        rows.append((frame, "frame: letters or a face that changed; never restored"))
    items = "".join(
        f'<li><svg class="key" aria-hidden="true">{drawn}</svg><span>{says}</span></li>'
        for drawn, says in rows
    )
    return f'<ul class="keys">{items}</ul>'


def worth_knowing(evidence: Evidence) -> str:
    """What is assumed, whether it binds, and all shares."""
    claims = "\n".join(_claim(claim) for claim in evidence.claims)
    notes = "".join(f"<li>{escape(note)}</li>" for note in evidence.notes)
    said = f"<h3>To be known besides</h3><ul>{notes}</ul>" if notes else ""
    return f"<section><h2>What this assumes</h2>\n{claims}{said}</section>"


def _claim(claim: Claim) -> str:
    assumed = "".join(f"<li>{escape(line)}</li>" for line in claim.assumes)
    binds = claim.binds
    rows = "".join(
        _shares_row(f"{whose}{_NAMES.get(name, name)}", shares)
        for whose, group in (("", claim.shares), ("plain: ", claim.plain), ("", claim.bands))
        for name, shares in group.items()
    )
    figures = "".join(
        f'<tr><th scope="row">{escape(name.replace("_", " "))}</th><td>{_figure(value)}</td></tr>'
        for name, value in claim.figures.items()
    )
    table = f"<table><thead><tr><th></th>{_heads()}</tr></thead><tbody>{rows}</tbody></table>"
    more = f"<table><tbody>{figures}</tbody></table>" if figures else ""
    return (
        f"<h3>As {_OPERATORS[claim.operator]}</h3><ul>{assumed}</ul>"
        f"<p>Does the file bind the picture that is wanted back? <strong>{binds.value}</strong>: "
        f"{escape(binds.reason)}</p>"
        f'<details><summary>All shares</summary><div class="wide">{table}{more}</div></details>'
    )


def _heads() -> str:
    return "".join(f'<th scope="col">{head.split(":")[0]}</th>' for head in _HEADS)


def _shares_row(name: str, shares: Shares) -> str:
    known = shares.recovered is not None
    cells = "".join(f"<td>{percent(p) if known else '–'}</td>" for p in parts_of(shares))
    return f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'


def _figure(value: float | str | None) -> str:
    return (
        "–" if value is None else escape(f"{value:.4g}" if isinstance(value, float) else str(value))
    )
