"""What a call costs, from prices that the user states; without them the price is unknown."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rigatino.errors import InputError
from rigatino.language.endpoint import Prompt, Reply

#: English text in the tokenisers of today; an estimate, shown as one
_CHARACTERS = 4


@dataclass(frozen=True, slots=True)
class Price:
    """What a million tokens cost, going in and coming out."""

    into: float
    out: float
    currency: str


def estimated_tokens(prompt: Prompt) -> int:
    """About how many tokens a prompt has."""
    return (len(prompt.system) + len(prompt.user)) // _CHARACTERS + 1


def price_of(kind: str, model: str) -> Price | None:
    """The price from the file that ``RIGATINO_LLM_PRICES`` names; None where none is stated."""
    name = os.environ.get("RIGATINO_LLM_PRICES")
    if not name:
        return None
    wanted = 'a TOML file with tables such as ["openai:MODEL"] in, out, currency'
    try:
        row = tomllib.loads(Path(name).read_text(encoding="utf-8")).get(f"{kind}:{model}")
        if row is None:
            return None
        price = Price(float(row["in"]), float(row["out"]), str(row["currency"])[:8])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"the prices in {name} cannot be read", wanted, "mend the file") from error
    if not (0 <= price.into < 1e6 and 0 <= price.out < 1e6):
        raise InputError(f"a price in {name} is no price", wanted, "mend the file")
    return price


def cost(price: Price | None, reply: Reply) -> float | None:
    """What a reply cost; None where the price or the tokens are unknown."""
    if price is None or reply.tokens_in is None or reply.tokens_out is None:
        return None
    return (price.into * reply.tokens_in + price.out * reply.tokens_out) / 1e6
