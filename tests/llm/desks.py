"""Desks with a model, adapters without a desk, and what is looked at afterwards."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from pydantic import BaseModel, ConfigDict, Field
from tests.stories.lumen import Lumen, Told, trusted

from deskhand.domain.model_call import Allowance, ModelCall, Purpose
from deskhand.infrastructure.llm.library.adapter import Adapter
from deskhand.infrastructure.llm.library.chain import chain
from deskhand.infrastructure.llm.model_name import COMPATIBLE, parse
from deskhand.infrastructure.llm.prices import Price, Prices
from deskhand.infrastructure.llm.question import Question
from deskhand.infrastructure.llm.twin import ModelTwin
from deskhand.settings import ModelsTable, Settings

Change = Callable[[Settings], Settings]
PLENTY = Allowance(calls=100, tokens=1_000_000, dollars=10.0)
NATIVE, IN_JSON = "native", "in json"
MODES = (NATIVE, IN_JSON)
ENDED = "message.ended"


@dataclass(frozen=True)
class Twin:
    """The stand-in, and where it is."""

    model: ModelTwin
    url: str

    def name(self, mood: str = "ok", mode: str = IN_JSON) -> str:
        """As `desk.toml` names it. With native tools it is asked as OpenAI is."""
        return f"{'openai:' if mode == NATIVE else ''}m@{self.url}/{mood}/v1"

    @property
    def asked(self) -> int:
        """How many requests it heard."""
        return len(self.model.heard)


def using(*models: str, **table: Any) -> Change:
    """The assistant may act alone, with these models."""

    def change(settings: Settings) -> Settings:
        models_table = ModelsTable.model_validate({"timeout_seconds": 5, "retries": 0} | table)
        changed = trusted(settings)
        return replace(
            changed,
            # Without letters no code can be offered, and the model is asked whoever writes.
            table=changed.table.model_copy(
                update={
                    "model": list(models),
                    "models": models_table,
                    "systems": changed.table.systems.model_copy(update={"mail": None}),
                }
            ),
            secrets={**changed.secrets, "OPENAI_API_KEY": "key-of-a-test"},
        )

    return change


@dataclass
class Log:
    """Keeps `ports.reasoning.CallLog` in memory; `most` is what may be spent."""

    most: Allowance = PLENTY
    noted: list[ModelCall] = field(default_factory=list)
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    gave_up: list[str] = field(default_factory=list)

    def left(self) -> Allowance:
        return replace(self.most, calls=self.most.calls - len(self.noted))

    def answer(self, question: str) -> str | None:
        return self.words[question][1] if question in self.words else None

    def note(self, call: ModelCall, question: str, answer: str) -> None:
        self.noted.append(call)
        if answer:
            self.words.setdefault(call.question, (question, answer))

    def unanswered(self, purpose: Purpose, why: str) -> None:
        self.gave_up.append(f"{purpose}: {why}")

    @property
    def failed(self) -> list[str]:
        return [one.failed for one in self.noted]


class Colour(BaseModel):
    """The colour that was named."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)


COLOUR = Question(Purpose.READ, "You name a colour.", "Which colour has the sky?", (Colour,))


def adapter_of(
    *names: str,
    timeout: float = 5.0,
    retries: int = 0,
    prices: Mapping[str, Price] | None = None,
    key: str = "k",
) -> Adapter:
    """As bootstrap builds it; the first name decides how tools are asked for."""
    models = [parse(name) for name in names]
    model = chain(models, lambda _: key, Prices(prices or {}))
    return Adapter(model, timeout=timeout, retries=retries, in_json=models[0].provider == COMPATIBLE)


def calls_of(desk: Lumen, told: Told) -> list[ModelCall]:
    """Every call of a model for this ticket, in order."""
    with desk.installation.store.begin() as tx:
        return [call for _, call in tx.models.of_ticket(told.ticket)]


def settled_once(desk: Lumen, told: Told) -> None:
    """Exactly one end, one letter, and nothing left open."""
    assert desk.kinds(told.ticket).count(ENDED) == 1
    assert len(desk.replies(told.number)) == 1
    assert desk.open_effects(told.ticket) == []
