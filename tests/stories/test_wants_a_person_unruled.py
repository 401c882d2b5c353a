"""A desk whose policies forget the wish for a person hands over all the same."""

from dataclasses import replace
from pathlib import Path

from tests.stories.asking import FOR_A_PERSON, given_to_people
from tests.stories.lumen import apart, opened

from deskhand.domain.phrases import PHRASES
from deskhand.settings import Settings


def two_languages(settings: Settings) -> Settings:
    settings = apart(settings)
    return replace(settings, table=settings.table.model_copy(update={"languages": ["en", "de"]}))


def test_a_desk_whose_policies_forget_it_hands_over_all_the_same(folder: Path) -> None:
    rules = folder / "policies" / "escalation.yaml"
    text = rules.read_text("utf-8")
    start, end = text.index("  - id: wants-a-person"), text.index("  - id: angry-and-important")
    rules.write_text(text[:start] + text[end:], "utf-8")
    (folder / "policies" / "tests" / "escalation.yaml").unlink()
    with opened(folder, two_languages) as lumen:
        for language, (words, with_refund) in FOR_A_PERSON.items():
            email = lumen.customer("double_charge_small")
            told = lumen.say(email, words if language == "de" else with_refund)
            given_to_people(lumen, told)
            assert PHRASES[language].passing_on in lumen.replies(told.number)[0]
            assert lumen.refunds(email) == []
