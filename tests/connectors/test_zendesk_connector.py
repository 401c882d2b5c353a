"""Zendesk as a connector: the ways to sign in, and what is proved of them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime

import pytest

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.manifest import Given
from deskhand.connectors.zendesk import twin as zendesk
from deskhand.connectors.zendesk.connector import CONNECTOR, ZendeskTable
from deskhand.connectors.zendesk.twin import ZendeskTwin
from deskhand.domain.errors import DeskFault, Refused
from deskhand.domain.ref import Ref

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ALWAYS = {"zendesk_user": str(zendesk.OWN_USER), "zendesk_webhook_secret": zendesk.SECRET}
CLIENT = {"zendesk_client_id": zendesk.CLIENT[1], "zendesk_client_secret": zendesk.CLIENT[2]}
TOKEN = {"zendesk_token": zendesk.TOKEN}
BASIC = {"zendesk_email": zendesk.BASIC[0].removesuffix("/token"), "zendesk_api_token": zendesk.BASIC[1]}
WAYS = pytest.mark.parametrize("secrets", [CLIENT, TOKEN, BASIC], ids=["client", "token", "basic"])


@pytest.fixture
def twin() -> Iterator[ZendeskTwin]:
    twin = ZendeskTwin(":memory:", lambda: NOW)
    twin.store.put(
        [("user", "1", "", "", 0, zendesk.user_of(zendesk.OWN_USER, "Assistant", "a@lumen.example", role="agent"))]
    )
    yield twin
    twin.store.close()


def given(twin: ZendeskTwin, secrets: Mapping[str, str]) -> Given:
    table = ZendeskTable(address=twin.server)
    return Given(table, lambda name: {**ALWAYS, **secrets}.get(name, ""), lambda: NOW, InProcess(twin.app))


@WAYS
def test_each_way_to_sign_in_leads_to_the_same_roles(twin: ZendeskTwin, secrets: Mapping[str, str]) -> None:
    twin.receive("maya.chen@example.com", "Hello")
    roles = CONNECTOR.connect(given(twin, secrets))
    assert roles.tickets
    assert roles.replies
    assert roles.feed
    ref = Ref("zendesk", "ticket", "1")
    roles.replies.reply(ref, "Hello Maya", public=True, key="reply/1")

    assert [one.text for one in roles.tickets.ticket(ref).value.messages] == ["Hello", "Hello Maya"]
    assert [one.ticket for one in roles.feed.changes("").tickets] == [ref]


@WAYS
def test_what_is_granted_is_told(twin: ZendeskTwin, secrets: Mapping[str, str]) -> None:
    proof = CONNECTOR.check(given(twin, secrets))

    assert proof.account == "Assistant at https://twin.zendesk.com"
    assert [(one.name, one.granted) for one in proof.rights if one.needed] == [
        ("tickets:read", True),
        ("users:read", True),
    ]


def test_a_way_that_ends_on_a_day_says_which(twin: ZendeskTwin) -> None:
    proof = CONNECTOR.check(given(twin, BASIC))

    assert proof.expires == date(2027, 4, 30)
    assert any("2027-04-30" in one.name and not one.needed for one in proof.rights)
    assert CONNECTOR.check(given(twin, {**BASIC, **CLIENT})).expires is None  # what is better is used


@pytest.mark.parametrize("secrets", [CLIENT, TOKEN, BASIC], ids=["client", "token", "basic"])
def test_what_is_wrong_is_refused_without_being_told(twin: ZendeskTwin, secrets: Mapping[str, str]) -> None:
    wrong = {name: f"{value}-not" for name, value in secrets.items()}
    with pytest.raises(Refused) as caught:
        CONNECTOR.check(given(twin, wrong))

    assert not [value for value in wrong.values() if value in f"{caught.value!s} {caught.value.__cause__!r}"]


def test_without_credentials_a_desk_is_told_what_to_set(twin: ZendeskTwin) -> None:
    with pytest.raises(DeskFault, match="DESKHAND_ZENDESK_CLIENT_ID"):
        CONNECTOR.connect(given(twin, {}))


def test_an_administrator_is_more_than_is_needed(twin: ZendeskTwin) -> None:
    admin = zendesk.user_of(zendesk.OWN_USER, "Owner", "o@lumen.example", role="admin")
    twin.store.put([("user", "1", "", "", 0, admin)])
    proof = CONNECTOR.check(given(twin, TOKEN))

    assert [one.name.split(",")[0] for one in proof.rights if not one.needed] == ["an administrator"]


def test_the_id_of_somebody_else_is_told(twin: ZendeskTwin) -> None:
    proof = CONNECTOR.check(given(twin, {**TOKEN, "zendesk_user": "77"}))

    assert ["set DESKHAND_ZENDESK_USER" in one.name for one in proof.rights if not one.granted] == [True]
