"""Measure a mend network on the standard test pictures.

    python evaluate_mend.py --data DIR --model mend.onnx|best.pt [--scores FILE.json]

DIR holds LIVE1, Classic5 and CBSD68.  Files are written and read by Pillow, noise is float and not
clipped, nothing is told to the network.  For measuring only: nothing is ever trained on these
pictures or chosen by them.
"""

from __future__ import annotations

import argparse
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image

from export import write

Array = np.ndarray
Network = Callable[[Array], Array]  # (H, W, 3) of any size, 0…1 -> the same


def padded_to(multiple: int, run: Callable[[Array], Array]) -> Network:
    """Let a network that wants whole cells take any size."""

    def network(rgb: Array) -> Array:
        h, w = rgb.shape[:2]
        whole = np.pad(rgb, ((0, -h % multiple), (0, -w % multiple), (0, 0)), "edge")
        out = run(np.ascontiguousarray(whole.transpose(2, 0, 1)[None], np.float32))
        return out[0].transpose(1, 2, 0)[:h, :w]

    return network


def opened(model: Path) -> Network:
    """An exported file or a checkpoint."""
    if model.suffix == ".onnx":
        import onnxruntime

        session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
        hints = np.zeros((1, session.get_inputs()[1].shape[1]), np.float32)
        return padded_to(8, lambda x: session.run(None, {"picture": x, "hints": hints})[0])
    import torch

    from mend import HINTS, SIZE_MULTIPLE, averaged

    net = averaged(torch.load(model, map_location="cpu", weights_only=True))

    def run(x: Array) -> Array:
        with torch.no_grad():
            return net(torch.from_numpy(x), torch.zeros(1, HINTS)).numpy()

    return padded_to(SIZE_MULTIPLE, run)


def studio_luma(rgb: Array) -> Array:
    """Bytes of ITU-R BT.601 luma in 16…235: what papers call the grey version of LIVE1."""
    luma = 16 + rgb.astype(np.float64) @ (65.481, 128.553, 24.966) / 255
    return np.floor(luma + 0.5).astype(np.uint8)


def folder(path: Path, grey: bool = False) -> Iterator[Array]:
    """The pictures of a folder as bytes: colour, or grey (as stored, or studio luma of colour)."""
    files = sorted(p for p in path.iterdir() if p.suffix in {".png", ".bmp"})
    if not files:
        raise SystemExit(f"{path} holds no pictures; --data must name the folder above it")
    for file in files:
        picture = Image.open(file)
        if not grey:
            yield np.asarray(picture.convert("RGB"))
        else:
            pixels = np.asarray(picture)
            yield pixels if pixels.ndim == 2 else studio_luma(pixels[..., :3])


def saved(pixels: Array, quality: int) -> Array:
    """Through a JPEG file: colour 4:2:0, or grey."""
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, "JPEG", quality=quality, subsampling="4:2:0")
    return np.asarray(Image.open(file))


def saved_twice(pixels: Array, first: int, last: int) -> tuple[Array, Array]:
    """Four rows and columns are cut off between the saves, from the truth too."""
    return pixels[4:, 4:], saved(saved(pixels, first)[4:, 4:], last)


def psnr(a: Array, b: Array) -> float:
    """Decibels between two pictures on the scale 0…255."""
    return float(-10 * np.log10(np.mean((a.astype(np.float64) - b) ** 2) / 255**2))


def mended(network: Network, damaged: Array) -> Array:
    """Bytes or floats on 0…255 -> bytes; grey goes through all three channels and is averaged."""
    rgb = damaged if damaged.ndim == 3 else np.repeat(damaged[..., None], 3, -1)
    out = network(rgb / 255.0)
    out = out if damaged.ndim == 3 else out.mean(-1)
    return np.floor(np.clip(out, 0, 1) * 255 + 0.5)


def cases(data: Path) -> Iterator[tuple[str, Callable[[], Iterator[tuple[Array, Array]]]]]:
    """Name of a measurement, and its pairs of truth and damaged."""

    def jpeg(name: str, grey: bool, quality: int) -> Iterator[tuple[Array, Array]]:
        return ((x, saved(x, quality)) for x in folder(data / name, grey))

    def noise(sigma: int) -> Iterator[tuple[Array, Array]]:
        rng = np.random.default_rng(0)
        return ((x, x + rng.normal(0, sigma, x.shape)) for x in folder(data / "CBSD68"))

    def twice(name: str, first: int, last: int) -> Iterator[tuple[Array, Array]]:
        return (saved_twice(x, first, last) for x in folder(data / name, grey=True))

    for quality in (10, 20, 40):
        yield f"LIVE1 colour, quality {quality}", lambda q=quality: jpeg("LIVE1", False, q)
    for quality in (10, 20, 40):
        yield f"LIVE1 grey, quality {quality}", lambda q=quality: jpeg("LIVE1", True, q)
    for quality in (10, 20, 40):
        yield f"Classic5 grey, quality {quality}", lambda q=quality: jpeg("Classic5", True, q)
    for sigma in (15, 25, 50):
        yield f"CBSD68 colour, sigma {sigma}", lambda s=sigma: noise(s)
    for name in ("LIVE1", "Classic5"):
        for first, last in ((10, 30), (10, 50), (30, 50)):
            title = f"{name} grey, quality {first} then {last}, shifted (4,4)"
            yield title, lambda n=name, a=first, b=last: twice(n, a, b)


def main() -> None:
    """Print the mean PSNR of the input and of the result, case by case."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with LIVE1, CBSD68…")
    parser.add_argument("--model", type=Path, required=True, help="mend.onnx or a checkpoint")
    parser.add_argument("--scores", type=Path, help="write the figures here as JSON")
    parser.add_argument("--only", default="", help="only cases whose name contains this")
    options = parser.parse_args()
    network, scores = opened(options.model), {}
    for name, pairs in cases(options.data):
        if options.only not in name:
            continue
        values = [(psnr(x, y), psnr(x, mended(network, y))) for x, y in pairs()]
        before, after = (round(float(v), 3) for v in np.mean(values, 0))
        scores[name] = {"input": before, "mended": after, "gain": round(after - before, 3)}
        print(f"{name:48} {before:7.2f} -> {after:6.2f}  {after - before:+.2f} dB", flush=True)
    if options.scores:
        write(options.scores, json.dumps(scores, indent=2).encode())


if __name__ == "__main__":
    main()
