"""Every runtime. Add one: a file with a class, and a line here."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from rigatino.errors import IntegrityError, UsageError
from rigatino.inference.session import Session
from rigatino.inference.settings import Settings

Opener = Callable[[Path, bytes, Settings], Session]

#: name -> module and class, imported on use; in the order of preference of ``auto``
RUNTIMES: dict[str, tuple[str, str]] = {
    "openvino": ("rigatino.inference.openvino_session", "OpenVinoSession"),
    "onnxruntime": ("rigatino.inference.onnxruntime_session", "OnnxRuntimeSession"),
}
#: suffix -> the same, for files that are no ONNX
_SPANDREL = ("rigatino.inference.spandrel_session", "SpandrelSession")
FORMATS: dict[str, tuple[str, str]] = {
    ".safetensors": _SPANDREL,
    ".pth": _SPANDREL,
}


def open_session(path: Path, content: bytes, settings: Settings) -> Session:
    """Load verified bytes in the runtime that their format needs, or that is asked for."""
    module, kind = FORMATS.get(path.suffix) or RUNTIMES[_chosen(settings)]
    opener: Opener = getattr(import_module(module), kind)
    return opener(path, content, settings)


def _chosen(settings: Settings) -> str:
    """``auto``: the first that is installed, unless a provider of onnxruntime was asked for."""
    if settings.runtime == "auto":
        if settings.other_providers:
            return "onnxruntime"
        found = next((name for name in RUNTIMES if find_spec(name) is not None), None)
        if found is None:
            raise IntegrityError(
                "no runtime for networks is installed",
                f"one of {', '.join(RUNTIMES)}; onnxruntime comes with rigatino",
                "reinstall rigatino with pip",
            )
        return found
    if settings.runtime not in RUNTIMES:
        raise UsageError(
            f"the runtime {settings.runtime!r}",
            f"auto, {', '.join(RUNTIMES)}",
            "change RIGATINO_RUNTIME",
        )
    return settings.runtime
