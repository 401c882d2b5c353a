"""Telephone numbers in one form."""

import pytest

from deskhand.domain.phone import e164


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("+49 30 901820", "+4930901820"),
        ("+49 (0)30 / 90 18-20", "+4930901820"),
        ("0044 20 7946 0958", "+442079460958"),
        ("+1 (415) 555-0132", "+14155550132"),
        ("030 901820", ""),
        ("+0 30 901820", ""),
        ("call me", ""),
        ("", ""),
        ("+49", ""),
        ("+4930901820 or +4930901821", ""),
    ],
)
def test_a_number_has_one_form_or_none(written: str, meant: str) -> None:
    assert e164(written) == meant
