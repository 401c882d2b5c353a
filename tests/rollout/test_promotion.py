"""A promotion needs cases, two people and nothing left open, and is refused with what is missing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from tests.rollout.desk_of_stages import ANA, AT, TOM, Stages, stages

from deskhand.domain.scope import Message, Scope
from deskhand.domain.stage import Stage
from deskhand.domain.suggestion import Person
from deskhand.rollout.evidence import Lacks
from deskhand.rollout.requests import Share, State
from deskhand.rollout.stage import Rollout
from deskhand.workflows.close_finding import close_finding
from deskhand.workflows.promote import withdraw
from deskhand.workflows.written_stages import note_written

GOOD = {"approved": 190, "edited": 6, "rejected": 4}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Stages]:
    made = stages(tmp_path)
    yield made
    made.store.engine.dispose()


def test_with_evidence_and_two_people_five_percent_become_autonomous(desk: Stages) -> None:
    desk.decide(GOOD)
    assert desk.ask().done
    assert str(desk.top) == "assisted", "asking alone changes nothing"
    assert desk.approve().done
    kept = desk.book.of("refund")
    assert str(desk.top) == "autonomous"
    assert kept.stage(Stage.ASSISTED, Message(slot=4.99)) is Stage.AUTONOMOUS
    assert kept.stage(Stage.ASSISTED, Message(slot=5.0)) is Stage.ASSISTED
    line = desk.told[-1].body
    assert (line["asked_by"], line["by"], line["evidence"]["decided"]) == ("ana", "tom", 200)
    assert line["gates"]["autonomous_approved"] == 80


@pytest.mark.parametrize(
    ("decided", "lacks"),
    [
        ({"approved": 199}, (Lacks.CASES,)),
        ({"approved": 160, "rejected": 40}, (Lacks.APPROVAL,)),
        ({"approved": 180, "edited": 20}, (Lacks.EDITS,)),
        ({}, (Lacks.CASES, Lacks.APPROVAL)),
    ],
)
def test_too_few_cases_or_too_little_agreement_cannot_even_be_asked_for(
    desk: Stages, decided: dict[str, int], lacks: tuple[Lacks, ...]
) -> None:
    desk.decide(decided)
    answer = desk.ask()
    assert (answer.done, answer.lacks) == (False, lacks)
    assert not desk.requests


def test_whoever_asked_cannot_approve_whatever_token_they_come_with(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    for same in (ANA, Person("ana", frozenset({"team_lead"})), Person("Ana ", frozenset())):
        assert not desk.approve(same).done
    assert (desk.top, desk.requests[0].state) == (Stage.ASSISTED, State.OPEN)


def test_an_open_finding_stands_in_the_way_until_a_person_answers_for_it(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.note("effect.contested", key="refund/1")
    assert desk.ask().lacks == (Lacks.FINDINGS,)
    number = next(one for one in desk.lines(["effect.contested"], AT)).seq
    close_finding(desk.store, f"line-{number}", by="tom", why="they meant another charge", now=desk.now)
    assert desk.ask().done


def test_a_finding_that_comes_after_asking_ends_the_request(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    desk.note("finding.opened", finding="f1", procedure="refund", kind="wrong amount")
    answer = desk.approve()
    assert (answer.done, answer.lacks) == (False, (Lacks.FINDINGS,))
    assert "since ana asked" in answer.told
    assert (desk.top, desk.requests[0].state) == (Stage.ASSISTED, State.REFUSED)
    assert not desk.approve().done, "it is over"


def test_only_whoever_has_a_role_of_the_desk_promotes(desk: Stages) -> None:
    desk.rules = replace(desk.rules, promoters=frozenset({"team_lead"}))
    desk.decide(GOOD)
    assert not desk.ask().done
    assert desk.ask(person=TOM).done
    assert not desk.approve(ANA).done
    assert desk.approve(Person("mei", frozenset({"team_lead"}))).done


def test_one_step_at_a_time_and_autonomous_begins_small(tmp_path: Path) -> None:
    desk = stages(tmp_path, Rollout())
    desk.decide(GOOD)
    assert "one step at a time" in desk.ask(Stage.AUTONOMOUS).told
    assert desk.ask(Stage.ASSISTED, (Share(100),)).done
    assert desk.approve().done
    assert desk.top is Stage.ASSISTED
    assert "at most 5 %" in desk.ask(Stage.AUTONOMOUS, (Share(6),)).told
    desk.store.engine.dispose()


def test_a_promotion_goes_no_higher_than_desk_toml_lets_it(tmp_path: Path) -> None:
    ceilings = {"refund": Stage.ASSISTED}
    desk = stages(tmp_path, Rollout(Stage.READ_ONLY, {"refund": Stage.ASSISTED}, ceilings=ceilings))
    desk.decide(GOOD)
    assert "assisted at most" in desk.ask().told
    desk.store.engine.dispose()


def test_of_two_who_approve_at_once_one_does(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    people = [TOM, Person("mei", frozenset({"agent"}))]
    with ThreadPoolExecutor(2) as pool:
        done = [one.done for one in pool.map(desk.approve, people)]
    assert sorted(done) == [False, True]
    assert [line.kind for line in desk.told].count("rollout.promoted") == 1


def test_an_approval_and_a_step_back_at_once_never_leave_it_promoted_by_the_old_evidence(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    with ThreadPoolExecutor(2) as pool:
        approved, back = pool.submit(desk.approve), pool.submit(desk.back)
        assert back.result().changed
        assert desk.top.trust <= (Stage.ASSISTED if approved.result().done else Stage.READ_ONLY).trust


def test_after_a_step_back_old_decisions_count_no_more(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    desk.approve()
    assert desk.back().stage is Stage.ASSISTED
    assert desk.book.of("refund").stage(Stage.ASSISTED, Message(slot=1)) is Stage.ASSISTED
    assert desk.ask().lacks == (Lacks.CASES, Lacks.APPROVAL)
    desk.decide(GOOD)
    assert desk.ask().done


def test_a_step_back_ends_what_was_asked_for(desk: Stages) -> None:
    desk.decide(GOOD)
    desk.ask()
    desk.back()
    assert desk.requests[0].state is State.STOPPED
    assert not desk.approve().done


STEPS = tuple(Share(percent, AT + timedelta(days=days)) for percent, days in ((5, 1), (25, 8), (50, 15), (100, 22)))


def test_steps_are_given_at_their_times_while_the_evidence_holds(desk: Stages) -> None:
    desk.decide(GOOD)
    assert desk.ask(shares=STEPS).done
    assert desk.approve().done
    assert desk.top is Stage.ASSISTED, "not before its time"
    assert desk.wait(hours=23) == 0
    assert desk.wait(hours=1) == 1
    assert desk.wait(days=7) == 1
    assert [one.scope.percent for one in desk.book.of("refund").grants] == [25]
    desk.decide({"rejected": 60})
    assert desk.wait(days=7) == 0
    line = desk.told[-1]
    assert (line.kind, line.body["percent"], line.body["lacks"]) == ("rollout.not_promoted", 50, ["approval"])
    assert desk.requests[0].state is State.STOPPED
    assert desk.wait(days=30) == 0
    assert [one.scope.percent for one in desk.book.of("refund").grants] == [25], "what was given stays"


def test_steps_that_do_not_grow_in_time_and_share_cannot_be_asked_for(desk: Stages) -> None:
    desk.decide(GOOD)
    for shares in ((Share(5), Share(25)), (STEPS[1], STEPS[0]), (STEPS[0], STEPS[0]), (Share(0),), (Share(101),), ()):
        assert not desk.ask(shares=shares).done


def test_one_request_of_a_procedure_at_a_time_and_anybody_withdraws_it(desk: Stages) -> None:
    desk.decide(GOOD)
    first = desk.ask()
    assert "Withdraw it first" in desk.ask().told
    assert withdraw(desk.store, request=first.request, by="mei", why="not now", now=desk.now).done
    assert not withdraw(desk.store, request=first.request, by="mei", why="not now", now=desk.now).done
    assert not desk.approve().done
    desk.now += timedelta(seconds=1)
    assert desk.ask().done


def test_a_promotion_is_for_whom_it_names(desk: Stages) -> None:
    desk.decide(GOOD)
    assert desk.ask(scope=Scope("email", "gold", "en")).done
    assert desk.approve().done
    kept = desk.book.of("refund")
    assert kept.stage(Stage.ASSISTED, Message("email", "gold", "en", 1)) is Stage.AUTONOMOUS
    for other in (Message("chat", "gold", "en"), Message("email", "", "en"), Message("email", "gold", "de")):
        assert kept.stage(Stage.ASSISTED, other) is Stage.ASSISTED


@pytest.mark.parametrize("kind", ["effect.contested", "effect.alarm"])
def test_a_deed_that_went_wrong_lowers_its_procedure_and_only_it_in_one_round(desk: Stages, kind: str) -> None:
    desk.decide({"approved": 1})
    desk.decide({"approved": 1}, "invoice")
    assert desk.watch().stepped_back == ()
    desk.note(kind, key="refund/1")
    watched = desk.watch()
    assert [(one.procedure, one.stage) for one in watched.stepped_back] == [("refund", Stage.READ_ONLY)]
    assert desk.told[-1].body["by"] == "watch"
    assert desk.watch().stepped_back == (), "the same one lowers nothing twice"
    assert desk.watch(watched.upto).stepped_back == ()


def test_what_went_wrong_before_stages_were_kept_lowers_nothing(tmp_path: Path) -> None:
    desk = stages(tmp_path, Rollout())
    desk.decide({"approved": 1})
    desk.note("effect.contested", key="refund/1")
    desk.rules = replace(desk.rules, rollout=Rollout(Stage.READ_ONLY, {"refund": Stage.ASSISTED}))
    note_written(desk.store, desk.rules.rollout, desk.rules.procedures, desk.now)
    assert desk.watch().stepped_back == ()
    desk.store.engine.dispose()
