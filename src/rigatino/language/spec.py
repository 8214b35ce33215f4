"""``--llm KIND:MODEL[@URL]`` taken apart, and the endpoint opened."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import SplitResult, urlsplit

from rigatino.errors import UsageError
from rigatino.language.endpoint import Secret
from rigatino.language.http_endpoint import HttpEndpoint
from rigatino.language.registry import KINDS
from rigatino.language.settings import key_from, streams
from rigatino.language.wire import Kind

_SPEC = re.compile(r"(?P<kind>[a-z]+):(?P<model>[^\s@]+(?:@(?!\w+:)[^\s@]+)*)(?:@(?P<url>\S+))?")
_FORMS = "openai:MODEL@URL, openai:MODEL, ollama:MODEL[@URL] or anthropic:MODEL[@URL]"


def open_endpoint(spec: str) -> HttpEndpoint:
    """The endpoint that a spec means; nothing is sent yet."""
    match = _SPEC.fullmatch(spec)
    kind = KINDS.get(match["kind"]) if match else None
    if match is None or kind is None or not spec.isprintable() or len(spec) > 500:
        raise UsageError(f"--llm {_shown(spec)}", _FORMS, "name one of these")
    place = _place(match["url"] or kind.url)
    key, lacking = _key(kind, place)
    return HttpEndpoint(
        match["kind"], match["model"], _full(place, kind), kind.wire, key, lacking, streams(),
        place.hostname == kind.home,
    )  # fmt: skip


def _shown(spec: str) -> str:
    """As much of a wrong spec as cannot hold a key."""
    kind = spec.partition(":")[0]
    return f"{kind}:…" if re.fullmatch(r"[\w-]{1,20}", kind) and ":" in spec else "of no known form"


def _place(url: str) -> SplitResult:
    try:
        place = urlsplit(url)
        odd = place.port == 0 or not place.hostname
    except ValueError:
        place, odd = urlsplit(""), True
    if place.scheme not in ("http", "https") or odd:
        raise UsageError(
            "the address behind @ in --llm", "http://HOST[:PORT][/PATH] or https://…", _FORMS
        )
    if place.username is not None or place.query or place.fragment:
        raise UsageError(
            "the address behind @ in --llm holds more than host and path",
            "no name, password or key in an address",
            "put the key into RIGATINO_LLM_KEY",
        )
    return place


def _full(place: SplitResult, kind: Kind) -> str:
    """With the protocol's own path, which may be there already."""
    path = place.path.rstrip("/")
    if not path.endswith(kind.wire.path):
        path = (path or "/v1") + kind.wire.path
    return place._replace(path=path).geturl()


def _key(kind: Kind, place: SplitResult) -> tuple[Secret | None, str | None]:
    """The key for a place, and the variable that has to be set where one is wanted and lacking."""
    if kind.key_name and place.hostname == kind.home and place.scheme == "https":
        key = key_from(kind.key_name)
        return key, None if key else kind.key_name
    key = key_from("RIGATINO_LLM_KEY")
    if key and place.scheme == "http" and not _is_here(place.hostname or ""):
        raise UsageError(
            "RIGATINO_LLM_KEY is set, and the address is http on another machine",
            "https, so that nobody on the way can read the key",
            "use https, or unset the key",
        )
    return key, None


def _is_here(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
