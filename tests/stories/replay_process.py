"""A replay in a process of its own, which a test kills. `python -m tests.stories.replay_process FOLDER HISTORY AT`."""

import sys
from pathlib import Path

from deskhand.bootstrap.replay.replay import Wish, replay
from deskhand.settings import read_settings


def say(text: object) -> None:
    """A line, at once."""
    print(text, flush=True)


def main() -> None:
    folder, history, at = sys.argv[1:]
    replay(read_settings(Path(folder)), Wish(history, at=at, workers=2), say, lambda done, of, fresh: say(done))


if __name__ == "__main__":
    main()
