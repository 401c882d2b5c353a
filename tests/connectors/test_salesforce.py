"""What is Salesforce's own: its questions, its words for being busy, its sessions and its rights."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx2
import pytest
import stamina
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.crms import SALESFORCE, SalesforceCrm

from deskhand.connectors.manifest import Role
from deskhand.connectors.salesforce.connector import CONNECTOR, SalesforceTable, check
from deskhand.connectors.salesforce.soql import digits_within, quoted, select
from deskhand.connectors.salesforce.twin_soql import Malformed, parse
from deskhand.domain.errors import Busy, Invalid, Missing, Refused

TABLE = {name: getattr(SALESFORCE, name) for name in ("tier", "flagged", "subscription", "health", "ids", "writable")}


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def crm() -> Iterator[SalesforceCrm]:
    rig = SalesforceCrm()
    yield rig
    rig.twin.store.close()


@given(st.text())
def test_no_text_breaks_out_of_its_quotes(text: str) -> None:
    query = parse(select(["Id"], "Contact", f"Email = {quoted(text)}"))

    assert [test.value for test in query.tests] == [text]


@given(st.text(alphabet="'\\n\"% OR=x", max_size=12), st.text(alphabet="'\\ ", max_size=4))
def test_no_two_texts_break_out_together(one: str, other: str) -> None:
    where = f"Phone LIKE {quoted(one)} OR MobilePhone LIKE {quoted(other)}"
    query = parse(select(["Id"], "Contact", where))

    assert [test.value for test in query.tests] == [one, other]


@given(st.text(alphabet="0123456789+%_'\\ ", max_size=12))
def test_a_pattern_holds_digits_only(text: str) -> None:
    (test,) = parse(select(["Id"], "Contact", f"Phone LIKE {digits_within(text)}")).tests

    assert set(str(test.value)) <= set("%0123456789")


@pytest.mark.parametrize(
    "soql",
    [
        "SELECT Id FROM Contact",
        "SELECT Id FROM Contact WHERE Email = 'a' OR Name = 'b' AND Phone = 'c'",
        "SELECT Id FROM Contact WHERE Email = 'a'b'",
        "SELECT Id FROM Contact WHERE Email = 'a\\'",
        "SELECT Id FROM Contact WHERE Email = 'a' LIMIT 1",
        "SELECT Id FROM Contact WHERE Email = 'a\nb'",
        "DELETE FROM Contact WHERE Email = 'a'",
        "SELECT (SELECT Id FROM Tasks) FROM Contact WHERE Email = 'a'",
    ],
)
def test_the_twin_takes_no_other_question(crm: SalesforceCrm, soql: str) -> None:
    with pytest.raises(Malformed):
        parse(soql)
    with pytest.raises(Invalid, match="MALFORMED_QUERY"):
        list(crm.client().query(soql))


def test_a_day_without_calls_left_is_no_missing_right(crm: SalesforceCrm) -> None:
    crm.twin.spent = True
    with pytest.raises(Busy, match="REQUEST_LIMIT_EXCEEDED"):
        crm.customers.by_email("maya.chen@example.com")
    with pytest.raises(Busy, match="REQUEST_LIMIT_EXCEEDED"):
        crm.writer.add_note(crm.contact, "Hello", key="note/1")


def test_a_record_that_somebody_is_saving_is_busy(crm: SalesforceCrm) -> None:
    crm.twin.locked.add(crm.contact.id)
    writes: tuple[Callable[[], object], ...] = (
        lambda: crm.writer.add_note(crm.contact, "Hello", key="note/1"),
        lambda: crm.writer.update_fields(crm.contact, {"title": "Chair"}, key="field/1"),
    )
    for write in writes:
        with pytest.raises(Busy, match="UNABLE_TO_LOCK_ROW"):
            write()

    assert crm.entries() == []


def test_a_session_that_ends_in_mid_run_is_renewed(crm: SalesforceCrm) -> None:
    crm.twin.end_sessions()
    crm.writer.add_note(crm.contact, "Hello", key="note/1")
    crm.twin.end_sessions()

    assert crm.writer.find_entry(crm.contact, key="note/1") is not None
    assert len(crm.entries()) == 1


def test_calls_go_to_where_the_token_is_for(crm: SalesforceCrm) -> None:
    asked: list[str] = []
    reads(crm, "https://eu7.my.salesforce.com", asked)

    assert asked == ["twin.my.salesforce.com", "eu7.my.salesforce.com"]


@pytest.mark.parametrize(
    "base", ["https://evil.example", "http://eu7.my.salesforce.com", "https://evil-my.salesforce.com", "x", None]
)
def test_a_token_never_goes_to_a_stranger(crm: SalesforceCrm, base: str | None) -> None:
    asked: list[str] = []
    with pytest.raises(Refused, match="no token"):
        reads(crm, base, asked)

    assert asked == ["twin.my.salesforce.com"]


def reads(crm: SalesforceCrm, base: str | None, asked: list[str]) -> None:
    """With a token that is for this address; `asked` are the hosts that were."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.host)
        assert request.headers["host"] == request.url.host
        told = {"access_token": "t", "instance_url": base}
        return httpx2.Response(200, json=told if "oauth2" in request.url.path else {"fields": []})

    crm.client(transport=httpx2.MockTransport(answer)).describe("Contact")


def test_what_an_agent_did_to_a_task_stays(crm: SalesforceCrm) -> None:
    """The same effect once more does not open it again."""
    crm.writer.add_task(crm.contact, "Call Maya", "Text", date(2026, 12, 1), key="task/1")
    row = crm.twin.store.row("Task", crm.twin.tasks(crm.contact.id)[0]["Id"])
    assert row is not None
    crm.twin.store.put([(*row[:5], row[5] | {"Status": "Completed"})])
    crm.writer.add_task(crm.contact, "Call Maya", "Text", date(2026, 12, 1), key="task/1")

    assert crm.twin.tasks(crm.contact.id)[0]["Status"] == "Completed"


def test_several_records_under_one_key_are_not_written_on(crm: SalesforceCrm) -> None:
    """As when somebody took "unique" off the field: 300, and nothing was changed."""
    inner = crm.weather

    def several(request: httpx2.Request) -> httpx2.Response:
        if "Deskhand_Key__c" in request.url.path:
            return httpx2.Response(300, json=["/a", "/b"])
        return inner.handle_request(request)

    client = crm.client(transport=httpx2.MockTransport(several))
    with pytest.raises(Invalid):
        client.keyed("Task", "note/1")


@pytest.mark.parametrize("id", ["../../limits", "003'", "003000000000000AA", ""])
def test_what_is_no_id_never_becomes_part_of_an_address(crm: SalesforceCrm, id: str) -> None:
    crm.weather.faults.append("500")
    with pytest.raises(Missing):
        crm.client().record("Contact", id, ["Title"])

    assert list(crm.weather.faults) == ["500"]


def test_the_check_tells_what_may_be_seen_and_set(crm: SalesforceCrm) -> None:
    proof = check(crm.given(**TABLE))

    assert proof.account == "twin.my.salesforce.com"
    assert all(right.granted for right in proof.rights)
    assert {right.needed for right in proof.rights} == {"reading", "writing"}


def test_the_check_names_what_is_lacking_and_what_is_too_much(crm: SalesforceCrm) -> None:
    crm.twin.deletes = True
    proof = check(crm.given(tier="Nobody_Has_This__c", writable={"name": "Name"}))
    lacking = {right.name for right in proof.rights if not right.granted}
    too_much = {right.name for right in proof.rights if not right.needed}

    assert lacking == {"see Contact.Nobody_Has_This__c", "set Contact.Name"}
    assert too_much == {f"delete {kind}" for kind in ("Contact", "Account", "Opportunity", "Task")}


def test_the_check_of_a_wrong_secret_says_so_in_a_sentence(crm: SalesforceCrm) -> None:
    given_ = crm.given()
    wrong = type(given_)(given_.table, lambda name: "wrong", given_.clock, given_.transport)
    with pytest.raises(Refused, match=r"no token from .* invalid_client"):
        check(wrong)


@pytest.mark.parametrize(
    "table",
    [
        {"tier": "Tier__c FROM User"},
        {"tier": "Owner.Email"},
        {"health": "Account.Owner.Email"},
        {"writable": {"x": "Account.Name"}},
        {"ids": {"stripe": "A,B"}},
        {"currency": "euro"},
        {"colour": "red"},
    ],
)
def test_a_table_names_fields_and_nothing_else(table: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="1 validation error"):
        SalesforceTable(**table)


def test_deals_of_a_company_with_one_currency(crm: SalesforceCrm) -> None:
    """Whose Salesforce has no field for it."""
    crm.deal("More seats", "10", "USD")
    relations = CONNECTOR.connect(crm.given(currency="EUR")).relations
    assert relations is not None
    (deal,) = relations.profile(crm.contact).value.deals

    assert str(deal.amount) == "10.00 EUR"


def test_it_is_offered_as_a_connector(crm: SalesforceCrm) -> None:
    roles = CONNECTOR.connect(crm.given(**TABLE))

    assert CONNECTOR.plays == {Role.CUSTOMERS, Role.RELATIONS}
    assert None not in (roles.customers, roles.relations, roles.relations_writer)
    assert {one.name for one in CONNECTOR.secrets} == set(crm.twin.secrets)
    assert CONNECTOR.steps_as_of == date(2026, 11, 23)
    assert not CONNECTOR.tried_live
