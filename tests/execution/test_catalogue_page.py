"""The page about the catalogue says what the code does."""

import re
from pathlib import Path

from deskhand.domain.action import PRIVATE, Receipt
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.kind import NoUndo

PAGE = (Path(__file__).parents[2] / "docs" / "catalogue.md").read_text("utf-8")
ROWS = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line.startswith("| `")]


def test_the_page_tells_each_action_with_its_nature_and_what_a_lost_answer_means() -> None:
    told = [(row[0].strip("`"), row[2], row[3]) for row in ROWS]

    assert told == [(name, str(kind.nature), str(kind.recovery)) for name, kind in ACTIONS.items()]


def test_the_page_tells_what_takes_each_back() -> None:
    """On a receipt that says as much as it may of what was before."""
    for row in ROWS:
        name = row[0].strip("`")
        args = dict.fromkeys(ACTIONS[name].arguments, "x1x") | {"ticket": "zendesk:ticket:1", "field": "phone"}
        if name == "update_ticket":
            args |= {"field": "priority", "becomes": "low"}
        paused, cancels = ("no" if "pause" in name else "yes"), ("no" if "cancel" in name else "yes")
        before = {"paused": paused, "cancels": cancels, "price": "p_1", "phone": "1", "priority": "low", "tags": "vip"}
        before |= {"line1": "a", "city": "b", "country": "DE"}
        receipt = Receipt("key", "stripe", "id_1", Clock()(), {}, before)
        way = ACTIONS[name].undo({one: args[one] for one in ACTIONS[name].arguments}, receipt)
        told = re.match(r"`(\w+)`", row[4])

        assert (told[1] if told else None) == (None if isinstance(way, NoUndo) else way.action.name)


def test_the_page_names_each_argument_that_stays_private() -> None:
    (sentence,) = re.findall(r"^Arguments called (.*?) hold", PAGE, re.MULTILINE | re.DOTALL)

    assert set(re.findall(r"`(\w+)`", sentence)) == PRIVATE
