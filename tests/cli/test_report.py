"""`deskhand report`: the matrix, and no share without its number."""

from pathlib import Path
from shutil import copytree

from tests.cli.script import deskhand
from tests.measurement.histories import History

from deskhand.bootstrap import open_store
from deskhand.settings import read_settings


def test_it_tells_how_tickets_ended_in_words_and_as_json(starter: Path, tmp_path: Path) -> None:
    desk = Path(copytree(starter, tmp_path / "desk"))
    history = History().wrote("a").closed("a").wrote("b", "asked").closed("b").wrote("c").wrote("d", channel="ask")
    with open_store(read_settings(desk)) as store, store.begin() as tx:
        for line in history.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    told = deskhand("report", "--desk", desk, "--json").json["outcomes"]
    assert (told["closed"], told["open"], told["left_out"]) == (2, 1, {"test": 1})
    assert told["matrix"]["assistant"] == {
        "confirmed": 0,
        "verified": 1,
        "contained": 0,
        "abandoned": 1,
        "recontacted": 0,
    }
    assert (told["deflection"]["n"], told["deflection"]["of"], told["window_days"]) == (1, 2, 7)
    words = deskhand("report", "--desk", desk).out
    assert "Deflection (verified), of mature tickets: 50.0 % (1 of 2; 95 % interval 9.5 to 90.5)" in words
    assert deskhand("report", "--desk", desk, "--days", "1", "--json").json["outcomes"]["closed"] == 0


def test_imported_history_is_what_the_numbers_are_held_against(starter: Path, tmp_path: Path) -> None:
    desk = Path(copytree(starter, tmp_path / "desk"))
    journal = History()
    for number in range(40):
        journal.wrote(f"t{number}").add("effect.done", f"t{number}", key=f"reply/t{number}/1", action="reply")
        journal.closed(f"t{number}")
    with open_store(read_settings(desk)) as store, store.begin() as tx:
        for line in journal.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    assert "unknown" in _row(deskhand("report", "--desk", desk).out)
    rows = ["ticket,from,at,author,text"]
    for number in range(40):
        rows.append(f"{number},ada@example.com,2026-01-05T10:00:00Z,customer,Where is my invoice?")
        rows.append(f"{number},ada@example.com,2026-01-05T10:20:00Z,agent,It went out on 3 March.")
    past = tmp_path / "past.csv"
    past.write_text("\n".join(rows), "utf-8")
    assert deskhand("import", past, "--desk", desk).code == 0
    parts = deskhand("report", "--desk", desk, "--json").json["metrics"]["first_response"]["parts"]
    assert (parts["before the assistant"], parts["cases before"], parts["change, %"]) == (1200.0, 40, -95.0)
    assert "-95.0 %" in _row(deskhand("report", "--desk", desk).out)


def _row(report: str) -> str:
    """Of the first response."""
    return next(line for line in report.splitlines() if "First response" in line)


def test_a_desk_that_nothing_was_asked_of_has_no_report(starter: Path, tmp_path: Path) -> None:
    desk = Path(copytree(starter, tmp_path / "desk"))
    done = deskhand("report", "--desk", desk)
    assert done.code != 0
    assert "no journal yet" in done.err + done.out
