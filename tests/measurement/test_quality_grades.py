"""Samples are stratified, stable and blind; kappa is what the textbook says; grades, findings and judges add up."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import product
from math import sqrt
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.csat import csat
from deskhand.measurement.quality.agreement import agreement
from deskhand.measurement.quality.checked import checked
from deskhand.measurement.quality.checks import VERSIONS
from deskhand.measurement.quality.comments import clustered
from deskhand.measurement.quality.graded import grades, quality
from deskhand.measurement.quality.sample import Sent, sample
from deskhand.measurement.quality.sent import sent_within
from deskhand.measurement.quality.talk import ASSISTANT, PEOPLE
from deskhand.measurement.quality.to_grade import to_grade

START = datetime(2026, 11, 10, 9, tzinfo=UTC)
WEEK = timedelta(days=7)
LABELS = ("right", "wrong", "hallucinated")
REPLIES = st.lists(
    st.builds(
        Sent,
        st.integers(0, 400).map(lambda n: f"t{n}"),
        st.integers(0, 1).map(str),
        st.sampled_from([ASSISTANT, PEOPLE]),
        st.sampled_from(["refund", "cancel", "answers"]),
        st.sampled_from(["email", "widget"]),
    ),
    max_size=120,
    unique_by=lambda one: one.id,
)


@settings(max_examples=60, deadline=None)
@given(REPLIES, st.integers(1, 60), st.randoms(use_true_random=False))
def test_a_sample_is_as_large_as_asked_stratified_and_the_same_in_any_order(
    sent: list[Sent], size: int, dice: Any
) -> None:
    drawn = sample(sent, "2026-11", size)
    mixed = list(sent)
    dice.shuffle(mixed)
    assert sample(mixed, "2026-11", size) == drawn
    sizes = Counter(one.stratum for one in sent)
    got = Counter(one.sent.stratum for one in drawn)
    assert len(drawn) == len({one.sent.id for one in drawn})
    assert got.keys() == sizes.keys()
    assert len(drawn) >= min(size, len(sent))
    assert len(drawn) <= max(min(size, len(sent)), size + len(sizes) - 1)
    for stratum, count in sizes.items():
        share = min(1.0, size / len(sent)) * count
        assert int(share) <= got[stratum] <= max(1, int(share) + 1)
    assert sum(one.double for one in drawn) == -(-len(drawn) // 10)


@settings(max_examples=60, deadline=None)
@given(REPLIES, st.integers(1, 60))
def test_who_wrote_a_reply_changes_nothing_of_what_is_drawn(sent: list[Sent], size: int) -> None:
    other = [Sent(one.ticket, one.message, "x", one.procedure, one.channel) for one in sent]
    drawn = [(one.sent.id, one.double) for one in sample(sent, "2026-11", size)]
    assert drawn == [(one.sent.id, one.double) for one in sample(other, "2026-11", size)]


def test_each_month_draws_others() -> None:
    sent = [Sent(f"t{n}", "1", ASSISTANT, "refund", "email") for n in range(200)]
    one, other = ({each.sent.id for each in sample(sent, month, 20)} for month in ("2026-10", "2026-11"))
    assert one != other


def test_kappa_of_a_textbook_table() -> None:
    """Two readers of 50 grant proposals: 20 and 15 alike, 5 and 10 not."""
    pairs = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    found = agreement(pairs)
    assert found.kappa == pytest.approx(0.4)
    assert (found.n, found.same) == (50, 35)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), max_size=60))
def test_kappa_and_its_error_are_those_of_a_formula_over_all_cells(pairs: list[tuple[str, str]]) -> None:
    found = agreement(pairs)
    n = len(pairs)
    p = {cell: pairs.count(cell) / n if n else 0.0 for cell in product(LABELS, LABELS)}
    row = {one: sum(p[one, other] for other in LABELS) for one in LABELS}
    column = {one: sum(p[other, one] for other in LABELS) for one in LABELS}
    chance = sum(row[one] * column[one] for one in LABELS)
    if not n or chance > 1 - 1e-12:
        assert found.kappa is None
        return
    kappa = (sum(p[one, one] for one in LABELS) - chance) / (1 - chance)
    a = sum(p[one, one] * (1 - (row[one] + column[one]) * (1 - kappa)) ** 2 for one in LABELS)
    b = sum(p[i, j] * (column[i] + row[j]) ** 2 for i, j in product(LABELS, LABELS) if i != j) * (1 - kappa) ** 2
    error = sqrt(max(0.0, a + b - (kappa - chance * (1 - kappa)) ** 2)) / ((1 - chance) * sqrt(n))
    assert found.kappa == pytest.approx(kappa, abs=1e-9)
    assert found.low == pytest.approx(max(-1.0, kappa - 1.959964 * error), abs=1e-6)
    assert found.high == pytest.approx(min(1.0, kappa + 1.959964 * error), abs=1e-6)


class Journal:
    def __init__(self) -> None:
        self.lines: list[JournalLine] = []

    def add(self, kind: str, ticket: str, after: timedelta = timedelta(), /, **body: Any) -> "Journal":
        self.lines.append(JournalLine(len(self.lines) + 1, START + after, kind, ticket, body, ""))
        return self

    def sent(
        self, ticket: str, procedure: str = "refund", stage: str = "autonomous", outcome: str = "resolved"
    ) -> "Journal":
        self.add("message.received", ticket, message="1", channel="email", received_at=START.isoformat())
        more = {"citations": 1, "actions": [], "customer": "c", "verified": True}
        return self.add(
            "message.ended", ticket, message="1", outcome=outcome, stage=stage, procedures=[procedure], **more
        )

    def graded(self, ticket: str, by: str, verdict: str = "right", made_up: bool = False) -> "Journal":
        told = {"ticket": ticket, "message": "1", "verdict": verdict, "hallucinated": made_up, "by": by}
        return self.add("quality.graded", ticket, **told, double=False, why="")

    def judged(self, ticket: str, verdict: str) -> "Journal":
        return self.add("quality.judged", ticket, message="1", verdict=verdict, hallucinated=False)


def test_only_what_a_customer_read_is_drawn_and_whoever_wrote_it_is_known_by_the_journal() -> None:
    journal = Journal().sent("sent").sent("read", stage="read-only").sent("passed", outcome="handed_off")
    journal.sent("edited", outcome="suggested", stage="assisted")
    journal.lines[-1].body["suggestion"] = "s1"  # type: ignore[index]
    journal.add("suggestion.settled", "edited", suggestion="s1", state="edited", by="tom")
    journal.sent("edited", stage="assisted")
    journal.add("agent.answered", "passed", message="7", sent_at=START.isoformat(), meaningful=True)
    journal.add("ticket.given", "passed", to="ana", by="ana")
    found = {one.id: one for one in sent_within(journal.lines, START - WEEK, START + WEEK)}
    assert found.keys() == {("sent", "1"), ("edited", "1"), ("passed", "7")}
    assert [found[id].by for id in (("sent", "1"), ("edited", "1"), ("passed", "7"))] == [ASSISTANT, PEOPLE, PEOPLE]
    assert found["edited", "1"].hands == {"tom"}
    assert found["passed", "7"].hands == {"ana"}


def test_nobody_is_shown_what_they_graded_skipped_or_had_to_do_with() -> None:
    journal = Journal()
    for n in range(20):
        journal.sent(f"t{n}")
    known = grades([])
    first = to_grade(journal.lines, known, "ana", START, 300)
    assert (first.left, first.others, first.months[1].wanted) == (20, 0, 22)
    taken = first.months[1].drawn
    single = next(one.sent for one in taken if not one.double)
    twice = next(one.sent for one in taken if one.double)
    journal.add("ticket.given", taken[0].sent.ticket, to="mei", by="mei")
    marks = Journal().graded(single.ticket, "ana").graded(twice.ticket, "ana")
    after = grades(marks.lines)
    assert to_grade(journal.lines, after, "ana", START, 300).left == 18
    assert to_grade(journal.lines, after, "tom", START, 300).left == 19
    mine = [one.sent.ticket for one in to_grade(journal.lines, known, "mei", START, 300).months[1].drawn]
    assert taken[0].sent.ticket in mine
    assert to_grade(journal.lines, known, "mei", START, 300).others == 1


def test_figures_count_a_reply_once_by_its_worse_grade() -> None:
    journal = (
        Journal().graded("a", "ana").graded("b", "ana").graded("b", "tom", "wrong").graded("c", "ana", "wrong", True)
    )
    told = quality(grades(journal.lines), {("a", "1"): "refund"}, kappa=0.6, pairs=50)
    assert (told.assistant.accuracy.n, told.assistant.accuracy.of) == (1, 3)
    assert told.assistant.hallucination.n == 1
    assert (told.doubled.n, told.doubled.same) == (1, 0)
    assert told.by_procedure["refund"].of == 1


@pytest.mark.parametrize(("pairs", "flips", "heard"), [(49, 0, False), (50, 0, True), (50, 20, False)])
def test_a_model_is_heard_only_above_the_bar(pairs: int, flips: int, heard: bool) -> None:
    journal = Journal()
    for n in range(pairs):
        verdict = "wrong" if n % 2 else "right"
        other = ("right" if verdict == "wrong" else "wrong") if n < flips else verdict
        journal.graded(f"t{n}", "ana", verdict).judged(f"t{n}", other)
    told = quality(grades(journal.lines), {}, kappa=0.6, pairs=50).judge
    assert told.agreement.n == pairs
    assert (told.arm is not None) is heard


def test_rules_are_counted_in_their_present_version_alone() -> None:
    journal = Journal()
    now = dict(VERSIONS)
    hit = [{"check": "stock", "message": "1", "by": ASSISTANT}]
    journal.add("quality.checked", "a", stretch=1, checks=now, found=hit)
    journal.add("quality.checked", "b", stretch=1, checks={**now, "stock": 0}, found=hit)
    stock = next(one for one in checked(journal.lines) if one.check == "stock")
    assert (stock.share.n, stock.share.of, stock.assistant, stock.people) == (1, 1, 1, 0)
    assert stock.tickets == ["a"]


def test_scores_stand_beside_who_answered_and_too_few_say_nothing() -> None:
    journal = Journal()
    for n in range(40):
        journal.sent(f"t{n}").add("ticket.closed", f"t{n}", timedelta(days=3), by="timer", why="", waiting=False)
        if n < 38:
            journal.add("csat.asked", f"t{n}", timedelta(days=3), stretch=1, by="email", language="en")
        if n < 31:
            journal.add("csat.given", f"t{n}", timedelta(days=4), stretch=1, score=1, owner="assistant")
        if n < 30:
            journal.add("csat.given", f"t{n}", timedelta(days=4), stretch=1, score=5, owner="assistant")
    told = csat(journal.lines, START + 2 * WEEK, WEEK)
    assert (told.closed, told.not_asked) == (40, 2)
    assert (told.all.answered.n, told.all.answered.of) == (31, 38)
    assert (told.all.satisfied.n, told.all.satisfied.of, told.all.enough) == (30, 31, True)
    assert told.by_handler.keys() == {"assistant"}
    few = csat(journal.lines[: 20 * 5], START + 2 * WEEK, WEEK)
    assert not few.all.enough


def test_comments_that_mean_the_same_stand_together() -> None:
    said = [("t1", 1, "too slow"), ("t2", 2, "too slow"), ("t3", 5, "kind")]
    told = clustered(said, lambda texts, above: ((0, 1), (2,)))
    assert (told.count, told.alone) == (3, 1)
    (one,) = told.clusters
    assert (one.count, one.score, one.tickets) == (2, 1.5, ("t1", "t2"))
