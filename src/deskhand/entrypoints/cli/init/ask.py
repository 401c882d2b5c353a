"""The questions of `deskhand init`: one after the other, each with what an empty answer means."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from deskhand.bootstrap import Connector
from deskhand.entrypoints.cli.init import wishes as wish
from deskhand.entrypoints.cli.init.wishes import Wishes
from deskhand.entrypoints.printing import aside

T = TypeVar("T")
NONE = "none"


def asked(given: Wishes, connectors: Mapping[str, Connector]) -> Wishes:
    """`given` is what flags said: an empty answer keeps it. `EOFError` when the answers end before the questions."""
    aside.print("A few questions; Enter takes what stands in brackets. Nothing is written before the last one.")
    company = _ask("The company's name", given.company, wish.company)
    return Wishes(
        company=company,
        signature=_ask("How replies are signed", given.signature or f"{company} Support", wish.company),
        languages=_ask("Languages that customers are answered in", " ".join(given.languages), wish.languages),
        systems=(
            *_choice("Help desk", "tickets", given, connectors),
            *_choice("CRM", "relations", given, connectors),
            *_choice("Billing", "billing", given, connectors),
        ),
        records=_ask("Address of a database to look things up in", given.records, wish.records),
        own=_ask("A name for a system of your own that the assistant is to act in", given.own, wish.own),
        zone=(zone := _ask("Time zone of your office", given.zone, wish.zone)),
        hours=_ask("When it is open, such as mon-fri 09:00-17:00", _written(given.hours), wish.hours) if zone else {},
        currency=_ask("Currency of limits", given.currency, wish.currency),
        articles=_ask("Help articles: a folder, or the address of a sitemap", given.articles, wish.articles),
        tickets=_ask("Past tickets: a file to learn from", given.tickets, wish.tickets),
    )


def _ask(question: str, default: str, read: Callable[[str], T]) -> T:
    """Again until the answer can be used. The question goes to standard error: standard output is for the result."""
    while True:
        aside.print(f"{question} [{default or NONE}]: ", end="", markup=False, highlight=False, soft_wrap=True)
        answer = input().strip() or default
        try:
            return read("" if answer == NONE else answer)
        except ValueError as error:
            aside.print(f"{answer!r} {error}.", markup=False, highlight=False, soft_wrap=True)


def _choice(title: str, role: str, given: Wishes, connectors: Mapping[str, Connector]) -> Sequence[str]:
    """One system that plays this role, or none."""
    able = [name for name, one in connectors.items() if role in one.plays]

    def read(answer: str) -> Sequence[str]:
        if answer and answer not in able:
            raise ValueError(f"is none of: {', '.join(able)}, {NONE}")
        return [answer] if answer else []

    default = next((one for one in given.systems if one in able), NONE)
    return _ask(f"{title}: {', '.join(able)} or {NONE}", default, read)


def _written(hours: wish.Hours) -> str:
    return ", ".join(f"{day[:3]} {' '.join(spans)}" for day, spans in hours.items())
