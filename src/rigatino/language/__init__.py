"""Language-model endpoints behind one protocol; it knows nothing of briefs or answers."""

from rigatino.language.endpoint import Endpoint, Prompt, Reply, Request, Secret
from rigatino.language.http_endpoint import HttpEndpoint
from rigatino.language.prices import Price, cost, cost_said, estimate_said, price_of
from rigatino.language.settings import DEFAULT_SECONDS, chosen_seconds
from rigatino.language.spec import open_endpoint

__all__ = [
    "DEFAULT_SECONDS",
    "Endpoint",
    "HttpEndpoint",
    "Price",
    "Prompt",
    "Reply",
    "Request",
    "Secret",
    "chosen_seconds",
    "cost",
    "cost_said",
    "estimate_said",
    "open_endpoint",
    "price_of",
]
