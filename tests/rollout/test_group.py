"""The same customer is always in the same group, and sees one stage of a procedure within a week."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.scope import Message, Scope
from deskhand.domain.sighting import Sighting
from deskhand.domain.stage import Stage
from deskhand.rollout.group import WEEK, held_out, kept, slot, variant_b
from deskhand.rollout.stage import Rollout, Step

WHO = st.text(min_size=1, max_size=30)
PERCENT = st.floats(min_value=0, max_value=100)
CROWD = [f"crm:customer:{number}" for number in range(20_000)]
AT = datetime(2026, 3, 9, 9, tzinfo=UTC)
# Of chi-square with 99 degrees of freedom, the value that chance passes once in a thousand times.
SURELY_99 = 148.2


@given(WHO, PERCENT, PERCENT)
def test_a_higher_percentage_only_adds_customers(who: str, one: float, other: float) -> None:
    less, more = sorted((one, other))
    stands = Message(slot=slot(who, "refund"))
    assert Scope(percent=more).covers(stands) or not Scope(percent=less).covers(stands)
    assert held_out(who, more) or not held_out(who, less)
    assert variant_b(who, "t", more) or not variant_b(who, "t", less)


@given(WHO, st.text(max_size=20))
def test_a_customer_stands_within_the_hundred_and_always_at_the_same_place(who: str, salt: str) -> None:
    assert 0 <= slot(who, "refund", salt) < 100
    assert slot(who, "refund", salt) == slot(who, "refund", salt)
    assert Scope(percent=100).covers(Message(slot=slot(who, "refund", salt)))
    assert not Scope(percent=0).covers(Message(slot=slot(who, "refund", salt)))


def test_customers_spread_evenly() -> None:
    counts = [0] * 100
    for who in CROWD:
        counts[int(slot(who, "refund"))] += 1
    assert sum((count - 200) ** 2 / 200 for count in counts) < SURELY_99


def test_where_a_customer_stands_in_one_procedure_tells_nothing_of_another() -> None:
    for one, other in (("refund", "invoice"), ("refund", "refund-status"), ("a", "b")):
        counts = [0] * 100
        for who in CROWD:
            counts[10 * int(slot(who, one) // 10) + int(slot(who, other) // 10)] += 1
        assert sum((count - 200) ** 2 / 200 for count in counts) < SURELY_99


def test_the_hold_out_takes_its_share_of_every_group() -> None:
    first = [who for who in CROWD if slot(who, "refund") < 20]
    share = sum(held_out(who, 5) for who in first) / len(first)
    assert 0.04 < share < 0.06
    assert 0.045 < sum(held_out(who, 5) for who in CROWD) / len(CROWD) < 0.055


def test_another_salt_puts_customers_into_other_groups() -> None:
    same = sum((slot(who, "refund") < 50) == (slot(who, "refund", "2027") < 50) for who in CROWD)
    assert 0.48 < same / len(CROWD) < 0.52


CHANGES = st.lists(
    st.tuples(st.floats(min_value=0.01, max_value=9), PERCENT, st.sampled_from(Stage), st.booleans()),
    min_size=1,
    max_size=40,
)


@given(WHO, CHANGES)
def test_within_a_week_a_customer_never_gets_a_higher_stage(
    who: str, changes: list[tuple[float, float, Stage, bool]]
) -> None:
    """Whatever is given, taken and given again, and however often they write."""
    now, last = AT, None
    history: list[Sighting] = []
    for days, percent, base, writes in changes:
        now += timedelta(days=days)
        rollout = Rollout(base, steps=(Step("refund", Stage.AUTONOMOUS, Scope(percent=percent)),))
        if not writes:
            continue
        seen: list[Sighting] = [last] if last and last.at > now - WEEK else []
        stands = seen[0].slot if seen else slot(who, "refund")
        given_now = rollout.given("refund", Message(slot=stands))
        last = Sighting(kept(given_now, seen), stands, now)
        assert last.stage.trust <= given_now.trust, "what was taken is gone at once"
        history.append(last)
    for place, one in enumerate(history):
        for later in history[place + 1 :]:
            if later.at - one.at < WEEK:
                assert later.stage.trust <= one.stage.trust
