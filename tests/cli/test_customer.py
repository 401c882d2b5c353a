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
