"""What agents make of a suggestion by the forms of its page teaches the assistant."""

from pathlib import Path

from tests.api.test_acting import decide, waiting
from tests.stories.lumen import opened

from deskhand.domain.example import Judged


def test_what_agents_make_of_a_suggestion_by_a_form_is_kept_as_feedback(folder: Path) -> None:
    with opened(folder) as lumen:
        _, edited = waiting(lumen)
        _, rejected = waiting(lumen)
        mine = "Hi,\n\nYou got your money back by hand.\n\nLumen Support"
        assert decide(lumen, edited, "ana", "edited", text=mine).status_code == 200
        assert decide(lumen, rejected, "ana", "rejected", reason="wrong_tone", why="Too cold.").status_code == 200
        with lumen.installation.store.begin() as tx:
            kept = {one.judged: one for one in tx.examples.all()}
    assert "You got your money back by hand." in kept[Judged.EDITED].instead
    assert "You are right" in kept[Judged.EDITED].suggested
    assert kept[Judged.REJECTED].reason == "wrong tone: Too cold."
