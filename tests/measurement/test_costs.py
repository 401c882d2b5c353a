"""What models cost, computed again from the journal, whatever its order of tickets."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.journal_line import JournalLine
from deskhand.measurement.costs import costs

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CALL = st.fixed_dictionaries(
    {
        "message": st.sampled_from(["m1", "m2"]),
        "model": st.sampled_from(["openai:a", "mistral:b"]),
        "input_tokens": st.integers(0, 9000),
        "cached_tokens": st.integers(0, 100),
        "output_tokens": st.integers(0, 900),
        "dollars": st.none() | st.floats(0, 1),
        "failed": st.sampled_from(["", "ModelServerError"]),
    }
)
TOLD = st.lists(st.tuples(st.sampled_from(["t1", "t2", "t3"]), CALL), max_size=30)


def lines(told: list[tuple[str, str, dict[str, Any]]]) -> list[JournalLine]:
    return [JournalLine(n, AT, kind, ticket, body, "") for n, (kind, ticket, body) in enumerate(told, 1)]


@given(TOLD)
def test_every_breakdown_sums_to_the_whole(calls: list[tuple[str, dict[str, Any]]]) -> None:
    ended = [("message.ended", "t1", {"message": "m1", "procedures": ["refund"]})]
    found = costs(lines([("model.called", ticket, body) for ticket, body in calls] + ended))

    assert found.all.calls == len(calls)
    assert found.all.input_tokens == sum(body["input_tokens"] for _, body in calls)
    assert found.all.unpriced == sum(body["dollars"] is None for _, body in calls)
    for part in (found.by_model, found.by_procedure, found.by_ticket):
        for name, value in asdict(found.all).items():
            assert abs(sum(getattr(one, name) for one in part.values()) - value) < 1e-6
    refund = [body for ticket, body in calls if (ticket, body["message"]) == ("t1", "m1")]
    assert found.by_procedure["refund"].calls == len(refund)
    assert found.by_ticket["t2"].calls == sum(ticket == "t2" for ticket, _ in calls)


def test_a_message_of_two_procedures_is_counted_once() -> None:
    call = {"message": "m", "model": "openai:a", "input_tokens": 9, "cached_tokens": 3, "output_tokens": 1}
    call |= {"dollars": None, "failed": ""}
    ended = {"message": "m", "procedures": ["invoice", "refund"]}
    found = costs(lines([("model.called", "t", call), ("message.ended", "t", ended)]))

    assert {name: one.calls for name, one in found.by_procedure.items()} == {"invoice + refund": 1}
    assert found.all.cached_share == 1 / 3
    assert (found.all.dollars, found.all.unpriced) == (0.0, 1)
