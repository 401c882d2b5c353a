"""A code hangs on its seed, its ticket, its customer and this desk's key, and on nothing else."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.one_time_code import IssuedCode
from deskhand.infrastructure.one_time_codes import DIGITS, HmacCodes

AT = datetime(2026, 1, 1, tzinfo=UTC)
CODE = IssuedCode("k", "t:t:1", "s:c:1", "m1", "seed", AT, AT)
CODES = HmacCodes(b"k" * 32)


def test_the_same_code_can_be_made_again() -> None:
    again = HmacCodes(b"k" * 32)
    assert again.digits(replace(CODE, tries=3, message="m2")) == CODES.digits(CODE)
    assert CODES.fits(CODES.digits(CODE), CODE)


def test_another_ticket_customer_seed_or_desk_has_another_code() -> None:
    others = [replace(CODE, ticket="t:t:2"), replace(CODE, customer="s:c:2"), replace(CODE, seed="seed2")]
    assert all(not CODES.fits(CODES.digits(CODE), one) for one in others)
    assert not HmacCodes(b"j" * 32).fits(CODES.digits(CODE), CODE)


def test_a_code_that_went_to_nobody_never_fits() -> None:
    nobody = replace(CODE, customer="")
    assert not CODES.fits(CODES.digits(nobody), nobody)


@given(st.text(max_size=12))
def test_nothing_but_the_code_fits(said: str) -> None:
    assert CODES.fits(said, CODE) == (said == CODES.digits(CODE))


def test_every_digit_comes_at_every_place() -> None:
    made = [CODES.digits(replace(CODE, seed=str(n))) for n in range(2000)]
    assert {len(one) for one in made} == {DIGITS}
    for place in range(DIGITS):
        assert set(Counter(one[place] for one in made)) == set("0123456789")


def test_seeds_are_not_the_same_twice() -> None:
    assert len({CODES.seed() for _ in range(100)}) == 100
