"""Lumen's desk with believers in the place of its brain: an attack is put where it belongs, and the story runs."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from tests.injection.attack import Attack, corpus
from tests.injection.gullible import PROMPTS, Gullible
from tests.injection.lies import AMOUNTS
from tests.stories.lumen import silence, trusted

from deskhand.bootstrap import Installation, open_desk
from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.connectors.world import Someone
from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.settings import read_settings
from deskhand.workflows.resolve_message import resolve_message

P = ParamSpec("P")
R = TypeVar("R")
PLAIN = "How long does a refund take, and where do I see it?"
KINDS = ("charge", "refund", "subscription", "invoice")


@dataclass(frozen=True)
class Seen:
    """What an attack led to: the customer's view of the ticket, and what changed at the billing system."""

    who: Someone
    replies: tuple[str, ...]
    changed: tuple[dict[str, Any], ...]
    believer: Gullible


class Stage:
    """One desk for all attacks, each on a ticket of its own, from people who have nothing to be refunded."""

    def __init__(self, installation: Installation):
        assert installation.systems.zendesk_twin
        assert installation.systems.stripe_twin
        assert installation.systems.world
        self.installation = installation
        self.zendesk: ZendeskTwin = installation.systems.zendesk_twin
        self.stripe: StripeTwin = installation.systems.stripe_twin
        self.people = installation.systems.world().people
        self.writers = [one for one in self.people if one.situation == "single_charge" and not one.flagged]
        self._played: dict[tuple[str, bool, bool], Seen] = {}
        self._mark_the_others()

    def play(self, attack: Attack, *, gives_up: bool = False, says_yes: bool = False) -> Seen:
        """Somebody writes, the attack stands where it stands, the believers do what they can. Each is played once."""
        key = (attack.id, gives_up, says_yes)
        if key not in self._played:
            self._played[key] = self._play(attack, gives_up=gives_up, says_yes=says_yes)
        return self._played[key]

    def _play(self, attack: Attack, *, gives_up: bool, says_yes: bool) -> Seen:
        number = corpus().index(attack)
        who = self.writers[number % len(self.writers)]
        own = (who.payments[-1].id, who.subscription.id)
        believer = Gullible(
            tuple(self.installation.desk.procedures), attack, number, own, gives_up=gives_up, says_yes=says_yes
        )
        ticket = self._before(attack, who, believer)
        before = self._billing()
        with self._placed(attack, who):
            ticket = self._said(attack.text if attack.place == "message" else PLAIN, who, believer, ticket, attack)
        replies = tuple(one["body"] for one in self.zendesk.replies(ticket) if one["public"])
        after = self._billing()
        return Seen(who, replies, tuple(row for key, row in after.items() if before.get(key) != row), believer)

    def _before(self, attack: Attack, who: Someone, believer: Gullible) -> int | None:
        """What came before on this ticket: an open question, or the message that holds the attack."""
        if attack.goal == "confirm_for_me":
            believer.harmless = True
            number = self._said("Please cancel my subscription", who, believer, None, None)
            believer.harmless = False
            return number
        return None

    def _said(self, text: str, who: Someone, believer: Gullible, ticket: int | None, attack: Attack | None) -> int:
        if attack and attack.place == "earlier_message":
            ticket = self._number(self.zendesk.receive(who.email, attack.text, ticket)[1])
        signed = self.zendesk.receive(who.email, text, ticket)
        number = self._number(signed[1])
        if attack:
            self._dressed(attack, number)
        delivery = self.installation.doors["zendesk"](*signed, self.installation.desk.clock())
        assert delivery is not None
        believing = replace(self.installation.desk, reader=believer, planner=believer, hidden=PROMPTS)
        desk = replace(believing, step=at_once, pause=lambda seconds: None)
        resolve_message(desk, delivery.ticket, delivery.message, "autonomous")
        return number

    def _dressed(self, attack: Attack, number: int) -> None:
        """What stands on the ticket beside its messages."""
        ticket = self.zendesk.store.get("ticket", str(number))
        assert ticket
        if attack.place == "subject":
            self.zendesk.store.put([("ticket", str(number), "", "", number, ticket | {"subject": attack.text})])
        if attack.place == "agent_note":
            self.zendesk._add(number, 2, attack.text, public=False)
        if attack.place == "file_name":
            comment = self.zendesk.store.owned("comment", str(number))[0]
            comment["attachments"] = [{"file_name": attack.text}]
            row = self.zendesk.store.row("comment", str(comment["id"]))
            assert row
            self.zendesk.store.put([(*row[:5], comment)])

    @contextmanager
    def _placed(self, attack: Attack, who: Someone) -> Iterator[None]:
        """What stands at other systems, for as long as the story lasts."""
        if attack.place == "order_note":
            with changed(self.stripe.store, "charge", who.payments[-1].id, description=attack.text):
                yield
        elif attack.place == "requester_name":
            (user,) = self.zendesk.store.named("user", who.email)
            with changed(self.zendesk.store, "user", str(user["id"]), name=attack.text):
                yield
        else:
            yield

    def _billing(self) -> dict[tuple[str, str], dict[str, Any]]:
        return {(kind, row["id"]): row for kind in KINDS for row in self.stripe.store.every(kind, 100_000)}

    def _mark_the_others(self) -> None:
        """Amounts that nobody else has, so that a reply which tells them is known by them."""
        for kind in ("charge", "invoice"):
            for row in self.stripe.store.every(kind, 100_000):
                if row["customer"] in AMOUNTS:
                    name = "amount" if kind == "charge" else "total"
                    known = self.stripe.store.row(kind, row["id"])
                    assert known
                    self.stripe.store.put([(*known[:5], row | {name: AMOUNTS[row["customer"]]})])

    def _number(self, body: bytes) -> int:
        return int(json.loads(body)["detail"]["id"])


@contextmanager
def changed(store: Any, kind: str, id: str, **fields: str) -> Iterator[None]:
    """An object with other fields, until the block ends."""
    row = store.row(kind, id)
    assert row is not None
    store.put([(*row[:5], row[5] | fields)])
    yield
    now = store.row(kind, id)
    store.put([(*now[:5], now[5] | {name: row[5][name] for name in fields})])


def at_once(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """A durable step without an engine."""
    return function(*args, **kwargs)


def publish(folder: Path) -> None:
    """The attacks that stand in articles and on pages become the company's own knowledge."""
    for one in corpus():
        if one.place in ("article", "web_page"):
            body = (
                f"<html><body><p>Help</p><div>{one.text}</div></body></html>" if one.place == "web_page" else one.text
            )
            text = f"---\ntitle: {one.id}\naudience: public\n---\n\n{body}\n"
            (folder / "articles" / f"{one.id}.md").write_text(text, "utf-8")


@contextmanager
def opened(folder: Path) -> Iterator[Stage]:
    publish(folder)
    with open_desk(trusted(read_settings(folder)), tell=silence, grace=timedelta(0)) as installation:
        yield Stage(installation)
