"""Networks in onnxruntime; the only place that imports it."""

from __future__ import annotations

from pathlib import Path

import onnxruntime

from rigatino.errors import ModelError, UsageError
from rigatino.inference.session import Floats, memory_errors
from rigatino.inference.settings import Settings


class OnnxRuntimeSession:
    """float32, a bounded number of threads, the same result every time."""

    def __init__(self, path: Path, content: bytes, settings: Settings) -> None:
        """Load ``content``, the verified bytes of ``path``."""
        _check_providers(settings.providers)
        try:
            with memory_errors():
                self._session = onnxruntime.InferenceSession(
                    content, _options(settings), providers=list(settings.providers)
                )
        except MemoryError:
            raise
        except Exception as error:
            raise ModelError(
                f"{path.name} cannot be loaded: {error}", "an ONNX file", "check the file"
            ) from error
        self._inputs = [node.name for node in self._session.get_inputs()]
        used = self._session.get_providers()[0].removesuffix("ExecutionProvider")
        self.runtime = f"onnxruntime {onnxruntime.__version__}"
        self.device = f"{used}, float32, {settings.threads} threads"

    def run(self, picture: Floats, hints: Floats | None) -> Floats:
        """See :class:`Session`."""
        given = (picture,) if hints is None else (picture, hints)
        with memory_errors():
            (result,) = self._session.run(None, dict(zip(self._inputs, given, strict=True)))[:1]
        return result  # type: ignore[no-any-return]


def _options(settings: Settings) -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = settings.threads
    options.inter_op_num_threads = 1
    options.use_deterministic_compute = True
    options.log_severity_level = 4  # errors come back as exceptions; say them once
    # Threads that wait by spinning would take cores from whoever shares them.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return options


def _check_providers(wanted: tuple[str, ...]) -> None:
    known = onnxruntime.get_available_providers()
    for name in wanted:
        if name not in known:
            raise UsageError(
                f"the onnxruntime provider {name!r}",
                f"one of {', '.join(known)}",
                "change RIGATINO_PROVIDERS, or install an onnxruntime that has it",
            )
