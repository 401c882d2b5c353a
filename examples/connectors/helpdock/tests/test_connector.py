"""HelpDock as a desk connects it: its credentials proved, and what is too wide told."""

from dataclasses import replace

import pytest
from deskhand_helpdock.connector import CONNECTOR, HelpDockTable
from deskhand_helpdock.twin import HelpDockTwin

from deskhand.connectors.http.in_process import InProcess
from deskhand.connectors.manifest import Given, Right
from deskhand.domain.errors import Refused
from deskhand.domain.ref import Ref

from .desk import HelpDockDesk, clock


def given(twin: HelpDockTwin) -> Given:
    table = HelpDockTable(twin=True, address=twin.server)
    return Given(table, lambda name: twin.secrets[name], clock, InProcess(twin.app))


def test_a_token_is_proved_and_a_right_too_many_is_told(desk: HelpDockDesk) -> None:
    assert CONNECTOR.check(given(desk.twin)).rights == (
        Right("tickets:read", True, "reading"),
        Right("tickets:write", True, "writing"),
    )
    desk.twin.rights = ["tickets:read", "account:admin"]
    assert CONNECTOR.check(given(desk.twin)).rights == (
        Right("tickets:read", True, "reading"),
        Right("tickets:write", False, "writing"),
        Right("account:admin", True, ""),
    )


def test_a_token_that_is_not_accepted_is_refused(desk: HelpDockDesk) -> None:
    with pytest.raises(Refused):
        CONNECTOR.check(replace(given(desk.twin), secret=lambda name: "wrong"))


def test_a_desk_reads_and_hears_through_what_it_was_given(desk: HelpDockDesk) -> None:
    roles = CONNECTOR.connect(given(desk.twin))
    headers, body = desk.twin.receive("maya.chen@example.com", "Hello")

    assert roles.tickets is not None
    assert roles.verify is not None
    assert roles.tickets.ticket(Ref("helpdock", "ticket", "1")).value.requester.verified
    assert roles.verify(headers, body, clock()) is not None
