"""Two people promote a procedure on the page, and one of them steps it back: every process goes by it at once."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from urllib.parse import parse_qs, urlsplit

import pytest
from tests.api.test_rollout_and_settings import card
from tests.api.visitor import cookie, form_token
from tests.stories.lumen import TWICE, Lumen, opened

from deskhand.domain.journal_line import Broken
from deskhand.settings import Settings
from deskhand.settings.rollout import GatesTable

PROCEDURE = "duplicate-charge"


def easy(settings: Settings) -> Settings:
    """Two decisions are enough, and every other customer gets people only."""
    gates = GatesTable(autonomous_cases=2, autonomous_approved=10)
    rollout = settings.table.rollout.model_copy(update={"hold_out_percent": 50.0, "gates": gates})
    return replace(settings, table=settings.table.model_copy(update={"rollout": rollout}))


@pytest.fixture(scope="module")
def lumen(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """With decisions of agents on duplicate charges."""
    with opened(copytree(prepared, tmp_path_factory.mktemp("promoting") / "desk"), easy) as made:
        approved = 0
        while approved < 2:
            told = made.say(made.customer("double_charge_small"), TWICE)
            if str(told.result.outcome) == "awaiting_approval":
                made.decide(made.suggestion(told.ticket), "approved", "ana")
                approved += 1
        yield made


def page(lumen: Lumen, person: str) -> str:
    return card(lumen.http.get("/rollout", headers=cookie(lumen, person)).text, PROCEDURE)


def post(lumen: Lumen, person: str, deed: str, **fields: str) -> str:
    """What the page tells then."""
    form = form_token(lumen.http.get("/rollout", headers=cookie(lumen, person)))
    data = {"form": form, **fields}
    answer = lumen.http.post(f"/rollout/{deed}", data=data, headers=cookie(lumen, person), follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return parse_qs(urlsplit(answer.headers["location"]).query)["told"][0]


def request_of(lumen: Lumen) -> str:
    changes = lumen.installation.queries.stages()
    assert not isinstance(changes, Broken)
    return str(next(one for one in reversed(changes) if one.kind == "rollout.asked").body["request"])


def test_one_asks_another_approves_and_anybody_steps_back(lumen: Lumen) -> None:
    wanted = {"procedure": PROCEDURE, "stage": "autonomous", "why": "they only approve", "percent": "5"}
    assert "Another person has to approve it" in post(lumen, "mei", "ask", **wanted)
    assert "somebody else has to approve it" in post(lumen, "mei", "approve", id=request_of(lumen))
    post(lumen, "mei", "withdraw", id=request_of(lumen), why="tom asks")
    assert "Ask; another person approves" in page(lumen, "tom")
    assert "Another person has to approve it" in post(lumen, "tom", "ask", **wanted)
    assert "Approve promotion" not in page(lumen, "tom")
    assert "somebody else has to approve it" in page(lumen, "tom")
    id = request_of(lumen)
    assert "Approve promotion" in page(lumen, "mei")
    assert "autonomous for 5 %" in post(lumen, "mei", "approve", id=id)
    assert 'aria-current="step">Autonomous' in page(lumen, "ana")
    assert "cannot be approved" in post(lumen, "mei", "approve", id=id)
    assert "Say why" in post(lumen, "ana", "step-back", procedure=PROCEDURE)
    assert "is assisted from now on" in post(lumen, "ana", "step-back", procedure=PROCEDURE, why="two complaints")
    told = page(lumen, "tom")
    assert 'aria-current="step">Assisted' in told
    assert "two complaints" in told
    assert "<button disabled" in told, "what was decided before it stepped back counts no more"


def test_a_message_is_handled_at_the_stage_that_holds_now_and_the_hold_out_gets_people(lumen: Lumen) -> None:
    lowered = post(lumen, "mei", "step-back", procedure=PROCEDURE, why="a third complaint")
    assert "is read-only from now on" in lowered
    met: dict[str, str] = {}
    for _ in range(12):
        if len(met) < 2:
            told = lumen.say(lumen.customer("double_charge_small"), TWICE)
            line = next(one for one in lumen.installation.queries.timeline(told.ticket) if one.kind == "message.ended")
            assert line.body["stage"] == "read-only"
            met[line.body["arm"]] = str(told.result.outcome)
    assert met == {"assistant": "suggested", "hold-out": "handed_off"}


def test_what_is_asked_without_a_form_of_ours_changes_nothing(lumen: Lumen) -> None:
    data = {"procedure": PROCEDURE, "why": "no form"}
    answer = lumen.http.post("/rollout/step-back", data=data, headers=cookie(lumen, "mei"))
    assert answer.status_code in (403, 422)
