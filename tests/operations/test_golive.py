"""Going live: each of the ten points is proven by looking, and one system that is down hides no other point."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.script import ROOT
from tests.llm.served import served

from deskhand.bootstrap import find_connector, now, open_library, open_store
from deskhand.bootstrap.golive import Item, golive_here
from deskhand.bootstrap.secret import desk_secret
from deskhand.connectors.world import make_world, read_recipe
from deskhand.domain.delivery import Delivery
from deskhand.infrastructure.storage.database import exclusive
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import PRIVACY
from deskhand.settings import Settings, read_settings

STARTER = ROOT / "src/deskhand/entrypoints/cli/init/starter"
NAMES = "crm ticketing billing-and-orders knowledge escalation override quality csat privacy rollout".split()
ROLLOUT = """promoters = ["lead"]
hold_out_percent = 5

[rollout.gates]
assisted_cases = 200

[csat]
ask = true

[receipts]
address = "https://desk.example.com"

[egress]
private = ["127.0.0.1"]
"""


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    """A desk whose help desk, CRM and billing stand elsewhere, over real HTTP; one ticket is there."""
    folder = Path(shutil.copytree(STARTER, tmp_path_factory.mktemp("golive") / "desk"))
    place = tmp_path_factory.mktemp("elsewhere")
    world = make_world(read_recipe((folder / "twins.toml").read_text("utf-8"), "twins.toml"), now())
    secrets: dict[str, str] = {}
    tables = ""
    with ExitStack() as stack:
        for name in ("zendesk", "hubspot", "stripe"):
            made = find_connector(name, folder).twin
            assert made is not None
            twin = made(place, now)
            twin.seed(world)
            if name == "zendesk":
                twin.receive("robin@example.com", "I was charged twice")  # type: ignore[attr-defined]
            secrets |= {f"DESKHAND_{key.upper()}": value for key, value in twin.secrets.items()}
            tables += f'[systems.{name}]\naddress = "{stack.enter_context(served(twin.app))}"\n\n'
        file = folder / "desk.toml"
        text = file.read_text("utf-8")
        for name in ("zendesk", "stripe"):
            text = text.replace(f"[systems.{name}]\ntwin = true\n", "")
        text = text.replace('default = "read-only"', f'default = "read-only"\n{ROLLOUT}\n{tables}')
        file.write_text(text, "utf-8")
        settings = replace(read_settings(folder), secrets=secrets)
        with open_library(settings, tell=lambda text: None, clock=now) as bookkeeper:
            list(bookkeeper.sync())
        yield settings


def looked(settings: Settings) -> dict[str, Item]:
    return {one.name: one for one in golive_here(settings, now)}


def test_a_desk_that_was_never_started_has_proven_nothing(tmp_path: Path) -> None:
    folder = shutil.copytree(STARTER, tmp_path / "desk")

    items = golive_here(read_settings(folder), now)

    assert [one.name for one in items] == NAMES
    assert not any(one.proven for one in items)
    assert all(one.evidence and one.mend for one in items)
    assert not (folder / ".deskhand").exists()


def test_real_systems_are_read_and_a_first_event_is_waited_for(real: Settings) -> None:
    items = looked(real)

    assert (items["crm"].proven, items["billing-and-orders"].proven) == (True, True), items
    assert "a customer of zendesk:ticket:" in items["crm"].evidence[-1]
    assert "robin@example.com" not in str(items)
    assert items["ticketing"].evidence[0] == "Zendesk Support: no signed event has come yet."
    assert items["knowledge"].proven
    assert items["escalation"].proven
    assert items["rollout"].proven


def test_what_was_done_is_proven_by_the_journal_and_by_nothing_else(real: Settings) -> None:
    before = looked(real)
    assert [name for name, one in before.items() if not one.proven] == [
        "ticketing",
        "override",
        "quality",
        "csat",
        "privacy",
    ]
    with open_store(real) as store:
        with store.begin() as tx:
            ticket = "zendesk:ticket:1"
            tx.journal.append("ticket.given", ticket, {"to": "queue:support", "by": "assistant"}, now())
            tx.journal.append("desk.paused", "", {"scope": "desk", "by": "breaker", "why": "too much"}, now())
            tx.journal.append("desk.resumed", "", {"scope": "desk", "by": "kim"}, now())
            tx.journal.append("csat.asked", ticket, {"number": 1}, now())
            tx.journal.append("quality.checked", ticket, {"upto": 1}, now())
            tx.inbox.file(Delivery("zendesk", "one", ticket, "1", "email", now()))
        by_machines = looked(real)["override"].evidence
        assert "Nobody has taken a ticket over yet." in by_machines
        assert "Nobody has paused effects yet." in by_machines
        with store.begin() as tx:
            tx.journal.append("ticket.given", ticket, {"to": "sam", "by": "sam"}, now())
            tx.journal.append("desk.paused", "", {"scope": "desk", "by": "kim", "why": "a drill"}, now())
            tx.drifts.move(0, 1)
        for kind in ("privacy.exported", "privacy.forgotten"):
            with exclusive(store.engine) as connection:
                append_sealed(connection, desk_secret(real), PRIVACY, kind, {"who": "x"}, now())
    after = looked(real)
    assert all(one.proven for one in after.values()), [one for one in after.values() if not one.proven]
    assert not any(one.mend for one in after.values())


@pytest.mark.parametrize(
    ("system", "name"), [("hubspot", "crm"), ("stripe", "billing-and-orders"), ("zendesk", "ticketing")]
)
def test_a_system_that_is_down_is_told_and_hides_no_other(real: Settings, system: str, name: str) -> None:
    """Without a secret or without an answer: never an exception."""
    systems = real.table.systems.model_copy(deep=True)
    systems.__pydantic_extra__[system] = {"address": "http://127.0.0.1:9"}
    items = looked(replace(real, table=real.table.model_copy(update={"systems": systems})))
    unset = looked(replace(real, secrets={}))

    assert not items[name].proven
    assert any("cannot be asked" in one for one in items[name].evidence)
    assert items["knowledge"].proven
    assert any("set " in one and "DESKHAND_" in one for one in unset[name].evidence)


def test_a_rule_that_no_test_shows_at_work_proves_nothing(real: Settings, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(real.folder, tmp_path / "desk"))
    tests = folder / "policies" / "tests" / "conversation.yaml"
    tests.write_text(tests.read_text("utf-8").replace("talk.turns: 3", "talk.turns: 2"), "utf-8")
    item = looked(replace(real, folder=folder))["escalation"]

    assert not item.proven
    assert "By tier: no test makes important-and-not-done fire." in item.evidence
    assert any("an important customer gets a person" in one for one in item.evidence)
