"""`deskhand check`: a sound desk, and every fault of one that is not."""

import re
import shutil
from pathlib import Path

import pytest
from tests.cli.script import deskhand


@pytest.fixture
def faulty(starter: Path, tmp_path: Path) -> Path:
    """A copy of the starter with a fault of each kind."""
    folder = tmp_path / "desk"
    shutil.copytree(starter, folder)
    replace(folder / "desk.toml", 'default_queue = "support"', 'default_queue = "nowhere"')
    replace(folder / "procedures" / "refund-status.yaml", "refunds.count == 0", "refunds.cuont == 0")
    replace(folder / "procedures" / "password-reset.yaml", "cite: reset-password", "cite: reset [/b]")
    replace(folder / "policies" / "billing.yaml", "effect: approve", "effect: aprove")
    (folder / "articles" / "odd.md").write_bytes(b"---\ntitle: Odd\n---\n\n\xff\n")
    return folder


def replace(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def test_a_sound_desk_has_no_fault(starter: Path) -> None:
    done = deskhand("check", "--json", folder=starter)

    assert done.code == 0
    assert done.json["ok"] is True
    assert done.json["faults"] == []
    assert done.json["procedures"] == 3
    assert done.json["articles"] == 6


def test_every_fault_is_a_line_with_file_and_line_number_and_the_same_for_scripts(faulty: Path) -> None:
    told = deskhand("check", "--desk", faulty)
    done = deskhand("check", "--desk", faulty, "--json")

    lines = told.out.splitlines()
    assert (told.code, done.code) == (1, 1)
    assert all(re.fullmatch(r"\S+\.\w+:\d+: .+", line) for line in lines)
    files = {Path(line.partition(":")[0]).name for line in lines}
    assert files >= {"refund-status.yaml", "password-reset.yaml", "billing.yaml", "odd.md"}
    assert any("'reset [/b]'" in line for line in lines)
    assert f"{len(lines)} faults" in told.err
    assert done.json["ok"] is False
    assert [f"{one['file']}:{one['line']}: {one['what']}" for one in done.json["faults"]] == lines


def test_a_fault_of_desk_toml_is_named_with_its_line(faulty: Path) -> None:
    replace(faulty / "desk.toml", 'default = "read-only"', 'default = "reckless"')

    done = deskhand("check", "--desk", faulty)

    number = next(
        place
        for place, line in enumerate((faulty / "desk.toml").read_text("utf-8").splitlines(), 1)
        if "reckless" in line
    )
    assert done.code == 1
    assert f"desk.toml:{number}: rollout.default" in done.out
    assert "1 fault;" in done.err


def test_a_folder_that_is_no_desk_is_told_in_one_line(tmp_path: Path) -> None:
    done = deskhand("check", "--desk", tmp_path)

    assert done.code == 1
    assert (
        done.out
        == f"{tmp_path / 'desk.toml'}:1: there is no desk here, so nothing was done; make one with `deskhand init`\n"
    )


def test_a_link_that_no_reply_will_name_is_noted_until_its_host_is_named(starter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(starter, folder)
    (folder / "articles" / "more.md").write_text("# More\n\nSee https://help.shop.example/more.\n", "utf-8")

    noted = deskhand("check", "--desk", folder)
    replace(folder / "desk.toml", "hosts = []", 'hosts = ["shop.example"]')
    named = deskhand("check", "--desk", folder)

    assert (noted.code, named.code) == (0, 0)
    assert "note: articles/more.md:3: no reply will name https://help.shop.example/more" in noted.out
    assert "not one of the hosts in [replies] hosts" in noted.out
    assert "no reply will name" not in named.out


def test_a_queue_or_a_skill_in_the_routing_that_does_not_exist_is_a_fault_with_its_line(
    starter: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "desk"
    shutil.copytree(starter, folder)
    desk = folder / "desk.toml"
    sound = '\n[routing.queues.support]\nskills = ["refund-status", "legal"]\n'
    desk.write_text(desk.read_text("utf-8") + sound, "utf-8")
    assert deskhand("check", "--desk", folder).code == 0
    more = '\n[routing.queues.suport]\nskills = ["refund-stats"]\nfallback = "nobody"\n'
    desk.write_text(desk.read_text("utf-8") + more, "utf-8")

    done = deskhand("check", "--desk", folder, "--json")

    lines = desk.read_text("utf-8").splitlines()
    last = len(lines)
    assert lines[-1] == 'fallback = "nobody"'
    assert [(one["line"], one["what"].partition(" (")[0]) for one in done.json["faults"]] == [
        (last - 2, "routing.queues.suport: is a queue of no policy file"),
        (last - 1, "routing.queues.suport.skills: 'refund-stats' is no procedure and no topic"),
        (last, "routing.queues.suport.fallback: 'nobody' is a queue of no policy file"),
    ]
