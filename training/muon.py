"""Muon: steps made orthogonal, for the weights of convolutions; AdamW for all that is narrow.

The mean of the slopes of a convolution, read as a matrix (out, in·k·k), is replaced by about its
nearest orthogonal matrix, so that every direction learns at one pace (K. Jordan 2024; the size of
a step follows arXiv 2502.16982, which makes rates for AdamW fit).
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

NARROW = 32  # fewer rows or columns than this: AdamW
MOMENTUM = 0.95
ROUNDS = ((3.4445, -4.7750, 2.0315),) * 5  # Newton-Schulz with K. Jordan's coefficients


def orthogonal(slope: Tensor) -> Tensor:
    """(out, in) -> about the nearest matrix whose singular values are all one."""
    tall = slope.shape[0] > slope.shape[1]
    x = slope.T if tall else slope
    x = x / (x.norm() + 1e-7)
    for a, b, c in ROUNDS:
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


def is_wide(weight: Tensor) -> bool:
    """Whether a parameter is the weight of a convolution with enough of both sides."""
    return weight.ndim == 4 and min(weight.shape[0], weight[0].numel()) >= NARROW


class Muon(torch.optim.Optimizer):
    """One rate for both halves: that of the first group."""

    def __init__(self, net: nn.Module, lr: float, decay: float = 1e-4) -> None:
        wide = [p for p in net.parameters() if is_wide(p)]
        rest = [p for p in net.parameters() if not is_wide(p)]
        self.narrow = torch.optim.AdamW(rest, lr, (0.9, 0.99), weight_decay=decay, fused=True)
        super().__init__([{"params": wide, "decay": decay}], {"lr": lr})

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # noqa: ARG002
        """One step of both halves; what has no slope stays."""
        group = self.param_groups[0]
        self.narrow.param_groups[0]["lr"] = group["lr"]
        self.narrow.step()
        for weight in group["params"]:
            if weight.grad is not None:
                self._stepped(weight, group["lr"], group["decay"])

    def _stepped(self, weight: Tensor, rate: float, decay: float) -> None:
        mean = self.state[weight].setdefault("mean", torch.zeros_like(weight))
        mean.lerp_(weight.grad, 1 - MOMENTUM)
        way = orthogonal(weight.grad.lerp(mean, MOMENTUM).flatten(1))
        weight.mul_(1 - rate * decay)
        weight.add_(way.view_as(weight), alpha=-rate * 0.2 * max(way.shape) ** 0.5)

    def state_dict(self) -> dict[str, Any]:
        """Of both halves."""
        return {"wide": super().state_dict(), "narrow": self.narrow.state_dict()}

    def load_state_dict(self, state_dict: dict[str, Any]) -> None:
        """Of both halves."""
        super().load_state_dict(state_dict["wide"])
        self.narrow.load_state_dict(state_dict["narrow"])
