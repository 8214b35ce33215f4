"""Keep what a run has reached: averaged weights in half precision, and the logs of all runs.

    python keep.py RUN/best.pt --as checkpoints/enlarge.pt [--after checkpoints/enlarge.pt]

``--after`` names the weights that the run started from: their steps, minutes, options and log come
first.  What is written can be started from (``--start``) and exported, but not resumed.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from export import log_of, write

Record = dict[str, Any]


def halved(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    """Matrices and kernels in half precision, vectors and numbers as they are."""
    return {name: w.half() if w.ndim > 1 else w.float() for name, w in weights.items()}


def run_of(record: Record) -> Record:
    """One run: what it was asked and how far it came."""
    return {key: record[key] for key in ("options", "step", "seconds")}


def kept(record: Record, earlier: Record | None) -> Record:
    """The record to keep: of all runs the steps and seconds, of the last one the weights."""
    before = [] if earlier is None else earlier.get("runs", [run_of(earlier)])
    runs = [*before, run_of(record)]
    return {
        "average": halved(record["average"]),
        "options": record["options"],
        "step": sum(run["step"] for run in runs),
        "seconds": sum(run["seconds"] for run in runs),
        "runs": runs,
    }


def main() -> None:
    """Weights and log, both written at once or not at all."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("checkpoint", type=Path, help="a run's best.pt or last.pt")
    parser.add_argument("--as", dest="out", type=Path, required=True, help="NAME.pt to write")
    parser.add_argument("--after", type=Path, help="the kept weights that the run started from")
    asked = parser.parse_args()
    earlier = torch.load(asked.after, weights_only=True) if asked.after else None
    logs = [log_of(path).read_text() for path in (asked.after, asked.checkpoint) if path]
    record = kept(torch.load(asked.checkpoint, weights_only=True), earlier)
    beside = asked.out.with_suffix(".part")
    torch.save(record, beside)
    write(asked.out.with_suffix(".log.jsonl"), "".join(logs).encode())
    beside.replace(asked.out)
    print(f"{asked.out}: {record['step']} steps in {len(record['runs'])} runs")


if __name__ == "__main__":
    main()
