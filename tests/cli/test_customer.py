"""`deskhand customer`: what agents say of records, and that it can be taken back."""

import shutil
from pathlib import Path

from tests.cli.script import deskhand

BY = ("--by", "tom", "--why", "they called")


def test_what_is_said_of_two_records_is_kept_and_taken_back(starter: Path, tmp_path: Path) -> None:
    starter = Path(shutil.copytree(starter, tmp_path / "desk"))
    joined = deskhand("customer", "join", "stripe:customer:cus_1", "stripe:customer:cus_2", *BY, folder=starter)
    assert joined.code == 0
    assert "cus_1 and stripe:customer:cus_2 are one person" in joined.out
    told = deskhand("customer", "links", "--json", folder=starter).json["links"]
    assert [(one["number"], one["bond"], one["by"], one["undone_at"]) for one in told] == [(1, "same", "tom", None)]

    again = deskhand("customer", "part", "stripe:customer:cus_1", "stripe:customer:cus_2", *BY, folder=starter)
    assert again.code != 0
    assert "Link 1 already says same of them: nothing was changed." in again.err

    assert deskhand("customer", "undo", "1", "--by", "mei", folder=starter).code == 0
    assert deskhand("customer", "undo", "1", "--by", "mei", folder=starter).code == 1
    assert "taken back by mei" in " ".join(deskhand("customer", "links", folder=starter).out.split())
    journal = deskhand("audit", "show", "--json", folder=starter).out
    assert "customer.linked" in journal
    assert "customer.unlinked" in journal


def test_what_makes_no_sense_is_refused(starter: Path, tmp_path: Path) -> None:
    starter = Path(shutil.copytree(starter, tmp_path / "desk"))
    for one, other, told in (
        ("stripe:customer:cus_1", "stripe:customer:cus_1", "is one record, not two"),
        ("stripe:customer:cus_1", "salesforce:contact:003", "joined by ids and addresses"),
        ("cus_1", "cus_2", "write system:kind:id"),
    ):
        done = deskhand("customer", "join", one, other, *BY, folder=starter)
        assert done.code != 0
        assert told in done.err


def test_who_left_is_noted_once_and_all_or_nobody(starter: Path, tmp_path: Path) -> None:
    starter = Path(shutil.copytree(starter, tmp_path / "desk"))
    file = tmp_path / "left.csv"
    file.write_text("customer,left\nstripe:customer:cus_1,2026-05-03\n\nstripe:customer:cus_2,2026-05-04\n")
    told = ("customer", "churned", "--by", "mei", "--json")
    assert deskhand(*told, "--file", str(file), folder=starter).json == {"noted": 2, "known": 0}
    assert deskhand(*told, "--file", str(file), folder=starter).json == {"noted": 0, "known": 2}
    moved = deskhand(*told, "stripe:customer:cus_1", "--on", "2026-05-09", folder=starter)
    assert moved.json == {"noted": 1, "known": 0}

    file.write_text("stripe:customer:cus_3,2026-05-03\ncus_4,2026-05-03\nstripe:customer:cus_5,May\n")
    wrong = deskhand(*told, "--file", str(file), folder=starter)
    assert wrong.code != 0
    assert "left.csv:2: 'cus_4,2026-05-03': write a record and a day" in wrong.err
    assert "left.csv:3:" in wrong.err
    early = deskhand(*told, "stripe:customer:cus_3", "--on", "2999-01-01", folder=starter)
    assert "is still to come: nothing was changed" in early.err
    assert "name a record and --on, or a --file" in deskhand(*told, folder=starter).err
    lines = deskhand("audit", "show", "--json", folder=starter).json["lines"]
    found = [line["body"] for line in lines if line["kind"] == "customer.churned"]
    assert [(one["customer"], one["at"][:10], one["by"]) for one in found] == [
        ("stripe:customer:cus_1", "2026-05-03", "mei"),
        ("stripe:customer:cus_2", "2026-05-04", "mei"),
        ("stripe:customer:cus_1", "2026-05-09", "mei"),
    ]
