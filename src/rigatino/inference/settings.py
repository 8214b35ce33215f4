"""How networks are run here: everything a user may turn, read from the environment once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rigatino.errors import UsageError

#: more threads than this gain nothing on one picture
_MOST_THREADS = 16
_MEGABYTE = 2**20
_PLAIN_PROVIDERS = ("CPUExecutionProvider",)


@dataclass(frozen=True, slots=True)
class Settings:
    """What runs a network, and what it may use."""

    runtime: str = "auto"
    """``RIGATINO_RUNTIME``: a name of ``RUNTIMES``; ``auto``: OpenVINO if it is installed."""
    providers: tuple[str, ...] = _PLAIN_PROVIDERS
    """``RIGATINO_PROVIDERS``: of onnxruntime, in order, with commas between."""
    threads: int = 1
    """``RIGATINO_THREADS``; as many as there are cores for this process, at most 16."""
    memory: int = 512 * _MEGABYTE
    """``RIGATINO_MEMORY``, in MiB: what one run of a network may take; decides on tiles."""

    @classmethod
    def of_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """The settings that the environment asks for."""
        plain = cls()
        names = environment.get("RIGATINO_PROVIDERS", "").split(",")
        return cls(
            environment.get("RIGATINO_RUNTIME") or plain.runtime,
            tuple(name.strip() for name in names if name.strip()) or plain.providers,
            _number(environment, "RIGATINO_THREADS", _cores()),
            _number(environment, "RIGATINO_MEMORY", plain.memory // _MEGABYTE) * _MEGABYTE,
        )

    @property
    def other_providers(self) -> bool:
        """Whether onnxruntime was asked to use something else than the CPU."""
        return self.providers != _PLAIN_PROVIDERS


def models_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where a user's own models lie: ``RIGATINO_MODELS``, else the XDG data folder."""
    if named := environment.get("RIGATINO_MODELS"):
        return Path(named)
    shared = environment.get("XDG_DATA_HOME", "")
    base = Path(shared) if shared.startswith("/") else Path.home() / ".local" / "share"
    return base / "rigatino" / "models"


def _cores() -> int:
    """Cores that this process may use."""
    affinity = getattr(os, "sched_getaffinity", None)
    return min(_MOST_THREADS, len(affinity(0)) if affinity else os.cpu_count() or 1)


def _number(environment: Mapping[str, str], name: str, otherwise: int) -> int:
    text = environment.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or not 1 <= int(text) <= 2**24:
        raise UsageError(f"{name}={text!r}", "a whole number from 1 on", f"change or unset {name}")
    return int(text)
