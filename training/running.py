"""What every run of training keeps: its state on disk, its learning rate, its log."""

from __future__ import annotations

import argparse
import copy
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

from muon import Muon

Net = TypeVar("Net", bound=nn.Module)


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


def begun(net: Net, options: argparse.Namespace) -> State[Net]:
    """A net's state: fresh, that of last.pt, or fresh with the weights to start from."""
    optimiser = Muon(net, options.lr)
    state = State(net, copy.deepcopy(net).eval().requires_grad_(False), optimiser)
    device, last = next(net.parameters()).device, options.out / "last.pt"
    if last.exists() and not options.resume:
        raise SystemExit(f"{last} exists: pass --resume to go on with it, or another --out")
    if options.resume:
        state.load(last, device)
    elif options.start:
        weights = torch.load(options.start, map_location=device, weights_only=True)["average"]
        for net_ in (state.net, state.average):
            net_.load_state_dict({name: value.float() for name, value in weights.items()})
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


def log(options: argparse.Namespace, **record: object) -> None:
    """One JSON object per line, on screen and in log.jsonl."""
    line = json.dumps(record)
    print(line, flush=True)
    with (options.out / "log.jsonl").open("a") as file:
        file.write(line + "\n")
