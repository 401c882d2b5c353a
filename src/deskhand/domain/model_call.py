"""One call of a language model: what it was made from, what it cost. What was said in it is kept apart."""

from dataclasses import dataclass
from enum import StrEnum


class Purpose(StrEnum):
    READ = "read"
    PLAN = "plan"
    JUDGE = "judge"
    CUSTOMER = "customer"  # plays one, on a desk that is thrown away


@dataclass(frozen=True)
class ModelCall:
    """`model` is "provider:name"; `prompt` the digest of what is the same for every message (system text, tools,
    schema), `question` that of all that was sent; `procedures` those it was told of, as "id@digest".

    `cached_tokens` are the share of `input_tokens` that the provider had cached. `dollars` is None when the price is
    not known; `price` says where it comes from and of which date. `failed` is empty, or one word for what went wrong.
    """

    purpose: Purpose
    model: str
    prompt: str
    question: str
    procedures: tuple[str, ...]
    input_tokens: int
    cached_tokens: int
    output_tokens: int
    dollars: float | None
    price: str
    ms: float
    failed: str = ""


@dataclass(frozen=True)
class Allowance:
    """What is left for models on one ticket."""

    calls: int
    tokens: int
    dollars: float

    @property
    def spent(self) -> bool:
        return self.calls <= 0 or self.tokens <= 0 or self.dollars <= 0
