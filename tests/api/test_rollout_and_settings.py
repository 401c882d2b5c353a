"""Rollout and settings: what holds, where it is set, and never a secret."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from shutil import copytree

import pytest
from tests.api.test_pages import no_foreign_script
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen, as_written, opened

from deskhand.workflows.pause import pause, resume

HOSTILE = "<script>alert('why')</script>"


@pytest.fixture(scope="module")
def shared(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    """With the rollout of its own desk.toml."""
    with opened(copytree(prepared, tmp_path_factory.mktemp("rollout") / "desk"), as_written) as lumen:
        yield lumen


def get(shared: Lumen, path: str) -> str:
    answer = shared.http.get(path, headers=cookie(shared, "mei"))
    assert answer.status_code == 200, answer.text
    assert no_foreign_script(answer.text)
    return answer.text


def card(page: str, id: str) -> str:
    (found,) = re.findall(rf'<section class="card" aria-labelledby="topic-{id}">.*?</section>', page, re.DOTALL)
    return str(found)


def test_every_procedure_has_its_stage_and_its_evidence(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), TWICE)
    before = card(get(shared, "/rollout"), "duplicate-charge")
    shared.decide(shared.suggestion(told.ticket), "approved", "ana")
    page = get(shared, "/rollout")
    for id in (*shared.installation.desk.procedures, "answers"):
        stage = shared.installation.desk.rollout.stage([id])
        names = {"read-only": "Suggestions only", "assisted": "Assisted", "autonomous": "Autonomous"}
        assert f'aria-current="step">{names[stage]}' in card(page, id)
    after = card(page, "duplicate-charge")
    assert '<td class="num">0</td><td class="num muted">200</td>' in before
    assert '<td class="num">1</td><td class="num muted">200</td>' in after
    assert "199 more decisions of agents" in after
    assert "Messages handled so since" in after
    assert "Set in desk.toml, line" in after


def test_the_page_says_where_stages_come_from_and_why_a_button_is_off(shared: Lumen) -> None:
    page = get(shared, "/rollout")
    assert "under [rollout] in desk.toml" in page
    invoices = card(page, "answers")
    assert "<button disabled" in invoices
    assert "Not yet:" in invoices
    assert "Step back at once" not in invoices, "it is for suggestions only, and nothing is below that"


def test_settings_tell_where_each_value_is_set(shared: Lumen) -> None:
    page = unescape(get(shared, "/settings"))
    text = (Path(shared.installation.settings.folder) / "desk.toml").read_text().splitlines()
    line = text.index('sender = "Lumen Analytics Support <support@lumen.example>"') + 1
    assert f"desk.toml:{line}" in page
    assert "Lumen Analytics Support <support@lumen.example>" in page
    assert "breakers.actions_per_minute" in page
    for person in shared.installation.people:
        assert f"<td>{person}" in page


def test_no_secret_and_no_token_is_on_the_page(shared: Lumen) -> None:
    page = get(shared, "/settings")
    settings = shared.installation.settings
    hidden = [*shared.installation.tokens.values(), *settings.secrets.values()]
    hidden += [(settings.state / "secret").read_text()] if (settings.state / "secret").exists() else []
    assert hidden
    assert not [one for one in hidden if one in page]
    assert settings.database_url not in page


def test_who_paused_what_and_why_is_told_as_text(shared: Lumen) -> None:
    pause(shared.installation.store, "action:refund_charge", by="tom", why=HOSTILE, now=shared.clock())
    resume(shared.installation.store, "action:refund_charge", by="ana", now=shared.clock())
    page = get(shared, "/settings")
    assert "action:refund_charge" in page
    assert "&lt;script&gt;alert(&#39;why&#39;)" in page
    assert page.index("resumed") < page.index("paused</span>"), "the newest first"
