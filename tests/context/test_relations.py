"""The look-up over a CRM, through our clients and over the twins."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import stamina
from tests.contracts.crms import HubspotCrm, SalesforceCrm

from deskhand.context.lookups.relations import LOOK_UPS, SPECS, profile
from deskhand.domain.errors import Down, Refused
from deskhand.domain.money import Money

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
(SPEC,) = SPECS
Crm = SalesforceCrm | HubspotCrm


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture(params=[SalesforceCrm, HubspotCrm], ids=["salesforce", "hubspot"])
def crm(request: pytest.FixtureRequest) -> Iterator[Crm]:
    rig: Crm = request.param()
    yield rig
    rig.twin.store.close()


def test_a_customer_is_told_with_their_deals(crm: Crm) -> None:
    crm.deal("Yearly plan", "1200.50", "EUR")
    crm.deal("More seats", "80", "USD")
    found = profile(crm.relations, crm.contact, NOW)

    assert (found.name, found.source, found.read_at) == ("crm.profile", crm.relations.system, NOW)
    assert {name: value for name, value in found.fields.items() if not name.startswith("latest.")} == {
        "found": True,
        "id": crm.contact.id,
        "tier": "standard",
        "owner": "Nina Ferreira",
        "account": "Chen Studio",
        "subscription": "active",
        "health": "good",
        "deals.count": 2,
    }
    assert [(row["name"], row["amount"]) for row in found.rows] == [
        ("More seats", Money(8000, "USD")),
        ("Yearly plan", Money(120050, "EUR")),
    ]
    assert found.fields["latest.id"] == found.rows[0]["deal"]
    assert {f"latest.{name}": value for name, value in found.rows[0].items() if name != "deal"}.items() <= (
        found.fields.items()
    )
    assert found.rows[0]["closes"] == datetime(2026, 12, 24, tzinfo=UTC)


def test_every_field_has_the_type_that_is_promised(crm: Crm) -> None:
    crm.deal("More seats", "80", "USD")
    found = profile(crm.relations, crm.contact, NOW)

    assert {name: type(value) for name, value in found.fields.items()} == dict(SPEC.fields)
    assert [{name: type(value) for name, value in row.items()} for row in found.rows] == [dict(SPEC.rows)]
    assert set(LOOK_UPS) == {SPEC.name}


def test_what_nobody_wrote_down_is_unknown_and_not_empty(crm: Crm) -> None:
    found = profile(crm.relations, crm.alone(), NOW)

    assert set(found.fields) == {"found", "id", "deals.count"}
    assert found.fields["deals.count"] == 0


def test_nothing_personal_is_told(crm: Crm) -> None:
    told = str(profile(crm.relations, crm.contact, NOW).fields)

    assert "Maya" not in told
    assert "example.com" not in told
    assert crm.title() not in told


def test_whom_the_crm_does_not_know_is_not_found(crm: Crm) -> None:
    for nobody in (None, crm.nowhere()):
        found = profile(crm.relations, nobody, NOW)

        assert (found.fields, found.rows, found.source) == ({"found": False}, (), crm.relations.system)


def test_a_crm_that_does_not_answer_has_not_said_that_there_is_nobody(crm: Crm) -> None:
    crm.weather.faults.extend(["500"] * 4)
    with pytest.raises(Down):
        profile(crm.relations, crm.contact, NOW)
    crm.weather.clear()
    with pytest.raises(Refused):
        profile(crm.stranger, crm.contact, NOW)
