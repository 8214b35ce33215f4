"""mend: repairs JPEG damage and removes noise, in one small network.  Read it top to bottom.

    python mend.py train  --data DIR --out DIR --minutes 135
    python mend.py export --data DIR --checkpoint DIR/best.pt --out DIR

Colour and grey, quality 5…95, saved once or several times, shifted or resized in between, noise up
to σ 50, grain, and noise that was then saved.  What is known about the picture (σ, the tables of a
header) may be told in eight hints; all zero means that nothing is known.
"""

from __future__ import annotations

import argparse
import json
import math
from functools import partial
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import degrade
from degrade import Damaged, Take
from export import curve, export, recipe_of, sources
from pictures import Pictures, load
from running import (
    Scores,
    Slopes,
    State,
    Workers,
    add_run_options,
    begun,
    device_of,
    log,
    seed_of,
    stepped,
    taught,
    workers_for,
)
from validation import psnr, validation_set

HINTS = 8
Sets = dict[str, tuple[Tensor, Tensor]]  # damage -> clean, damaged
SHIPPED = Path(__file__).parents[1] / "src/rigatino/inference/weights"
SIZE_MULTIPLE = 8  # one bottleneck cell is 8×8 pixels: an aligned JPEG block

# --- network ---------------------------------------------------------------------------------


class Residual(nn.Module):
    """x + conv(relu(conv(x))): what a CPU multiplies fastest."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        with torch.no_grad():  # start near the identity: nothing normalises the activations
            self.second.weight.mul_(0.1)

    def forward(self, x: Tensor) -> Tensor:
        return x + self.second(F.relu(self.first(x)))


def stage(width: int, blocks: int) -> nn.Sequential:
    """Residual blocks at one resolution."""
    return nn.Sequential(*(Residual(width) for _ in range(blocks)))


class Mend(nn.Module):
    """A three-level U-Net on half-resolution cells of 2×2 pixels; it predicts the correction.

    (N, 3, H, W) pictures in 0…1 and (N, 8) hints -> (N, 3, H, W); H and W are multiples of 8.
    """

    def __init__(self, width: int = 48, blocks: int = 2) -> None:
        super().__init__()
        self.options = {"width": width, "blocks": blocks}
        fine, middle, coarse = width, 2 * width, 4 * width
        self.head = nn.Conv2d(12 + HINTS, fine, 3, padding=1)
        self.enter_fine = stage(fine, blocks)
        self.to_middle = nn.Conv2d(fine, middle, 2, stride=2)
        self.enter_middle = stage(middle, blocks)
        self.to_coarse = nn.Conv2d(middle, coarse, 2, stride=2)
        self.coarse = stage(coarse, blocks)
        self.from_coarse = nn.Conv2d(coarse, 4 * middle, 1)
        self.leave_middle = stage(middle, blocks)
        self.from_middle = nn.Conv2d(middle, 4 * fine, 1)
        self.leave_fine = stage(fine, blocks)
        self.tail = nn.Conv2d(fine, 12, 3, padding=1)
        nn.init.zeros_(self.tail.weight)  # an untrained network changes nothing
        nn.init.zeros_(self.tail.bias)

    def forward(self, picture: Tensor, hints: Tensor) -> Tensor:
        cells = F.pixel_unshuffle(picture, 2)
        planes = hints[:, :, None, None].expand(-1, -1, cells.shape[2], cells.shape[3])
        fine = self.enter_fine(self.head(torch.cat((cells, planes), 1)))
        middle = self.enter_middle(self.to_middle(fine))
        coarse = self.coarse(self.to_coarse(middle))
        middle = self.leave_middle(middle + F.pixel_shuffle(self.from_coarse(coarse), 2))
        fine = self.leave_fine(fine + F.pixel_shuffle(self.from_middle(middle), 2))
        return picture + F.pixel_shuffle(self.tail(fine), 2).float()


# --- damages ---------------------------------------------------------------------------------

MIX = {  # what a batch is made of; one plain save is what people bring most, and the hardest goal
    degrade.saved_once: 0.54,
    degrade.saved_again: 0.10,
    degrade.rescaled_between_saves: 0.02,
    degrade.noisy: 0.26,
    degrade.grainy: 0.02,
    degrade.noisy_then_saved: 0.05,
    degrade.untouched: 0.01,
}


def hints_of(batch: Damaged) -> Tensor:
    """(N, 8): σ known, σ; tables known, fine and coarse step of luma, of chroma; chroma halved."""
    n = len(batch.sigma)
    noisy_too = (batch.sigma > 0).float()
    known = (batch.tables.flatten(1).amax(1) > 0).float()
    u = torch.arange(8, device=batch.tables.device)
    low = (u[:, None] + u < 3).float()
    steps = [(batch.tables * mask).sum((2, 3)) / mask.sum() for mask in (low, 1 - low)]
    logs = torch.stack(steps, 2).clamp(min=1).log2() / 8  # (N, luma or chroma, low or high)
    coloured = (~degrade.is_grey(batch.damaged)).float()
    halved = coloured * known * batch.halved
    chroma = logs[:, 1] * coloured[:, None]
    columns = (noisy_too, batch.sigma * 5.1, known, logs[:, 0], chroma, halved)  # 5.1: σ 50 -> 1
    return torch.cat([c.view(n, -1) for c in columns], 1)


def damaged_batch(
    source: Pictures, n: int, size: int, rng: torch.Generator
) -> tuple[Tensor, Tensor, Tensor]:
    """Clean, damaged and hints: (n, 3, size, size) twice and (n, 8)."""
    shares = torch.tensor(list(MIX.values()), device=rng.device)
    drawn = torch.multinomial(shares, n, replacement=True, generator=rng)
    kinds = drawn.bincount(minlength=len(MIX))
    parts = []
    for damage, count in zip(MIX, kinds.tolist(), strict=True):
        if count:
            take: Take = partial(source.take, count, rng)
            parts.append(cropped(damage(take, size + 16, rng), size, rng))
    clean, damaged, hints = (torch.cat(column) for column in zip(*parts, strict=True))
    return clean, damaged, hints


def cropped(batch: Damaged, size: int, rng: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """Cut 16 pixels off; three quarters keep the phase that the block grid has in a whole file.

    Each kind of hint is told a quarter of the time (half of it until the weights had learnt to use
    hints), the tables only where the phase is kept: a header belongs to a whole file.
    """
    n, device = len(batch.sigma), batch.sigma.device
    whole = torch.rand(n, 1, generator=rng, device=device) < 0.75
    place = torch.randint(0, 17, (n, 2), generator=rng, device=device)
    place = torch.where(whole, place // 8 * 8, place)
    told = torch.rand(n, 2, generator=rng, device=device) < 0.25
    told[:, 1:] &= whole
    hints = hints_of(batch) * told.repeat_interleave(torch.tensor((2, 6), device=device), 1)
    spans = [(slice(top, top + size), slice(left, left + size)) for top, left in place.tolist()]
    clean, damaged = (
        torch.stack([x[(slice(None), *span)] for x, span in zip(side, spans, strict=True)])
        for side in (batch.clean, batch.damaged)
    )
    return clean, damaged, hints


# --- validation ------------------------------------------------------------------------------


@torch.no_grad()
def score(net: Mend, pair: tuple[Tensor, Tensor]) -> float:
    """Mean PSNR over one validation set, nothing told."""
    values = []
    for clean, damaged in zip(*(half.split(8) for half in pair), strict=True):
        blind = torch.zeros(len(damaged), HINTS, device=damaged.device)
        with torch.autocast(damaged.device.type, torch.bfloat16):
            values.append(psnr(net(as_input(damaged.float()), blind), clean.float()))
    return round(float(torch.cat(values).mean()), 3)


def as_input(x: Tensor) -> Tensor:
    """Channels last is what both CPU and GPU convolutions are fastest on."""
    return x.contiguous(memory_format=torch.channels_last)


# --- loop ------------------------------------------------------------------------------------


def fidelity(result: Tensor, clean: Tensor) -> Tensor:
    """Root-mean-square error per picture, averaged.

    Within a picture it seeks the mean, as PSNR asks; between pictures it weighs errors as L1 does,
    so that strong noise does not outweigh fine JPEG damage.
    """
    return ((result - clean).pow(2).flatten(1).mean(1) + 1e-6).sqrt().mean()


def fresh_state(options: argparse.Namespace, device: torch.device) -> State[Mend]:
    """New weights from the seed, those of last.pt, or those to start from."""
    torch.manual_seed(options.seed)
    net = Mend(options.width, options.blocks).to(device, memory_format=torch.channels_last)
    return begun(net, options)


def gradient(net: Mend, source: Pictures, seed: int, count: int, size: int) -> Slopes:
    """Loss and its slopes for ``count`` fresh crops."""
    device = source.photos.device
    clean, damaged, hints = damaged_batch(
        source, count, size, torch.Generator(device).manual_seed(seed)
    )
    with torch.autocast(device.type, torch.bfloat16):
        result = net(as_input(damaged), hints)
    loss = fidelity(result, clean)
    return loss.detach(), torch.autograd.grad(loss, list(net.parameters()))


def learn(
    state: State, options: argparse.Namespace, source: Pictures, workers: Workers, progress: float
) -> Tensor:
    """One step; returns the loss."""
    late = progress > 0.6  # larger crops at the end: fewer pixels feel the border
    size, count = (144, math.ceil(options.batch * 4 / 9)) if late else (96, options.batch)
    loss, slopes = workers.gradients(
        lambda seed, share: gradient(state.net, source, seed, share, size),
        seed_of(options, state),
        count,
    )
    stepped(state, slopes, progress, options.lr)
    return loss


def scored(net: Mend, sets: Sets, workers: Workers) -> tuple[float, Scores]:
    """The mean over all validation sets, and each."""
    scores = dict(zip(sets, workers.pool.map(partial(score, net), sets.values()), strict=True))
    return sum(scores.values()) / len(scores), dict(scores)


def train(options: argparse.Namespace) -> None:
    """Until the minutes are used up."""
    device = device_of(options)
    options.out.mkdir(parents=True, exist_ok=True)
    state = fresh_state(options, device)
    source, valid = load(options.data, options.drawings, options.seed, device, options.reduced)
    sets = validation_set(valid[::2])
    workers = workers_for(options, device)
    plain = {
        name: round(float(psnr(d.float(), c.float()).mean()), 3) for name, (c, d) in sets.items()
    }
    log(
        options, photos=len(source.photos), drawn=len(source.drawn), device=str(device), input=plain
    )
    taught(
        state,
        options,
        lambda progress: learn(state, options, source, workers, progress),
        lambda: scored(state.average, sets, workers),
    )


# --- export ----------------------------------------------------------------------------------


def card_of(record: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """mend.card.json says what the network is; this adds how these weights came to be."""
    recipe = recipe_of(record)
    card = json.loads(Path(__file__).with_name("mend.card.json").read_text())
    card["data"] = {"photographs": sources(options.data), "drawings": recipe["options"]["drawings"]}
    card["recipe"] = {
        "damages": {damage.__name__: share for damage, share in MIX.items()},
        **recipe,
    }
    card["curve"] = curve(options.checkpoint)
    card["scores"] = json.loads(options.scores.read_text()) if options.scores else None
    return card


def export_mend(options: argparse.Namespace) -> None:
    """mend.onnx and mend.json from a checkpoint's averaged weights."""
    record = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    net = averaged(record)
    export(net, card_of(record, options), options.out, hints=HINTS, cell=SIZE_MULTIPLE)


def averaged(record: dict[str, Any]) -> Mend:
    """The averaged network that a checkpoint holds."""
    net = Mend(record["options"]["width"], record["options"]["blocks"]).eval()
    net.load_state_dict(record["average"])
    return net


# --- command line ----------------------------------------------------------------------------


def parsed() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("train", help="train, or go on training")
    add_run_options(run)  # a batch of crops of 96²
    run.add_argument("--reduced", type=float, default=0.3, help="share of crops made small first")
    run.set_defaults(minutes=135, lr=5e-4, batch=16, width=48, blocks=2, drawings=420)
    out = commands.add_parser("export", help="write the ONNX file and its card")
    out.add_argument("--data", type=Path, required=True, help="folder with ATTRIBUTION.tsv")
    out.add_argument("--checkpoint", type=Path, required=True, help="its log lies beside it")
    out.add_argument("--out", type=Path, default=SHIPPED, help="the package's own weights")
    out.add_argument("--scores", type=Path, help="JSON written by evaluate_mend.py")
    return parser.parse_args()


def main() -> None:
    """Train or export."""
    options = parsed()
    if options.command == "train":
        train(options)
    else:
        export_mend(options)


if __name__ == "__main__":
    main()
