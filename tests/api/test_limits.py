"""How often programs may come, and how much they may send: at every route, whether they say how much it is or not."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import repeat
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.routing import APIRoute
from starlette.types import Message
from tests.api.test_rights import EXAMPLES
from tests.stories.lumen import Lumen, apart, opened

from deskhand.domain.incoming import Incoming
from deskhand.domain.rights import Role
from deskhand.domain.ticket import Requester
from deskhand.entrypoints.api import body, webhooks
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.pace import FROM_ONE, UNPROVEN, count_requester
from deskhand.entrypoints.rights import leaves
from deskhand.settings import Settings
from deskhand.settings.limits import LimitsTable

CHUNK = 64 * 1024
MOST_CALLS, MOST_DELIVERIES = 3, 4
STRANGER, ANOTHER, OWN = "5.6.7.8", "9.10.11.12", "10.1.2.3"
READ_THEMSELVES = ("/webhooks/{system}", "/hooks/{name}", "/mcp")


def limited(settings: Settings) -> Settings:
    limits = LimitsTable(token_per_minute=MOST_CALLS, deliveries_per_minute=MOST_DELIVERIES)
    settings = apart(settings)
    return replace(settings, table=settings.table.model_copy(update={"limits": limits}))


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("limits") / "desk"), limited) as lumen:
        yield lumen


@pytest.fixture(scope="module")
def app(desk: Lumen) -> FastAPI:
    return create_app(desk.installation)


@dataclass
class Answer:
    """`taken`: how many bytes of the body were looked at."""

    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    text: str = ""
    taken: int = 0


def ask(
    app: FastAPI,
    method: str,
    path: str,
    headers: dict[str, str] | None = None,
    parts: Iterator[bytes] = iter(()),  # noqa: B008  (an empty one stays empty)
    client: str = STRANGER,
) -> Answer:
    """As a server calls the application, a part of the body at a time, as far as somebody asks for it."""
    answer, answered = Answer(), asyncio.Event()

    async def receive() -> Message:
        await asyncio.sleep(0)
        if answered.is_set():
            return {"type": "http.disconnect"}
        part = next(parts, None)
        answer.taken += len(part or b"")
        return {"type": "http.request", "body": part or b"", "more_body": part is not None}

    async def send(message: Message) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.headers = {name.decode(): value.decode("latin-1") for name, value in message["headers"]}
        else:
            answer.text += message.get("body", b"").decode("utf-8", "replace")
            if not message.get("more_body"):
                answered.set()

    where, _, query = path.partition("?")
    scope: dict[str, Any] = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": where,
        "raw_path": where.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode()) for name, value in (headers or {}).items()],
        "server": ("desk.test", 80),
        "client": (client, 1),
    }
    asyncio.run(app(scope, receive, send))
    return answer


def bearer(given: str) -> dict[str, str]:
    return {"authorization": f"Bearer {given}"}


def token(lumen: Lumen, name: str) -> str:
    access = lumen.installation.access
    return access.make_token(name, "ana", Role.VIEWER, timedelta(days=1), by="test", now=lumen.clock())


# -- how much --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("says_so", [True, False])
def test_no_route_takes_in_more_than_its_limit(desk: Lumen, app: FastAPI, says_so: bool) -> None:
    """Every route there is, as nobody: what reads a body itself or has it parsed answers 413, others look at none."""
    faults, refused = [], set()
    for route in leaves(app.routes):
        if not isinstance(route, APIRoute):
            continue
        own = route.path in READ_THEMSELVES
        largest = webhooks.LARGEST if own else body.LARGEST
        for method in sorted((route.methods or set()) - {"GET", "HEAD"}):
            example = EXAMPLES[method, route.path].path if (method, route.path) in EXAMPLES else route.path
            kind = "application/json" if own or _takes_json(route) else "application/x-www-form-urlencoded"
            headers = {"content-type": kind, "sec-fetch-site": "same-origin"}
            if route.path == "/mcp":
                headers |= bearer(desk.installation.tokens["ana"])
            if says_so:
                headers["content-length"] = str(10 * largest)
            answer = ask(app, method, example, headers, repeat(b"x" * CHUNK))
            if answer.taken > (0 if says_so else largest + CHUNK) or answer.status >= 500:
                faults.append(f"{method} {route.path}: {answer.status} after {answer.taken} bytes")
            if (route.body_field or own) and answer.status != 413:
                faults.append(f"{method} {route.path}: {answer.status}, and it reads a body")
            if answer.status == 413:
                refused.add(route.path)
    assert faults == []
    assert set(READ_THEMSELVES) | {"/sign-in", "/scim/v2/Users/{id}", "/widget/messages", "/api/pauses"} <= refused
    assert len(refused) > 40


def _takes_json(route: APIRoute) -> bool:
    return route.body_field is not None and "form" not in type(route.body_field.field_info).__name__.lower()


# -- how often -------------------------------------------------------------------------------------------------


def test_a_token_that_comes_too_often_waits_whichever_process_it_asks(desk: Lumen, app: FastAPI) -> None:
    busy, other = token(desk, "busy"), token(desk, "other")
    told = [ask(app, "GET", "/api/tickets", bearer(busy)).status for _ in range(MOST_CALLS)]
    assert told == [200] * MOST_CALLS
    late = ask(create_app(desk.installation), "GET", "/api/tickets", bearer(busy))
    assert late.status == 429
    assert 1 <= int(late.headers["retry-after"]) <= 60
    assert f"more than {MOST_CALLS} times within a minute. Nothing was done; try again in" in late.text
    assert ask(app, "GET", "/api/tickets", bearer(other)).status == 200, "another is counted for itself"
    desk.clock.ahead += timedelta(minutes=1)
    assert ask(app, "GET", "/api/tickets", bearer(busy)).status == 200


def test_the_tools_for_models_and_the_directory_are_counted_alike(desk: Lumen, app: FastAPI) -> None:
    given, now = token(desk, "tools"), desk.clock()
    message = b'{"jsonrpc": "2.0", "id": 1, "method": "ping"}'
    told = [ask(app, "POST", "/mcp", bearer(given), iter([message])).status for _ in range(MOST_CALLS + 1)]
    assert told == [200] * MOST_CALLS + [429]
    scim = desk.installation.access.make_directory_token("okta", timedelta(days=1), by="test", now=now)
    told = [ask(app, "GET", "/scim/v2/Users", bearer(scim)).status for _ in range(MOST_CALLS + 1)]
    assert told == [200] * MOST_CALLS + [429]


def test_too_many_deliveries_are_sent_again_later_and_then_filed(desk: Lumen) -> None:
    desk.clock.ahead += timedelta(minutes=1)
    first, second = (desk.write("lars.holm@example.com", "How big can a CSV file be?") for _ in range(2))
    told = [desk.deliver(first).status_code for _ in range(MOST_DELIVERIES)]
    assert told == [202, *[200] * (MOST_DELIVERIES - 1)]
    late = desk.deliver(second)
    assert (late.status_code, "retry-after" in late.headers) == (429, True)
    assert "Nothing was filed" in late.text
    assert desk.kinds(f"zendesk:ticket:{desk.number(second)}") == []
    desk.clock.ahead += timedelta(minutes=1)
    assert desk.deliver(second).status_code == 202
    for signed in (first, second):
        desk.told(signed)


def test_an_address_that_proves_nothing_is_not_listened_to_for_a_while(desk: Lumen, app: FastAPI) -> None:
    forged = {"content-type": "application/json"}
    told = [ask(app, "POST", "/webhooks/zendesk", forged, iter([b"{}"])).status for _ in range(UNPROVEN)]
    assert told == [401] * UNPROVEN
    late = ask(app, "POST", "/webhooks/zendesk", forged, repeat(b"x" * CHUNK))
    assert (late.status, late.taken) == (429, 0)
    assert int(late.headers["retry-after"]) <= 60
    honest = desk.installation.systems.zendesk_twin
    assert honest is not None
    headers, content = honest.signed(b'{"type": "zen:event-type:ticket.status_changed"}')
    assert ask(app, "POST", "/webhooks/zendesk", headers, iter([content]), ANOTHER).status in (200, 400)
    assert ask(app, "POST", "/webhooks/zendesk", forged, iter([b"{}"]), OWN).status == 401, "a proxy of our own"


def test_one_customer_who_writes_more_than_anybody_types_is_told_so(desk: Lumen) -> None:
    def write(email: str) -> None:
        count_requester(desk.installation, Incoming("shop", "1", Requester("Ada", email, False), "Hello"))

    for _ in range(FROM_ONE):
        write("ada@example.com")
    with pytest.raises(HTTPException, match="messages of this customer") as refused:
        write("ada@example.com")
    assert refused.value.status_code == 429
    write("bob@example.com")
