"""PyTorch networks through spandrel (extra ``spandrel``); the only place that imports either.

Weights come as ``.safetensors``, or as ``.pth`` where a user asked for it; both are read from the
verified bytes, and of a pickle nothing but tensors is taken.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from rigatino.errors import MissingExtraError, ModelError
from rigatino.inference.session import Floats, memory_errors
from rigatino.inference.settings import Settings


class SpandrelSession:
    """float32 on the CPU."""

    def __init__(self, path: Path, content: bytes, settings: Settings) -> None:
        """Recognise the architecture by its weights, and load them."""
        try:
            import spandrel
            import torch
        except ImportError as error:
            raise MissingExtraError(
                f"running {path.name}, a PyTorch network,", "spandrel"
            ) from error
        self._torch = torch
        torch.set_num_threads(settings.threads)
        try:
            with memory_errors():
                loader = spandrel.ModelLoader(torch.device("cpu"))
                self._model = loader.load_from_state_dict(_weights(path, content)).eval()
        except MemoryError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split())[:200] or type(error).__name__
            raise ModelError(
                f"{path.name} cannot be loaded: {reason}",
                "weights of an architecture that spandrel knows",
                "check the file, or export the network to ONNX",
            ) from error
        self.runtime = f"spandrel {spandrel.__version__}, torch {torch.__version__}"
        self.device = f"{self._model.architecture.name} on CPU, float32, {settings.threads} threads"

    def run(self, picture: Floats, hints: Floats | None) -> Floats:
        """See :class:`Session`."""
        if hints is not None:
            raise ModelError(
                "hints for a PyTorch network", "hints: null in its card", "correct the card"
            )
        with memory_errors(), self._torch.inference_mode():
            result: Floats = self._model(self._torch.from_numpy(picture)).numpy()
        return result


def _weights(path: Path, content: bytes) -> Any:
    if path.suffix == ".safetensors":
        from safetensors.torch import load

        return load(content)
    import torch

    return torch.load(io.BytesIO(content), map_location="cpu", weights_only=True)
