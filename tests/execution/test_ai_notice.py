"""The notice that an AI writes: before its first words in every conversation, whatever happens in which order."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskhand.bootstrap.storage.store import open_store
from deskhand.bootstrap.systems.unconnected import NO_BILLING_WRITER
from deskhand.domain.action import Receipt
from deskhand.domain.ai_notice import GIVEN, LETTERS, NOTICES, Notice, without_notice
from deskhand.domain.effect import AGENTS, by_ai
from deskhand.domain.errors import Down, Unconfirmed
from deskhand.domain.phrases import PHRASES
from deskhand.domain.ref import Ref
from deskhand.execution.doors import Writes
from deskhand.execution.executor import Executor
from deskhand.settings import Settings, read_table

NOW = datetime(2026, 11, 28, tzinfo=UTC)
DESK = 'company = "Lumen"\nsignature = "Your Lumen team"\ndefault_queue = "support"\n'
NOTICE = Notice("Lumen")
TICKETS = [
    Ref("zendesk", "ticket", "1"),
    Ref("jira", "ticket", "2"),
    Ref("deskhand", "ticket", "email.3"),
    Ref("deskhand", "ticket", "4"),
]
CHAT = TICKETS[3]


@dataclass
class Channel:
    """Takes words, and writes down what arrived; `fault` meets the next ones."""

    system: str
    arrived: list[tuple[str, str, str]] = field(default_factory=list)
    fault: str = ""

    def reply(self, ticket: Ref, text: str, *, public: bool, key: str) -> Receipt:
        if self.fault == "down":
            raise Down("no answer")
        if not any(one[1] == key for one in self.arrived):
            self.arrived.append((str(ticket), key, text if public else ""))
        if self.fault == "lost":
            raise Unconfirmed(key, "no answer")
        return Receipt(key, self.system, key, NOW)

    def find_effect(self, ticket: Ref, *, key: str) -> Receipt | None:
        return Receipt(key, self.system, key, NOW) if any(one[1] == key for one in self.arrived) else None


EVENTS = st.tuples(
    st.sampled_from(range(len(TICKETS))),
    st.sampled_from(["reply/a", "reply/b", "reply/c", f"{AGENTS}x", "note/n"]),
    st.sampled_from(["", "", "down", "lost"]),
    st.sampled_from(["en", "de", "xx", ""]),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EVENTS, max_size=12))
def test_no_words_of_the_assistant_come_before_their_notice(
    tmp_path: Path, events: Sequence[tuple[int, str, str, str]]
) -> None:
    place = tmp_path / str(sum(1 for _ in tmp_path.iterdir()))
    of = Settings(place, read_table(DESK, "desk.toml"), place / "state", f"sqlite:///{place}/state/desk.sqlite", {})
    channels = {name: Channel(name) for name in ("zendesk", "jira", "deskhand")}
    with open_store(of) as store:
        writes = Writes(NO_BILLING_WRITER, cast(Any, channels))
        executor = Executor(cast(Any, None), store, writes, {}, lambda: NOW, timedelta(0), notice=NOTICE)
        for place_of, name, fault, language in events:
            ticket, key = TICKETS[place_of], f"{name}/{place_of}"
            channels[ticket.system].fault = fault
            if by_ai(key):
                public = not name.startswith("note")
                executor.say(ticket, f"Words {key}.", public=public, key=key, customer="", language=language)
            else:
                with store.begin() as tx:
                    tx.tickets.give_to(str(ticket), "dana")
                executor.speak(ticket, f"Words {key}.", public=True, key=key, customer="", by="dana")
        with store.begin() as tx:
            given_on = {str(one): tx.journal.of_ticket(str(one), [GIVEN, "effect.reserved"]) for one in TICKETS}
    for ticket in TICKETS:
        lines = given_on[str(ticket)]
        said = [one for one in lines if one.kind == GIVEN or (one.body["action"] == "reply" and by_ai(one.body["key"]))]
        if said:
            assert said[0].kind == GIVEN
            assert sum(one.kind == GIVEN for one in said) == 1
            assert {"by", "language", "version", "key"} == said[0].body.keys()
            told = [
                text
                for to, key, text in channels[ticket.system].arrived
                if to == str(ticket) and key == said[0].body["key"]
            ]
            assert all(text.startswith("Words") if ticket == CHAT else not text.startswith("Words") for text in told)
        first = said[0].body["key"] if said else ""
        others = [text for to, key, text in channels[ticket.system].arrived if to == str(ticket) and key != first]
        assert all(text.startswith("Words") for text in others if text)


@pytest.mark.parametrize("language", sorted(PHRASES))
def test_the_notice_is_in_every_language_that_the_assistant_writes(language: str) -> None:
    assert language in NOTICES
    text, told = NOTICE.above("Hello Ada,\n\nDone.", TICKETS[0], language)

    assert "Lumen" in text.partition("\n\n")[0]
    assert "{" not in text
    assert told["language"] == language
    assert without_notice(text) == "Hello Ada,\n\nDone."


# What each has to name: that it is an AI, and that a person can be had.
AI_IS = {
    "ar": "الذكاء الاصطناعي",
    "cs": "umělou inteligencí",
    "fi": "tekoäly",
    "es": "IA",
    "fr": "IA",
    "it": "IA",
    "pt": "IA",
    "de": "KI-Assistent",
}
A_PERSON_IS = {
    "ar": "موظف",
    "cs": "člověka",
    "da": "menneske",
    "de": "Menschen",
    "en": "a person",
    "es": "una persona",
    "fi": "ihmistä",
    "fr": "une personne",
    "it": "una persona",
    "nl": "een medewerker",
    "pl": "człowiekiem",
    "pt": "uma pessoa",
    "sv": "människa",
}


@pytest.mark.parametrize("language", sorted(A_PERSON_IS))
@pytest.mark.parametrize("texts", [NOTICES, LETTERS], ids=["reply", "letter"])
def test_a_notice_names_the_ai_the_company_and_a_person(texts: dict[str, str], language: str) -> None:
    assert texts.keys() == A_PERSON_IS.keys()
    text = Notice("Lumen").text(language, texts)
    assert AI_IS.get(language, "AI") in text
    assert A_PERSON_IS[language] in text
    assert "Lumen" in text
    assert text.count(".") == 2, "two sentences, and no more to read"


def test_a_language_that_we_lack_falls_back_to_the_desks_and_then_to_english() -> None:
    german = Notice("Lumen", "de")
    assert german.text("xx") == german.text("de") != german.text("en")
    assert Notice("Lumen", "yy").text("xx") == german.text("en")
    assert german.on_letter("Guten Tag", "xx").startswith("Das hat ein KI-Assistent von Lumen geschickt.")
    assert Notice("Lumen", elsewhere=True).on_letter("Hello", "en") == "Hello"


def test_arabic_is_written_in_its_own_direction() -> None:
    """A paragraph of its own whose first strong letter is Arabic: readers of plain text set it from the right, and the
    company's name within it keeps its own direction."""
    for texts in (NOTICES, LETTERS):
        first = next(one for one in texts["ar"] if unicodedata.bidirectional(one) in ("L", "R", "AL"))
        assert unicodedata.bidirectional(first) == "AL"
    above = NOTICE.above("Done.", TICKETS[0], "ar")[0]
    assert above.partition("\n\n")[0] == NOTICES["ar"].format(company="Lumen")


def test_who_checked_the_texts_is_said_for_each_language() -> None:
    lines = Path("docs/cards.md").read_text("utf-8").splitlines()
    at = next(number for number, line in enumerate(lines) if line.startswith("| ar |"))
    named, checked = ([one.strip() for one in lines[place].strip("|").split("|")] for place in (at, at + 2))
    assert named == sorted(NOTICES)
    assert all(checked)


def test_the_companys_own_text_has_a_version_of_its_own() -> None:
    own = Notice("Lumen", own={"en": "You are reading an automatic answer by AI."})

    assert own.above("Done.", TICKETS[0], "en")[0] == "You are reading an automatic answer by AI.\n\nDone."
    assert own.above("", TICKETS[0], "en")[1]["version"] != NOTICE.above("", TICKETS[0], "en")[1]["version"]


def test_where_the_help_desk_says_it_the_journal_says_so() -> None:
    text, told = Notice("Lumen", elsewhere=True).above("Done.", TICKETS[0], "en")
    assert (text, told["by"]) == ("Done.", "elsewhere")
