"""What became of tickets, told apart and day by day, and figures that know when they are too few."""

from datetime import UTC, datetime, timedelta

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.breakdown import breakdown, days
from deskhand.measurement.figures import Figure, Goal, Unit, figures
from deskhand.measurement.metrics import metrics
from deskhand.measurement.tickets_seen import By, Seen, Which, tickets_seen

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)


def line(kind: str, ticket: str = "t:1", minutes: float = 0, **body: object) -> JournalLine:
    return JournalLine(1, AT + timedelta(minutes=minutes), kind, ticket, body, "")


def came(ticket: str = "t:1", channel: str = "email") -> JournalLine:
    return line("message.received", ticket, message="1", channel=channel, received_at=AT.isoformat())


def ended(
    ticket: str = "t:1", outcome: str = "answered", procedures: tuple[str, ...] = (), language: str = "en"
) -> JournalLine:
    return line(
        "message.ended", ticket, 1, message="1", outcome=outcome, procedures=list(procedures), language=language
    )


def test_a_ticket_is_told_with_all_that_happened() -> None:
    (one,) = tickets_seen(
        [
            came(),
            ended(procedures=("refund", "invoice")),
            line("effect.done", minutes=2, action="reply"),
            line("suggestion.settled", minutes=1, state="approved"),
            line("csat.given", score=4, owner="assistant"),
            line("effect.done", "t:2", action="reply"),
        ]
    )
    assert (one.channel, one.wait, one.score, one.rated) == ("email", 120.0, 4, "assistant")
    assert one.groups(By.PROCEDURE) == ["invoice", "refund"]
    assert [which for which in Which if one.is_one_of(which)] == [Which.ALL, Which.PEOPLE, Which.RATED]


def test_the_last_ending_of_a_message_counts() -> None:
    (one,) = tickets_seen([came(), ended(outcome="suggested"), ended(outcome="resolved")])
    assert one.alone
    assert one.is_one_of(Which.UNANSWERED)
    (other,) = tickets_seen([came(), ended(outcome="handed_off")])
    assert (other.alone, other.escalated) == (False, True)


def test_groups_are_told_the_largest_first_and_a_ticket_counts_under_each_of_its_own() -> None:
    seen = tickets_seen(
        [
            came("t:1"),
            ended("t:1", procedures=("refund", "invoice")),
            came("t:2", channel=""),
            ended("t:2", "handed_off", ("refund",), ""),
            came("t:3"),
            ended("t:3"),
        ]
    )
    by_procedure = [(one.name, one.tickets, one.alone, one.escalated) for one in breakdown(seen, By.PROCEDURE)]
    assert by_procedure == [("refund", 2, 1, 1), ("answers", 1, 1, 0), ("invoice", 1, 1, 0)]
    assert [one.name for one in breakdown(seen, By.CHANNEL)] == ["email", "unknown"]
    assert [one.name for one in breakdown(seen, By.LANGUAGE)] == ["en", "und"]


def test_a_day_with_few_tickets_has_a_number_and_no_share() -> None:
    seen = [Seen(f"t:{number}", AT - timedelta(days=number // 5), ended={"1": "answered"}) for number in range(8)]
    found = days(seen, AT.date(), 3)
    assert [str(day) for day in found.days] == ["2026-03-08", "2026-03-09", "2026-03-10"]
    assert found.tickets == [0, 3, 5]
    assert found.alone == [None, None, 100]
    assert found.wait == [None, None, None]


def test_a_figure_over_a_handful_is_not_judged() -> None:
    goal = Goal(high=25)
    assert Figure("e", 10.0, Unit.PERCENT, 29, goal=goal).met is None
    assert Figure("e", 10.0, Unit.PERCENT, 30, goal=goal).met is True
    assert Figure("e", 25.1, Unit.PERCENT, 30, goal=goal).met is False
    assert Figure("e", None, Unit.PERCENT, 99, goal=goal).met is None
    assert Figure("e", 10.0, Unit.PERCENT, 99).met is None
    assert [Goal(40, 65).met(value) for value in (39.9, 40, 65, 65.1)] == [False, True, True, False]


def test_figures_say_over_how_many_cases_they_are() -> None:
    lines = [
        one
        for number in range(40)
        for one in (came(f"t:{number}"), ended(f"t:{number}", "handed_off" if number < 10 else "answered"))
    ]
    lines = [
        JournalLine(
            1,
            one.at,
            one.kind,
            one.ticket,
            {**one.body, "timings_ms": {"total": 1.0}, "model": {"calls": 0, "cost": 0.0}},
            "",
        )
        for one in lines
    ]
    seen = tickets_seen(lines)
    told = figures(metrics(lines), seen, None)
    escalation = next(one for one in told.operational if one.key == "escalation")
    assert (escalation.value, escalation.n, escalation.met) == (25.0, 40, True)
    compliance = next(one for one in told.quality if one.key == "compliance")
    assert (compliance.value, compliance.n, compliance.met) == (None, 0, None)
    assert "deflection" not in {one.key for one in told.operational}, "that is told of all tickets only"
