"""What keeps a twin's world: it outlives the process, and several may share it."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.contracts.rigs import RECIPE, clock, small_world

from deskhand.connectors.http.twin_store import Row, TwinStore
from deskhand.connectors.hubspot.twin import HubspotTwin
from deskhand.connectors.salesforce.twin import SalesforceTwin
from deskhand.connectors.stripe.twin import StripeTwin
from deskhand.connectors.world import make_world, read_recipe
from deskhand.connectors.zendesk.twin import ZendeskTwin

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
WRITER = """
import sys
from datetime import UTC, datetime
from deskhand.connectors.zendesk.twin import ZendeskTwin
twin = ZendeskTwin(sys.argv[1], lambda: datetime(2026, 11, 24, 9, 0, tzinfo=UTC))
for number in range(40):
    twin.receive("lars.holm@example.com", f"{sys.argv[2]} {number}")
twin.store.close()
"""


@pytest.mark.parametrize("twin", [StripeTwin, ZendeskTwin, SalesforceTwin, HubspotTwin])
def test_a_twin_keeps_its_world(
    twin: type[StripeTwin] | type[ZendeskTwin] | type[SalesforceTwin] | type[HubspotTwin], tmp_path: Path
) -> None:
    path = str(tmp_path / "twin.sqlite")
    first = twin(path, clock)
    assert not first.seeded()
    first.seed(small_world())
    first.store.close()
    second = twin(path, clock)

    assert second.seeded()
    second.store.close()


def test_a_change_is_made_whole_or_not_at_all(tmp_path: Path) -> None:
    store = TwinStore(str(tmp_path / "twin.sqlite"))
    unfit: list[Row] = [("charge", "ch_1", "", "", 0, {"id": "ch_1"}), ("charge", "ch_2", "", "", 0, {"id": object()})]
    with pytest.raises(TypeError), store.change():
        store.put(unfit)
    assert store.get("charge", "ch_1") is None
    store.close()


@pytest.mark.crash
def test_two_processes_share_a_twin(tmp_path: Path) -> None:
    """Ticket and comment numbers are taken once, whoever takes them."""
    path = str(tmp_path / "twin.sqlite")
    twin = ZendeskTwin(path, clock)
    twin.seed(small_world())
    others = [subprocess.Popen([sys.executable, "-c", WRITER, path, name], env={"PYTHONPATH": "src"}) for name in "ab"]
    assert [one.wait(60) for one in others] == [0, 0]

    assert twin.store.count("ticket") == twin.store.count("comment") == 80
    assert {one["body"] for one in twin.store.every("comment")} == {f"{who} {n}" for who in "ab" for n in range(40)}
    twin.store.close()


def test_the_whole_company_fits(tmp_path: Path) -> None:
    """Fifteen thousand customers, each with an account at both twins."""
    world = make_world(replace(read_recipe(RECIPE.read_text("utf-8"), "twins.toml")), NOW)
    twin = StripeTwin(str(tmp_path / "stripe.sqlite"), clock)
    twin.seed(world)

    assert twin.store.count("customer") == len(world.people) == 15_000
    assert 2.9 <= twin.store.count("charge") / 15_000 <= 4.0
    twin.store.close()
