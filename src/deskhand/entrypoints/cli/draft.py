"""`deskhand draft`: drafts of procedures from past tickets, which do nothing until a person has written them."""

from pathlib import Path

from deskhand.bootstrap.replay.drafts import Written, write_drafts
from deskhand.entrypoints.printing import aside, console, print_json
from deskhand.settings import read_settings


def run(folder: Path, history: str, *, own: list[str], as_json: bool) -> None:
    """Never overwrites: a second run makes drafts beside those that are there."""
    settings = read_settings(folder)
    done = write_drafts(settings, history, own, progress)
    if as_json:
        print_json({"drafts": [str(one) for one in done.files], "read": done.read, "alone": done.alone})
        return
    for one in told(done):
        console.print(one, markup=False, highlight=False, soft_wrap=True)


def progress(done: int, of: int) -> None:
    """Comparing takes some milliseconds for each ticket."""
    if done == of or done % 512 == 0:
        aside.print(f"{done} of {of} messages compared ...", style="dim", highlight=False)


def told(done: Written) -> list[str]:
    """A line each; the last one says what to do with them."""
    lines = [str(one) for one in done.files]
    lines.append(f"{len(done.files)} drafts from {done.read} tickets; {done.alone} of these are like too few others.")
    if done.files:
        lines.append("They do nothing. Write the steps of one, move it to procedures/, and run `deskhand check`.")
    return lines
