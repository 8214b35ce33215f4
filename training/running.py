"""What every run of training shares: state on disk, learning rate, threads, loop, log, options."""

from __future__ import annotations

import argparse
import copy
import json
import math
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from muon import Muon

Net = TypeVar("Net", bound=nn.Module)
Slopes = tuple[Tensor, tuple[Tensor, ...]]  # a loss, and its slope for each weight that learns
Scores = dict[str, object]
Weights = dict[str, Tensor]


def learning_rate(progress: float, step: int, peak: float) -> float:
    """A short rise, then half a cosine down to 1e-6."""
    rise = min(1.0, (step + 1) / 300)
    return rise * (1e-6 + (peak - 1e-6) * (1 + math.cos(math.pi * progress)) / 2)


@dataclass
class State(Generic[Net]):
    """All that resuming needs; the random numbers of a step follow from seed and step."""

    net: Net
    average: Net
    optimiser: torch.optim.Optimizer
    step: int = 0
    seconds: float = 0.0
    best: float = -math.inf

    def save(self, path: Path, options: argparse.Namespace) -> None:
        """Beside it first, so that a crash leaves the old one whole."""
        record = {
            "net": self.net.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "best": self.best,
            "options": {k: v for k, v in vars(options).items() if isinstance(v, int | float)},
        }
        beside = path.with_suffix(".part")
        torch.save(record, beside)
        beside.replace(path)

    def load(self, path: Path, device: torch.device) -> None:
        record = torch.load(path, map_location=device, weights_only=True)
        self.net.load_state_dict(record["net"])
        self.average.load_state_dict(record["average"])
        self.optimiser.load_state_dict(record["optimiser"])
        self.step, self.seconds, self.best = record["step"], record["seconds"], record["best"]


def begun(
    net: Net, options: argparse.Namespace, fitted: Callable[[Weights], Weights] = dict
) -> State[Net]:
    """A net's state: fresh, that of last.pt, or fresh with the weights to start from.

    ``fitted`` makes the weights of another network fit.
    """
    optimiser = Muon(net, options.lr)
    state = State(net, copy.deepcopy(net).eval().requires_grad_(False), optimiser)
    device, last = next(net.parameters()).device, options.out / "last.pt"
    if last.exists() and not options.resume:
        raise SystemExit(f"{last} exists: pass --resume to go on with it, or another --out")
    if options.resume:
        state.load(last, device)
    elif options.start:
        weights = torch.load(options.start, map_location=device, weights_only=True)["average"]
        weights = fitted({name: value.float() for name, value in weights.items()})
        for net_ in (state.net, state.average):
            net_.load_state_dict(weights)
    return state


def stepped(state: State[Net], slopes: list[Tensor], progress: float, peak: float) -> None:
    """One step down the slopes of what learns, and the average of the weights after it."""
    learnt = [p for p in state.net.parameters() if p.requires_grad]
    for parameter, slope in zip(learnt, slopes, strict=True):
        parameter.grad = slope
    nn.utils.clip_grad_norm_(learnt, 1.0)
    rate = learning_rate(progress, state.step, peak)
    for group in state.optimiser.param_groups:
        group["lr"] = rate
    state.optimiser.step()
    state.step += 1
    decay = min(0.999, (1 + state.step) / (10 + state.step))
    for mean, weight in zip(state.average.parameters(), state.net.parameters(), strict=True):
        mean.lerp_(weight.detach(), 1 - decay)


class Workers:
    """Shares of a batch on threads of their own, each computing on one core.

    On a CPU that is shared with others, two cores that wait for each other within every convolution
    crawl; here they wait once per step.
    """

    def __init__(self, count: int) -> None:
        self.count = count
        cores = torch.get_num_threads() if count == 1 else 1
        torch.set_num_threads(cores)
        self.pool = ThreadPoolExecutor(count, initializer=torch.set_num_threads, initargs=(cores,))

    def gradients(
        self, slopes_of: Callable[[int, int], Slopes], first: int, count: int
    ) -> tuple[Tensor, list[Tensor]]:
        """Mean loss and mean slopes over ``count`` crops, split evenly.

        ``slopes_of`` takes a seed and a number of crops; the first seed must be a step's own.
        """
        share = math.ceil(count / self.count)
        seeds = range(first * self.count, (first + 1) * self.count)
        parts = self.pool.map(lambda seed: slopes_of(seed, share), seeds)
        losses, slopes = zip(*parts, strict=True)
        mean = [sum(parts_) / self.count for parts_ in zip(*slopes, strict=True)]
        return sum(losses) / self.count, mean


def device_of(options: argparse.Namespace) -> torch.device:
    """The one asked for; for ``auto`` CUDA where there is one."""
    auto = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(auto if options.device == "auto" else options.device)


def workers_for(options: argparse.Namespace, device: torch.device) -> Workers:
    """As many as asked for, else one per core; a GPU wants one."""
    return Workers(options.workers or (1 if device.type == "cuda" else os.cpu_count() or 1))


def seed_of(options: argparse.Namespace, state: State[Net]) -> int:
    """Of one step: all its random numbers follow from it."""
    return int(options.seed * 1_000_003 + state.step)


def taught(
    state: State[Net],
    options: argparse.Namespace,
    learn: Callable[[float], Tensor],
    scored: Callable[[], tuple[float, Scores]],
) -> None:
    """Learn until the minutes are used up; validation and checkpoints count as used.

    ``learn`` takes a step, told how much of the run is behind it, and gives the loss; ``scored``
    gives the mean by which the best weights are chosen, and what it is the mean of.
    """
    budget = options.minutes * 60
    started, before = time.monotonic(), state.seconds
    due, losses = before + min(120, options.every * 60), []
    while state.seconds < budget:
        losses.append(learn(state.seconds / budget))
        state.seconds = before + time.monotonic() - started
        if state.seconds >= due or state.seconds >= budget:
            checkpoint(state, options, float(torch.stack(losses).mean()), *scored())
            losses = []
            state.seconds = before + time.monotonic() - started
            due = state.seconds + options.every * 60


def checkpoint(
    state: State[Net], options: argparse.Namespace, loss: float, mean: float, scores: Scores
) -> None:
    """Log the scores of the averaged weights, keep the last and the best."""
    log(
        options, step=state.step, minutes=round(state.seconds / 60, 2), loss=round(loss, 5),
        lr=state.optimiser.param_groups[0]["lr"], mean=round(mean, 3), psnr=scores,
    )  # fmt: skip
    if mean > state.best:
        state.best = mean
        state.save(options.out / "best.pt", options)
    state.save(options.out / "last.pt", options)


def add_run_options(run: argparse.ArgumentParser) -> None:
    """What every network's ``train`` understands; each sets defaults of its own."""
    run.add_argument("--data", type=Path, required=True, help="folder with train-*.tar and val.tar")
    run.add_argument("--out", type=Path, required=True, help="checkpoints and log.jsonl go here")
    run.add_argument("--minutes", type=float, help="whole budget, resumed parts included")
    run.add_argument("--every", type=float, default=6, help="minutes between validations")
    run.add_argument("--device", default="auto", help="auto, cpu, cuda, cuda:1…")
    run.add_argument("--resume", action="store_true", help="go on from OUT/last.pt")
    run.add_argument("--start", type=Path, help="weights to start from, with a fresh optimiser")
    run.add_argument("--seed", type=int, default=1)
    run.add_argument("--workers", type=int, default=0, help="0: one thread per core, one for CUDA")
    run.add_argument("--lr", type=float, help="highest learning rate")
    run.add_argument("--batch", type=int, help="crops per step")
    run.add_argument("--width", type=int, help="channels of the first level")
    run.add_argument("--blocks", type=int, help="residual blocks per level")
    run.add_argument("--drawings", type=int, help="synthetic pictures to draw")


def log(options: argparse.Namespace, **record: object) -> None:
    """One JSON object per line, on screen and in log.jsonl."""
    line = json.dumps(record)
    print(line, flush=True)
    with (options.out / "log.jsonl").open("a") as file:
        file.write(line + "\n")
