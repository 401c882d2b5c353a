"""Two versions of a procedure or model: what counts for which, and when one is said to be better."""

from random import Random

from tests.measurement.histories import History

from deskhand.measurement.trials import trials
from deskhand.rollout.trial import Metric, Trial

SHORTER = Trial("shorter", "refund", 50, Metric.UNEDITED, 0.05)


def suggested(history: History, number: int, version: str, state: str, channel: str = "email") -> None:
    ticket, id = f"t{number}", f"s{number}"
    message = history.received(ticket, channel)
    history.ended(ticket, message, "awaiting_approval", suggestion=id, trials={"shorter": version})
    history.add("suggestion.settled", ticket, suggestion=id, state=state)


def test_only_what_agents_sent_unedited_is_a_success_and_operators_tries_count_nowhere() -> None:
    history = History()
    told = [("a", "approved"), ("a", "edited"), ("a", "rejected"), ("a", "expired"), ("b", "approved")]
    for number, (version, state) in enumerate(told):
        suggested(history, number, version, state)
    suggested(history, 9, "b", "approved", channel="ask")
    history.wrote("t10")
    found = trials(history.lines, [SHORTER])["shorter"]
    assert (found.a, found.b, found.pairs) == ((1, 3), (1, 1), 1)
    assert found.better == ""


def test_the_better_version_is_named_once_the_evidence_is_there_and_stays_named() -> None:
    random, history, named = Random(4), History(), list[str]()
    for number in range(300):
        version = random.choice("ab")
        sent = random.random() < (0.9 if version == "b" else 0.6)
        suggested(history, number, version, "approved" if sent else "edited")
        if number % 10 == 9:
            named.append(trials(history.lines, [SHORTER])["shorter"].better)
    assert named[0] == ""
    assert named[-1] == "b"
    assert named == sorted(named)
