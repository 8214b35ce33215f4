"""The record of this room: what a network is, as its card says."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, field
from types import MappingProxyType
from typing import Any, get_args

from rigatino.errors import ModelError

SCHEMA = "rigatino/model/1"
#: beside a blurred picture: the same divided by what blurred it
INVERSION = "inversion"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class DecoderFile:
    """What makes colours of an encoder's features, at any place."""

    kind: str
    """A name of ``DECODERS`` (see ``enlarging.decoders``)."""
    file: str
    """Its weights, beside the card."""
    sha256: str
    """Of that file."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a network takes, gives, was made from, and must not be used for."""

    name: str
    summary: str
    """One sentence."""
    tasks: tuple[str, ...]
    """What it mends, by slugs of the task cards."""
    file: str
    """The file of its weights, beside the card."""
    sha256: str
    """Of that file."""
    licence: str
    data: Any
    """What it was trained on: plain JSON, in the words of its makers."""
    not_for: tuple[str, ...]
    """What it must not be used for."""
    channels: int
    """1: grey; 3: RGB. Values are float32 in 0…1, (pictures, channels, height, width)."""
    scale: int
    """Output pixels per input pixel and direction; 1 with a decoder, which takes any factor."""
    size_multiple: int
    """Height and width it takes are multiples of this."""
    receptive_radius: int | None
    """Pixels beyond this do not matter to a result; None: not known, or the whole picture."""
    bytes_per_pixel: int
    """Memory that a run takes for each pixel it is given."""
    hints: str | None = None
    """Name of the scheme by which it is told what is known (see ``hints``); None: nothing."""
    scores: Any = None
    """What it was measured to do: plain JSON, by measurement."""
    multiplies_per_pixel: int | None = None
    """Its arithmetic, for comparing machines."""
    beside: str | None = None
    """What it is given in further planes beside the picture: ``inversion``; None: nothing."""
    decoder: DecoderFile | None = None
    """Where the network only encodes: what makes pixels of it; None: the network gives pixels."""
    more: MappingProxyType[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    """Everything else that the card says: architecture, recipe, curve of training …"""

    @property
    def planes(self) -> int:
        """How many its first input has."""
        return self.channels if self.beside is None else 2 * self.channels

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        named = {name: getattr(self, name) for name in _FIELDS}
        named["decoder"] = self.decoder and asdict(self.decoder)
        plain = {k: list(v) if isinstance(v, tuple) else v for k, v in named.items()}
        return {"schema": SCHEMA, **plain, **self.more}


_FIELDS = tuple(name for name in ModelCard.__dataclass_fields__ if name != "more")
_KINDS: dict[str, Any] = {
    "name": str, "summary": str, "file": str, "sha256": str, "licence": str,
    "tasks": list, "not_for": list, "hints": str | None,
    "channels": int, "scale": int, "size_multiple": int, "bytes_per_pixel": int,
    "receptive_radius": int | None, "multiplies_per_pixel": int | None,
    "data": object, "scores": object, "decoder": dict | None, "beside": str | None,
}  # fmt: skip
_OPTIONAL = ("hints", "scores", "multiplies_per_pixel", "decoder", "beside")


def read_card(text: str | bytes, where: str) -> ModelCard:
    """Read a card; :class:`ModelError` names the field that is missing or off."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _off(where, f"is no JSON ({error})") from error
    if not isinstance(said, dict):
        raise _off(where, "is no JSON object")
    if said.get("schema") != SCHEMA:
        raise _off(where, f"has the schema {said.get('schema')!r}")
    for name in _FIELDS:
        _check_kind(said, name, where)
    _check_values(said, where)
    known = {name: said[name] for name in _FIELDS if name in said}
    known |= {name: tuple(known[name]) for name in ("tasks", "not_for")}
    if known.get("decoder") is not None:
        known["decoder"] = _decoder(known["decoder"], where)
    more = {k: v for k, v in said.items() if k not in known and k != "schema"}
    return ModelCard(**known, more=MappingProxyType(more))


def _decoder(said: dict[str, Any], where: str) -> DecoderFile:
    texts = {name: said.get(name) for name in DecoderFile.__dataclass_fields__}
    wrong = not all(isinstance(text, str) for text in texts.values()) or set(said) - set(texts)
    if wrong or not _is_file(said["file"]) or not _SHA256.fullmatch(said["sha256"]):
        raise _off(where, f"says {said!r:.60} for 'decoder', which cannot be")
    return DecoderFile(**said)


def _is_file(name: str) -> bool:
    return name not in ("", ".", "..") and not {"/", "\\", "\0"} & set(name)


def _check_kind(said: dict[str, Any], name: str, where: str) -> None:
    if name not in said:
        if name in _OPTIONAL:
            return
        raise _off(where, f"does not say {name!r}")
    value, kind = said[name], _KINDS[name]
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not object):
        kinds = " or ".join(k.__name__ for k in (get_args(kind) or (kind,)))
        raise _off(where, f"says {value!r:.60} for {name!r} (wanted: {kinds})")


def _check_values(said: dict[str, Any], where: str) -> None:
    """Ranges; what is only text is left to its author."""
    wrong = {
        "name": not _NAME.fullmatch(said["name"]),
        "file": not _is_file(said["file"]),
        "sha256": not _SHA256.fullmatch(said["sha256"]),
        "channels": said["channels"] not in (1, 3),
        "scale": not 1 <= said["scale"] <= 16,
        "size_multiple": not 1 <= said["size_multiple"] <= 1024,
        "bytes_per_pixel": not 1 <= said["bytes_per_pixel"] <= 2**24,
        "receptive_radius": not 0 <= (said["receptive_radius"] or 0) <= 2**16,
        "beside": said.get("beside") not in (None, INVERSION),
        "tasks": not said["tasks"] or not all(isinstance(t, str) for t in said["tasks"]),
        "not_for": not all(isinstance(t, str) for t in said["not_for"]),
    }
    for name, is_wrong in wrong.items():
        if is_wrong:
            raise _off(where, f"says {said[name]!r:.60} for {name!r}, which cannot be")


def _off(where: str, what: str) -> ModelError:
    return ModelError(
        f"the card {where} {what}", f"a model card ({SCHEMA})", "see docs/reference/models.md"
    )
