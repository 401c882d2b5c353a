"""docs/decisions/dependencies.md: its licences and sizes, from what is installed. Reasons are people's."""

import re
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "decisions" / "dependencies.md"
ROW = re.compile(
    r"^\| (?P<name>(?!package )[a-z0-9-]+) \|(?P<told>.*)\|(?P<licence>[^|]*)\|(?P<size>[^|]*)\|$", re.MULTILINE
)
TOGETHER = re.compile(r"\d+ packages, \d+ MB;")
PIN = re.compile(r"^([a-z0-9._-]+)==", re.MULTILINE)
LONGEST = 60  # of a licence that is a name, and not its whole text


def asked_for() -> set[str]:
    """Every package that a file of this repository names, under its plain name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [*project["project"]["dependencies"], *project["build-system"]["requires"]]
    named += [one for extra in project["project"]["optional-dependencies"].values() for one in extra]
    for folder in ("docs", "tests", "benchmarks"):
        for file in (ROOT / folder).rglob("*.in"):
            named += [line for line in file.read_text("utf-8").splitlines() if line and line[0].isalpha()]
    return {plain(re.split(r"[\[<>=~!; ]", one)[0]) for one in named}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def licence(name: str) -> str:
    """As the package says it; "" where it is not installed here."""
    if (found := _installed(name)) is None:
        return ""
    told = {name: found.metadata.get_all(name) or [] for name in ("License-Expression", "License", "Classifier")}
    short = next(iter(told["License-Expression"] + told["License"]), "")
    if not short or "\n" in short or len(short) > LONGEST:
        classes = (one for one in told["Classifier"] if one.startswith("License ::"))
        short = next((one.rpartition(":: ")[2] for one in classes), short.splitlines()[0] if short else "")
    return short


def megabytes(name: str) -> float | None:
    found = _installed(name)
    return sum(_sizes(found)) / 1e6 if found else None


def _sizes(found: Distribution) -> Iterator[int]:
    for one in found.files or ():
        file = Path(str(one.locate()))
        if file.is_file():
            yield file.stat().st_size


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except PackageNotFoundError:
        return None


def _filled(row: re.Match[str]) -> str:
    size = megabytes(row["name"])
    if size is None:
        return row[0]
    return f"| {row['name']} |{row['told']}| {licence(row['name']) or row['licence'].strip()} | {size:.1f} |"


if __name__ == "__main__":
    pins = PIN.findall((ROOT / "requirements.lock").read_text("utf-8"))
    sizes, text = [megabytes(one) for one in pins], ROW.sub(_filled, PAGE.read_text("utf-8"))
    if None not in sizes:  # not in an environment that holds something else
        whole = sum(size or 0 for size in sizes)
        text = TOGETHER.sub(f"{len(pins)} packages, {whole:.0f} MB;", text, count=1)
    PAGE.write_text(text, "utf-8", newline="\n")
