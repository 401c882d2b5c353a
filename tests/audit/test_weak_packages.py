"""Which pinned package an advisory is about, and what is said where there is none to ask."""

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from tests.audit.weak_packages import by_records, main, pinned

LOCK = "left-pad==1.4.2 \\\n    --hash=sha256:00\nOther_Name==2.0\n"


def record(name: str = "left-pad", **more: Any) -> dict[str, Any]:
    events = [{"introduced": "1.0"}, {"fixed": "1.5"}]
    one = {"package": {"ecosystem": "PyPI", "name": name}, "ranges": [{"type": "ECOSYSTEM", "events": events}]}
    return {"id": "X-1", "affected": [one | more]}


ranges = [
    ([{"introduced": "0"}], True),
    ([{"introduced": "1.4.2"}], True),
    ([{"introduced": "0"}, {"fixed": "1.4.2"}], False),
    ([{"introduced": "0"}, {"fixed": "1.4.3"}], True),
    ([{"introduced": "0"}, {"last_affected": "1.4.2"}], True),
    ([{"introduced": "0"}, {"last_affected": "1.4.1"}], False),
    ([{"introduced": "1.5"}], False),
    ([{"fixed": "1.0"}, {"introduced": "0"}, {"introduced": "1.4"}, {"fixed": "1.10"}], True),
    ([{"introduced": "0"}, {"fixed": "1.0"}, {"introduced": "1.4.10"}, {"fixed": "2"}], False),
]


@pytest.mark.parametrize(("events", "affected"), ranges)
def test_a_range_of_versions_is_read_as_it_is_meant(events: list[dict[str, str]], affected: bool) -> None:
    one = record(ranges=[{"type": "ECOSYSTEM", "events": events}])
    assert [weak.package for weak in by_records(pinned([LOCK]), [one])] == ["left-pad"] * affected


def test_a_name_is_known_in_any_spelling_and_other_places_are_not_meant() -> None:
    packages = pinned([LOCK])
    assert packages == {"left-pad": "1.4.2", "other-name": "2.0"}
    assert by_records(packages, [record("Other.Name", versions=["2.0"])])
    elsewhere = record()
    elsewhere["affected"][0]["package"]["ecosystem"] = "npm"
    assert by_records(packages, [elsewhere, {**record(), "withdrawn": "2026-01-01"}, record("left")]) == []


@pytest.mark.parametrize("archived", [False, True])
def test_a_copy_of_the_advisories_is_read_and_what_it_finds_fails(
    tmp_path: Path, archived: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    lock, place = tmp_path / "x.lock", tmp_path / "records"
    lock.write_text(LOCK, "utf-8")
    place.mkdir()
    (place / "X-1.json").write_text(json.dumps(record()), "utf-8")
    if archived:
        with zipfile.ZipFile(place / "all.zip", "w") as archive:
            archive.write(place / "X-1.json", "X-1.json")
        place = place / "all.zip"
    assert main(["--advisories", str(place), str(lock)]) == 1
    told = capsys.readouterr()
    assert told.err == "left-pad 1.4.2: X-1, mended in 1.5\n"
    assert json.loads(told.out)["packages"] == 2


def test_without_anything_to_ask_it_fails_and_says_what_was_not_checked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lock = tmp_path / "x.lock"
    lock.write_text(LOCK, "utf-8")
    assert main(["--advisories", str(tmp_path), str(lock)]) == 2
    told = capsys.readouterr()
    assert "NOT CHECKED: whether the 2 packages" in told.err
    assert "make audit ADVISORIES=PATH" in told.err
    assert told.out == ""
