"""What a monitoring system reads: valid, true, bounded, and for nobody who has no right to it."""

from dataclasses import replace

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families
from tests.stories.lumen import TWICE, Lumen

from deskhand.connectors.http.in_process import InProcess
from deskhand.domain.errors import DeskFault
from deskhand.domain.stage import Stage
from deskhand.entrypoints.api.app import create_app
from deskhand.workflows.pause import pause

TOKEN = "m" * 40
Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


def asked(lumen: Lumen, token: str) -> httpx2.Client:
    settings = replace(lumen.installation.settings, secrets={"DESKHAND_METRICS_TOKEN": token} if token else {})
    app = create_app(replace(lumen.installation, settings=settings))
    return httpx2.Client(transport=InProcess(app), base_url="http://localhost:8765")


def samples(text: str) -> Samples:
    found: Samples = {}
    for family in text_string_to_metric_families(text):
        assert family.documentation
        for one in family.samples:
            key = (one.name, tuple(sorted(one.labels.items())))
            assert key not in found, "the same sample twice"
            found[key] = one.value
    return found


def test_it_counts_what_happens_from_its_start_on_and_names_no_customer(shared: Lumen) -> None:
    shared.say(shared.customer("single_charge"), "How big can a CSV file be?", stage=Stage.AUTONOMOUS)
    with asked(shared, TOKEN) as http:
        headers = {"authorization": f"Bearer {TOKEN}"}
        assert not [key for key in samples(http.get("/metrics", headers=headers).text) if "endings" in key[0]]
        email = shared.customer("double_charge_small")
        told = shared.say(email, TWICE, stage=Stage.ASSISTED)
        answer = http.get("/metrics", headers=headers)
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = samples(answer.text)
    ended = (("outcome", "suggested"), ("procedure", "duplicate-charge"))
    assert [key for key in found if key[0] == "deskhand_message_endings_total"] == [
        ("deskhand_message_endings_total", (("outcome", str(told.result.outcome)), ended[1]))
    ]
    assert found["deskhand_message_own_work_seconds_count", ()] == 1
    assert found["deskhand_message_own_work_seconds_bucket", (("le", "+Inf"),)] == 1
    assert found["deskhand_message_own_work_seconds_sum", ()] > 0
    assert found["deskhand_tickets_waiting", (("queue", "decide"),)] == 1
    assert found["deskhand_suggestion_oldest_seconds", ()] >= 0
    assert found["deskhand_connector_calls_total", (("system", "stripe"),)] > 0
    assert found["deskhand_rollup_lines_behind", ()] >= 0
    assert found["deskhand_workers", ()] == 1
    assert found["deskhand_state_free_bytes", ()] > 0
    assert email not in answer.text
    assert told.ticket not in answer.text
    for name, labels in found:
        assert name.startswith("deskhand_")
        assert not {"ticket", "customer", "email", "person"} & {label for label, _ in labels}


def test_a_pause_is_seen(shared: Lumen) -> None:
    with asked(shared, "") as http:
        before = samples(http.get("/metrics").text)["deskhand_pauses", ()]
        pause(shared.installation.store, "procedure:parcel", by="ana", why="a drill", now=shared.clock())
        assert samples(http.get("/metrics").text)["deskhand_pauses", ()] == before + 1


@pytest.mark.parametrize("given", [None, "Bearer ", "Bearer wrong", f"Basic {TOKEN}", "Bearer \xe9"])
def test_with_a_token_set_nobody_gets_in_without_it_not_even_from_here(shared: Lumen, given: str | None) -> None:
    headers = {b"authorization": given.encode("latin-1")} if given is not None else {}
    with asked(shared, TOKEN) as http:
        answer = http.get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert "deskhand_" not in answer.text


def test_a_persons_token_opens_it_to_nobody(shared: Lumen) -> None:
    person = shared.installation.tokens["ana"]
    with asked(shared, TOKEN) as http:
        assert http.get("/metrics", headers={"authorization": f"Bearer {person}"}).status_code == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "desk.lumen.example"},
        {"host": "localhost.evil.example"},
        {"x-forwarded-for": "203.0.113.7"},
        {"forwarded": "for=203.0.113.7"},
        {"via": "1.1 proxy"},
    ],
)
def test_without_a_token_only_this_machine_asks_and_no_proxy_for_others(shared: Lumen, headers: dict[str, str]) -> None:
    with asked(shared, "") as http:
        assert http.get("/metrics").status_code == 200
        answer = http.get("/metrics", headers=headers)
    assert answer.status_code == 401
    assert "DESKHAND_METRICS_TOKEN" in answer.text


def test_a_token_that_can_be_guessed_is_no_token(shared: Lumen) -> None:
    settings = replace(shared.installation.settings, secrets={"DESKHAND_METRICS_TOKEN": "short"})
    with pytest.raises(DeskFault, match="32 characters"):
        _ = settings.metrics_token
