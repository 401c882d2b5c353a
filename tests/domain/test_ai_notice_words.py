"""What is told in every language: that an AI assistant writes, for which company, and that a person can be had."""

import json
import unicodedata
from pathlib import Path
from string import Formatter

import pytest

from deskhand.domain.ai_notice import LETTERS, NOTICES
from deskhand.infrastructure.brain.language import told

WIDGET = Path("src/deskhand/entrypoints/web/static/widget")
# Of each language: that it is an assistant by artificial intelligence, a person, and that one may always ask.
SAYS = {
    "ar": ("مساعد", "بالذكاء الاصطناعي", "موظف", "في أي وقت"),
    "cs": ("asistent", "s umělou inteligencí", "s člověkem", "Kdykoli"),
    "da": ("AI-assistent", "menneske", "altid"),
    "de": ("KI-Assistent", "Menschen", "jederzeit"),
    "en": ("AI assistant", "person", "at any time"),
    "es": ("asistente de IA", "una persona", "en cualquier momento"),
    "fi": ("tekoälyavustaja", "ihmisen", "milloin tahansa"),
    "fr": ("assistant IA", "une personne", "à tout moment"),
    "it": ("assistente IA", "una persona", "in qualsiasi momento"),
    "nl": ("AI-assistent", "medewerker", "altijd"),
    "pl": ("asystent AI", "człowiekiem", "W każdej chwili"),
    "pt": ("assistente de IA", "uma pessoa", "a qualquer momento"),
    "sv": ("AI-assistent", "människa", "alltid"),
}
CHAT = {
    "ar": ("مساعد ذكاء اصطناعي", "شخص", "في أي وقت"),
    "de": ("KI-Assistent", "Menschen", "jederzeit"),
    "en": ("AI assistant", "person", "at any time"),
}
EVERY = [
    pytest.param(texts, one, id=f"{kind}-{one}")
    for kind, texts in (("reply", NOTICES), ("letter", LETTERS))
    for one in texts
]


def test_the_same_languages_are_told_of_above_replies_and_letters() -> None:
    assert set(NOTICES) == set(LETTERS) == set(SAYS)
    assert not {NOTICES[one] for one in NOTICES} & {LETTERS[one] for one in LETTERS}


@pytest.mark.parametrize(("texts", "language"), EVERY)
def test_an_assistant_is_named_and_a_person_offered(texts: dict[str, str], language: str) -> None:
    text = texts[language]
    assert [word for word in SAYS[language] if word not in text] == []
    assert text.count(".") == 2, "two sentences, and no more to read"
    assert [name for _, name, _, _ in Formatter().parse(text) if name is not None] == ["company"]


@pytest.mark.parametrize(("texts", "language"), EVERY)
def test_it_is_in_the_language_that_it_is_for(texts: dict[str, str], language: str) -> None:
    text = texts[language].replace("{company}", "")
    if language == "ar":  # no detector of ours tells which language Arabic letters are of
        assert {unicodedata.name(one).split()[0] for one in text if one.isalpha()} == {"ARABIC"}
        return
    assert told(text, tuple(texts), lambda word: False)[0] == language


@pytest.mark.parametrize("file", sorted(WIDGET.glob("*.json")), ids=lambda file: file.stem)
def test_the_chat_says_it_on_its_page(file: Path) -> None:
    text = json.loads(file.read_text("utf-8"))["words"]["ai"]
    assert [word for word in CHAT[file.stem] if word not in text] == []
