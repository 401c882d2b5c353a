"""What people are told when something goes wrong: what happened, what was not done, and what to do."""

import re
from pathlib import Path

import pytest
from tests.cli.script import ROOT, deskhand

from deskhand.domain.errors import (
    Busy,
    Clash,
    ConnectorError,
    DeskFault,
    Down,
    Fault,
    Invalid,
    Missing,
    NotGranted,
    NotSent,
    Refused,
    Resting,
    TooLarge,
    Unconfirmed,
)
from deskhand.entrypoints.trouble import MEND, elsewhere, in_full
from deskhand.entrypoints.web.sentences import said_in

NOT_DONE = re.compile(r"\b(nothing|nobody|none)\b.*\bwas\b|\bwas not\b|\bdo not repeat\b", re.IGNORECASE | re.DOTALL)
TO_DO = re.compile(
    r"`deskhand \w|--\w|\b(set|name|make|write|mend|run|see|try|look|repeat|leave|call|install|give|add)\b",
    re.IGNORECASE,
)
AWAY = (Busy, Clash, Down, Invalid, Missing, NotSent, Refused, Resting, TooLarge)
WHERE = "stripe GET /v1/charges 401"


@pytest.mark.parametrize("kind", AWAY)
def test_a_system_that_lets_us_down_is_named_with_what_was_not_done(kind: type[ConnectorError]) -> None:
    told = elsewhere(kind(WHERE))

    assert WHERE in told
    assert "Nothing was changed" in told
    assert said_in(told, "de") != told


def test_of_a_lost_answer_nobody_says_that_nothing_was_done() -> None:
    told = elsewhere(Unconfirmed("refund/7/ch_1", "500"))

    assert "nothing was" not in told.lower()
    assert "not known" in told
    assert "Do not repeat it" in told
    assert said_in(told, "de") != told


def test_a_fault_that_does_not_say_so_itself_is_followed_by_what_to_do() -> None:
    bare = DeskFault((Fault("desk.toml", 3, "colour: is no setting"),))

    assert in_full(bare) == f"desk.toml:3: colour: is no setting\n{MEND}"
    whole = DeskFault((Fault("desk.toml", 1, "is there already; nothing was written"),))
    assert in_full(whole) == str(whole)
    assert in_full(NotGranted("Say why. No link was made.")) == "Say why. No link was made."


SLIPS = {
    "no desk": ["serve", "--desk", "nowhere"],
    "no journal": ["audit", "show", "--desk", "DESK"],
    "no connector": ["connect", "zendesc", "--desk", "DESK"],
    "no history": ["replay", "nowhere.jsonl", "--desk", "DESK"],
    "no messages": ["demo", "--once", "--desk", "DESK"],
    "no backup": ["verify", "nowhere.backup"],
    "no person": ["people", "disable", "nobody", "--desk", "DESK"],
    "no golden ticket": ["eval", "--golden", "no-such-ticket", "--desk", "DESK"],
    "a folder that is full": ["init", "DESK", "--yes"],
    "no version": ["changes", "diff", "no-such-version", "--desk", "DESK"],
}


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_at_the_command_line_is_told_whole(slip: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    desk = _desk(tmp_path_factory)
    done = deskhand(*(str(desk) if word == "DESK" else word for word in SLIPS[slip]), folder=desk.parent)

    assert (done.code, done.out) == (1, "")
    assert "Traceback" not in done.err
    assert NOT_DONE.search(done.err), done.err
    assert TO_DO.search(done.err), done.err


def _desk(factory: pytest.TempPathFactory) -> Path:
    """A desk of twins that nothing was ever asked of; one for all, as a slip changes nothing."""
    place = factory.getbasetemp() / "slips"
    if not place.exists():
        place.mkdir()
        source = ROOT / "src" / "deskhand" / "entrypoints" / "cli" / "init" / "starter"
        for file in source.rglob("*"):
            if file.is_file():
                new = place / "desk" / file.relative_to(source)
                new.parent.mkdir(parents=True, exist_ok=True)
                new.write_bytes(file.read_bytes())
    return place / "desk"
