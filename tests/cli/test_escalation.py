"""`deskhand escalation`: learning from the journal, and what is told of it."""

from pathlib import Path
from shutil import copytree

from evals.journals import history
from tests.cli.conftest import Shown
from tests.cli.script import deskhand
from tests.escalation.journal import Journal

from deskhand.bootstrap import open_store
from deskhand.domain.journal_line import JournalLine
from deskhand.settings import read_settings


def with_journal(starter: Path, folder: Path, lines: tuple[JournalLine, ...] | list[JournalLine]) -> Path:
    """A desk to which all of this happened."""
    copytree(starter, folder)
    with open_store(read_settings(folder)) as store, store.begin() as tx:
        for line in lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)
    return folder


def test_a_young_desk_is_told_that_rules_predict_and_why(shown: Shown, tmp_path: Path) -> None:
    desk = Path(copytree(shown.folder, tmp_path / "desk"))
    done = deskhand("escalation", "train", "--desk", desk)

    assert done.code == 0, done.err
    assert "Fixed rules predict, because only 4 tickets have ended, and it takes 200." in done.out
    told = deskhand("escalation", "train", "--desk", desk, "--json").json
    assert (told["predicts"], told["written"], told["model"]) == ("rules", False, None)
    kept = deskhand("audit", "show", "--desk", desk, "--json").out
    assert kept.count('"escalation.trained"') == 1
    assert deskhand("audit", "verify", "--desk", desk).code == 0


def test_learning_prints_its_figures_and_keeps_the_model_once(starter: Path, tmp_path: Path) -> None:
    desk = with_journal(starter, tmp_path / "desk", history(900, seed=11).lines)
    done = deskhand("escalation", "train", "--desk", desk)

    assert done.code == 0, done.err
    for word in ("95 % interval", "Brier score", "calibration error", "recall in the top 10 %", "225 that came after"):
        assert word in done.out
    assert "Kept: model-" in done.out
    assert done.out.count(" % │") >= 10
    again = deskhand("escalation", "train", "--desk", desk)
    assert "Nothing was written" in again.out
    assert deskhand("audit", "verify", "--desk", desk).code == 0


def test_a_model_that_is_worse_than_the_rules_is_refused_with_exit_code_1(starter: Path, tmp_path: Path) -> None:
    journal = Journal()
    for number in range(400):
        angry, late = number % 2 == 0, number >= 300
        felt, ticket = "angry" if angry else "calm", f"t{number}"
        journal.considered(ticket, sentiment=felt).ended(ticket, "handed_off" if angry == late else "resolved")
    desk = with_journal(starter, tmp_path / "desk", journal.lines)
    done = deskhand("escalation", "train", "--desk", desk)

    assert done.code == 1
    assert "Not kept: the rules put held-out tickets in a better order" in done.out
    kept = deskhand("escalation", "train", "--anyway", "--desk", desk)
    assert kept.code == 0
    assert "Kept although the rules" in kept.out


def test_the_report_tells_why_tickets_went_to_people(shown: Shown) -> None:
    done = deskhand("escalation", "report", "--desk", shown.folder)

    assert done.code == 0, done.err
    assert "of 5 tickets went to people" in done.out
    assert "asked: 1" in done.out
    assert deskhand("escalation", "report", "--desk", shown.folder, "--json").json["tickets"] == 5


def test_the_report_of_predictions_says_when_there_are_none(starter: Path, tmp_path: Path) -> None:
    desk = with_journal(starter, tmp_path / "desk", Journal().considered("a").lines)
    done = deskhand("escalation", "report", "--predicted", "--desk", desk)

    assert (done.code, done.out) == (0, "Nothing was predicted on this desk yet.\n")


def test_a_desk_without_a_journal_says_so(starter: Path) -> None:
    done = deskhand("escalation", "train", "--desk", starter)

    assert done.code == 1
    assert "this desk has no journal yet" in done.err
