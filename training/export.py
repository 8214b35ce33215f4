"""A trained network becomes an ONNX file with half-precision weights, and a card beside it.

The weights are stored as float16 and cast to float32 by nodes that a runtime folds away when it
loads the file: half the bytes, full speed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

OPSET = 17
LARGEST_DIFFERENCE = 1 / 255  # what storing the weights in half precision may cost


def onnx_of(net: nn.Module, hints: int, gives: str = "mended", planes: int = 3) -> onnx.ModelProto:
    """The graph in float32, for any number, height and width of pictures."""
    example = torch.rand(1, planes, 64, 64), torch.zeros(1, hints)
    size = {0: "pictures", 2: "height", 3: "width"}
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            net, example, file, dynamo=False, opset_version=OPSET,
            input_names=["picture", "hints"], output_names=[gives],
            dynamic_axes={"picture": size, "hints": {0: "pictures"}, gives: size},
        )  # fmt: skip
    return onnx.load_model_from_string(file.getvalue())


def with_half_weights(model: onnx.ModelProto) -> onnx.ModelProto:
    """Every float32 weight stored as float16, with a cast that keeps its name."""
    graph, casts = model.graph, []
    for weight in graph.initializer:
        if weight.data_type != TensorProto.FLOAT:
            continue
        name, values = weight.name, numpy_helper.to_array(weight)
        weight.CopyFrom(numpy_helper.from_array(values.astype(np.float16), name + ".half"))
        casts.append(helper.make_node("Cast", [name + ".half"], [name], to=TensorProto.FLOAT))
    nodes = list(graph.node)
    del graph.node[:]
    graph.node.extend(casts + nodes)
    onnx.checker.check_model(model)
    return model


def largest_difference(net: nn.Module, file: bytes, hints: int, planes: int = 3) -> float:
    """Between torch in float32 and the file in onnxruntime, on noise of an odd number of cells."""
    picture = torch.rand(2, planes, 88, 136, generator=torch.Generator().manual_seed(0))
    told = torch.rand(2, hints, generator=torch.Generator().manual_seed(1))
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    (got,) = session.run(None, {"picture": picture.numpy(), "hints": told.numpy()})
    with torch.no_grad():
        return float((net(picture, told) - torch.from_numpy(got)).abs().max())


def receptive_radius(net: nn.Module, hints: int, cell: int, planes: int = 3) -> int:
    """How far from a pixel another one can change it, whatever its place in the cell."""
    probe = type(net)(**net.options).double()  # type: ignore[operator, arg-type]
    with torch.no_grad():
        for parameter in probe.parameters():  # no path may cancel or be cut by a ReLU
            parameter.fill_(1 / max(1, parameter[0].numel()))
    middle = 256
    size = (1, planes, 2 * middle, 2 * middle)
    picture = torch.ones(size, dtype=torch.float64, requires_grad=True)
    row = probe(picture, torch.zeros(1, hints, dtype=torch.float64))[0, :, middle].sum(0)
    reach = 0
    for column in range(middle, middle + cell):
        (slope,) = torch.autograd.grad(row[column], picture, retain_graph=True)
        touched = slope.abs().sum((0, 1, 2)).nonzero().flatten()
        reach = max(reach, column - int(touched[0]), int(touched[-1]) - column)
    return reach


def multiplies_per_pixel(net: nn.Module, hints: int, side: int = 64, planes: int = 3) -> int:
    """Multiplications of all convolutions for one pixel of the picture."""
    counted: list[int] = []

    def count(layer: nn.Conv2d, _: Any, result: torch.Tensor) -> None:
        counted.append(result[0].numel() * layer.weight[0].numel())

    hooks = [m.register_forward_hook(count) for m in net.modules() if isinstance(m, nn.Conv2d)]
    with torch.no_grad():
        net(torch.zeros(1, planes, side, side), torch.zeros(1, hints))
    for hook in hooks:
        hook.remove()
    return round(sum(counted) / side**2)


_GROWTH = r"""
import re, sys
from pathlib import Path
import numpy, onnxruntime

session = onnxruntime.InferenceSession(sys.argv[1], providers=["CPUExecutionProvider"])


def peak(side):
    hints, planes = int(sys.argv[2]), int(sys.argv[3])
    picture = numpy.zeros((1, planes, side, side), numpy.float32)
    session.run(None, {"picture": picture, "hints": numpy.zeros((1, hints), "f4")})
    return 1024 * int(re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1])


small = peak(64)
print(round((peak(1024) - small) / (1024**2 - 64**2)))
"""


def bytes_per_pixel(file: bytes, hints: int, planes: int = 3) -> int:
    """How much the memory of onnxruntime grows with a picture, in a process of its own (Linux)."""
    with tempfile.NamedTemporaryFile(suffix=".onnx") as model:
        model.write(file)
        model.flush()
        command = [sys.executable, "-c", _GROWTH, model.name, str(hints), str(planes)]
        return int(subprocess.run(command, check=True, capture_output=True).stdout)


def sources(data: Path) -> list[dict[str, Any]]:
    """How many training pictures came from where, under which licence."""
    with (data / "ATTRIBUTION.tsv").open(newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t") if r["set"] == "train"]
    counted = Counter((r["repository"], r["licence as stated there"]) for r in rows)
    return [
        {"repository": repository, "licence": licence, "crops": crops}
        for (repository, licence), crops in counted.most_common()
    ]


def log_of(checkpoint: Path) -> Path:
    """The log beside a checkpoint, named after it where several lie there."""
    logs = (checkpoint.with_suffix(".log.jsonl"), checkpoint.with_name("log.jsonl"))
    return next((path for path in logs if path.exists()), logs[1])


def curve(checkpoint: Path) -> list[dict[str, Any]]:
    """What the runs logged: loss and validation over steps (a first line describes the input)."""
    return [json.loads(line) for line in log_of(checkpoint).read_text().splitlines()]


def recipe_of(record: dict[str, Any]) -> dict[str, Any]:
    """What a card says of the runs that made the weights, the last one's options first."""
    runs = [
        {
            "options": {k: v for k, v in run["options"].items() if isinstance(v, int | float)},
            "steps": run["step"],
            "minutes": round(run["seconds"] / 60, 1),
        }
        for run in record.get("runs", [record])
    ]
    return {
        "options": runs[-1]["options"],
        "seed": runs[-1]["options"]["seed"],
        "steps": sum(run["steps"] for run in runs),
        "minutes": round(sum(run["minutes"] for run in runs), 1),
        "runs": runs,
    }


def write(path: Path, content: bytes) -> None:
    """Beside it first, so that nobody ever reads half a file."""
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(content)
    beside.replace(path)


def export(
    net: nn.Module, card: dict[str, Any], out: Path, *, hints: int, cell: int, planes: int = 3
) -> None:
    """Write NAME.onnx and NAME.json; refuse when the file does not compute what torch does."""
    name = card["name"]
    file = with_half_weights(onnx_of(net, hints, planes=planes)).SerializeToString()
    difference = largest_difference(net, file, hints, planes)
    if difference > LARGEST_DIFFERENCE:
        raise SystemExit(f"{name}: the file differs from the network by {difference:.4f}")
    facts = {
        "file": f"{name}.onnx",
        "bytes": len(file),
        "sha256": hashlib.sha256(file).hexdigest(),
        "opset": OPSET,
        "channels": 3,
        "scale": 1,
        "parameters": sum(p.numel() for p in net.parameters()),
        "size_multiple": cell,
        "receptive_radius": receptive_radius(net, hints, cell, planes),
        "bytes_per_pixel": bytes_per_pixel(file, hints, planes),
        "multiplies_per_pixel": multiplies_per_pixel(net, hints, planes=planes),
        "difference_from_float32": round(difference, 6),
    }
    out.mkdir(parents=True, exist_ok=True)
    write(out / f"{name}.onnx", file)
    text = json.dumps(card | facts, indent=2, ensure_ascii=False)
    write(out / f"{name}.json", (text + "\n").encode())
    print(json.dumps(facts))
