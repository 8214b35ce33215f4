"""What a call costs, from prices that the user states; without them the price is unknown."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from rigatino.errors import InputError
from rigatino.language.endpoint import Prompt

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


def price_of(model: str) -> Price | None:
    """The price of ``kind:model`` from the file that ``RIGATINO_LLM_PRICES`` names, if stated."""
    name = os.environ.get("RIGATINO_LLM_PRICES")
    if not name:
        return None
    wanted = 'a TOML file with tables such as ["openai:MODEL"] that hold in, out and currency'
    try:
        row = tomllib.loads(Path(name).read_text(encoding="utf-8")).get(model)
        if row is None:
            return None
        price = Price(float(row["in"]), float(row["out"]), str(row["currency"])[:8])
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise InputError(f"the prices in {name} cannot be read", wanted, "mend the file") from error
    if not (0 <= price.into < 1e6 and 0 <= price.out < 1e6):
        raise InputError(f"a price in {name} is no price", wanted, "mend the file")
    return price


def cost(price: Price | None, into: int | None, out: int | None) -> float | None:
    """What so many tokens cost; None where the price or the tokens are unknown."""
    if price is None or into is None or out is None:
        return None
    return (price.into * into + price.out * out) / 1e6


def cost_said(model: str, into: int | None, out: int | None) -> str:
    """Tokens and cost in words; what is not known is said to be unknown."""
    price = price_of(model)
    tokens = (
        f"{'unknown' if into is None else into} tokens in, {'unknown' if out is None else out} out"
    )
    total = cost(price, into, out)
    if price is None or total is None:
        return f"{tokens}; {'price' if price is None else 'cost'} unknown"
    return f"{tokens}; {total:.6f} {price.currency}"


def estimate_said(model: str, prompt: Prompt) -> str:
    """What a call would take, before it is made."""
    into = estimated_tokens(prompt)
    said = cost_said(model, into, prompt.most_tokens)
    return f"estimated, at {_CHARACTERS} characters a token and the longest answer: {said}"
