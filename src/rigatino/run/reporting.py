"""What was done, on one screen."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rigatino.run.record import Consistent, Deblurred, Pass, Projected, RunRecord

_WIDTH = 88


def report_text(record: RunRecord) -> str:
    """For whoever asked for the repair."""
    return "\n".join(_wrapped(line) for line in _lines(record)) + "\n"


def _lines(record: RunRecord) -> Iterator[str]:
    s = record.source
    yield f"{s.name or 'a picture'}: {s.format}, {s.width} × {s.height} pixels"
    yield record.sentence
    for done in record.passes:
        yield f"- {_pass(done)}"
        if done.blur is not None:
            yield f"- {_blur(done.blur)}"
    if record.projected is not None:
        yield f"- {_projected(record.projected)}"
    if record.consistent is not None:
        yield f"- {_consistent(record.consistent)}"
    for undone in record.undone:
        yield f"- Left as it is: {undone.task}, since {undone.why}."
    for note in record.notes:
        yield f"- {note}"


def _pass(done: Pass) -> str:
    told = _told(done)
    if done.factors is None:
        effect = f"samples changed by {done.changed:.1f} of 255 on average"
    else:
        effect = " × ".join(f"{factor:.4g}" for factor in done.factors) + " times the size"
    return (
        f"{done.model} in {done.runtime} ({done.device}), "
        f"{'in one piece' if done.cut.windows == 1 else f'in {done.cut.windows} windows'}"
        f"{f', told {told}' if told else ''}: {effect}; {done.seconds:.1f} s."
    )


#: what is said of where a kernel comes from
_SOURCES = {
    "read": "with a kernel of their own",
    "borrowed": "with that of their neighbours",
    "left": "left as they are",
}


def _blur(done: Deblurred) -> str:
    if done.windows:
        return _patches(done)
    forms = {
        "disk": f"a disk of radius {done.size:.1f} pixels",
        "line": f"a straight move of {done.size:.0f} pixels",
    }
    form = forms.get(done.kind, f"a path across {done.size:.0f} pixels")
    if done.source != "estimated":
        return f"The blur undone: {form}, as you said."
    sure = f"Parts of the picture agree on it to {100 * done.confidence:.0f} %."
    if done.forced:
        sure = f"Forced: {done.refusal or 'it is hardly blurred'}."
    return f"The blur undone: {form}. {sure}"


def _patches(done: Deblurred) -> str:
    counts = {name: sum(one.source == name for one in done.windows) for name in _SOURCES}
    named = ", ".join(f"{count} {_SOURCES[name]}" for name, count in counts.items() if count)
    whole = sum((one.bottom - one.top) * (one.right - one.left) for one in done.windows)
    undone = sum(
        one.undone * (one.bottom - one.top) * (one.right - one.left) for one in done.windows
    )
    return (
        f"The blur undone differs from place to place; of {len(done.windows)} windows, {named}. "
        f"About {100 * undone / whole:.0f} % of the picture was undone; the rest is as it was."
    )


def _told(done: Pass) -> str:
    parts = []
    if done.told.get("tables"):
        parts.append("the file's own tables")
    if done.told.get("sigma"):
        parts.append(f"noise of {done.told['sigma']:.0f} of 255")
    if "worn" in done.told:
        parts.append("a worn picture" if done.told["worn"] else "a clean picture")
    return " and ".join(parts)


def _projected(done: Projected) -> str:
    share, before = (100 * n / max(done.integers, 1) for n in (done.kept, done.kept_before))
    return (
        f"Kept to the file's own numbers: saving the result anew gives back {share:.2f} % of them "
        f"({before:.1f} % before); this assumes that {done.assumes}. It moved samples by "
        f"{done.moved:.1f} of 255 on average."
    )


def _consistent(done: Consistent) -> str:
    share = 100 * done.within / max(done.samples, 1)
    return (
        f"Kept to its own pixels: made small again ({done.convention}), {share:.2f} % of them come "
        f"back within one level of 255 (on average {done.error:.2f} off, {done.error_before:.2f} "
        f"before; at most {done.worst:.1f}). Whether that holds for the original is open: "
        f"{done.because}."
    )


def _wrapped(line: str) -> str:
    return textwrap.fill(line, _WIDTH, subsequent_indent="  " if line.startswith("- ") else "")
