"""What is read by lists and patterns: risks, the wish for a person, yes and no, slots, spelling, language, mood."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.brain.desk import PROCEDURES, WRITTEN

from deskhand.domain.understanding import Sentiment, Urgency
from deskhand.infrastructure.brain.agreement import says
from deskhand.infrastructure.brain.language import UNKNOWN, language_of
from deskhand.infrastructure.brain.mood import Mood
from deskhand.infrastructure.brain.reader import LANGUAGES, spelling_of
from deskhand.infrastructure.brain.signs import Signs
from deskhand.infrastructure.brain.slots import slots
from deskhand.infrastructure.search.embedder import MiniLM
from deskhand.infrastructure.search.vector_cache import VectorCache

DATA = Path(__file__).parents[2] / "evals" / "data"
spelling = spelling_of(PROCEDURES, WRITTEN, ("Acme Reports", "Acme"))


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("You will hear from my lawyer", "legal"),
        ("pay it back or I'll sue you", "legal"),
        ("see you in court", "legal"),
        ("a person got badly hurt", "safety"),
        ("he threatened to kill me, someone is in danger", "safety"),
        ("I don't want to live anymore", "self_harm"),
        ("I think I will kill myself", "self_harm"),
        ("this is fraud", "fraud"),
        ("someone else has used my card", "fraud"),
        ("my account was hacked", "fraud"),
        ("under the GDPR I ask for my data", "privacy"),
        ("please delete all my data", "privacy"),
        ("I am a journalist and write about you", "press"),
    ],
)
def test_a_risk_is_named_with_the_words_that_show_it(text: str, topic: str) -> None:
    found = Signs(text, english=True).risks

    assert topic in {risk.topic for risk in found}
    assert all(risk.quote and risk.quote in text for risk in found)


@pytest.mark.parametrize(
    "text",
    [
        "I was charged twice",
        "please delete the dashboard",
        "my account is locked",
        "do you support bar charts in the law template",
        "I don't recognise this payment",
        "the deadline kills me",
        "press the button",
        "can you sue... I mean use the API",
    ],
)
def test_everyday_messages_carry_no_risk(text: str) -> None:
    assert Signs(text, english=True).risks == ()


@pytest.mark.parametrize(
    "text",
    [
        "can I talk to a real person please",
        "I want to speak with a human",
        "get me somebody human",
        "let me talk to someone",
        "put me through to your manager",
        "agent",
        "I don't want a bot",
        "call me back",
        "connect me with an agent",
    ],
)
def test_the_wish_for_a_person_is_heard(text: str) -> None:
    assert Signs(text, english=True).wants_person


@pytest.mark.parametrize(
    "text",
    [
        "I need an agent seat",
        "how do I add people to my workspace",
        "I don't need a human, just the invoice",
        "a person left our company",
        "the manager role is missing",
        "give my colleague's seat back",
        "I was charged twice",
    ],
)
def test_speaking_of_people_is_no_wish_for_one(text: str) -> None:
    assert not Signs(text, english=True).wants_person


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("yes", True),
        ("Yes please!", True),
        ("ok, go ahead", True),
        ("👍", True),
        ("no", False),
        ("No thanks.", False),
        ("please don\u2019t", False),
        ("👎🏽", False),
        ("yes but refund the other one first", None),
        ("no invoice", None),
        ("", None),
        ("yesterday", None),
        ("not sure", None),
    ],
)
def test_only_a_plain_yes_or_no_is_one(text: str, meaning: bool | None) -> None:
    assert says(text) is meaning


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I paid $29.00 on the 3rd of November", {"amount": "$29.00", "date": "the 3rd of November"}),
        (
            "29,00 € on 2026-11-03 to jo@example.com",
            {"amount": "29,00 €", "date": "2026-11-03", "email": "jo@example.com"},
        ),
        ("please write to [email 2]", {"email": "[email 2]"}),
        ("charged 1,249.00 USD on Nov 3, 2026", {"amount": "1,249.00 USD", "date": "Nov 3, 2026"}),
        ("29 dollars last Monday", {"amount": "29 dollars", "date": "last Monday"}),
        ("order #5521 is late", {"order_number": "5521"}),
        ("invoice number: INV-2026-0017", {"order_number": "INV-2026-0017"}),
        ("charge ch_3Pabc123 please", {"order_number": "ch_3Pabc123"}),
        ("two seats for 3 people", {}),
        ("in version 1.2.3 of the app", {}),
        ("", {}),
    ],
)
def test_what_is_named_is_kept_as_it_is_written(text: str, named: dict[str, str]) -> None:
    assert dict(slots(text)) == named


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_named_values_stand_in_the_text(text: str) -> None:
    assert all(value and value in text for value in slots(text).values())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("chraged twice 4 my subscribtion", "charged twice for my subscription"),
        ("pls send teh invoce", "please send the invoice"),
        ("rrrefund plzzz", "refund please"),
        ("pasword", "password"),
        ("cant log in to my acct", "cannot log in to my account"),
        ("Tomasz paid INV-22 to jo@exampel.com", "Tomasz paid INV-22 to jo@exampel.com"),
        ("Is Acme Reports down?", "Is it down?"),
        ("refund my invoice", "refund my invoice"),
        ("Grüße, 请问, \0", "Grüße, 请问, \0"),
    ],
)
def test_messy_text_is_read_as_it_was_meant(typed: str, meant: str) -> None:
    assert spelling(typed) == meant


@pytest.mark.parametrize("one", [text for procedure in PROCEDURES for text in procedure.examples[:3]])
def test_well_written_text_is_left_as_it_is(one: str) -> None:
    assert spelling(one).replace("twice", "two times") == one.replace("twice", "two times")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I was charged twice for my subscription", "en"),
        ("refund!!", "en"),
        ("pls cancel ordr 5521 asap", "en"),
        ("Ich wurde diesen Monat zweimal belastet", "de"),
        ("où en est mon remboursement ?", "fr"),
        ("olvidé mi contraseña y no puedo entrar", "es"),
        ("non riesco ad accedere al mio account", "it"),
        ("ik kan niet inloggen op mijn account", "nl"),
        ("jag kan inte logga in på mitt konto", "sv"),
        ("nie mogę się zalogować na moje konto", "pl"),
        ("kan I hjælpe mig med min konto?", "da"),
        ("não consigo entrar na minha conta", "pt"),
        ("не могу войти в аккаунт", "ru"),
        ("请取消订单5521", "zh"),
        ("注文5521をキャンセルしてください", "ja"),
        ("merhaba, siparişim nerede", "tr"),
        ("ログインできません", "ja"),
        ("12345", UNKNOWN),
        ("👍", UNKNOWN),
        ("asdfgh", UNKNOWN),
    ],
)
def test_the_language_is_told_or_said_to_be_unknown(text: str, language: str) -> None:
    assert language_of(text, LANGUAGES, spelling.knows) == language


def test_a_text_that_tells_nothing_has_the_language_of_the_talk() -> None:
    assert language_of("ok ok", LANGUAGES, lambda _: False, "de") == "de"


def test_english_is_never_taken_for_foreign_nor_foreign_for_english() -> None:
    rows = [json.loads(line) for line in (DATA / "language_messages.jsonl").read_text("utf-8").splitlines()]
    told = [(row["lang"], language_of(row["text"], LANGUAGES, spelling.knows)) for row in rows]
    english = [json.loads(line)["text"] for line in (DATA / "banking77_dev.jsonl").read_text("utf-8").splitlines()]

    assert all(found == "en" for language, found in told if language == "en")
    assert sum(found == "en" for language, found in told if language != "en") <= 1
    assert all(language_of(text, LANGUAGES, spelling.knows) in ("en", UNKNOWN) for text in english)


@pytest.fixture(scope="session")
def mood(embed: MiniLM, cache: VectorCache) -> Mood:
    return Mood(embed, cache)


@pytest.mark.parametrize(
    ("text", "sentiment"),
    [
        ("I was charged twice", Sentiment.CALM),
        ("could you resend the invoice please", Sentiment.CALM),
        ("no hurry, where is my refund", Sentiment.CALM),
        ("I have contacted you three times and nobody answers", Sentiment.FRUSTRATED),
        ("still no refund!!!", Sentiment.FRUSTRATED),
        ("this is ridiculous, I'm fed up", Sentiment.FRUSTRATED),
        ("You are thieves! I am furious, this is a disgrace!!!", Sentiment.ANGRY),
        ("absolutely unacceptable, worst company ever", Sentiment.ANGRY),
    ],
)
def test_the_mood_is_read_from_feeling_and_not_from_the_subject(
    mood: Mood, embed: MiniLM, text: str, sentiment: Sentiment
) -> None:
    assert mood.signals(Signs(text, english=True), [text], embed([text]))[0] is sentiment


@pytest.mark.parametrize(
    ("text", "urgency"),
    [
        ("whenever you have time, send the invoice", Urgency.NORMAL),
        ("my account is locked", Urgency.NORMAL),
        ("I need this today, my presentation starts in 20 minutes", Urgency.URGENT),
        ("urgent: our whole team is stuck", Urgency.URGENT),
    ],
)
def test_haste_is_read_apart_from_mood(mood: Mood, embed: MiniLM, text: str, urgency: Urgency) -> None:
    assert mood.signals(Signs(text, english=True), [text], embed([text]))[1] is urgency
