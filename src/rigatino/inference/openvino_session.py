"""Networks in OpenVINO (extra ``openvino``); the only place that imports it.

Where the CPU has bfloat16, convolutions are computed in it, twice as fast. That rounds to 8 bits of
mantissa: too coarse for a picture, fine for a correction. So it is used for networks whose last
step adds a correction to their picture, or to its last planes, and that sum is taken out of the
graph and done here in float32; and for those that give ``features``, of which a decoder makes a
correction. Every other network runs in float32.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from rigatino.errors import MissingExtraError, ModelError
from rigatino.inference.session import Floats, memory_errors
from rigatino.inference.settings import Settings


class OpenVinoSession:
    """bfloat16 where network and CPU allow it, else float32."""

    def __init__(self, path: Path, content: bytes, settings: Settings) -> None:
        """Load ``content``, the verified bytes of ``path``."""
        try:
            import openvino
        except ImportError as error:
            raise MissingExtraError("running networks in OpenVINO", "openvino") from error
        core = openvino.Core()
        try:
            with memory_errors():
                model, self._from = _without_sum(openvino, core.read_model(content))
                corrects = self._from is not None or "features" in model.outputs[0].get_names()
                precision = "bf16" if corrects and _has_bfloat16(core) else "f32"
                options = _options(precision, settings)
                self._request = core.compile_model(model, "CPU", options).create_infer_request()
        except MemoryError:
            raise
        except Exception as error:
            raise ModelError(
                f"{path.name} cannot be loaded: {error}", "an ONNX file", "check the file"
            ) from error
        self.runtime = f"OpenVINO {openvino.__version__.split('-')[0]}"
        named = {"bf16": "bfloat16", "f32": "float32"}[precision]
        self.device = f"CPU, {named}, {settings.threads} threads"

    def run(self, picture: Floats, hints: Floats | None) -> Floats:
        """See :class:`Session`."""
        given = [picture] if hints is None else [picture, hints]
        with memory_errors():
            result = self._request.infer(given, share_inputs=True)[0]
        return np.array(result) if self._from is None else picture[:, self._from :] + result


def _has_bfloat16(core: Any) -> bool:
    return "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def _options(precision: str, settings: Settings) -> dict[str, Any]:
    return {
        "INFERENCE_NUM_THREADS": settings.threads,
        "NUM_STREAMS": 1,
        "PERFORMANCE_HINT": "LATENCY",
        "INFERENCE_PRECISION_HINT": precision,
    }


def _without_sum(openvino: Any, model: Any) -> tuple[Any, int | None]:
    """The model up to its correction, if that is added to its first input; from which plane on."""
    last = model.get_results()[0].input_value(0).get_node()
    first = model.get_parameters()[0]
    if last.get_type_name() != "Add":
        return model, None
    given = [last.input_value(at) for at in (0, 1)]
    starts = [_start_in(value.get_node(), first) for value in given]
    if starts.count(None) != 1:
        return model, None
    correction, start = given[starts.index(None)], next(one for one in starts if one is not None)
    model = openvino.Model([correction], model.get_parameters(), model.get_friendly_name())
    return model, start


def _start_in(node: Any, first: Any) -> int | None:
    """0 for the first input, the first plane for all from there on; None for anything else."""
    if node == first:
        return 0
    if node.get_type_name() != "Slice" or node.input_value(0).get_node() != first:
        return None
    bounds = [node.input_value(at).get_node() for at in range(1, node.get_input_size())]
    if any(one.get_type_name() != "Constant" for one in bounds):
        return None
    start, stop, step, axis = (list(one.data) for one in bounds)
    planes = first.get_partial_shape()[1]
    whole = planes.is_static and stop[0] >= planes.get_length()
    return int(start[0]) if whole and (step, axis) == ([1], [1]) and start[0] >= 0 else None
