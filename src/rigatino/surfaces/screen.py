"""What is said to the person at the terminal, or to the program behind the pipe.

Always UTF-8, whatever the locale says: answers hold arrows and letters of every
script. A reader that went away (``rigatino … | head``) is no error and changes no exit
code; a screen that cannot be written to (a full disk behind it) is one.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from io import TextIOWrapper

from rigatino.errors import OutputError


def speak_utf8() -> None:
    """Once, at the start; a lone surrogate (from a file's name) is spelt out."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def show(text: str) -> None:
    """Results: standard output."""
    if sys.stdout is None:
        raise _unwritable("closed")
    try:
        sys.stdout.write(harmless(text) if sys.stdout.isatty() else text)
        sys.stdout.flush()
    except BrokenPipeError:
        turn_away()
    except OSError as error:
        turn_away()
        raise _unwritable(error.strerror or str(error)) from error


def note(line: str) -> None:
    """Remarks and complaints: one line on standard error, or nowhere if nobody listens."""
    with suppress(OSError, AttributeError):
        sys.stderr.write(harmless(" ".join(line.split())) + "\n")
        sys.stderr.flush()


def harmless(text: str) -> str:
    """Control characters, which a terminal would obey, made visible (␛ for escape)."""
    return text.translate(_PICTURES)


_PICTURES = {code: 0x2400 + code for code in range(32) if chr(code) not in "\t\n"}
_PICTURES |= {0x7F: 0x2421} | dict.fromkeys(range(0x80, 0xA0), 0xFFFD)
#: marks that turn the direction of what follows
_PICTURES |= dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD)


def turn_away(descriptor: int = 1) -> None:
    """Let what is still buffered go nowhere when the interpreter leaves."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def settle() -> None:
    """Before leaving: what nobody listens to any more must not change the exit code."""
    for descriptor, stream in ((1, sys.stdout), (2, sys.stderr)):
        try:
            if stream is not None:
                stream.flush()
        except (OSError, ValueError):
            turn_away(descriptor)


def _unwritable(reason: str) -> OutputError:
    return OutputError(
        f"standard output cannot be written ({reason})",
        "a screen, pipe or file that takes the result",
        "write to a file with -o",
    )
