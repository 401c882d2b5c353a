"""The week of a desk for people: one page that needs nothing else, and a letter that tells the most important of it."""

from urllib.parse import quote

from deskhand.entrypoints.web.frame import environment
from deskhand.measurement.metric import VERSION
from deskhand.measurement.outcomes import Handler, TicketOutcome
from deskhand.measurement.weekly import Weekly, in_unit
from deskhand.settings import Settings


def page(settings: Settings, weekly: Weekly, language: str) -> str:
    """HTML without a script and without another file; everything that somebody wrote is escaped."""
    return environment(language).get_template("weekly_file.html").render(values(settings, weekly, language))


def letter(settings: Settings, weekly: Weekly) -> tuple[str, str]:
    """Subject and text, in the language that `[reports]` says. No words of anybody, and no ticket."""
    language = settings.table.reports.language
    told = environment(language).overlay(autoescape=False).get_template("weekly_letter.txt")
    subject, _, text = told.render(values(settings, weekly, language)).partition("\n")
    return subject.strip(), f"{text.strip()}\n"


def values(settings: Settings, weekly: Weekly, language: str) -> dict[str, object]:
    """What the templates are filled with. `address`: where the workspace is reached, "" where nobody has said."""
    return {
        "language": language,
        "weekly": weekly,
        "version": VERSION,
        "compared": True,
        "address": settings.table.receipts.address,
        "in_unit": in_unit,
        "handlers": [str(one) for one in Handler],
        "states": [str(one) for one in TicketOutcome],
        "at": f"{weekly.at:%Y-%m-%d %H:%M} UTC",
        "final": f"{weekly.final:%Y-%m-%d %H:%M} UTC",
        "place": lambda ticket: f"/inbox/{quote(ticket, safe=':@')}?view=all",
    }
