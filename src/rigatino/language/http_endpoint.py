"""An endpoint over HTTP: an adapter, an address and maybe a key."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from rigatino.errors import LanguageError
from rigatino.language.carrying import Response
from rigatino.language.deadline import Deadline
from rigatino.language.endpoint import Prompt, Reply, Request, Secret
from rigatino.language.events import events, is_stream, json_object
from rigatino.language.retrying import answered
from rigatino.language.wire import Call, Wire


@dataclass(frozen=True, slots=True)
class HttpEndpoint:
    """Implements ``Endpoint``; ``lacking`` names the variable of a key that has to be there."""

    kind: str
    model: str
    url: str
    wire: Wire
    key: Secret | None = None
    lacking: str | None = None
    stream: bool = False
    at_home: bool = False

    @property
    def name(self) -> str:
        """Kind, model and host."""
        return f"{self.kind}:{self.model} at {urlsplit(self.url).netloc}"

    def request(self, prompt: Prompt) -> Request:
        """What would be sent."""
        call = Call(self.model, self.url, self.key, self.stream, prompt, self.at_home)
        return self.wire.request(call)

    def ask(self, prompt: Prompt, seconds: float) -> Reply:
        """Send it, and read the answer as the protocol says."""
        if self.lacking:
            raise LanguageError("the endpoint wants a key", f"set {self.lacking}")
        deadline = Deadline(seconds)
        reply = self._read(answered(self.request(prompt), deadline))
        text = reply.text.replace(self.key.reveal(), "(key)") if self.key else reply.text
        return replace(reply, text=text, seconds=deadline.spent())

    def _read(self, response: Response) -> Reply:
        try:
            if is_stream(response):
                return self.wire.streamed(events(response.body))
            return self.wire.whole(json_object(response.body))
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            raise LanguageError(
                "the endpoint answered something that is not its protocol",
                "check the address and the kind of endpoint",
            ) from error
