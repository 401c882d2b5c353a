"""The languages of our pages: their translations, and how they write days and times."""

import gettext
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from io import BytesIO
from zoneinfo import ZoneInfo

from babel import Locale, negotiate_locale
from babel.dates import format_datetime, format_skeleton, format_time
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES = {"en": "English", "de": "Deutsch"}
SOON = timedelta(hours=20)  # nearer than that the day need not be said


@cache
def translations(language: str) -> gettext.NullTranslations:
    """English is written in the templates; another language in its file below `translations/`."""
    if language == "en":
        return gettext.NullTranslations()
    text = files("deskhand.entrypoints.web").joinpath("translations", f"{language}.po").read_bytes()
    compiled = BytesIO()
    write_mo(compiled, read_po(BytesIO(text), locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def preferred(header: str) -> str:
    """The first of our languages that a browser asks for (Accept-Language); English when there is none."""
    asked = [one.partition(";")[0].strip().replace("-", "_") for one in header[:200].split(",")]
    found = negotiate_locale([one for one in asked if one], list(LANGUAGES))
    return found.partition("_")[0] if found else "en"


def day_and_time(at: datetime, zone: ZoneInfo, language: str) -> str:
    """Short: the time alone for what is a few hours away, with its day for the rest."""
    locale, local = Locale.parse(language), at.astimezone(zone)
    if abs(datetime.now(zone) - local) < SOON:  # noqa: TID251  (what is shown, and nothing is decided by it)
        return format_time(local, "short", locale=locale)
    return f"{format_skeleton('MMMd', local, locale=locale)}, {format_time(local, 'short', locale=locale)}"


def full(at: datetime, zone: ZoneInfo, language: str) -> str:
    return format_datetime(at.astimezone(zone), "medium", locale=Locale.parse(language))
