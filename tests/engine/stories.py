"""Small stories for tests of the engine, and the world outside that they change."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Barrier

from deskhand.domain.errors import Busy, ConnectorError, Refused
from deskhand.domain.money import Money
from deskhand.infrastructure.engine.engine import Engine

AT = datetime(2026, 3, 1, 12, 30, 15, 123456, tzinfo=UTC)


@dataclass(frozen=True)
class Priced:
    price: Money
    at: datetime
    tags: tuple[str, ...]
    note: str | None = None


@dataclass
class World:
    """`said`: (ticket, word) in order. `calls`: how often each step ran. `trouble`: errors left, by step."""

    said: list[tuple[str, str]] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    trouble: dict[str, list[Exception]] = field(default_factory=dict)
    seen: dict[str, Exception] = field(default_factory=dict)
    together: Barrier = field(default_factory=lambda: Barrier(2))

    def words(self, ticket: str) -> list[str]:
        return [word for where, word in self.said if where == ticket]


def register(engine: Engine, world: World) -> None:
    """ "say", "meet", "price", "fetch", "forgive" and "careless"."""

    def note(ticket: str, word: str) -> None:
        world.calls[f"{ticket} {word}"] += 1
        world.said.append((ticket, word))

    def say(ticket: str, word: str) -> str:
        engine.step(note, ticket, word)
        return word

    def meet(ticket: str) -> None:
        engine.step(note, ticket, "waits")
        world.together.wait(20)

    def priced(cents: int) -> Priced:
        return Priced(Money(cents, "USD"), AT, ("a", "b"))

    def price(cents: str) -> Priced:
        return engine.step(priced, int(cents))

    def fetched(ticket: str) -> str:
        world.calls[f"{ticket} fetched"] += 1
        if left := world.trouble.get(ticket):
            raise left.pop(0)
        return "fetched"

    def fetch(ticket: str) -> str:
        engine.step(note, ticket, "begins")
        return engine.step(fetched, ticket)

    def forgive(ticket: str) -> str:
        try:
            return engine.step(fetched, ticket)
        except ConnectorError as error:
            world.seen[ticket] = error
            return "missing"

    def untyped(ticket: str):  # type: ignore[no-untyped-def]
        return ticket

    def careless(ticket: str) -> None:
        engine.step(untyped, ticket)

    def nested(ticket: str) -> str:
        return engine.step(fetched, ticket)

    def nest(ticket: str) -> str:
        return engine.step(nested, ticket)

    def failed(ticket: str, key: str, why: str) -> None:
        world.said.append((ticket, f"{key} failed: {why}"))

    for story in (say, meet, price, forgive, careless, nest):
        engine.register(story.__name__, story)
    engine.register("fetch", fetch, on_failure=failed)


def busy(times: int) -> list[Exception]:
    return [Busy("GET /charges 429") for _ in range(times)]


def refused() -> list[Exception]:
    return [Refused("GET /charges 401", detail="the key sk_live_1 is not valid")]
