"""README.md: what a few commands print, on a copy of the demo company with fewer customers.

`python -m docs.site.transcript` writes it anew; a test runs the same commands and compares all but dates and ids.
"""

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "README.md"
BLOCK = re.compile(r"(?<=```console\n).*?(?=```)", re.DOTALL)
DESK = Path("examples/lumen")
COMMANDS = (
    'ask "I was charged twice for my subscription this month, can you fix it?" \\\n'
    "      --as maya.chen@example.com --stage autonomous --desk examples/lumen",
    'ask "I was charged twice, refund me!" --as lars.holm@example.com --stage autonomous --desk examples/lumen',
    "ledger show --desk examples/lumen",
    "audit verify --desk examples/lumen",
)
# What is another one each time: references, dates, times, how long it took, how many lines.
OTHERS = re.compile(
    r"re_[0-9a-f]+|(?<=ticket:)[0-9a-f]+|\b[0-9a-f]{16}\b|\d{4}-\d\d-\d\d \d\d:\d\d|\d+ ms"
    r"|(?:\d+ )?(?:January|February|March|April|May|June|July|August|September|October|November|December) \d{4}"
)
Run = Callable[[Sequence[str], Path], str]


def transcript(run: Run, folder: Path) -> str:
    """`run` gives what a command prints, called in `folder`, where the desk is."""
    return "".join(f"$ deskhand {one}\n{_plain(run(words(one), folder))}\n" for one in COMMANDS).rstrip() + "\n"


def words(command: str) -> list[str]:
    return shlex.split(command.replace("\\\n", " "))


def few(folder: Path) -> None:
    """A copy of the demo company with sixty customers; those with names are among them."""
    shutil.copytree(ROOT / DESK, folder / DESK, ignore=shutil.ignore_patterns(".deskhand"))
    recipe = folder / DESK / "twins.toml"
    recipe.write_text(re.sub(r"(?m)^customers = \d+", "customers = 60", recipe.read_text("utf-8")), "utf-8")


def steady(text: str) -> str:
    """Without what is another one each time, and however its lines are broken."""
    return " ".join(OTHERS.sub("...", text).split())


def _plain(printed: str) -> str:
    """Without the frame around a reply."""
    return "".join(f"{line}\n" for line in _lines(printed))


def _lines(printed: str) -> Iterator[str]:
    for line in printed.splitlines():
        if not line.startswith(("╭", "╰")):
            yield f"  {line.strip('│ ')}".rstrip() if line.startswith("│") else line.rstrip()


def _called(words: Sequence[str], folder: Path) -> str:
    program = Path(sys.executable).with_name("deskhand")
    return subprocess.run([program, *words], cwd=folder, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    with TemporaryDirectory() as place:
        few(Path(place))
        told = transcript(_called, Path(place))
    PAGE.write_text(BLOCK.sub(lambda _: told, PAGE.read_text("utf-8"), count=1), "utf-8", newline="\n")
