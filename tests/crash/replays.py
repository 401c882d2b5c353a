"""A replay in a process of its own, which a test kills. `python -m tests.crash.replays FOLDER HISTORY AT WORKERS`."""

import sys
from pathlib import Path

from deskhand.bootstrap.replay import Wish, replay
from deskhand.settings import read_settings


def main() -> None:
    folder, history, at, workers = sys.argv[1:]

    def moved(done: int, of: int, fresh: int) -> None:
        print(done, flush=True)

    replay(read_settings(Path(folder)), Wish(history, at=at, workers=int(workers)), print, moved)


if __name__ == "__main__":
    main()
