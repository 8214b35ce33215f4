"""sharpen: makes a blurred picture sharp, given its inversion with a known kernel.

    python sharpen.py train  --data DIR --out DIR --start checkpoints/mend.pt --minutes 55
    python sharpen.py export --data DIR --checkpoint DIR/best.pt --out DIR

A division by the blur's spectrum (``invert.py``) gives a picture that is sharp but noisy, rippled
where the kernel is wrong and soft where the blur let nothing through. The network gets the blurred
picture, that inversion and six numbers, and gives the sharp picture. It may go round once or twice
more: invert again, held to what the network gave, and repair again. One set of weights serves every
round; it is trained on rounds that its own weights began.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from blurs import Blurred, blurred_batch, to_light, to_stored
from export import curve, export, recipe_of, sources
from invert import first_inversion, laid_out, next_inversion, spectral_facts, uncertainty
from mend import SHIPPED, SIZE_MULTIPLE, Mend, as_input, fidelity
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
from validation import psnr

HINTS = 6
ROUNDS = (0.4, 0.35, 0.25)  # how often a batch learns the first, second, third round
ASIDE = 32  # what the canvas of a crop has more than it

# --- network ---------------------------------------------------------------------------------


class Sharpen(Mend):
    """The network of *mend* with a wider entrance; it corrects the inversion.

    (N, 6, H, W): blurred and inverted, in 0…1, and (N, 6) hints -> (N, 3, H, W).
    """

    def __init__(self, width: int = 48, blocks: int = 2) -> None:
        super().__init__(width, blocks)
        self.head = nn.Conv2d(24 + HINTS, width, 3, padding=1)

    def forward(self, picture: Tensor, hints: Tensor) -> Tensor:
        cells = F.pixel_unshuffle(picture, 2)
        planes = hints[:, :, None, None].expand(-1, -1, cells.shape[2], cells.shape[3])
        fine = self.enter_fine(self.head(torch.cat((cells, planes), 1)))
        middle = self.enter_middle(self.to_middle(fine))
        coarse = self.coarse(self.to_coarse(middle))
        middle = self.leave_middle(middle + F.pixel_shuffle(self.from_coarse(coarse), 2))
        fine = self.leave_fine(fine + F.pixel_shuffle(self.from_middle(middle), 2))
        return picture[:, 3:] + F.pixel_shuffle(self.tail(fine), 2).float()


def widened(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Of *mend*, so that the inversion is mended and what is new says nothing yet."""
    head = weights["head.weight"]
    if head.shape[1] == 24 + HINTS:
        return weights
    new = head.new_zeros(len(head), 24 + HINTS, *head.shape[2:])
    new[:, 12:24] = head[:, :12]
    return weights | {"head.weight": new}


# --- rounds ----------------------------------------------------------------------------------


def hints_of(batch: Blurred, again: bool, facts: Tensor) -> Tensor:
    """(N, 6): noise, kernel true, blurred in light, not the first round; what inverting lets by."""
    shape = batch.noise.shape
    later = batch.noise.new_full(shape, float(again))
    columns = (batch.noise * 25.5, batch.exact, batch.light.float(), later)
    return torch.cat((torch.stack(columns, 1), facts), 1)


def rounds(net: Sharpen, batch: Blurred, count: int) -> list[Tensor]:
    """What the network gives in each round, (N, 3, S, S); only the last one's slopes are kept."""
    side = batch.stored.shape[-1]
    lit = batch.light.view(-1, 1, 1, 1)

    def inward(x: Tensor) -> Tensor:
        return torch.where(lit, to_light(x), x)

    def outward(x: Tensor) -> Tensor:
        return torch.where(lit, to_stored(x), x)[..., :side, :side]

    data = inward(batch.stored)
    off = uncertainty(batch.noise, batch.exact)
    on = laid_out(batch.stored, data, batch.kernels, off, side + ASIDE)
    results: list[Tensor] = []
    for turn in range(count):
        with torch.no_grad():
            if turn == 0:
                x, alpha = first_inversion(on)
            else:
                x, alpha = next_inversion(on, x, inward(results[-1].detach()))
            hints = hints_of(batch, turn > 0, spectral_facts(on, alpha))
            both = torch.cat((batch.stored, outward(x).clamp(-1, 2)), 1)
        with (
            torch.set_grad_enabled(torch.is_grad_enabled() and turn == count - 1),
            torch.autocast(both.device.type, torch.bfloat16),
        ):
            results.append(net(as_input(both), hints))
    return results


# --- validation ------------------------------------------------------------------------------


def validation_batches(photos: Tensor) -> list[Blurred]:
    """Fixed damages of the validation pictures."""
    rng = torch.Generator(photos.device).manual_seed(0)
    source = Pictures(photos, photos)
    return [blurred_batch(lambda s: source.take(8, rng, s), 160, 8, rng) for _ in range(8)]


@torch.no_grad()
def scores_of(net: Sharpen, batches: list[Blurred]) -> dict[str, float]:
    """Mean PSNR after each round, kernels true and told wrongly."""
    columns = [
        torch.stack([psnr(x.float(), b.clean) for x in (b.stored, *rounds(net, b, 3))], 1)
        for b in batches
    ]
    table, exact = torch.cat(columns), torch.cat([b.exact for b in batches]) > 0
    named = zip(("input", "one", "two", "three"), range(4), strict=True)
    return {
        f"{name}, {kind}": round(float(table[which, at].mean()), 3)
        for name, at in named
        for kind, which in (("true", exact), ("wrong", ~exact))
    }


# --- loop ------------------------------------------------------------------------------------


def fresh_state(options: argparse.Namespace, device: torch.device) -> State[Sharpen]:
    """New weights from the seed, those of last.pt, or those to start from."""
    torch.manual_seed(options.seed)
    net = Sharpen(options.width, options.blocks).to(device, memory_format=torch.channels_last)
    return begun(net, options, widened)


def gradient(net: Sharpen, source: Pictures, seed: int, count: int, side: int) -> Slopes:
    """Loss and its slopes for ``count`` fresh crops, in one of the rounds."""
    device = source.photos.device
    rng = torch.Generator(device).manual_seed(seed)
    turns = 1 + int(torch.multinomial(torch.tensor(ROUNDS, device=device), 1, generator=rng))
    batch = blurred_batch(lambda s: source.take(count, rng, s), side, count, rng)
    loss = fidelity(rounds(net, batch, turns)[-1], batch.clean)
    return loss.detach(), torch.autograd.grad(loss, list(net.parameters()))


def learn(
    state: State[Sharpen], options: argparse.Namespace, source: Pictures, workers: Workers,
    progress: float,
) -> Tensor:  # fmt: skip
    """One step; returns the loss."""
    loss, slopes = workers.gradients(
        lambda seed, share: gradient(state.net, source, seed, share, options.side),
        seed_of(options, state),
        options.batch,
    )
    stepped(state, slopes, progress, options.lr)
    return loss


def scored(net: Sharpen, batches: list[Blurred]) -> tuple[float, Scores]:
    """The mean over rounds, kernels true and wrong; and each."""
    scores = scores_of(net, batches)
    after = [value for name, value in scores.items() if not name.startswith("input")]
    return sum(after) / len(after), dict(scores)


def train(options: argparse.Namespace) -> None:
    """Until the minutes are used up."""
    device = device_of(options)
    options.out.mkdir(parents=True, exist_ok=True)
    state = fresh_state(options, device)
    source, valid = load(options.data, options.drawings, options.seed, device)
    batches = validation_batches(valid)
    workers = workers_for(options, device)
    log(
        options, photos=len(source.photos), drawn=len(source.drawn), device=str(device),
        start=scores_of(state.average, batches),
    )  # fmt: skip
    taught(
        state,
        options,
        lambda progress: learn(state, options, source, workers, progress),
        lambda: scored(state.average, batches),
    )


# --- export ----------------------------------------------------------------------------------


def card_of(record: dict[str, Any], options: argparse.Namespace) -> dict[str, Any]:
    """sharpen.card.json says what the network is; this adds how these weights came to be."""
    recipe = recipe_of(record)
    card = json.loads(Path(__file__).with_name("sharpen.card.json").read_text())
    card["data"] = {"photographs": sources(options.data), "drawings": recipe["options"]["drawings"]}
    card["recipe"] = {"shares of the rounds": ROUNDS} | recipe
    card["curve"] = curve(options.checkpoint)
    return card


def export_sharpen(options: argparse.Namespace) -> None:
    """sharpen.onnx and sharpen.json from a checkpoint's averaged weights."""
    record = torch.load(options.checkpoint, map_location="cpu", weights_only=True)
    net = averaged(record)
    card = card_of(record, options)
    export(net, card, options.out, hints=HINTS, cell=SIZE_MULTIPLE, planes=6)


def averaged(record: dict[str, Any]) -> Sharpen:
    """The averaged network that a checkpoint holds."""
    net = Sharpen(record["options"]["width"], record["options"]["blocks"]).eval()
    net.load_state_dict({k: v.float() for k, v in record["average"].items()})
    return net


# --- command line ----------------------------------------------------------------------------


def parsed() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("train", help="train, or go on training")
    add_run_options(run)
    run.add_argument("--side", type=int, default=128, help="of a crop, a multiple of 8")
    run.set_defaults(minutes=55, lr=5e-4, batch=6, width=48, blocks=2, drawings=420)
    out = commands.add_parser("export", help="write the ONNX file and its card")
    out.add_argument("--data", type=Path, required=True, help="folder with ATTRIBUTION.tsv")
    out.add_argument("--checkpoint", type=Path, required=True, help="its log lies beside it")
    out.add_argument("--out", type=Path, default=SHIPPED, help="the package's own weights")
    return parser.parse_args()


def main() -> None:
    """Train or export."""
    options = parsed()
    if options.command == "train":
        train(options)
    else:
        export_sharpen(options)


if __name__ == "__main__":
    main()
