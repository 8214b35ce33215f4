"""Measure how far each repair goes, once per network: the data that ``rigatino limits`` ships.

    python -m training.limits --pictures DIR [--count 8] [--grid 12x9] [--task NAME …]

DIR holds clean pictures that no network was trained on and no benchmark uses. Writes
``src/rigatino/limits/data/TASK.json``, stamped with the hash of the weights.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from rigatino.limits import METRICS, PLANES, Plane, clean_part, grid_of, grid_points, measured
from rigatino.limits.planes import model_of, opened

OUT = Path(__file__).parents[1] / "src" / "rigatino" / "limits" / "data"


def main() -> None:
    """Every point of a grid, for every task."""
    parser = argparse.ArgumentParser(prog="training.limits")
    parser.add_argument("--pictures", type=Path, required=True)
    parser.add_argument("--count", type=int, default=8)
    parser.add_argument("--grid", default="12x9")
    parser.add_argument("--task", nargs="*", choices=list(PLANES), default=list(PLANES))
    given = parser.parse_args()
    files = sorted(p for p in given.pictures.iterdir() if p.suffix in (".png", ".jpg"))
    chosen = files[:: max(1, len(files) // given.count)][: given.count]
    parts = [clean_part(path) for path in chosen]
    for task in given.task:
        said = _said(PLANES[task], given.grid, parts)
        text = json.dumps(said, indent=1, ensure_ascii=False) + "\n"
        (OUT / f"{task}.json").write_text(text, encoding="utf-8")
        print(f"{task}: {len(said['points'])} points", flush=True)


def _said(plane: Plane, grid: str, parts: list[Any]) -> dict[str, Any]:
    card, doer = model_of(plane).card, opened(plane)
    points = []
    for at in grid_points(grid_of(grid)):
        found = measured(plane, doer, parts, at)
        row: dict[str, Any] = {"at": [round(float(share), 4) for share in at]}
        for name in METRICS:
            row[name] = round(found.mean[name], 4)
            row[f"{name}_deviation"] = round(found.deviation[name], 4)
        points.append(row)
    return {
        "schema": "rigatino/measured-limits/1",
        "task": plane.task,
        "model": card.name,
        "sha256": card.sha256,
        "pictures": len(parts),
        "grid": grid,
        "points": points,
    }


if __name__ == "__main__":
    main()
