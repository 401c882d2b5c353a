"""Questions to Snowflake: our client and its driver against somebody else's stand-in of the server.

Run by a Python of its own, `.emulators/fakesnow`, where the driver is. The stand-in knows no roles, no warehouses, no
limits of time and no keys: it takes any, so that we sign in with one is shown by what it is sent, not by what it says.
"""

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import rsa
from tests.records.promises import HOSTILE, MINE, NOW, ORDERS, TABLE, Open, RecordsContract, question
from tests.systems.emulators import free_port, no_program, program, running

from deskhand.connectors.records.records import SqlRecords
from deskhand.connectors.records.snowflake import Snowflake, snowflake
from deskhand.domain.errors import Down

connector = pytest.importorskip("snowflake.connector", reason="Snowflake's driver is in .emulators/fakesnow only")
pytestmark = pytest.mark.emulator

KEY = (
    rsa.generate_private_key(65537, 2048)
    .private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, form.NoEncryption())
    .decode()
)
ADDRESS = "snowflake://desk_read@shop-eu/SHOP/PUBLIC?warehouse=small&role=desk_read&host=127.0.0.1&port="


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Snowflake]:
    """With orders in it."""
    if why := no_program("fakesnow"):
        pytest.skip(why)
    port, log = free_port(), tmp_path_factory.mktemp("fakesnow") / "log"
    made = snowflake(f"{ADDRESS}{port}", KEY)
    command: list[str | Path] = [
        program("fakesnow", "fakesnow"),
        "--server",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    with running(command, log) as wait:
        wait(lambda: fill(made, "create database if not exists shop"))
        fill(made, "create schema if not exists shop.public", "use schema shop.public", *TABLE.split(";"))
        yield made


def fill(at: Snowflake, *statements: str) -> None:
    with connector.connect(**at.place, password="any") as connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


class TestSnowflake(RecordsContract):
    # The stand-in runs two statements in one text, which Snowflake refuses (MULTI_STATEMENT_COUNT). A question with a
    # semicolon does not come so far: see `Question.faults`.
    hostile = tuple(one for one in HOSTILE if ";" not in one)

    @pytest.fixture
    def asked(self, server: Snowflake) -> Open:
        return lambda questions: SqlRecords(server, questions, lambda: NOW)

    def test_a_name_is_found_as_it_was_written(self, asked: Open) -> None:
        """Snowflake answers in capitals, but for what was quoted."""
        sql = 'select id as Order_No, total as "netTotal" from orders order by id'
        both = question(sql, fields={"order_no": "str", "netTotal": "int"})
        assert asked([both]).check() == []
        assert asked([both]).ask("orders", MINE).fields["netTotal"] == 29


def test_a_server_that_is_not_there_is_down() -> None:
    with pytest.raises(Down, match="records: "):
        SqlRecords(snowflake(f"{ADDRESS}{free_port()}", KEY), [ORDERS], lambda: NOW).ask("orders", MINE)


def test_we_sign_in_with_a_key_under_a_name_with_limits_and_in_silence() -> None:
    """As the server hears it: a token that the key signed, no password, our tag, the limits, and no telemetry."""
    with listening() as (port, heard), pytest.raises(Down):
        SqlRecords(snowflake(f"{ADDRESS}{port}", KEY), [ORDERS], lambda: NOW).ask("orders", MINE)
    ((path, body),) = [one for one in heard if "login-request" in one[0]][:1]
    sent = body["data"]

    assert (sent["AUTHENTICATOR"], sent["LOGIN_NAME"], sent["ACCOUNT_NAME"]) == (
        "SNOWFLAKE_JWT",
        "desk_read",
        "shop-eu",
    )
    assert sent["TOKEN"].count(".") == 2
    assert "PASSWORD" not in sent
    assert "roleName=desk_read" in path
    assert "warehouse=small" in path
    limits = sent["SESSION_PARAMETERS"]
    assert limits["QUERY_TAG"] == "deskhand"
    assert limits["STATEMENT_TIMEOUT_IN_SECONDS"] == 10
    assert limits["MULTI_STATEMENT_COUNT"] == 1
    assert limits["CLIENT_TELEMETRY_ENABLED"] is False
    assert not [one for one, _ in heard if "telemetry" in one]


@contextmanager
def listening() -> Iterator[tuple[int, list[tuple[str, Any]]]]:
    """Refuses whoever signs in here, and keeps what they said."""
    heard: list[tuple[str, Any]] = []

    class Door(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("content-length", 0)))
            heard.append((self.path, json.loads(gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw)))
            answer = json.dumps({"success": False, "code": "390144", "message": "no", "data": {}}).encode()
            self.send_response(200)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Door)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server.server_port, heard
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
