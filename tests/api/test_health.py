"""Health tells whether the work gets done, to anybody who asks."""

from dataclasses import replace
from pathlib import Path

import httpx2
from tests.stories.lumen import Lumen

from deskhand.connectors.http.in_process import InProcess
from deskhand.entrypoints.api.app import create_app


def test_a_run_that_failed_for_good_is_counted_and_stops_nothing(shared: Lumen) -> None:
    well = shared.http.get("/health")
    assert (well.status_code, well.json()["runs"]["failed"]) == (200, 0)
    signed = shared.write("lars.holm@example.com", "hello")
    shared.network.trouble(f"/tickets/{shared.number(signed)}", "404")
    assert shared.deliver(signed).status_code == 202
    shared.eventually(lambda: shared.http.get("/health").json()["runs"]["failed"] == 1)
    assert shared.http.get("/health").status_code == 200
    shared.eventually(lambda: shared.owner(f"zendesk:ticket:{shared.number(signed)}") != "assistant")


def test_a_process_lives_and_can_work_and_says_so_to_anybody(shared: Lumen) -> None:
    assert shared.http.get("/healthz").json() == {"ok": True}
    answer = shared.http.get("/readyz")
    assert answer.status_code == 200, answer.text
    assert [one["name"] for one in answer.json()["checks"]] == ["database", "schema", "work", "disk"]
    assert "workers alive: 1" in answer.text


def test_a_desk_that_cannot_work_is_sent_no_requests_while_its_process_lives(shared: Lumen) -> None:
    settings = replace(shared.installation.settings, state=Path("/nowhere"))
    app = create_app(replace(shared.installation, settings=settings))
    with httpx2.Client(transport=InProcess(app), base_url="http://desk.test") as http:
        answer = http.get("/readyz")
        assert (answer.status_code, answer.json()["ok"]) == (503, False)
        assert [one["name"] for one in answer.json()["checks"] if not one["ok"]] == ["disk"]
        assert http.get("/healthz").status_code == 200
