"""One round of writing first in a process that dies in it, `python -m tests.stories.dying FOLDER WHEN NUMBER`."""

import sys
from pathlib import Path

from tests.crash.boundaries import Commits
from tests.stories.writing import FAMILY, stages, writing

from deskhand.domain.stage import Stage

if __name__ == "__main__":
    folder, when, number = sys.argv[1:]
    with writing(Path(folder), "", change=stages(**{FAMILY.replace("-", "_"): Stage.AUTONOMOUS})) as desk:
        commits = Commits(when, int(number))
        for engine in (desk.lumen.installation.store.engine, desk.lumen.installation.engine.keeping):
            commits.watch(engine)
        desk.round()
