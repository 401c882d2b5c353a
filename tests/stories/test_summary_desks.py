"""What the customer reads and corrects of a handoff, on desks that no other story shares."""

from datetime import timedelta
from pathlib import Path

import pytest
from tests.stories.lumen import Lumen, opened
from tests.stories.test_summary import CARD, PERSON, corrections, link, with_address

from deskhand.domain.stage import Stage
from deskhand.workflows.correct import OPEN


@pytest.mark.sqlite("looks into its files")
def test_nothing_that_is_never_kept_is_kept_of_a_correction(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        lumen.http.post(link(lumen, told), data={"words": f"My card is {CARD}\x00, my password is Kranich#77"})
        lumen.eventually(lambda: bool(corrections(lumen, told)))
        assert "[card]" in corrections(lumen, told)[0]
    state = folder / ".deskhand"
    files = [one.read_bytes() for one in state.glob("desk.sqlite*")]
    assert files
    assert not [word for word in (CARD, "Kranich#77") if any(word.encode() in one for one in files)]


def test_a_summary_closes_after_a_while(folder: Path) -> None:
    with opened(folder, with_address) as lumen:
        told = lumen.say("lars.holm@example.com", PERSON)
        path = link(lumen, told)
        lumen.clock.ahead = OPEN + timedelta(minutes=1)
        for answer in (lumen.http.get(path), lumen.http.post(path, data={"words": "It was $14.50"})):
            assert answer.status_code == 410
            assert "no longer available" in answer.text
            assert "LM-48213" not in answer.text
        assert "handoff.corrected" not in lumen.kinds(told.ticket)


def test_without_a_public_address_no_letter_names_one(shared: Lumen) -> None:
    told = shared.say("lars.holm@example.com", PERSON, stage=Stage.AUTONOMOUS)
    assert told.result.handoff is not None
    assert "http" not in told.result.reply
