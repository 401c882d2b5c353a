"""A company's own system posts a message and hears what became of it, each once, whatever fails on the way."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, apart, opened

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.webhook.standard import key_of, signed
from deskhand.connectors.webhook.twin import SECRET, WebhookTwin
from deskhand.domain.phrases import PHRASES
from deskhand.settings import ChannelsTable, HookTable, Settings

IN, OLD = "whsec_" + "aW4" * 12, "whsec_" + "b2xk" * 10
PARTS: dict[str, Any] = {"thread": "talk", "requester": "email", "text": "text", "retry_seconds": [0.05] * 3}


def with_hooks(settings: Settings) -> Settings:
    settings = apart(settings)
    types: list[Any] = ["message.sent", "ticket.handed_off", "ticket.resolved", "drift.alarmed"]
    hooks = {
        "shop": HookTable(**PARTS, address="http://shop.test/in", private=True, events=types),
        "audit": HookTable(**PARTS, address="http://audit.test/in", private=True, events=types, every_ticket=True),
    }
    table = settings.table.model_copy(update={"channels": ChannelsTable(hooks=hooks)})
    named = [f"DESKHAND_HOOK_{one}_OUT_SECRET" for one in ("SHOP", "AUDIT")]
    ours = {"DESKHAND_HOOK_SHOP_SECRET": f"{IN},{OLD}", "DESKHAND_HOOK_AUDIT_SECRET": IN}
    return replace(settings, table=table, secrets=ours | dict.fromkeys(named, SECRET))


@dataclass(frozen=True)
class Shop:
    """Lumen, and the company's own systems at the other end."""

    lumen: Lumen
    twins: dict[str, WebhookTwin]

    def post(
        self, email: str, text: str, *, talk: str = "", id: str = "", secret: str = IN, age: int = 0, name: str = "shop"
    ) -> httpx2.Response:
        body = json.dumps({"talk": talk or uuid4().hex, "email": email, "text": text}).encode()
        at = self.lumen.clock() - timedelta(seconds=age)
        headers = signed([key_of(secret)], id or uuid4().hex, body, at)
        return self.lumen.http.post(f"/hooks/{name}", content=body, headers=headers)

    def told(self, talk: str, type: str, name: str = "shop") -> list[dict[str, Any]]:
        """What our events of this type said of this thread."""
        found = [one for one in self.twins[name].events() if one["type"] == type]
        return [one["data"] for one in found if one["data"].get("thread") == talk]

    def quiet(self) -> None:
        self.lumen.eventually(self.lumen.installation.engine.idle)


@contextmanager
def desk_with_hooks(folder: Path) -> Iterator[Shop]:
    clock: list[Lumen] = []
    twins = {name: WebhookTwin(":memory:", lambda: clock[0].clock(), [key_of(SECRET)]) for name in ("shop", "audit")}
    ends = {f"hook:{name}": InProcess(twin.app) for name, twin in twins.items()}
    with opened(folder, with_hooks, elsewhere=ends) as lumen:
        clock.append(lumen)
        yield Shop(lumen, twins)
    for twin in twins.values():
        twin.store.close()


@pytest.fixture(scope="module")
def shop(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    with desk_with_hooks(copytree(prepared, tmp_path_factory.mktemp("shop") / "desk")) as made:
        yield made


@pytest.mark.parametrize("secret", [IN, OLD])
def test_a_message_comes_in_and_its_answer_goes_out(shop: Shop, secret: str) -> None:
    ada, talk = shop.lumen.customer("single_charge"), uuid4().hex
    got = shop.post(ada, "How big can a CSV file be?", talk=talk, secret=secret)
    shop.lumen.eventually(lambda: shop.told(talk, "message.sent") != [])

    assert (got.status_code, got.json()) == (202, {"filed": True})
    (sent,) = shop.told(talk, "message.sent")
    assert "CSV" in sent["text"]


def test_whoever_is_only_claimed_gets_no_money(shop: Shop) -> None:
    ada, talk = shop.lumen.customer("double_charge_small"), uuid4().hex
    shop.post(ada, TWICE, talk=talk)
    shop.quiet()

    assert shop.lumen.refunds(ada) == []


def test_a_replayed_id_is_filed_once(shop: Shop) -> None:
    ada, talk, id = shop.lumen.customer("single_charge"), uuid4().hex, uuid4().hex
    first = shop.post(ada, "How big can a CSV file be?", talk=talk, id=id)
    again = shop.post(ada, "How big can a CSV file be?", talk=talk, id=id)
    shop.quiet()

    assert (first.status_code, again.status_code, again.json()["filed"]) == (202, 200, False)
    assert len(shop.told(talk, "message.sent")) == 1


@pytest.mark.parametrize(
    ("how", "status"),
    [({"secret": SECRET}, 401), ({"age": 301}, 401), ({"age": -301}, 401), ({"name": "nowhere"}, 404)],
)
def test_what_is_forged_or_stale_files_nothing(shop: Shop, how: dict[str, Any], status: int) -> None:
    before = len(shop.lumen.installation.queries.tickets(1_000))

    assert shop.post("ada@example.com", "Hello", **how).status_code == status
    assert len(shop.lumen.installation.queries.tickets(1_000)) == before


def test_a_handoff_is_told_to_its_own_system_and_to_who_hears_of_all(shop: Shop) -> None:
    ada, talk = shop.lumen.customer("single_charge"), uuid4().hex
    shop.post(ada, "I want to speak to a human being, please.", talk=talk)
    shop.lumen.eventually(lambda: shop.told(talk, "ticket.handed_off") != [])
    shop.quiet()
    ticket = shop.told(talk, "ticket.handed_off")[0]["ticket"]
    others = [one["data"] for one in shop.twins["audit"].events() if one["data"]["ticket"] == ticket]

    assert any(one.get("queue") for one in others)
    assert all("text" not in one and "thread" not in one for one in others)


def test_a_resolved_ticket_of_the_help_desk_is_told_to_who_hears_of_all(shop: Shop) -> None:
    told = shop.lumen.say(shop.lumen.customer("double_charge_small"), TWICE)
    shop.quiet()
    types = [one["type"] for one in shop.twins["audit"].events() if one["data"]["ticket"] == told.ticket]

    assert sorted(types) == ["message.sent", "ticket.resolved"]
    assert all(one["data"]["ticket"] != told.ticket for one in shop.twins["shop"].events())


@pytest.mark.parametrize("fault", ["429", "429 bare", "500", "500 after", "drop before", "drop after", "silent"])
def test_an_event_is_taken_once_under_every_fault(shop: Shop, fault: str) -> None:
    shop.lumen.network.trouble("hook:shop", fault)
    ada, talk = shop.lumen.customer("single_charge"), uuid4().hex
    shop.post(ada, "How big can a CSV file be?", talk=talk)
    shop.lumen.eventually(lambda: shop.told(talk, "message.sent") != [])
    shop.quiet()

    assert shop.lumen.network.met(fault)
    assert len(shop.told(talk, "message.sent")) == 1


def test_an_event_that_is_never_taken_is_parked_and_can_be_posted_again(shop: Shop) -> None:
    installation = shop.lumen.installation
    shop.lumen.network.trouble("hook:shop", "500", times=4)
    ada, talk = shop.lumen.customer("single_charge"), uuid4().hex
    shop.post(ada, "How big can a CSV file be?", talk=talk)
    shop.lumen.eventually(lambda: installation.parked_events() != [])
    (parked,) = installation.parked_events()

    assert (parked.hook, parked.type) == ("shop", "message.sent")
    assert "500" in parked.why
    assert shop.told(talk, "message.sent") == []
    assert installation.post_again(parked.id, "ana")
    shop.lumen.eventually(lambda: shop.told(talk, "message.sent") != [])
    assert installation.parked_events() == []
    assert not installation.post_again(parked.id, "ana")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "nl"])
def test_a_person_is_given_to_whoever_asks_by_a_hook(shop: Shop, language: str) -> None:
    ada, talk = shop.lumen.customer("double_charge_small"), uuid4().hex
    shop.post(ada, FOR_A_PERSON[language][1], talk=talk)
    shop.lumen.eventually(lambda: shop.told(talk, "ticket.handed_off") != [])
    shop.quiet()
    (sent,) = shop.told(talk, "message.sent")

    assert PHRASES[language].passing_on in sent["text"]
    assert shop.lumen.refunds(ada) == []


def test_an_alarm_of_drift_is_told_each_hook_once_without_words(shop: Shop) -> None:
    alarm = {"alarm": "edits/duplicate-charge/7", "signal": "edits", "procedure": "duplicate-charge", "tickets": ["t"]}
    with shop.lumen.installation.store.begin() as tx:
        tx.journal.append("drift.alarmed", "", alarm, shop.lumen.clock())
    shop.quiet()
    for twin in shop.twins.values():
        (told,) = [one["data"] for one in twin.events() if one["type"] == "drift.alarmed"]
        assert told == {"alarm": alarm["alarm"], "signal": "edits", "procedure": "duplicate-charge"}
