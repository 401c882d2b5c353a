"""Jira as a connector: what a desk may say of it, what proves its token, and the day on which that ends."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest
from pydantic import ValidationError
from tests.contracts.rigs import NOW, clock, small_world

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.jira import twin as jira
from deskhand.connectors.jira.connector import CONNECTOR, JiraTable, check, connect
from deskhand.connectors.jira.twin_kept import OWN, PLACE
from deskhand.connectors.manifest import Given, Right, Twin
from deskhand.domain.errors import Forged, Invalid, Refused
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester, Status

SITE = {"address": "https://site.atlassian.net", "project": "DESK", "token_expires": date(2027, 3, 1)}
CLOUD = "https://api.atlassian.com/ex/jira/0f3a9c1e-1111-4222-8333-444455556666"
MAYA = "maya.chen@example.com"


@pytest.fixture
def twin(tmp_path: Path) -> Twin:
    assert CONNECTOR.twin is not None
    made = CONNECTOR.twin(tmp_path, clock)
    made.seed(small_world())
    return made


def given(twin: Twin, *, transport: httpx2.BaseTransport | None = None, **secrets: str) -> Given:
    """As bootstrap gives a twin."""
    table = JiraTable.model_validate({"twin": True}).model_copy(update={"address": twin.server})
    known = dict(twin.secrets) | secrets
    return Given(table, lambda name: known.get(name, ""), clock, transport or InProcess(twin.app))


def changed(twin: Twin, change: Callable[[str, Any], Any]) -> httpx2.MockTransport:
    """Answers of the twin, as `change` makes them of the path and what it said."""
    inner = InProcess(twin.app)

    def answer(request: httpx2.Request) -> httpx2.Response:
        response = inner.handle_request(request)
        return httpx2.Response(response.status_code, json=change(request.url.path, response.json()))

    return httpx2.MockTransport(answer)


# -- the table --------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [SITE["address"], CLOUD])
def test_both_addresses_of_jira_are_taken(address: str) -> None:
    assert JiraTable.model_validate(SITE | {"address": address}).address == address


@pytest.mark.parametrize(
    "wrong",
    [
        {"address": ""},
        {"address": "http://site.atlassian.net"},
        {"address": "https://site.atlassian.net.evil.example"},
        {"address": "https://site.atlassian.net/rest"},
        {"address": "https://api.atlassian.com/ex/jira/site"},
        {"address": f"{CLOUD}\n"},
        {"project": ""},
        {"project": 'DESK" OR project = "HR'},
        {"project": "desk"},
        {"service_desk": "1/../2"},
        {"key_field": "deskhand_key"},
        {"key_field": "customfield_1] OR cf[2"},
        {"fields": {"order": "Order number"}},
        {"statuses": {"Waiting": "asleep"}},
        {"priorities": {"Blocker": "very"}},
        {"vouched": ["everybody"]},
        {"token_expires": "soon"},
        {"token_expires": None},
        {"colour": "red"},
    ],
    ids=lambda wrong: f"{next(iter(wrong.items()))}",
)
def test_what_cannot_be_is_refused_when_the_desk_is_opened(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        JiraTable.model_validate(SITE | wrong)


def test_an_id_may_be_written_as_a_number_and_a_day_as_words() -> None:
    """As TOML has them, and as `deskhand connect --set` gives them."""
    table = JiraTable.model_validate(SITE | {"service_desk": 1, "request_type": "25", "token_expires": "2027-03-01"})

    assert (table.service_desk, table.request_type, table.token_expires) == ("1", "25", date(2027, 3, 1))


def test_a_desk_without_a_project_is_refused() -> None:
    with pytest.raises(ValidationError):
        JiraTable.model_validate({"address": SITE["address"]})


def test_nobody_is_vouched_for_by_itself() -> None:
    assert JiraTable.model_validate(SITE).vouched == frozenset()


def test_a_twin_needs_nothing_said_and_keeps_what_is() -> None:
    table = JiraTable.model_validate({"twin": True, "fields": {"order": "customfield_10100"}, "vouched": []})

    assert (table.project, table.key_field) == (PLACE.project, PLACE.key_field)
    assert (table.fields, table.vouched) == ({"order": "customfield_10100"}, frozenset())


# -- at work ----------------------------------------------------------------------------------------


def test_a_desk_reads_answers_and_hears_through_what_it_was_given(twin: jira.JiraTwin) -> None:
    roles = connect(given(twin))
    assert roles.tickets
    assert roles.replies
    assert roles.feed
    assert roles.verify
    assert roles.customers is None
    headers, body = twin.receive(MAYA, "I was charged twice.")
    delivery = roles.verify(headers, body, NOW)
    assert delivery is not None
    ref = Ref.parse(delivery.ticket)
    ticket = roles.tickets.ticket(ref).value
    assert ([one.id for one in ticket.messages], ticket.requester.verified) == ([delivery.message], True)
    roles.replies.reply(ref, "Refunded.", public=True, key="reply/1")
    roles.replies.update_ticket(ref, status=Status.SOLVED, key="update/1")
    made = roles.replies.create_ticket(
        Requester("", MAYA, verified=False), "Export", "Look.", public=False, key="new/1"
    )

    assert [one.ticket.id for one in roles.feed.changes("").tickets] == [ref.id, made.details["number"]]


def test_a_comment_is_heard_by_its_id(twin: jira.JiraTwin) -> None:
    roles = connect(given(twin))
    assert roles.tickets
    assert roles.verify
    twin.receive(MAYA, "Hello")
    headers, body = twin.receive(MAYA, "Any news?", "DESK-1")
    delivery = roles.verify(headers, body, NOW)

    assert delivery is not None
    assert roles.tickets.ticket(Ref.parse(delivery.ticket)).value.messages[-1].id == delivery.message


def test_without_a_secret_nothing_is_let_in(twin: Twin) -> None:
    assert connect(given(twin, jira_webhook_secret="")).verify is None
    assert connect(given(twin, jira_webhook_secret=",")).verify is None


def test_either_secret_is_taken_while_one_is_changed(twin: jira.JiraTwin) -> None:
    roles = connect(given(twin, jira_webhook_secret=f"the next one,{jira.SECRET}"))
    assert roles.verify
    headers, body = twin.receive(MAYA, "Hello")

    assert roles.verify(headers, body, NOW) is not None


def test_a_forgery_makes_us_ask_jira_nothing(twin: Twin) -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.path)
        return httpx2.Response(500)

    roles = connect(given(twin, transport=httpx2.MockTransport(answer)))
    assert roles.verify
    with pytest.raises(Forged):
        roles.verify({"x-hub-signature": "sha256=00"}, b"{}", NOW)

    assert asked == []


def test_a_delivery_is_let_in_while_jira_does_not_answer(twin: jira.JiraTwin) -> None:
    """Who wrote is told by the ticket that is read then."""
    headers, body = twin.receive(MAYA, "Hello")
    roles = connect(given(twin, transport=httpx2.MockTransport(lambda _: httpx2.Response(401))))
    assert roles.verify

    assert roles.verify(headers, body, NOW) is not None


# -- what proves the token --------------------------------------------------------------------------


def test_a_token_is_proved_by_what_it_may_do(twin: jira.JiraTwin) -> None:
    """Also where nobody has written yet."""
    proof = check(given(twin))

    assert proof.account == OWN
    assert proof.rights == (
        Right("see requests of the project DESK", True, "reading"),
        Right("raise requests on behalf of customers", True, "writing"),
        Right("fill in customfield_10199 on the form", True, "writing"),
    )


def test_a_token_that_is_not_accepted_is_told_with_what_to_look_at(twin: Twin) -> None:
    with pytest.raises(Refused, match=r"does not accept this address and API token.*ex/jira/CLOUD-ID only") as caught:
        check(given(twin, jira_token="not-the-token"))

    assert "not-the-token" not in f"{caught.value} {caught.value.__cause__}"


def test_what_a_token_lacks_is_told(twin: jira.JiraTwin) -> None:
    def change(path: str, said: Any) -> Any:
        if path.endswith("/field"):
            return {"requestTypeFields": [{"fieldId": "summary"}], "canRaiseOnBehalfOf": False}
        return said

    asked = given(twin, transport=changed(twin, change))
    proof = check(replace(asked, table=asked.table.model_copy(update={"project": "SECRET"})))

    assert [one.granted for one in proof.rights] == [False, False, False]


def test_more_rights_than_we_need_are_told(twin: jira.JiraTwin) -> None:
    groups = {"items": [{"name": "jira-servicemanagement-users-site"}, {"name": "jira-admins-site"}], "size": 2}

    def change(path: str, said: Any) -> Any:
        return said | ({"groups": groups} if path.endswith("/myself") else {})

    proof = check(given(twin, transport=changed(twin, change)))

    assert [one for one in proof.rights if not one.needed] == [Right("member of jira-admins-site", True, "")]


def test_nobody_signed_in_is_no_proof(twin: Twin) -> None:
    def change(path: str, said: Any) -> Any:
        return said | ({"accountId": None} if path.endswith("/myself") else {})

    with pytest.raises(Refused):
        check(given(twin, transport=changed(twin, change)))


def test_the_configured_end_of_a_token_is_part_of_the_proof(twin: Twin) -> None:
    asked = given(twin)
    table = asked.table.model_copy(update={"token_expires": date(2027, 3, 1)})

    assert check(replace(asked, table=table)).expires == date(2027, 3, 1)


def test_an_end_that_no_token_has_is_told(twin: Twin) -> None:
    """Else nobody would be warned in time."""
    asked = given(twin)
    for expires, right in ((date(2027, 11, 25), True), (date(2027, 11, 26), False)):
        table = asked.table.model_copy(update={"token_expires": expires})
        with nullcontext() if right else pytest.raises(Invalid, match="no API token of Atlassian lives so long"):
            check(replace(asked, table=table))


def test_the_steps_name_every_scope_and_setting_that_they_need() -> None:
    told = " ".join((*CONNECTOR.steps, *CONNECTOR.webhook))

    assert CONNECTOR.steps_as_of == date(2026, 11, 23)
    assert set(CONNECTOR.reading) < set(CONNECTOR.writing)
    assert not [one for one in CONNECTOR.writing if one.startswith(("manage", "delete", "admin"))]
    for word in (
        "token_expires",
        "key_field",
        "service_desk",
        "request_type",
        "issue_type",
        "DESKHAND_JIRA_WEBHOOK_SECRET",
    ):
        assert word in told
    assert not CONNECTOR.guards_versions
    assert not CONNECTOR.tried_live
