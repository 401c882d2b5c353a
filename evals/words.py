"""What rules find in words: the language, and personal data."""

import time

from deskhand.domain.contact import Contact
from deskhand.infrastructure.brain.language import UNKNOWN, language_of
from deskhand.infrastructure.brain.reader import LANGUAGES
from deskhand.understanding.redact import find
from evals.lumen import Lumen
from evals.measures import Measured, milliseconds
from evals.sets import rows

OURS = {"ssn": "national id"}


def languages(lumen: Lumen) -> Measured:
    """Twelve languages; what cannot be told is left open, and told apart from what is told wrongly."""
    knows = lumen.spelling.knows
    told = [(row["lang"], language_of(row["text"], LANGUAGES, knows)) for row in rows("language_messages")]
    english = [language_of(row["text"], LANGUAGES, knows) for row in rows("banking77_dev")]
    foreign = [found for language, found in told if language != "en"]
    figures = {
        "accuracy": sum(language == found for language, found in told) / len(told),
        "not told": sum(found == UNKNOWN for _, found in told) / len(told),
        "told wrongly": sum(found not in (language, UNKNOWN) for language, found in told) / len(told),
        "foreign taken for English": foreign.count("en") / len(foreign),
        "English taken for foreign": sum(found not in ("en", UNKNOWN) for found in english) / len(english),
    }
    return Measured("languages", figures, {})


def personal_data() -> Measured:
    cases = rows("pii_cases")
    spent, found, alarms = [], 0, 0
    for case in cases:
        began = time.perf_counter()
        kinds = {str(one.kind) for one in find(case["text"], tuple(Contact))}
        spent.append(time.perf_counter() - began)
        found += case["kind"] is not None and OURS.get(case["kind"], case["kind"]) in kinds
        alarms += case["kind"] is None and bool(kinds)
    there = sum(case["kind"] is not None for case in cases)
    figures = {"found": found / there, "false alarms": alarms / (len(cases) - there), **milliseconds(spent)}
    return Measured("personal data", figures, {})
