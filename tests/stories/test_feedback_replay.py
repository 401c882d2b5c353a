"""Before and after an agent has told what they want: more of it, and nothing else changed."""

from pathlib import Path
from shutil import copy

from tests.stories.feedback_replay import REASONS, WORDS, desk, replay
from tests.stories.lumen import opened

RELATED = {  # half of it is what the agent rejects
    "My export is stuck, and how many seats do we have left?",
    "Cancel my plan and give me back the last payment.",
}


def test_suggestions_come_nearer_to_what_the_agent_wants_and_other_topics_stay(tmp_path: Path, prepared: Path) -> None:
    folder = desk(tmp_path / "desk")
    (folder / ".deskhand").mkdir()
    copy(prepared / ".deskhand" / "vectors.sqlite", folder / ".deskhand")
    with opened(folder) as lumen:
        done = replay(lumen, most_others=20)

    judged = [done.topics[name] for name in (*REASONS, *WORDS)]
    before, after = (sum(one.unwanted[at] for one in judged) for at in (0, 1))
    assert before >= 25
    assert after <= before / 2
    assert [one for one in judged if not one.wanted[1] > one.wanted[0] == 0] == []
    assert all(one.examples > 0 for one in judged)
    approved = [one for name, one in done.topics.items() if name not in {*REASONS, *WORDS}]
    assert all(one.examples == 0 and one.wanted[1] >= one.of - 1 for one in approved)
    assert done.others == 20
    assert set(done.changed) <= RELATED
