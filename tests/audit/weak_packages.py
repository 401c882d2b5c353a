"""Known weaknesses of what the locks pin: by pip-audit, or by a copy of the advisories (OSV) where it reaches none.

`python -m tests.audit.weak_packages [--advisories PATH] LOCK ...` ends with 1 when a weakness is found, and with 2,
saying what was not checked, when there was nothing to look it up in.
"""

import argparse
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import InvalidVersion, Version

PIN = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
NOT_CHECKED = (
    "NOT CHECKED: whether the {count} packages of the locks have known weaknesses. The package registry told nothing of"
    " them ({why}), and no copy of the advisories was given. Get one (a folder of OSV records, or the archive of all"
    " that are about PyPI), and run: make audit ADVISORIES=PATH"
)


@dataclass(frozen=True, order=True)
class Weakness:
    package: str
    version: str
    id: str
    fixed: tuple[str, ...]


class NothingToAsk(Exception):
    """No advisories are to be had: `str` says why."""


def pinned(texts: Iterable[str]) -> Mapping[str, str]:
    """Version by name."""
    return {canonicalize_name(name): version for text in texts for name, version in PIN.findall(text)}


def by_records(packages: Mapping[str, str], records: Iterable[Mapping[str, Any]]) -> list[Weakness]:
    """Which of them these advisories are about, in the version that is pinned."""
    found = set[Weakness]()
    for record in records:
        for one in record.get("affected", ()) if not record.get("withdrawn") else ():
            package = one.get("package", {})
            name = canonicalize_name(str(package.get("name", "")))
            version = packages.get(name)
            if package.get("ecosystem") == "PyPI" and version and _affected(one, version):
                found.add(Weakness(name, version, str(record["id"]), tuple(_fixed(one))))
    return sorted(found)


def _affected(one: Mapping[str, Any], version: str) -> bool:
    if version in one.get("versions", ()):
        return True
    ranges = (each for each in one.get("ranges", ()) if each.get("type") == "ECOSYSTEM")
    return any(_within(each["events"], Version(version)) for each in ranges)


def _within(events: Sequence[Mapping[str, str]], version: Version) -> bool:
    """In the order of their versions, what each event says of all that follow."""
    inside = False
    for kind, at in sorted(
        ((kind, at) for event in events for kind, at in event.items()), key=lambda one: _key(one[1])
    ):
        if kind == "introduced" and (at == "0" or Version(at) <= version):
            inside = True
        elif (kind == "fixed" and Version(at) <= version) or (kind == "last_affected" and Version(at) < version):
            inside = False
    return inside


def _key(at: str) -> Version:
    try:
        return Version(at)
    except InvalidVersion:
        return Version("0")


def _fixed(one: Mapping[str, Any]) -> Iterator[str]:
    for each in one.get("ranges", ()):
        yield from (event["fixed"] for event in each.get("events", ()) if "fixed" in event)


def records_in(place: Path) -> Iterator[Mapping[str, Any]]:
    """Of a folder of records, or of an archive of them; `NothingToAsk` when there is none."""
    count = 0
    if place.is_dir():
        for file in place.rglob("*.json"):
            count += 1
            yield json.loads(file.read_bytes())
    elif zipfile.is_zipfile(place):
        with zipfile.ZipFile(place) as archive:
            for name in archive.namelist():
                if name.endswith(".json"):
                    count += 1
                    yield json.loads(archive.read(name))
    if not count:
        raise NothingToAsk(f"{place} holds no record")


def by_pip_audit(locks: Sequence[Path]) -> list[Weakness]:
    """As pip-audit finds them; it asks the package registry."""
    given = [word for lock in locks for word in ("--requirement", str(lock))]
    command = [sys.executable, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format", "json", *given]
    done = subprocess.run([*command, "--progress-spinner", "off"], capture_output=True, text=True)
    try:
        told = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        raise NothingToAsk(f"pip-audit: {last[:200]}") from None
    if skipped := [one["name"] for one in told if "skip_reason" in one]:
        raise NothingToAsk(f"pip-audit left out {', '.join(skipped[:5])}")
    return sorted(
        Weakness(canonicalize_name(one["name"]), one["version"], weak["id"], tuple(weak["fix_versions"]))
        for one in told
        for weak in one["vulns"]
    )


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--advisories", type=Path)
    parser.add_argument("locks", type=Path, nargs="+")
    asked = parser.parse_args(words)
    packages = pinned(lock.read_text("utf-8") for lock in asked.locks)
    try:
        found = by_records(packages, records_in(asked.advisories)) if asked.advisories else by_pip_audit(asked.locks)
    except NothingToAsk as error:
        print(NOT_CHECKED.format(count=len(packages), why=error), file=sys.stderr)
        return 2
    for one in found:
        mended = f"mended in {', '.join(one.fixed)}" if one.fixed else "not mended yet"
        print(f"{one.package} {one.version}: {one.id}, {mended}", file=sys.stderr)
    print(json.dumps({"packages": len(packages), "found": [vars(one) for one in found]}))
    return 1 if found else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
