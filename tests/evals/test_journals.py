"""The made-up history is what it says: the same for a seed, and its truth is the truth."""

from evals.journals import history

from deskhand.escalation.prediction.past_tickets import past_tickets
from deskhand.measurement.forecast import Scored, forecast


def test_what_is_said_to_be_the_truth_comes_true() -> None:
    known = history(4000, seed=5)
    said = [
        Scored(ticket.ticket, known.truth[ticket.ticket, one.message], ticket.person_after(one.seq))
        for ticket in past_tickets(known.lines)
        for one in ticket.messages
    ]
    found = forecast(said)

    assert len(said) == len(known.truth)
    assert found.calibration_error is not None
    assert found.calibration_error < 0.02
    assert found.all.auroc is not None
    assert found.all.auroc > 0.8


def test_the_same_seed_makes_the_same_journal_and_another_one_another() -> None:
    assert history(50, seed=1) == history(50, seed=1)
    assert history(50, seed=1).lines != history(50, seed=2).lines
