"""When somebody is there again is told in every language that we speak, by the clock of the office."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from deskhand.domain.opening_phrases import OPENING, there_again
from deskhand.domain.phrases import PHRASES

MONDAY = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_every_language_of_ours_has_the_words() -> None:
    assert sorted(OPENING) == sorted(PHRASES)


@pytest.mark.parametrize("language", sorted(OPENING))
def test_each_has_seven_days_and_twelve_months_of_its_own(language: str) -> None:
    words = OPENING[language]
    assert (len(set(words.days)), len(set(words.months))) == (7, 12)
    assert set(re.findall(r"\{(\w+)\}", words.there_again)) == {"day", "date", "time", "zone"}
    assert set(re.findall(r"\{(\w+)\}", words.date)) == {"number", "month"}
    said = there_again(MONDAY, "Europe/Berlin", language)
    assert "09:00" in said
    assert "(CET)" in said
    assert re.search(r"\b30\b", said)
    assert said.endswith(".")
    assert len({there_again(MONDAY + timedelta(days=one), "Europe/Berlin", language) for one in range(365)}) == 365


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "A colleague will be here again on Monday 30 November from 09:00 (CET)."),
        ("de", "Am Montag, dem 30. November, ab 09:00 Uhr (CET) ist wieder jemand für Sie da."),
        ("fr", "Un collègue sera de nouveau présent le lundi 30 novembre à partir de 09:00 (CET)."),
        ("es", "Volverá a haber alguien de nuestro equipo el lunes 30 de noviembre a partir de las 09:00 (CET)."),
        ("cs", "Naši kolegové tu budou opět v pondělí 30. listopadu od 09:00 (CET)."),
        ("ja", "A colleague will be here again on Monday 30 November from 09:00 (CET)."),
    ],
)
def test_it_reads_as_people_say_it(language: str, said: str) -> None:
    assert there_again(MONDAY, "Europe/Berlin", language) == said


def test_the_clock_is_that_of_the_zone_in_summer_too() -> None:
    assert "(CEST)" in there_again(datetime(2026, 7, 1, 7, tzinfo=UTC), "Europe/Berlin", "en")
    assert "from 13:30 (IST)" in there_again(MONDAY, "Asia/Kolkata", "en")
    assert "from 04:00 (UTC-04:00)" in there_again(MONDAY, "America/Manaus", "en")
