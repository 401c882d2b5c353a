"""What is learnt from a journal, when it is kept, and what is told of predictions afterwards."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from evals.journals import Known, history
from tests.escalation.journal import Journal

from deskhand.bootstrap import Scratch, scratch_store
from deskhand.domain.journal_line import JournalLine
from deskhand.escalation.prediction.past_tickets import past_tickets
from deskhand.escalation.prediction.predictor import Predictor, predictor_from
from deskhand.infrastructure.logistic import fit
from deskhand.workflows.predict import PREDICTED, TRAINED, predictor_of, told
from deskhand.workflows.predictions import predictions
from deskhand.workflows.train_prediction import Trained, keep, learn, scored, train

NOW = history(1).lines[0].at


def learnt(lines: Sequence[JournalLine], *, anyway: bool = False) -> Trained:
    return train(lines, fit, lambda done, of: None, anyway=anyway)


@pytest.fixture(scope="module")
def known() -> Known:
    return history(900, seed=11)


@pytest.fixture(scope="module")
def trained(known: Known) -> Trained:
    return learnt(known.lines)


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Scratch]:
    with scratch_store(tmp_path) as made:
        yield made


def test_a_model_is_measured_on_tickets_that_came_later_and_beats_the_rules(trained: Trained) -> None:
    assert trained.predictor is not None
    assert trained.predictor.by == "model"
    assert trained.model is not None
    assert trained.by_rules is not None
    assert (trained.held_out, trained.ended) == (225, 900)
    assert trained.learnt <= 675
    assert trained.model.all.auroc is not None
    assert trained.by_rules.all.auroc is not None
    assert trained.model.all.auroc > trained.by_rules.all.auroc > 0.6
    assert trained.model.calibration_error is not None
    assert trained.model.calibration_error < 0.08
    assert sum(one.messages for one in trained.model.deciles) == trained.model.all.messages


def test_the_same_journal_gives_the_same_predictor_to_the_last_byte(known: Known, trained: Trained) -> None:
    again = learnt(list(known.lines))

    assert trained.predictor is not None
    assert again.predictor is not None
    assert json.dumps(again.predictor.kept()) == json.dumps(trained.predictor.kept())


def test_what_is_kept_holds_no_words_of_tickets_and_no_names(trained: Trained) -> None:
    assert trained.predictor is not None
    text = json.dumps(trained.predictor.kept())

    assert "made:ticket" not in text
    assert predictor_from(json.loads(text)) == trained.predictor


def test_the_measured_model_saw_nothing_of_the_tickets_it_is_measured_on(known: Known, trained: Trained) -> None:
    """Turning the ends of the held-out tickets around changes the figures, and not what was said of them."""
    tickets = [one for one in past_tickets(known.lines) if one.ended]
    held = tickets[-trained.held_out :]
    turned = {one.ticket for one in held}
    ends = [
        replace(line, kind="nothing") if line.ticket in turned and line.kind != "message.considered" else line
        for line in known.lines
    ]
    before = [one for one in tickets[: -trained.held_out] if one.last < held[0].messages[0].seq]
    blind = [one for one in past_tickets(ends) if one.ticket in {each.ticket for each in before}]
    one, other = (learn(part, fit, lambda done, of: None) for part in (before, blind))

    assert [said.probability for said in scored(held, one)] == [said.probability for said in scored(held, other)]


def test_too_little_is_told_with_its_number_and_the_rules_stay(known: Known) -> None:
    few = [line for line in known.lines if int(line.ticket.rsplit(":", 1)[1]) < 57]
    found = learnt(few)

    assert found.predictor is not None
    assert (found.predictor.by, found.enough) == ("rules", False)
    assert found.because == "only 57 tickets have ended, and it takes 200"
    assert found.predictor.predict({}).why == found.because


def test_tickets_of_one_kind_are_too_little_however_many() -> None:
    journal = Journal()
    for number in range(250):
        journal.considered(f"t{number}").ended(f"t{number}", "handed_off" if number < 39 else "resolved")

    assert learnt(journal.lines).because == "only 39 of 250 tickets ended with a person, and it takes 40"


def turning() -> Journal:
    """Who is angry fares well at first, and later ends with a person: what was learnt is wrong by then."""
    journal = Journal()
    for number in range(400):
        angry, late = number % 2 == 0, number >= 300
        ticket, felt = f"t{number}", "angry" if angry else "calm"
        journal.considered(ticket, sentiment=felt).ended(ticket, "handed_off" if angry == late else "resolved")
    return journal


def test_a_model_that_is_worse_than_the_rules_is_not_kept_unless_told() -> None:
    refused, told_to = learnt(turning().lines), learnt(turning().lines, anyway=True)

    assert refused.predictor is None
    assert refused.because.startswith("the rules put held-out tickets in a better order (AUROC 1.000, the model 0.000)")
    assert told_to.predictor is not None
    assert told_to.because == refused.because


def test_what_is_kept_predicts_from_then_on_and_is_written_once(scratch: Scratch, trained: Trained) -> None:
    assert keep(scratch.store, trained, NOW)
    assert not keep(scratch.store, trained, NOW)
    with scratch.store.begin() as tx:
        assert predictor_of(tx) == trained.predictor


def test_rules_never_take_the_place_of_a_model(scratch: Scratch, known: Known, trained: Trained) -> None:
    few = learnt(known.lines[:200])
    assert keep(scratch.store, few, NOW)
    with scratch.store.begin() as tx:
        assert predictor_of(tx).why == few.because
    assert keep(scratch.store, trained, NOW)

    assert not keep(scratch.store, few, NOW)
    with scratch.store.begin() as tx:
        assert predictor_of(tx).by == "model"


def test_a_predictor_that_was_altered_is_not_used_and_says_so(scratch: Scratch, trained: Trained) -> None:
    assert trained.predictor is not None
    with scratch.store.begin() as tx:
        tx.journal.append(TRAINED, "", {**trained.predictor.kept(), "offset": 3.0}, NOW)
        found = predictor_of(tx)

    assert found.by == "rules"
    assert found.why.startswith("the model that was kept cannot be used: it was altered")


def with_predictions(lines: Sequence[JournalLine], predictor: Predictor) -> list[JournalLine]:
    """The journal of a desk that had this predictor from its first message on."""
    said = {one.seq: (one, predictor.predict(one.signs)) for each in past_tickets(lines) for one in each.messages}
    found = [JournalLine(0, lines[0].at, TRAINED, "", predictor.kept(), "")]
    for line in lines:
        if line.seq in said:
            one, made = said[line.seq]
            found.append(replace(line, kind=PREDICTED, body=told(one.message, made, one.signs)))
        found.append(line)
    return [replace(line, seq=place) for place, line in enumerate(found, 1)]


def test_recorded_predictions_are_judged_and_every_number_is_computed_again(known: Known, trained: Trained) -> None:
    assert trained.predictor is not None
    lines = with_predictions(known.lines, trained.predictor)
    found = predictions(lines)

    assert found.recorded == found.judged == len(known.truth)
    assert (found.differing, found.lost) == (0, 0)
    assert found.versions == {trained.predictor.version: len(known.truth)}
    assert found.forecast.all.auroc is not None
    assert found.forecast.all.auroc > 0.75
    place = next(place for place, line in enumerate(lines) if line.kind == PREDICTED)
    lines[place] = replace(lines[place], body={**lines[place].body, "probability": 0.5})
    assert predictions(lines).differing == 1
    assert predictions(lines[1:]).lost == len(known.truth)


def test_open_tickets_are_told_with_the_likeliest_first(trained: Trained) -> None:
    assert trained.predictor is not None
    journal = Journal().considered("calm").ended("calm", "asked").considered("angry", sentiment="angry")
    found = predictions(with_predictions(journal.lines, trained.predictor))

    assert [one.ticket for one in found.waiting] == ["angry", "calm"]
    assert found.waiting[0].prediction.reasons[0].words == "angry"
    assert found.judged == 0
