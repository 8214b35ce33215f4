"""A user's own models: tried, hashed, copied beside a completed card; and checked later."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from rigatino.errors import IntegrityError, ModelError, OutputError, RigatinoError, UsageError
from rigatino.inference.card import ModelCard, read_card
from rigatino.inference.hints import SCHEMES
from rigatino.inference.measuring import bytes_per_pixel
from rigatino.inference.network import open_network
from rigatino.inference.runtimes import FORMATS
from rigatino.inference.settings import models_folder
from rigatino.inference.shelf import SHIPPED, Model, models


def add(file: Path, card: Path, allow_pickle: bool = False) -> Model:
    """Copy a network into the user's folder, once it has shown that it does what its card says.

    What the card leaves out and a program can find (``sha256``, ``bytes_per_pixel``) is filled in.
    """
    said, content = _json(card), _bytes(file)
    _check_suffix(file, allow_pickle)
    if said.get("decoder") is not None:
        raise ModelError(
            f"the card {card} names a decoder", "a network of one file that gives pixels",
            "export it with its decoder, for one factor",
        )  # fmt: skip
    completed = _completed(said, file, content, str(card))
    _check_free(completed.name)
    given = Model(read_card(json.dumps(completed.to_json() | {"file": file.name}), str(card)),
                  file.absolute().parent, False)  # fmt: skip
    _try(given)
    return _keep(completed, content)


def verify(names: Iterable[str] = ()) -> tuple[tuple[str, str], ...]:
    """Name and what is wrong, empty where nothing is, of these models or all."""
    wanted = set(names)
    found = [m for m in models() if not wanted or m.card.name in wanted]
    for name in sorted(wanted - {m.card.name for m in found}):
        raise UsageError(
            f"the model {name!r}", "a model that is there", "see: rigatino models list"
        )
    return tuple((m.card.name, _wrong(m)) for m in found)


def _wrong(found: Model) -> str:
    try:
        found.verified()
    except RigatinoError as error:
        return str(error)
    return ""


def _json(card: Path) -> dict[str, Any]:
    try:
        said = json.loads(_bytes(card))
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise ModelError(f"the card {card} is no JSON object", "a model card",
                         "see docs/reference/models.md")  # fmt: skip
    return said


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror})", "a readable file", "check the path"
        ) from error


def _check_suffix(file: Path, allow_pickle: bool) -> None:
    """ONNX and safetensors are data; a pickle is a program."""
    if file.suffix not in (".onnx", *FORMATS):
        raise ModelError(
            f"{file.name}", f"a file ending in .onnx, {', '.join(FORMATS)}", "export it to ONNX"
        )
    if file.suffix == ".pth" and not allow_pickle:
        raise ModelError(
            f"{file.name} is a pickle, which can hold a program",
            "an ONNX or safetensors file",
            "convert it, or pass --allow-pickle if you trust whoever made it",
        )


def _completed(said: dict[str, Any], file: Path, content: bytes, where: str) -> ModelCard:
    digest = hashlib.sha256(content).hexdigest()
    stated = said.get("sha256", digest)
    if stated != digest:
        raise IntegrityError(
            f"{file} has the SHA-256 {digest[:16]}…",
            f"{str(stated)[:16]}… as its card says",
            "get the file that the card is about",
        )
    name = f"{said.get('name')}{file.suffix}"
    draft = {"bytes_per_pixel": 1} | said | {"sha256": digest, "file": name}
    checked = read_card(json.dumps(draft), where)
    if "bytes_per_pixel" not in said:
        hints = 0 if checked.hints is None else SCHEMES.get(checked.hints, (0,))[0]
        draft["bytes_per_pixel"] = bytes_per_pixel(file, checked, hints)
    return read_card(json.dumps(draft), where)


def _check_free(name: str) -> None:
    if name in SHIPPED or (models_folder() / f"{name}.json").exists():
        raise UsageError(f"a model named {name}", "a name that is free", "rename it in the card")


def _try(given: Model) -> None:
    """Run it on two sizes: the shapes must be what the card says, the numbers finite."""
    network = open_network(given)
    for side in (64, 80):
        picture = np.full((side, side + 16, given.card.channels), 0.5, np.float32)
        try:
            beside = None if given.card.beside is None else picture
            good = np.isfinite(network.apply(picture, beside=beside)).all()
        except RigatinoError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200]
            raise ModelError(
                f"{given.card.file} cannot be run on {side}×{side + 16}: {reason}",
                f"inputs as its card says ({given.card.planes} channels)",
                "correct the card",
            ) from error
        if not good:
            raise ModelError(f"{given.card.file} gave values that are not finite", "numbers",
                             "check the network")  # fmt: skip


def _keep(card: ModelCard, content: bytes) -> Model:
    """The weights first: a card is never there without them."""
    folder = models_folder()
    text = json.dumps(card.to_json(), indent=2, ensure_ascii=False) + "\n"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / card.file, content)
        _write(folder / f"{card.name}.json", text.encode())
    except OSError as error:
        raise OutputError(
            f"{folder} cannot be written ({error.strerror})",
            "a folder that can be written to",
            "set RIGATINO_MODELS to one",
        ) from error
    return Model(card, folder, False)


def _write(path: Path, content: bytes) -> None:
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=".rigatino.")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        Path(beside).chmod(0o644)
        Path(beside).replace(path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
