"""A conversation moves between chat, e-mail and SMS: what is kept, what is asked again, what a number never learns."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from pathlib import Path
from shutil import copytree

import pytest
from tests.stories.lumen import Lumen, apart, opened
from tests.stories.mailbox import CODE
from tests.stories.test_channel_email import RECEIVER, Post, text_of
from tests.stories.test_channel_messages import deliver, phone
from tests.stories.test_continuity import ACCESS, LATIN, ONLY_YOU, SECRET, SIGNED_IN, WHERE, WITH_PEOPLE, chat, later
from tests.stories.test_memory import AT_THE_OFFICE, PARCEL, WHICH

from deskhand.settings import ChannelsTable, EmailTable, Settings, TwilioTable, WidgetTable

AGAIN = "As I wrote already: where is my parcel?"


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

    def reason(self) -> str:
        """Why people have the ticket on which something happened last."""
        (row,) = self.lumen.installation.queries.tickets(1)
        with self.lumen.installation.store.begin() as tx:
            found = tx.handoffs.packet(row.ticket)
        assert found is not None
        return found[2].reason

    def code(self) -> str:
        """The one in the newest letter."""
        (found,) = CODE.findall(text_of(self.letters()[-1]))
        return "".join(found)


@pytest.fixture(scope="module")
def post(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    folder = copytree(prepared, tmp_path_factory.mktemp("moves") / "desk")
    file = folder / "desk.toml"
    file.write_text(f"{file.read_text('utf-8')}\n[systems.hubspot]\ntwin = true\n", "utf-8")
    (folder / "procedures" / "parcel.yaml").write_text(PARCEL, "utf-8")
    (folder / "procedures" / "access-log.yaml").write_text(ACCESS, "utf-8")
    with opened(folder, everywhere, finished=True) as lumen:
        mail = lumen.installation.channels.mail
        assert mail is not None
        assert mail.twin is not None
        made = Post(lumen, mail.twin)
        made.read()
        yield made


@pytest.fixture
def ways(post: Post) -> Ways:
    """Their number is the one that the CRM has."""
    email, systems = post.lumen.customer("double_charge_large"), post.lumen.installation.systems
    (crm,) = [one for one in systems.directories if one.system == "hubspot"]
    with post.lumen.network.quiet():
        (found,) = crm.by_email(email)
    return Ways(post, email, found.value.phones[0])


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


def test_a_number_takes_nothing_along_and_people_find_out_whose_it_is(ways: Ways) -> None:
    """It has no address that a code could go to."""
    ways.mail(WHERE)
    ways.mail("5521")
    later(ways.lumen, 60)
    before = len(ways.letters())
    told = ways.text(AGAIN)

    assert not any(word in told for word in (AT_THE_OFFICE, WHICH, "5521", "gave us", "email"))
    assert len(ways.letters()) == before
    assert ways.reason() == "identity"


def test_a_number_answers_no_question_that_was_asked_by_mail(ways: Ways) -> None:
    assert WHICH in ways.mail(WHERE)

    assert AT_THE_OFFICE not in ways.text("5521")
    assert AT_THE_OFFICE in ways.mail("5521")


def test_a_proof_of_the_chat_counts_for_no_number(ways: Ways) -> None:
    talk = chat(ways.lumen, ways.email)
    talk.say(SIGNED_IN)
    assert ONLY_YOU in talk.say(ways.code()).reply
    later(ways.lumen, 11)

    assert ONLY_YOU not in ways.text(SIGNED_IN)
    assert ways.reason() == "identity"


def test_what_a_number_was_promised_is_told_nobody_who_writes_a_letter(ways: Ways) -> None:
    """Somebody else may have written it."""
    ways.text(AGAIN)
    later(ways.lumen, 60)
    told = ways.mail(WHERE)

    assert WHICH in told
    assert not any(word in told for word in (WITH_PEOPLE, "sms"))


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
