"""enlarge: pictures made larger by any factor, in one small network.  Read it top to bottom.

    python enlarge.py train  --data DIR --out DIR --minutes 85

One encoder reads the small picture; two decoders say what lies between its pixels: the *field*, a
sum of waves per pixel that costs almost nothing, and LIIF's (arXiv 2012.09161), which asks a
network of its own for every new pixel.  Clean pictures and worn ones (soft, noisy, saved; see
`shrink`) share the weights: one number tells them apart.
"""

from __future__ import annotations

import argparse
import math
from functools import partial

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from pictures import Pictures, load
from resample import Phases, phases, resized
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
from shrink import Group, group, shrunk, worn

TERMS = 8  # waves per axis; a pixel's field has TERMS² of them and three colours
LIIF_WIDTH = 256

# --- encoder ---------------------------------------------------------------------------------


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


class Encoder(nn.Module):
    """(N, 3, h, w) in 0…1 and (N, 1): 0 clean, 1 real -> (N, width, h, w) features.

    The one number is what tells the two kinds of picture apart: a plane of it enters beside the
    colours, which costs 9 multiplications per feature; a second set of weights would cost a second
    file and a second training.
    """

    def __init__(self, width: int, blocks: int) -> None:
        super().__init__()
        self.head = nn.Conv2d(4, width, 3, padding=1)
        self.body = nn.Sequential(*(Residual(width) for _ in range(blocks)))
        self.last = nn.Conv2d(width, width, 3, padding=1)

    def forward(self, picture: Tensor, real: Tensor) -> Tensor:
        plane = real[:, :, None, None].expand(-1, -1, *picture.shape[2:])
        first = self.head(torch.cat((picture - 0.5, plane), 1))
        return first + self.last(self.body(first))


# --- the field -------------------------------------------------------------------------------


class Field(nn.Module):
    """What lies around each pixel, as a sum of products of two waves, one along each axis.

    A wave of frequency ω (per small pixel) fades by exp(−κ ω² / scale²), as heat would fade it: the
    finer the new pixels, the more of it shows.  Along an axis only TERMS numbers per new pixel are
    needed, so that a picture costs TERMS² multiplications per new row and TERMS per new pixel.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.coefficients = nn.Conv2d(width, TERMS * TERMS * 3, 1)
        nn.init.zeros_(self.coefficients.weight)  # an untrained field adds nothing
        nn.init.zeros_(self.coefficients.bias)
        half = torch.arange(TERMS // 2, dtype=torch.float32)
        self.frequency = nn.Parameter(math.pi * torch.cat((half, half + 1)))  # cosines, sines
        self.fading = nn.Parameter(torch.tensor(math.log(0.05)))

    def waves(self, offset: Tensor, scale: float) -> Tensor:
        """(n,) places in −½…½ of a small pixel -> (n, TERMS)."""
        angle = offset[:, None] * self.frequency
        cosines, sines = angle[:, : TERMS // 2].cos(), angle[:, TERMS // 2 :].sin()
        faded = torch.exp(-self.fading.exp() * self.frequency.pow(2) / scale**2)
        return torch.cat((cosines, sines), 1) * faded

    def forward(self, features: Tensor, down: Phases, across: Phases) -> Tensor:
        """(N, width, h, w) -> (N, 3, H, W)."""
        n, _, h, w = features.shape
        terms = self.coefficients(features).unflatten(1, (TERMS, TERMS, 3))
        # (h, slots, TERMS) @ (h, TERMS, N·TERMS·3·w): each row of pixels has its own new rows
        tall = self._along(terms.permute(4, 1, 0, 2, 3, 5).reshape(h, TERMS, -1), down)
        rows = tall.view(-1, n, TERMS, 3, w).permute(4, 2, 0, 1, 3)  # (w, TERMS, H, N, 3)
        wide = self._along(rows.reshape(w, TERMS, -1), across)
        return wide.view(-1, tall.shape[0], n, 3).permute(2, 3, 1, 0).float()

    def _along(self, terms: Tensor, axis: Phases) -> Tensor:
        waves = self.waves(axis.offset.flatten(), axis.scale).view(*axis.offset.shape, TERMS)
        return (waves @ terms).flatten(0, 1).index_select(0, axis.slot)


# --- LIIF ------------------------------------------------------------------------------------


class Liif(nn.Module):
    """LIIF's decoder: 3×3 unfolded features, local ensemble of four, cell decoding.

    The first layer of its network sees 9·width features, where the new pixel lies and how large it
    is.  Its feature part is a convolution of the small picture, done once; the rest is added per
    pixel: the same numbers, for less.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, LIIF_WIDTH, 3, padding=1)
        self.place = nn.Linear(2, LIIF_WIDTH, bias=False)
        self.cell = nn.Linear(2, LIIF_WIDTH, bias=False)
        hidden = [m for _ in range(3) for m in (nn.Linear(LIIF_WIDTH, LIIF_WIDTH), nn.ReLU())]
        self.rest = nn.Sequential(nn.ReLU(), *hidden, nn.Linear(LIIF_WIDTH, 3))
        nn.init.zeros_(self.rest[-1].weight)
        nn.init.zeros_(self.rest[-1].bias)

    def forward(self, features: Tensor, at: Tensor, scale: Tensor) -> Tensor:
        """(N, width, h, w), (N, Q, 2) places in small pixels, (2,) -> (N, Q, 3).

        A place counts from the middle of the first pixel, row first.  Each of the four nearest
        pixels answers; each answer weighs as much as the rectangle opposite of its pixel is large.
        """
        known = self.first(features).permute(0, 2, 3, 1)  # (N, h, w, LIIF_WIDTH)
        last = at.new_tensor(features.shape[2:]) - 1
        cell = self.cell(2 / scale)
        picture = torch.arange(len(at), device=at.device)[:, None]
        answers, areas = [], []
        for corner in ((0, 0), (0, 1), (1, 0), (1, 1)):
            nearest = torch.minimum((at.floor() + at.new_tensor(corner)).clamp(min=0), last)
            away = at - nearest
            y, x = nearest.long().unbind(2)
            answers.append(self.rest(known[picture, y, x] + self.place(2 * away) + cell).float())
            areas.append(away.prod(2).abs() + 1e-9)
        shares = torch.stack(areas[::-1]) / sum(areas)
        return (torch.stack(answers) * shares[..., None]).sum(0)


# --- network ---------------------------------------------------------------------------------


class Enlarge(nn.Module):
    """Encoder and both decoders; each adds to the bicubic enlargement."""

    def __init__(self, width: int = 64, blocks: int = 8) -> None:
        super().__init__()
        self.options = {"width": width, "blocks": blocks}
        self.encoder = Encoder(width, blocks)
        self.field = Field(width)
        self.liif = Liif(width)

    def forward(self, picture: Tensor, real: Tensor, size: tuple[int, int]) -> Tensor:
        """(N, 3, h, w) and (N, 1) -> (N, 3, *size)."""
        down, across = (
            phases(n, m, picture.device) for n, m in zip(picture.shape[2:], size, strict=True)
        )
        return resized(picture, size) + self.field(self.encoder(picture, real), down, across)


# --- validation ------------------------------------------------------------------------------

Case = tuple[Tensor, Tensor, float]  # large, small, real


def validation_set(photos: Tensor) -> dict[str, Case]:
    """Fixed reductions of the middle 256² (252² for ×3) of every validation picture."""
    sets: dict[str, Case] = {}
    rng = torch.Generator(photos.device).manual_seed(0)
    for scale, side in ((2, 256), (3, 252), (4, 256)):
        large = photos[:, :, 128 : 128 + side, 128 : 128 + side].float() / 255
        sets[f"x{scale}"] = large, shrunk(large, side // scale, rng), 0.0
    large = photos[:, :, 128:384, 128:384].float() / 255
    sets["real-x2"] = large, torch.cat([worn(x[None], 128, rng) for x in large]), 1.0
    return sets


def luma(rgb: Tensor) -> Tensor:
    """The literature's Y, 16/255…235/255, from 8-bit levels."""
    weights = rgb.new_tensor((65.481, 128.553, 24.966)).view(1, 3, 1, 1)
    return ((rgb.clamp(0, 1) * 255).round() / 255 * weights).sum(1, True) / 255 + 16 / 255


def psnr_y(result: Tensor, large: Tensor, border: int) -> Tensor:
    """(N,) decibels of Y, borders cut off."""
    cut = (..., slice(border, -border), slice(border, -border))
    error = (luma(result) - luma(large))[cut]
    return -10 * error.pow(2).flatten(1).mean(1).clamp(min=1e-10).log10()


def places(down: Phases, across: Phases) -> Tensor:
    """(H, W, 2): where each new pixel lies, in small pixels."""
    axes = []
    for axis in (down, across):
        slots = axis.offset.shape[1]
        axes.append(axis.offset.flatten()[axis.slot] + axis.slot // slots)
    return torch.stack(torch.meshgrid(*axes, indexing="ij"), 2)


@torch.no_grad()
def score(net: Enlarge, case: Case) -> dict[str, float]:
    """Mean PSNR-Y of the field; beside it both decoders' RGB error at every eighth pixel, in dB."""
    border = case[0].shape[-1] // case[1].shape[-1]
    whole, thin = [], []
    for large, small in zip(case[0].split(8), case[1].split(8), strict=True):
        told = torch.full((len(small), 1), case[2], device=small.device)
        axes = [phases(small.shape[-1], large.shape[-1], small.device)] * 2
        plain = resized(small, (large.shape[2], large.shape[3]))
        with torch.autocast(small.device.type, torch.bfloat16):
            features = net.encoder(as_input(small), told)
            result = plain + net.field(features, *axes)
            at = places(*axes)[4::8, 4::8].reshape(1, -1, 2).expand(len(small), -1, -1)
            added = net.liif(features, at, at.new_tensor([axis.scale for axis in axes]))
        whole.append(psnr_y(result, large, border))
        truth, field, between = (x[..., 4::8, 4::8].flatten(2) for x in (large, result, plain))
        thin.append([(y - truth).pow(2).mean() for y in (field, between + added.transpose(1, 2))])
    field, liif = (-10 * torch.stack(column).mean().log10() for column in zip(*thin, strict=True))
    values = {"y": torch.cat(whole).mean(), "field": field, "liif": liif}
    return {name: round(float(value), 3) for name, value in values.items()}


def as_input(x: Tensor) -> Tensor:
    """Channels last is what both CPU and GPU convolutions are fastest on."""
    return x.contiguous(memory_format=torch.channels_last)


# --- loop ------------------------------------------------------------------------------------


def losses(net: Enlarge, groups: list[Group], queries: int, rng: torch.Generator) -> Tensor:
    """L1 of the field over all new pixels, and of LIIF over some of the first two groups.

    LIIF learns on features that it cannot change, so that the default is as good as it can be.
    """
    small = torch.cat([part.small for part in groups])
    told = torch.cat([part.small.new_full((len(part.small), 1), part.real) for part in groups])
    features = net.encoder(as_input(small), told)
    total = small.new_zeros(())
    for number, (part, seen) in enumerate(
        zip(groups, features.split([len(part.small) for part in groups]), strict=True)
    ):
        size = part.large.shape[2], part.large.shape[3]
        plain = resized(part.small, size)
        axes = [phases(n, m, small.device) for n, m in zip(seen.shape[2:], size, strict=True)]
        total = total + (plain + net.field(seen, *axes) - part.large).abs().mean() / len(groups)
        if number >= 2 or not queries:
            continue
        picked = torch.randint(0, size[0] * size[1], (queries,), generator=rng, device=rng.device)
        at = places(*axes).flatten(0, 1)[picked].expand(len(seen), -1, -1)
        added = net.liif(seen.detach(), at, at.new_tensor([axis.scale for axis in axes]))
        truth, between = (x.flatten(2)[..., picked].transpose(1, 2) for x in (part.large, plain))
        total = total + (between + added - truth).abs().mean() / 2
    return total


def fresh_state(options: argparse.Namespace, device: torch.device) -> State[Enlarge]:
    """New weights from the seed, those of last.pt, or those to start from."""
    torch.manual_seed(options.seed)
    net = Enlarge(options.width, options.blocks).to(device, memory_format=torch.channels_last)
    return begun(net, options)


def gradient(
    net: Enlarge, source: Pictures, options: argparse.Namespace, seed: int, *, count: int, side: int
) -> Slopes:
    """Loss and its slopes for ``count`` fresh patches, in up to four groups of one factor each."""
    device = source.photos.device
    rng = torch.Generator(device).manual_seed(seed)
    groups = [
        group(source, len(part), side, rng, options.real)
        for part in torch.arange(count).chunk(4)
    ]  # fmt: skip
    with torch.autocast(device.type, torch.bfloat16):
        loss = losses(net, groups, options.queries, rng)
    learnt = [p for p in net.parameters() if p.requires_grad]
    return loss.detach(), torch.autograd.grad(loss, learnt)


def learn(
    state: State, options: argparse.Namespace, source: Pictures, workers: Workers, progress: float
) -> Tensor:
    """One step; returns the loss."""
    late = progress > 0.7  # larger patches at the end: fewer pixels feel the border
    side, count = (72, math.ceil(options.batch * 4 / 9)) if late else (48, options.batch)
    loss, slopes = workers.gradients(
        lambda seed, share: gradient(state.net, source, options, seed, count=share, side=side),
        seed_of(options, state),
        count,
    )
    stepped(state, slopes, progress, options.lr)
    return loss


def scored(net: Enlarge, sets: dict[str, Case], workers: Workers, by: str) -> tuple[float, Scores]:
    """The mean of one measure over all validation sets, and all that was measured."""
    found = dict(zip(sets, workers.pool.map(partial(score, net), sets.values()), strict=True))
    return sum(value[by] for value in found.values()) / len(found), dict(found)


def train(options: argparse.Namespace) -> None:
    """Until the minutes are used up."""
    device = device_of(options)
    options.out.mkdir(parents=True, exist_ok=True)
    state = fresh_state(options, device)
    for part in (state.net.encoder, state.net.field):
        part.requires_grad_(not options.only_liif)
    source, valid = load(options.data, options.drawings, options.seed, device)
    sets = validation_set(valid[::4])
    workers = workers_for(options, device)
    plain = {
        name: round(float(psnr_y(resized(c[1], c[0].shape[2:]), c[0], 4).mean()), 3)
        for name, c in sets.items()
    }
    log(
        options, photos=len(source.photos), drawn=len(source.drawn), device=str(device),
        bicubic=plain,
    )  # fmt: skip
    taught(
        state,
        options,
        lambda progress: learn(state, options, source, workers, progress),
        lambda: scored(state.average, sets, workers, "liif" if options.only_liif else "y"),
    )


# --- command line ----------------------------------------------------------------------------


def parsed() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("train", help="train, or go on training")
    add_run_options(run)  # a batch of patches of 48² small pixels
    run.set_defaults(minutes=120, lr=6e-4, batch=8, width=64, blocks=8, drawings=280)
    run.add_argument("--real", type=float, default=0.35, help="share of worn pictures")
    run.add_argument("--queries", type=int, default=256, help="places per patch LIIF is asked for")
    run.add_argument("--only-liif", action="store_true", help="leave encoder and field as they are")
    return parser.parse_args()


def main() -> None:
    """Train."""
    train(parsed())


if __name__ == "__main__":
    main()
