"""A replay that is killed with -9 goes on where it was, in two processes as in one, and tells the same in the end."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tests.stories.replaying import AT, compared, history, replayed, rows, written

ROOT = Path(__file__).parents[2]


def killed(folder: Path, file: Path, when: Callable[[str], bool]) -> bool:
    """Start it, and kill it with -9 as soon as it says this; False when it came to its end before."""
    command = [sys.executable, "-m", "tests.stories.replay_process", str(folder), str(file), AT]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if when(line.strip()):
                process.kill()
                return True
        assert process.wait(60) == 0
    return False


def test_a_killed_replay_goes_on_and_its_report_is_the_same(prepared: Path, tmp_path: Path) -> None:
    desk = shutil.copytree(prepared, tmp_path / "desk")
    tickets = [{**one, "id": f"{one['id']}-{part}"} for part in range(4) for one in history(desk)]
    whole = replayed(desk, written(tmp_path / "whole.jsonl", tickets))
    file, before = written(tmp_path / "killed.jsonl", tickets[::-1]), rows(desk)

    assert killed(desk, file, lambda line: line.startswith("Freezing"))
    assert killed(desk, file, lambda line: line in ("8", "16"))
    assert not killed(desk, file, lambda line: line == "0"), "what was done once is not done again"

    (place,) = (desk / ".deskhand" / "replays").glob("killed-*")
    report = json.loads((place / "report.json").read_text("utf-8"))
    assert compared(report) == json.loads(json.dumps(compared(whole)))
    assert report["run"]["workers"] == 2
    assert 0 < report["run"]["replayed_by_this_run"] < len(tickets)
    assert sorted(one.name for one in place.iterdir() if "progress" not in one.name) == ["lock", "report.json"]
    assert rows(desk) == before
