"""A request sent until it is answered: few times, with pauses, and never past the deadline."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from time import sleep
from urllib.parse import urljoin, urlsplit

from rigatino.errors import LanguageError
from rigatino.language.carrying import MOST_BYTES, Response, carry
from rigatino.language.deadline import Deadline
from rigatino.language.endpoint import Request

TRIES = 3
#: seconds before the second try; doubled before the third
PAUSE = 0.5
_AGAIN = frozenset({429, 500, 502, 503, 504, 529})
_MOVED = frozenset({307, 308})
_MOST_MOVES = 3


def answered(request: Request, deadline: Deadline, most: int = MOST_BYTES) -> Response:
    """A response with status 200, or a ``LanguageError`` that says why there is none."""
    pause = PAUSE
    for attempt in range(1, TRIES + 1):
        response = _followed(request, deadline, most)
        if response.status == HTTPStatus.OK:
            return response
        if response.status not in _AGAIN or attempt == TRIES:
            raise _refused(response.status, attempt)
        wait = max(pause, _asked_to_wait(response.headers.get("retry-after", "")))
        if wait >= deadline.left():
            raise _refused(response.status, attempt, f"; the next try would be {wait:.0f} s away")
        sleep(wait)
        pause *= 2
    raise AssertionError("the last try returns or raises")


def _followed(request: Request, deadline: Deadline, most: int) -> Response:
    """Through redirections, which may lead nowhere but to the same host."""
    for _ in range(_MOST_MOVES):
        response = carry(request, deadline, most)
        if response.status not in _MOVED:
            return response
        target = urljoin(request.url, response.headers.get("location", ""))
        if _origin(target) != _origin(request.url):
            raise LanguageError(
                "the endpoint redirects to another host, which is not followed",
                "give the address that answers itself",
            )
        request = replace(request, url=target)
    raise LanguageError("the endpoint redirects in circles", "check the address")


def _origin(url: str) -> tuple[str, str | None, int | None]:
    try:
        parts = urlsplit(url)
        usual = {"http": 80, "https": 443}.get(parts.scheme)
        return parts.scheme, parts.hostname, parts.port or usual
    except ValueError:
        return "", None, None


def _asked_to_wait(header: str) -> float:
    """Seconds, from a number or a date; 0 where neither is given."""
    try:
        return min(max(0.0, float(header)), 1e6)
    except ValueError:
        pass
    try:
        moment = parsedate_to_datetime(header)
        return max(0.0, (moment - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return 0.0


_MEANINGS = {
    401: "the key is missing or wrong",
    403: "the key may not do this",
    404: "there is no such model or address",
    413: "the brief is too long for it",
    429: "too many requests",
}


def _refused(status: int, attempts: int, more: str = "") -> LanguageError:
    meaning = _MEANINGS.get(status, "")
    tried = f" {attempts} times" if attempts > 1 else ""
    return LanguageError(
        f"the endpoint answered with status {status}{tried}{meaning and f' ({meaning})'}{more}",
        "see the server's own log",
    )
