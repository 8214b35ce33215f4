"""The encoder of *enlarge* becomes an ONNX file, each decoder an array file, each model a card.

    python export_enlarge.py --data DIR --checkpoint RUN/best.pt [--out DIR]

Two models share the encoder: ``enlarge`` decodes by the field, ``SISR-Any-LIIF-EDSR`` by LIIF.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from enlarge import Encoder, Enlarge
from export import (
    LARGEST_DIFFERENCE,
    OPSET,
    bytes_per_pixel,
    curve,
    multiplies_per_pixel,
    onnx_of,
    receptive_radius,
    recipe_of,
    sources,
    with_half_weights,
    write,
)
from resample import phases

SHIPPED = Path(__file__).parents[1] / "src/rigatino/inference/weights"
LIIF = {
    "name": "SISR-Any-LIIF-EDSR",
    "summary": "Enlarges by any factor with LIIF's decoder, on the encoder of enlarge.",
    "architecture": (
        "encoder of 3×3 convolutions and ReLU with residual blocks, no normalisation; decoder: "
        "LIIF (arXiv 2012.09161): features unfolded 3×3, local ensemble of four, cell decoding, "
        "four hidden layers of 256; its first layer factored; added to the bicubic enlargement"
    ),
}
#: pixels beyond its nearest one that a new pixel asks the decoder for: its neighbours, unfolded
DECODER_REACH = {"field": 0, "liif": 2}


class Encoding(nn.Module):
    """The encoder alone, made of its options, so that its reach can be probed."""

    def __init__(self, width: int, blocks: int) -> None:
        super().__init__()
        self.options = {"width": width, "blocks": blocks}
        self.encoder = Encoder(width, blocks)

    def forward(self, picture: Tensor, hints: Tensor) -> Tensor:
        return self.encoder(picture, hints)


def averaged(record: dict[str, Any]) -> Enlarge:
    """The averaged network that a checkpoint holds."""
    net = Enlarge(record["options"]["width"], record["options"]["blocks"]).eval()
    net.load_state_dict({name: value.float() for name, value in record["average"].items()})
    return net.requires_grad_(False)


def field_arrays(net: Enlarge) -> dict[str, Tensor]:
    """What `rigatino.inference.enlarging.field` reads."""
    field = net.field
    return {
        "coefficients": field.coefficients.weight[:, :, 0, 0],
        "bias": field.coefficients.bias,
        "frequency": field.frequency,
        "fading": field.fading.exp(),
    }


def liif_arrays(net: Enlarge) -> dict[str, Tensor]:
    """What `rigatino.inference.enlarging.liif` reads."""
    liif = net.liif
    arrays = {
        "first": liif.first.weight,
        "first_bias": liif.first.bias,
        "place": liif.place.weight,
        "cell": liif.cell.weight,
    }
    hidden = [layer for layer in liif.rest if isinstance(layer, nn.Linear)]
    for i, layer in enumerate(hidden):
        arrays |= {f"hidden_{i}": layer.weight, f"hidden_{i}_bias": layer.bias}
    return arrays


def packed(arrays: dict[str, Tensor]) -> bytes:
    """Matrices in half precision, vectors and numbers in single; the same bytes every time."""
    out = io.BytesIO()
    plain = {name: value.detach().numpy() for name, value in arrays.items()}
    np.savez(out, **{n: v.astype(np.float16) if v.ndim > 1 else v for n, v in plain.items()})
    return out.getvalue()


def difference(net: Enlarge, file: bytes) -> float:
    """Between torch in float32 and the file in onnxruntime, in pixels of doubled noise."""
    picture = torch.rand(1, 3, 51, 68, generator=torch.Generator().manual_seed(0))
    told = torch.zeros(1, 1)
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    (got,) = session.run(None, {"picture": picture.numpy(), "hints": told.numpy()})
    axes = [phases(n, 2 * n, picture.device) for n in picture.shape[2:]]
    ours, theirs = (net.field(f, *axes) for f in (net.encoder(picture, told), torch.tensor(got)))
    return float((ours - theirs).abs().max())


def card_of(record: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """enlarge.card.json says what the network is; this adds how these weights came to be."""
    recipe = recipe_of(record)
    card = json.loads(Path(__file__).with_name("enlarge.card.json").read_text())
    card["data"] = {"photographs": sources(options.data), "drawings": recipe["options"]["drawings"]}
    card["recipe"] = {
        "factors": "1…4, uniform, a quarter with another factor along each axis",
        "worn": "share of batches that are soft (σ 0.2…0.8), noisy (σ 0…10), saved (60…95)",
        **recipe,
    }
    card["curve"] = curve(options.checkpoint)
    card["scores"] = None
    return card


def export(options: argparse.Namespace) -> None:
    """Refuse when the file does not compute what torch does."""
    record = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    net = averaged(record)
    encoding = Encoding(**net.options).eval()
    encoding.encoder.load_state_dict(net.encoder.state_dict())
    file = with_half_weights(onnx_of(encoding, 1, "features")).SerializeToString()
    differs = difference(net, file)
    if differs > LARGEST_DIFFERENCE:
        raise SystemExit(f"enlarge: the file differs from the network by {differs:.4f}")
    encoder = {
        "file": "enlarge.onnx",
        "bytes": len(file),
        "sha256": hashlib.sha256(file).hexdigest(),
        "opset": OPSET,
        "channels": 3,
        "scale": 1,
        "size_multiple": 1,
        "bytes_per_pixel": bytes_per_pixel(file, 1),
        "multiplies_per_pixel": multiplies_per_pixel(encoding, 1),
        "difference_from_float32": round(differs, 6),
    }
    options.out.mkdir(parents=True, exist_ok=True)
    write(options.out / "enlarge.onnx", file)
    radius = receptive_radius(encoding, 1, 1)
    card = card_of(record, options) | encoder
    for kind, said, arrays in (("field", {}, field_arrays(net)), ("liif", LIIF, liif_arrays(net))):
        _write_model(card | said, kind, packed(arrays), radius, options.out)


def _write_model(card: dict[str, Any], kind: str, content: bytes, radius: int, out: Path) -> None:
    name = card["name"]
    write(out / f"{name}.npz", content)
    decoder = {
        "kind": kind,
        "file": f"{name}.npz",
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    said = card | {"decoder": decoder, "receptive_radius": radius + DECODER_REACH[kind]}
    text = json.dumps(said, indent=2, ensure_ascii=False)
    write(out / f"{name}.json", (text + "\n").encode())
    print(json.dumps({k: said[k] for k in ("name", "bytes", "receptive_radius", "decoder")}))


def main() -> None:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with ATTRIBUTION.tsv")
    parser.add_argument("--checkpoint", type=Path, required=True, help="its log lies beside it")
    parser.add_argument("--out", type=Path, default=SHIPPED, help="the package's own weights")
    export(parser.parse_args())


if __name__ == "__main__":
    main()
