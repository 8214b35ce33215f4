"""``models``: the networks that are there, and a user's own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from rigatino.surfaces.screen import note, show

if TYPE_CHECKING:
    from rigatino.inference import Model

app = typer.Typer(
    help="The networks that are there: list, show, add, verify.", rich_markup_mode=None
)
#: parts of a card that are for machines, and too long for a screen
_LONG = ("curve", "recipe", "data", "scores", "inputs")


@app.callback(invoke_without_command=True)
def _models(context: typer.Context) -> None:
    """List, show, add and verify networks."""
    if context.invoked_subcommand is None:
        show(context.get_help() + "\n")


@app.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="The cards as JSON.")] = False,
) -> None:
    """Every model: name, what it mends, licence."""
    from rigatino.inference import models

    found = models()
    if as_json:
        show(_json([m.card.to_json() for m in found]))
    else:
        show("".join(_line(m) for m in found))


@app.command("show")
def show_(
    name: Annotated[str, typer.Argument(metavar="NAME", help="As in: rigatino models list.")],
    as_json: Annotated[bool, typer.Option("--json", help="The whole card as JSON.")] = False,
) -> None:
    """One model's card: what it takes, was made from, and must not be used for."""
    from rigatino.inference import model

    found = model(name)
    show(_json(found.card.to_json()) if as_json else _card(found))


@app.command("add")
def add_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="ONNX, or .safetensors or .pth.")],
    card: Annotated[Path, typer.Option("--card", metavar="CARD", help="Its card, JSON.")],
    allow_pickle: Annotated[
        bool,
        typer.Option("--allow-pickle", help="Take a .pth file; only tensors are read."),
    ] = False,
) -> None:
    """Try a network, and copy it with its card into your own folder of models."""
    from rigatino.inference import add

    added = add(file, card, allow_pickle)
    note(f"added {added.card.name} to {added.folder} (SHA-256 {added.card.sha256})")


@app.command("verify")
def verify_(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[NAME]...", help="All if none is named.")
    ] = None,
) -> None:
    """Whether the files are still what their cards say; exit code 1 if one is not."""
    from rigatino.inference import verify

    results = verify(names or ())
    show("".join(f"{name}: {wrong or 'as its card says'}\n" for name, wrong in results))
    if any(wrong for _, wrong in results):
        raise typer.Exit(1)


def _line(found: Model) -> str:
    card = found.card
    whose = "shipped" if found.shipped else "added"
    return f"{card.name:<18} {whose:<8} {', '.join(card.tasks)} ({card.licence})\n"


def _card(found: Model) -> str:
    card = found.card
    reach = "not known" if card.receptive_radius is None else f"{card.receptive_radius} pixels"
    rows = {
        "name": card.name,
        "what": card.summary,
        "mends": ", ".join(card.tasks),
        "file": str(found.path),
        "SHA-256": card.sha256,
        "licence": card.licence,
        "takes": f"{card.channels} channels, sides in multiples of {card.size_multiple}",
        "gives": f"{card.scale} × the size" if card.decoder is None else "any size",
        "looks": f"{reach} far",
        "memory": f"{card.bytes_per_pixel} bytes a pixel",
        "is told": card.hints or "nothing but the picture",
    }
    rows |= {k: v for k, v in card.more.items() if isinstance(v, str) and k not in _LONG}
    lines = [f"{name:<14} {text}" for name, text in rows.items()]
    lines += ["", "Not for:", *(f"  - {use}" for use in card.not_for)]
    more = f"Data, scores, training: rigatino models show {card.name} --json"
    return "\n".join([*lines, "", more, ""])


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
