"""The same over HTTP: only with a person's token in the header, and from no page of another site."""

import pytest
from tests.api.visitor import bearer, cookie
from tests.mcp.client import Client
from tests.stories.lumen import Lumen

PING = {"jsonrpc": "2.0", "id": 1, "method": "ping"}


def test_a_session_begins_and_tools_are_listed(shared: Lumen) -> None:
    ana = Client(shared, "ana")

    assert ana.ask("initialize", protocolVersion="2025-06-18")["result"]["protocolVersion"] == "2025-06-18"
    assert ana.post({"jsonrpc": "2.0", "method": "notifications/initialized"}).status_code == 202
    assert ana.tools() == {"search_knowledge", "ticket_context", "look_up", "propose_action"}


@pytest.mark.parametrize(
    ("more", "status"),
    [
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://desk.test"}, 200),
        ({"mcp-protocol-version": "1999-01-01"}, 400),
        ({"mcp-protocol-version": "2025-11-25"}, 200),
    ],
)
def test_other_sites_and_other_versions_are_turned_away(shared: Lumen, more: dict[str, str], status: int) -> None:
    answer = shared.http.post("/mcp", json=PING, headers=bearer(shared, "tom") | more)

    assert answer.status_code == status


def test_a_cookie_opens_nothing(shared: Lumen) -> None:
    """A browser would send it for any page that asks."""
    assert shared.http.post("/mcp", json=PING, headers=cookie(shared, "tom")).status_code == 401


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_json_is_told(shared: Lumen, body: bytes) -> None:
    answer = shared.http.post("/mcp", content=body, headers=bearer(shared, "tom"))

    assert (answer.status_code, answer.json()["error"]["code"]) == (400, -32700)


def test_there_is_no_stream_to_listen_to(shared: Lumen) -> None:
    assert shared.http.get("/mcp", headers=bearer(shared, "tom")).status_code == 405
