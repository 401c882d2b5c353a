"""PostgreSQL holds no zero byte in a text: whoever sends one is told so, and nothing is done."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import psycopg
import pytest
from tests.api.visitor import bearer
from tests.storage.postgres import missing, server
from tests.stories.lumen import Lumen, apart, opened

from deskhand.settings import Settings

pytestmark = [pytest.mark.postgres, pytest.mark.skipif(bool(missing()), reason=missing())]
NO_SENSE = "What was sent makes no sense here. Nothing was changed."
LEGAL = "My lawyer will sue you over this charge."


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with server() as url:
        with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
            connection.execute("create database zero")

        def there(settings: Settings) -> Settings:
            return replace(apart(settings), database_url=f"{url}/zero")

        with opened(copytree(prepared, tmp_path_factory.mktemp("zero") / "desk"), there, finished=True) as made:
            yield made


def test_a_zero_byte_is_refused_wherever_it_stands(desk: Lumen) -> None:
    who, ticket = bearer(desk, "mei"), desk.say(desk.customer("single_charge"), LEGAL).ticket
    before = desk.installation.queries.newest()
    for method, path, body in (
        ("GET", "/api/tickets/a%00b", None),
        ("GET", "/inbox?view=all&q=%00", None),
        ("POST", "/api/suggestions/%00/decision", {"decision": "approved", "seen": "x"}),
        ("POST", "/api/pauses", {"why": "\x00", "ticket": ticket}),
        ("DELETE", "/api/pauses", {"ticket": "zendesk:ticket:\x00"}),
        ("POST", "/api/effects/%00/undo", None),
    ):
        answer = desk.http.request(method, path, json=body, headers=who)
        assert (answer.status_code, answer.json()["detail"]) == (422, NO_SENSE), (method, path)
    assert desk.installation.queries.newest() == before
