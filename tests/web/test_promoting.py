"""Two people promote a procedure in a real browser, and one of them steps it back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.api.test_promoting import PROCEDURE, easy
from tests.stories.lumen import TWICE, opened
from tests.web.conftest import Workspace, served

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def workspace(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """With decisions of agents on duplicate charges, of which two are enough here."""
    folder = copytree(prepared, tmp_path_factory.mktemp("web-promoting") / "desk")
    with opened(folder, easy) as lumen, served(lumen) as address:
        approved = 0
        while approved < 2:
            told = lumen.say(lumen.customer("double_charge_small"), TWICE)
            if str(told.result.outcome) == "awaiting_approval":
                lumen.decide(lumen.suggestion(told.ticket), "approved", "ana")
                approved += 1
        yield Workspace(lumen, address)


def test_one_asks_another_approves_and_a_third_steps_back(look: Callable[..., Any]) -> None:
    tom, mei, ana = (look(person, "/rollout") for person in ("tom", "mei", "ana"))

    def card(page: Any) -> Any:
        return page.locator(f'section[aria-labelledby="topic-{PROCEDURE}"]')

    card(tom).locator("summary").filter(has_text="Ask for").click()
    card(tom).get_by_label("Why").first.fill("agents only approve")
    card(tom).get_by_role("button", name="Ask; another person approves").click()
    card(tom).get_by_text("somebody else has to approve it").wait_for()
    mei.reload()
    card(mei).get_by_role("button", name="Approve promotion").click()
    card(mei).locator('[aria-current="step"]').filter(has_text="Autonomous").wait_for()
    ana.reload()
    card(ana).locator("summary").filter(has_text="Step back").click()
    step = card(ana).locator("details").filter(has_text="Step back at once")
    step.get_by_label("Why").fill("two complaints")
    step.get_by_role("button", name="Step back at once").click()
    card(ana).locator('[aria-current="step"]').filter(has_text="Assisted").wait_for()
    card(ana).get_by_text("two complaints").first.wait_for()
