"""One HTTP exchange, over by its deadline and never larger than a cap, whatever the other does.

The exchange runs in a thread of its own, for a socket's time-out starts anew with each byte that
drips in, and the look-up of a name has none at all. When the deadline comes, the socket is shut
and the thread is left to end by itself.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from threading import Thread
from urllib.parse import SplitResult, urlsplit

from rigatino.errors import LanguageError
from rigatino.language.deadline import Deadline
from rigatino.language.endpoint import Request, Secret

#: an answer to one brief takes kilobytes
MOST_BYTES = 4 * 1024 * 1024
_PIECE = 16 * 1024


@dataclass(frozen=True, slots=True)
class Response:
    """What came back, the body whole; names of headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def carry(request: Request, deadline: Deadline, most: int = MOST_BYTES) -> Response:
    """Send a request and take in the whole response, or raise a ``LanguageError``."""
    exchange = _Exchange(request, deadline, most)
    worker = Thread(target=exchange.run, daemon=True)
    worker.start()
    worker.join(deadline.left())
    if worker.is_alive():
        exchange.abandon()
        worker.join(0.05)
        raise too_slow()
    if exchange.response is None:
        raise exchange.error or LanguageError("the endpoint was left without an answer")
    return exchange.response


def too_slow() -> LanguageError:
    """The time is up."""
    return LanguageError("the endpoint did not finish in time", "raise --llm-timeout")


class _Exchange:
    """One request on its way."""

    def __init__(self, request: Request, deadline: Deadline, most: int) -> None:
        self._request, self._deadline, self._most = request, deadline, most
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None  # which the response takes over
        self.response: Response | None = None
        self.error: Exception | None = None

    def run(self) -> None:
        """Everything, in the thread; what goes wrong is kept for the caller."""
        try:
            self.response = self._carried()
        except LanguageError as error:
            self.error = error
        except TimeoutError:
            self.error = too_slow()
        except (OSError, HTTPException, ValueError) as error:
            self.error = LanguageError(_broken(error), "check the address and the server")
        except Exception as error:
            self.error = error  # a fault of this program's own, which the caller has to see
        finally:
            if self._connection is not None:
                self._connection.close()

    def abandon(self) -> None:
        """Wake the thread, which is waiting for the other side."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)

    def _carried(self) -> Response:
        place = urlsplit(self._request.url)
        self._connection = _connection(place, self._deadline.left() or 0.001)
        headers = {name: _plain(value) for name, value in self._request.headers}
        headers |= {"Accept-Encoding": "identity", "Connection": "close"}
        self._connection.connect()
        self._socket = self._connection.sock
        target = f"{place.path}?{place.query}" if place.query else place.path
        self._connection.request("POST", target, self._request.body, headers)
        with self._connection.getresponse() as answered:
            named = {name.lower(): value for name, value in answered.getheaders()}
            return Response(answered.status, named, self._body(answered))

    def _body(self, answered: HTTPResponse) -> bytes:
        body = bytearray()
        while piece := answered.read1(_PIECE):
            body += piece
            if len(body) > self._most:
                raise LanguageError(
                    f"the endpoint sent more than {self._most // 2**20} MiB", "use another model"
                )
            if self._deadline.left() <= 0:
                raise too_slow()
            if self._is_ended(body):
                return bytes(body)
        if answered.length:
            raise LanguageError("the endpoint broke off in the middle of its answer", "try again")
        return bytes(body)

    def _is_ended(self, body: bytearray) -> bool:
        """Whether a stream's last event is there, whole."""
        whole = body.endswith((b"\n\n", b"\r\n\r\n"))
        return whole and any(end in body[-200:] for end in self._request.ends)


def _connection(place: SplitResult, seconds: float) -> HTTPConnection:
    host = place.hostname or ""
    if place.scheme == "https":
        return HTTPSConnection(host, place.port, timeout=seconds)
    return HTTPConnection(host, place.port, timeout=seconds)


def _plain(value: str | Secret) -> str:
    return value.reveal() if isinstance(value, Secret) else value


def _broken(error: Exception) -> str:
    """What happened, in words of our own: an endpoint's words are not repeated."""
    if isinstance(error, ConnectionRefusedError):
        return "nothing answers at the endpoint's address"
    if isinstance(error, socket.gaierror):
        return "the endpoint's host is not known"
    if isinstance(error, HTTPException | ConnectionError):
        return "the endpoint broke off in the middle of its answer"
    return f"the endpoint cannot be reached ({type(error).__name__})"
