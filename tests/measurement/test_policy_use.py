"""How often policy was asked, counted over lines of the journal."""

from datetime import UTC, datetime

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.policy_use import ASKED, DECIDED, policy_use

AT = datetime(2026, 3, 1, tzinfo=UTC)


def line(seq: int, kind: str, action: str, effect: str, rule: str = "r", policy: str = "p") -> JournalLine:
    body = {"action": action, "effect": effect, "rule": rule, "policy": policy}
    return JournalLine(seq, AT, kind, "zendesk:ticket:1", body, "")


def test_each_action_is_counted_by_what_was_said_and_by_which_rule() -> None:
    use = policy_use(
        [
            line(1, ASKED, "refund", "allow", "small"),
            line(2, DECIDED, "refund", "deny", "own"),
            line(3, ASKED, "refund", "escalate", "risk", "q"),
            line(4, ASKED, "turn", "allow", "answer"),
        ]
    )
    refund = use.of("refund")
    assert (refund.asked, refund.decided, refund.total, refund.refused) == (2, 1, 3, 2)
    assert refund.rules == {"small": 1, "own": 1, "risk": 1}
    assert use.texts == {"p": 3, "q": 1}


def test_an_action_that_never_came_up_has_no_use() -> None:
    assert policy_use([]).of("refund").total == 0
