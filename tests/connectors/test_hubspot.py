"""What is HubSpot's own: scopes, half an answer, locked objects, a search that lags, and marks in a text."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.crms import HUBSPOT, HubspotCrm

from deskhand.connectors.hubspot.connector import CONNECTOR, READING, WRITING, HubspotTable, check
from deskhand.connectors.hubspot.marks import mark, marked, marked_by, text_of
from deskhand.connectors.manifest import Role
from deskhand.domain.errors import Busy, Down, Missing, Refused
from deskhand.testing.weather import changed

MAYA = "maya.chen@example.com"


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def crm() -> Iterator[HubspotCrm]:
    rig = HubspotCrm()
    yield rig
    rig.twin.store.close()


@given(st.text(), st.text())
def test_a_text_keeps_its_mark_and_comes_back_whole(text: str, key: str) -> None:
    body = marked(text, key)

    assert marked_by(body) == mark(key)
    assert text_of(body) == text


@given(st.text(), st.text())
def test_a_mark_inside_a_text_counts_for_nothing(before: str, after: str) -> None:
    forged = f"{before}[{mark('refund/1')}]{after}"

    assert marked_by(marked(forged, "note/1")) == mark("note/1")


@pytest.mark.parametrize("scope", READING)
def test_a_scope_that_we_lack_is_named(crm: HubspotCrm, scope: str) -> None:
    crm.deal("More seats", "10", "USD")
    crm.twin.scopes.remove(scope)
    with pytest.raises(Refused, match=rf"our key lacks {scope}$"):
        crm.relations.profile(crm.contact)


def test_without_the_scope_to_write_nothing_is_written(crm: HubspotCrm) -> None:
    crm.twin.scopes.remove(WRITING[0])
    with pytest.raises(Refused, match=WRITING[0]):
        crm.writer.add_note(crm.contact, "Hello", key="note/1")

    assert crm.entries() == []


def test_what_stands_in_place_of_a_scope_is_not_repeated(crm: HubspotCrm) -> None:
    """Words of an answer are not ours to print."""
    crm.twin.scopes.clear()
    crm.weather.drift = lambda answer: changed(
        answer, instead=lambda name, value: [f"see {MAYA}"] if name == "requiredGranularScopes" else value
    )
    with pytest.raises(Refused) as caught:
        crm.relations.profile(crm.contact)

    assert MAYA not in str(caught.value)


def test_an_object_that_hubspot_works_on_is_busy(crm: HubspotCrm) -> None:
    crm.twin.locked.add(crm.contact.id)
    writes: tuple[Callable[[], object], ...] = (
        lambda: crm.writer.add_note(crm.contact, "Hello", key="note/1"),
        lambda: crm.writer.update_fields(crm.contact, {"title": "Chair"}, key="field/1"),
    )
    for write in writes:
        with pytest.raises(Busy):
            write()

    assert crm.entries() == []


def test_a_deal_that_was_deleted_meanwhile_is_left_out(crm: HubspotCrm) -> None:
    """Half an answer, 207: the rest of it counts."""
    crm.deal("More seats", "10", "USD")
    client = crm.client()
    (known,) = [one["id"] for one in crm.twin.store.owned("deals", crm.contact.id)[:1]]

    assert [one["id"] for one in client.batch("deals", ["424242", known], ["dealname"])] == [known]


def test_a_part_that_failed_is_not_taken_for_absent(crm: HubspotCrm) -> None:
    """Or a note of ours that could not be read would be written a second time."""
    crm.writer.add_note(crm.contact, "Hello", key="note/1")
    crm.weather.drift = lambda answer: (
        answer | {"results": [], "errors": [{"category": "INTERNAL_ERROR", "context": {}}]}
        if isinstance(answer, dict) and "startedAt" in answer
        else answer
    )
    with pytest.raises(Down):
        crm.writer.find_entry(crm.contact, key="note/1")
    with pytest.raises(Down):
        crm.writer.add_note(crm.contact, "Hello", key="note/1")
    crm.weather.clear()

    assert len(crm.entries()) == 1


def test_a_search_is_behind_and_the_contact_itself_is_not(crm: HubspotCrm) -> None:
    crm.twin.move(crm.contact.id, email="maya@new.example")

    assert crm.customers.by_email("maya@new.example") == []
    assert crm.customers.customer(crm.contact).value.email == "maya@new.example"
    crm.wait()
    assert [one.value.ref for one in crm.customers.by_email("maya@new.example")] == [crm.contact]
    assert crm.customers.by_email(MAYA) == []


def test_what_was_just_written_is_found_without_a_search(crm: HubspotCrm) -> None:
    crm.twin.lag = 3600
    crm.writer.add_note(crm.contact, "Hello", key="note/1")

    assert crm.reborn().find_entry(crm.contact, key="note/1") is not None


def test_an_owner_or_a_company_that_is_gone_is_empty(crm: HubspotCrm) -> None:
    crm.twin.move(crm.contact.id, hubspot_owner_id="99999", associatedcompanyid="99999")
    told = crm.relations.profile(crm.contact).value

    assert (told.owner, told.account, told.account_name, told.subscription) == ("", None, "", "")


def test_stages_are_called_what_the_desk_calls_them(crm: HubspotCrm) -> None:
    crm.deal("More seats", "10", "")
    relations = CONNECTOR.connect(crm.given(stages={"proposal": "Offer sent"}, currency="EUR")).relations
    assert relations is not None
    (deal,) = relations.profile(crm.contact).value.deals

    assert (deal.stage, str(deal.amount)) == ("Offer sent", "10.00 EUR")


def test_a_tier_that_stands_on_the_company_is_read_there(crm: HubspotCrm) -> None:
    customers = CONNECTOR.connect(crm.given(tier="company.health")).customers
    assert customers is not None

    assert customers.by_email(MAYA)[0].value.tier == "good"


@pytest.mark.parametrize("id", ["../companies/1", "1?a=b", "x", ""])
def test_what_is_no_id_never_becomes_part_of_an_address(crm: HubspotCrm, id: str) -> None:
    crm.weather.faults.append("500")
    with pytest.raises(Missing):
        crm.client().object("contacts", id, ["email"])

    assert list(crm.weather.faults) == ["500"]


def test_the_check_tells_the_keys_own_scopes(crm: HubspotCrm) -> None:
    crm.twin.scopes = {*READING[1:], "crm.lists.write", "oauth"}
    proof = check(crm.given())

    assert proof.account == "HubSpot account 4200"
    assert {(right.name, right.needed) for right in proof.rights if not right.granted} == {
        (READING[0], "reading"),
        (WRITING[0], "writing"),
    }
    assert [right.name for right in proof.rights if not right.needed] == ["crm.lists.write"]


def test_a_key_whose_scopes_nobody_tells_is_tried(crm: HubspotCrm) -> None:
    """As a service key's may be; what it may write is left open."""
    crm.twin.scopes.remove(READING[2])
    crm.twin.tells_scopes = False
    proof = check(crm.given())

    assert [(right.name, right.granted) for right in proof.rights] == [
        (READING[0], True),
        (READING[1], True),
        (READING[2], False),
    ]


def test_the_check_of_a_wrong_key_is_refused(crm: HubspotCrm) -> None:
    given_ = crm.given()
    wrong = type(given_)(given_.table, lambda name: "wrong", given_.clock, given_.transport)
    with pytest.raises(Refused) as caught:
        check(wrong)

    assert "wrong" not in str(caught.value)


@pytest.mark.parametrize(
    "table",
    [
        {"tier": "tier,email"},
        {"writable": {"x": "company.name"}},
        {"ids": {"stripe": "Bad Name"}},
        {"currency": "euro"},
        {"colour": "red"},
    ],
)
def test_a_table_names_properties_and_nothing_else(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        HubspotTable(**table)


def test_it_is_offered_as_a_connector(crm: HubspotCrm) -> None:
    roles = CONNECTOR.connect(crm.given(writable=HUBSPOT.writable))

    assert CONNECTOR.plays == {Role.CUSTOMERS, Role.RELATIONS}
    assert None not in (roles.customers, roles.relations, roles.relations_writer)
    assert {one.name for one in CONNECTOR.secrets} == set(crm.twin.secrets)
    assert CONNECTOR.steps_as_of == date(2026, 11, 23)
    assert not CONNECTOR.tried_live
