"""One round of writing first in a process that dies in it; given are the desk's folder, when, and at which commit."""

import sys
from pathlib import Path

from tests.crash.boundaries import Commits
from tests.stories.writing import FAMILY, stages, writing

from deskhand.domain.stage import Stage


def main() -> None:
    folder, when, number = sys.argv[1:]
    with writing(Path(folder), "", change=stages(**{FAMILY.replace("-", "_"): Stage.AUTONOMOUS})) as desk:
        commits = Commits(when, int(number))
        for engine in (desk.lumen.installation.store.engine, desk.lumen.installation.engine.keeping):
            commits.watch(engine)
        desk.round()
