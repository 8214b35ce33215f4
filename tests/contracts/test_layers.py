"""The house has one-way arrows, and every room is in the contract."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_import_linter_keeps_the_layers() -> None:
    tool = str(Path(sys.executable).with_name("lint-imports"))
    done = subprocess.run(
        [tool, "--config", str(ROOT / "pyproject.toml")],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


#: the connector for a user's own PyTorch networks, which imports them on use
CONNECTOR = "spandrel_session.py"


def test_torch_is_imported_nowhere_but_on_use_in_its_connector() -> None:
    for file in (ROOT / "src").rglob("*.py"):
        if file.name == CONNECTOR:
            lines = file.read_text(encoding="utf-8").splitlines()
            assert not [line for line in lines if line.startswith(("import torch", "from torch"))]
            continue
        text = file.read_text(encoding="utf-8")
        assert "import torch" not in text, file
        assert "from torch" not in text, file
