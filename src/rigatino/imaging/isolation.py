"""Decode in the worker process, and survive whatever happens to it."""

from __future__ import annotations

import atexit
import dataclasses
import json
import os
import subprocess
import sys
import threading
from typing import Any, BinaryIO, NoReturn, cast

import numpy as np

from rigatino.errors import ImageError, ImageLimitError, MissingExtraError
from rigatino.imaging.decoding import Decoded
from rigatino.imaging.formats import FORMAT_NAMES
from rigatino.imaging.limits import Limits

_BLOCKS = ("exif", "xmp", "icc")


class Worker:
    """One worker process, started on first use and again after it died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._owner = os.getpid()

    def decode(self, data: bytes, limits: Limits) -> Decoded:
        """Decode ``data``; :class:`ImageError` if it cannot be, or takes too much."""
        with self._lock:
            process = self._running()
            late = threading.Event()
            timer = threading.Timer(limits.worker_seconds, _give_up, (process, late))
            timer.daemon = True
            timer.start()
            try:
                return self._exchange(process, data, limits)
            except (OSError, EOFError) as error:
                self.close()
                raise _died(process.returncode, late.is_set(), limits) from error
            finally:
                timer.cancel()

    def close(self) -> None:
        """End the process; the next picture starts another."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            try:
                cast(BinaryIO, pipe).close()
            except OSError:  # unsent bytes for a process that is gone
                continue

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # a forked child must not talk into its parent's pipe
            self._process, self._owner = None, os.getpid()
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._process = _start()
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes, limits: Limits) -> Decoded:
        requests, answers = cast(BinaryIO, process.stdin), cast(BinaryIO, process.stdout)
        request = {"bytes": len(data), "limits": dataclasses.asdict(limits)}
        requests.write(json.dumps(request).encode() + b"\n")
        requests.write(data)
        requests.flush()
        line = answers.readline()
        if not line.endswith(b"\n"):
            raise EOFError
        return _received(json.loads(line), answers)


def _start() -> subprocess.Popen[bytes]:
    paths = os.pathsep.join(path for path in sys.path if path)
    environment = os.environ | {"PYTHONPATH": paths, "OPENBLAS_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-m", "rigatino.imaging.worker"], env=environment,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def _give_up(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    process.kill()


def _died(code: int | None, late: bool, limits: Limits) -> ImageError:
    if late:
        return ImageLimitError(
            "a picture that takes too long to decode", f"{limits.worker_seconds:g} seconds at most",
            "check the file, or raise Limits.worker_seconds",
        )  # fmt: skip
    return ImageError(f"a picture that brought its decoder down (exit {code})",
                      "a file that can be decoded", "check the file")  # fmt: skip


def _received(answer: dict[str, Any], answers: BinaryIO) -> Decoded:
    if "plain" not in answer:
        _refused(answer)
    blocks: dict[str, Any] = {name: _exactly(answers, answer["blocks"][name]) for name in _BLOCKS}
    pixels = np.empty(answer["shape"], np.dtype(answer["dtype"]))
    into = pixels.reshape(-1).view(np.uint8).data
    while into:
        count = answers.readinto(into)  # type: ignore[attr-defined]
        if not count:
            raise EOFError
        into = into[count:]
    plain = answer["plain"] | {key: tuple(answer["plain"][key]) for key in ("notices", "warnings")}
    return Decoded(pixels=pixels, **plain, **blocks)


def _exactly(answers: BinaryIO, size: int) -> bytes:
    data = answers.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _refused(answer: dict[str, Any]) -> NoReturn:
    if "limit" in answer:
        raise ImageLimitError(*answer["limit"])
    if "refused" in answer:
        raise ImageError(*answer["refused"])
    if "pillow_heif" in answer["error"]:
        raise MissingExtraError("reading HEIC files", "heic")
    raise ImageError(f"a file that cannot be read as a picture ({answer['error']})",
                     FORMAT_NAMES, "check the file")  # fmt: skip


WORKER = Worker()
atexit.register(WORKER.close)
