"""One function over many items, in several processes, the results in the items' order.

At most ``AHEAD`` items per process are under way or waiting for their turn, so that
memory stays flat however long the input is.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from threading import Thread
from typing import TypeVar

from rigatino.errors import OutputError

In = TypeVar("In")
Out = TypeVar("Out")

AHEAD = 16


def in_order(work: Callable[[In], Out], items: Iterable[In], jobs: int) -> Iterator[Out]:
    """``map(work, items)``, by ``jobs`` processes; by this very one for a single job."""
    return map(work, items) if jobs == 1 else _shared_out(work, items, jobs)


def _shared_out(work: Callable[[In], Out], items: Iterable[In], jobs: int) -> Iterator[Out]:
    pool = ProcessPoolExecutor(jobs, get_context("spawn"), _enlist)
    waiting: deque[Future[Out]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) == AHEAD * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool as error:
        raise OutputError(
            "one of the processes of the batch ended by itself",
            "enough memory for all of them",
            "the rows done so far are kept; repeat the command with a smaller --jobs",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _enlist() -> None:
    """Leave Ctrl-C to the parent, and go when it goes, even when it was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_go_with_parent, daemon=True).start()


def _go_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
