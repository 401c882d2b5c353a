"""What a model costs: the desk's own prices first, then a published table. An unknown price is told as unknown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

MILLION = 1_000_000


@dataclass(frozen=True)
class Price:
    """US dollars for a million tokens. `cached` is what tokens cost that the provider had cached."""

    input: float
    cached: float
    output: float
    as_of: date


@dataclass(frozen=True)
class Cost:
    """`dollars` is None when nobody knows; `price` says where it comes from and of which date."""

    dollars: float | None
    price: str


class Prices:
    """`own`: the desk's prices by "provider:name", as in `desk.toml`."""

    def __init__(self, own: Mapping[str, Price]):
        self._own = own

    def cost(self, model: str, *, input: int, cached: int, output: int) -> Cost:
        """Of one call. `cached` is a part of `input`."""
        if price := self._own.get(model):
            spent = (input - cached) * price.input + cached * price.cached + output * price.output
            return Cost(spent / MILLION, f"desk.toml {price.as_of}")
        return _published(model, input=input, cached=cached, output=output)


def _published(model: str, *, input: int, cached: int, output: int) -> Cost:
    # Comes with pydantic-ai, and loads a table of a megabyte: only when somebody asks a model.
    import genai_prices
    from genai_prices import Usage, calc_price

    provider, _, name = model.partition(":")
    try:
        usage = Usage(input_tokens=input, cache_read_tokens=cached, output_tokens=output)
        spent: Decimal = calc_price(usage, name, provider_id=PUBLISHED[provider]).total_price
    except (LookupError, ValueError):
        return Cost(None, "unknown")
    return Cost(float(spent), f"genai-prices {genai_prices.__version__}")


# The published table's names of the providers; a server of one's own is in no table.
PUBLISHED = {
    "anthropic": "anthropic",
    "bedrock": "aws",
    "google": "google",
    "mistral": "mistral",
    "openai": "openai",
}
