"""A conversation moves between the site's chat, e-mail and SMS: what is kept, what is asked again, and what a number never
learns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from itertools import count
from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.lumen import Lumen, apart, opened
from tests.stories.test_channel_email import RECEIVER, Post, text_of
from tests.stories.test_channel_messages import deliver, phone
from tests.stories.test_continuity import ACCESS, LATIN, ONLY_YOU, SECRET, SIGNED_IN, WHERE, WITH_PEOPLE, chat, later
from tests.stories.test_memory import AT_THE_OFFICE, PARCEL, WHICH

from deskhand.settings import ChannelsTable, EmailTable, Settings, TwilioTable, WidgetTable

AGAIN = "As I wrote already: where is my parcel?"
NUMBERS = count(1000)
CODE = re.compile(r"\b\d{6}\b")


def everywhere(settings: Settings) -> Settings:
    settings = apart(settings)
    twilio = TwilioTable(twin=True, door="https://desk.lumen.example/hooks/twilio")
    channels = ChannelsTable(email=EmailTable(twin=True, receiver=RECEIVER), twilio=twilio)
    table = settings.table.model_copy(update={"channels": channels, "widget": WidgetTable(audience="lumen")})
    return replace(settings, table=table, secrets={**settings.secrets, "DESKHAND_WIDGET_SECRET": SECRET})


@dataclass(frozen=True)
class Ways:
    """One customer, with their address and their number."""

    post: Post
    email: str
    number: str

    @property
    def lumen(self) -> Lumen:
        return self.post.lumen

    def mail(self, text: str, *, proven: bool = True) -> str:
        """What came back to them for it; "" when nothing did."""
        before = len(self.letters())
        self.post.write(self.email, text, proven=proven)
        self.post.read()
        return "\n".join(text_of(one) for one in self.letters()[before:])

    def text(self, words: str) -> str:
        before = len(phone(self.lumen).messages(self.number))
        deliver(self.lumen, "twilio", phone(self.lumen).receive(self.number, words))
        return "\n".join(one["body"] for one in phone(self.lumen).messages(self.number)[before:])

    def letters(self) -> list[EmailMessage]:
        return self.post.letters(self.email)

    def code(self) -> str:
        """The one in the newest letter."""
        return CODE.findall(text_of(self.letters()[-1]))[0]


@pytest.fixture(scope="module")
def post(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    folder = copytree(prepared, tmp_path_factory.mktemp("moves") / "desk")
    (folder / "procedures" / "parcel.yaml").write_text(PARCEL, "utf-8")
    (folder / "procedures" / "access-log.yaml").write_text(ACCESS, "utf-8")
    with opened(folder, everywhere) as lumen:
        mail = lumen.installation.channels.mail
        assert mail is not None
        assert mail.twin is not None
        made = Post(lumen, mail.twin)
        made.read()
        yield made


@pytest.fixture
def ways(post: Post) -> Ways:
    email, number = post.lumen.customer("double_charge_large"), f"+1500557{next(NUMBERS)}"
    systems = post.lumen.installation.systems
    with post.lumen.network.quiet():
        (found,) = systems.directories[0].by_email(email)
        systems.writer.update_contact(found.value.ref, phone=number, key=f"phone/{number}")
    return Ways(post, email, number)


def test_an_open_question_of_the_chat_is_answered_by_mail(ways: Ways) -> None:
    assert WHICH in chat(ways.lumen, ways.email).say(WHERE).reply

    assert AT_THE_OFFICE in ways.mail("5521")


def test_what_the_chat_was_told_is_not_asked_for_by_mail(ways: Ways) -> None:
    talk = chat(ways.lumen, ways.email)
    talk.say(WHERE)
    talk.say("5521")
    later(ways.lumen, 60)
    told = ways.mail(AGAIN)

    assert AT_THE_OFFICE in told
    assert WHICH not in told
    assert "that you gave us on" in told


def test_a_letter_that_anybody_can_have_written_takes_nothing_along(ways: Ways) -> None:
    chat(ways.lumen, ways.email).say(WHERE)

    assert AT_THE_OFFICE not in ways.mail("5521", proven=False)


def test_a_number_takes_nothing_along_before_a_code_comes_back_and_then_goes_on(ways: Ways) -> None:
    ways.mail(WHERE)
    ways.mail("5521")
    later(ways.lumen, 60)
    before = len(ways.letters())
    told = ways.text(AGAIN)

    assert not any(word in told for word in (AT_THE_OFFICE, "gave us", "email"))
    assert len(ways.letters()) == before + 1
    assert AT_THE_OFFICE in ways.text(ways.code())


def test_a_number_answers_no_question_that_was_asked_by_mail(ways: Ways) -> None:
    assert WHICH in ways.mail(WHERE)

    assert AT_THE_OFFICE not in ways.text("5521")
    assert AT_THE_OFFICE in ways.mail("5521")


def test_a_code_that_made_a_number_strong_makes_no_letter_strong(ways: Ways) -> None:
    assert ONLY_YOU not in ways.text(SIGNED_IN)
    assert ONLY_YOU in ways.text(ways.code())
    later(ways.lumen, 11)
    before = len(ways.letters())
    told = ways.mail(SIGNED_IN)

    assert ONLY_YOU not in told
    assert len(ways.letters()) == before + 2  # the answer, and a code of its own


def test_what_was_promised_by_mail_is_told_in_the_chat_and_to_no_number(ways: Ways) -> None:
    assert ways.mail(LATIN)
    later(ways.lumen, 60)

    assert WITH_PEOPLE not in ways.text(LATIN)
    assert WITH_PEOPLE in chat(ways.lumen, ways.email).say(LATIN).reply


def test_what_was_promised_in_the_chat_is_told_by_mail_once(ways: Ways) -> None:
    assert chat(ways.lumen, ways.email).say(LATIN).handoff is not None
    later(ways.lumen, 60)

    assert WITH_PEOPLE in ways.mail(LATIN)


def test_a_chat_and_a_letter_at_once_get_one_answer_and_the_letter_stays_a_ticket_of_its_own(ways: Ways) -> None:
    first = chat(ways.lumen, ways.email)
    first.say("How big may a CSV file be?")
    told = ways.mail("How big may a CSV file be?")

    assert "You wrote to us about this before" in told
    assert "ticket.merged" in ways.lumen.kinds(first.ticket)
