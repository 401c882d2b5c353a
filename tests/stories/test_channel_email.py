"""A customer writes an e-mail: it is read from the mailbox, understood, acted on, and answered in its thread."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from email import message_from_string
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import pytest
from tests.contracts.channel_rigs import Death, Died, Mortal
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, apart, opened

from deskhand.connectors.imap.twin import ImapTwin
from deskhand.domain.incoming import Incoming
from deskhand.domain.phrases import PHRASES
from deskhand.domain.ref import Ref
from deskhand.domain.survey import Survey
from deskhand.domain.ticket import Author, Requester, Ticket
from deskhand.settings import ChannelsTable, EmailTable, Settings
from deskhand.workflows.ask_rating import Asked, ask_rating
from deskhand.workflows.close_quiet import Looked, look
from deskhand.workflows.take_in_message import take_in_message

RECEIVER = "mx.lumen.example"


def with_mailbox(settings: Settings) -> Settings:
    settings = apart(settings)
    channels = ChannelsTable(email=EmailTable(twin=True, receiver=RECEIVER))
    return replace(settings, table=settings.table.model_copy(update={"channels": channels}))


@dataclass(frozen=True)
class Post:
    """Lumen with a mailbox, and what customers do with theirs."""

    lumen: Lumen
    twin: ImapTwin

    def write(self, sender: str, text: str, *, proven: bool = True, **headers: str) -> str:
        """A letter arrives; its Message-ID."""
        id = f"<{uuid4().hex}@customer.example>"
        domain = sender.rpartition("@")[2]
        results = f"{RECEIVER}; dmarc={'pass' if proven else 'fail'} header.from={domain}"
        head = {"Authentication-Results": results, "From": sender, "To": "support@lumen.example", "Message-ID": id}
        head |= {"Subject": "Help", **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.twin.deliver("\r\n".join([*(f"{k}: {v}" for k, v in head.items()), "", text]).encode())
        return id

    def read(self) -> None:
        """One look at the mailbox, and all that follows from it."""
        channels = self.lumen.installation.channels
        assert channels.mail is not None
        reader = channels.mail.reader(channels.threads, lambda one: channels.take(self.lumen.installation.desk, one))
        with self.lumen.network.quiet():
            reader.read()
        self.lumen.eventually(self.lumen.installation.engine.idle)

    def letters(self, to: str) -> list[EmailMessage]:
        twin = self.lumen.installation.systems.mail_twin
        assert twin is not None
        found = [one["text"] for one in twin.letters() if one["recipients"] == [to]]
        return [message_from_string(one, EmailMessage, policy=default) for one in found]

    def ticket(self, outer: str) -> Ticket:
        """The conversation that holds this letter."""
        threads = self.lumen.installation.channels.threads
        for row in self.lumen.installation.queries.tickets(1_000):
            ref = Ref.parse(row.ticket)
            if ref.system == "deskhand" and outer in threads.outgoing(ref, "", "")[1].before:
                return threads.conversations.ticket(ref).value
        raise AssertionError("no conversation holds it")


@contextmanager
def desk_with_mailbox(folder: Path) -> Iterator[Post]:
    with opened(folder, with_mailbox, finished=True) as lumen:
        mail = lumen.installation.channels.mail
        assert mail is not None
        assert mail.twin is not None
        post = Post(lumen, mail.twin)
        post.read()
        yield post


@pytest.fixture(scope="module")
def post(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Post]:
    with desk_with_mailbox(copytree(prepared, tmp_path_factory.mktemp("post") / "desk")) as made:
        yield made


def text_of(letter: EmailMessage) -> str:
    return str(letter.get_content()).replace("\r\n", "\n")


def test_a_customer_whom_our_receiver_vouches_for_gets_the_refund_and_an_answer_in_the_thread(post: Post) -> None:
    ada = post.lumen.customer("double_charge_small")
    id = post.write(ada, TWICE)
    post.read()
    (answer,) = post.letters(ada)

    assert "refunded" in text_of(answer)
    assert len(post.lumen.refunds(ada)) == 1
    assert (answer["Subject"], answer["In-Reply-To"], answer["Auto-Submitted"]) == ("Re: Help", id, "auto-replied")
    post.read()
    assert len(post.letters(ada)) == 1


def test_an_answer_to_ours_goes_on_in_the_same_conversation(post: Post) -> None:
    ada = post.lumen.customer("double_charge_small")
    first = post.write(ada, "How big can a CSV file be?")
    post.read()
    (ours,) = post.letters(ada)
    quoted = "\r\n".join(f"> {line}" for line in text_of(ours).splitlines())
    reply = (
        f"{TWICE}\r\n\r\nOn Tue, 24 Nov 2026 at 10:01, Lumen <support@lumen.example> wrote:\r\n{quoted}\r\n-- \r\nAda"
    )
    post.write(ada, reply, In_Reply_To=str(ours["Message-ID"]))
    post.read()

    said = [one.text for one in post.ticket(first).messages if one.author is Author.CUSTOMER]
    assert said == ["How big can a CSV file be?", TWICE]
    assert len(post.lumen.refunds(ada)) == 1


def test_the_token_in_our_address_is_enough_where_a_program_names_no_letter(post: Post) -> None:
    ada = post.lumen.customer("single_charge")
    first = post.write(ada, "How big can a CSV file be?")
    post.read()
    post.write(ada, "And an Excel file?", To=str(post.letters(ada)[0]["Reply-To"]))
    post.read()

    said = [one.text for one in post.ticket(first).messages if one.author is Author.CUSTOMER]
    assert said == ["How big can a CSV file be?", "And an Excel file?"]


def test_the_subject_alone_joins_nothing_and_nobody_joins_the_thread_of_another(post: Post) -> None:
    ada, eve = post.lumen.customer("single_charge"), post.lumen.customer("single_charge")
    first = post.write(ada, "How big can a CSV file be?")
    post.read()
    (ours,) = post.letters(ada)
    stranger = post.write(eve, "How big?", In_Reply_To=str(ours["Message-ID"]), To=str(ours["Reply-To"]))
    again = post.write(ada, "How big can a CSV file be, once more?", Subject="Re: Help")
    post.read()

    assert len({post.ticket(one).ref for one in (first, stranger, again)}) == 3
    assert len(post.letters(eve)) == 1


def test_a_letter_that_nobody_vouches_for_moves_no_money(post: Post) -> None:
    ada = post.lumen.customer("double_charge_small")
    post.write(ada, TWICE, proven=False)
    post.read()

    assert post.lumen.refunds(ada) == []


@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"List_Id": "<a.b>"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}]
)
def test_a_machine_is_not_answered_and_what_it_said_is_kept_for_people(post: Post, headers: dict[str, Any]) -> None:
    ada = post.lumen.customer("single_charge")
    first = post.write(ada, "How big can a CSV file be?")
    post.read()
    post.write(ada, "I am away until Monday", In_Reply_To=str(post.letters(ada)[0]["Message-ID"]), **headers)
    post.write("daemon@elsewhere.example", "I am away, too", **headers)
    post.read()

    assert len(post.letters(ada)) == 1
    assert post.letters("daemon@elsewhere.example") == []
    assert [one.text for one in post.ticket(first).messages if not one.public] == ["I am away until Monday"]


def test_a_letter_that_cannot_be_read_goes_to_people(post: Post) -> None:
    ada = post.lumen.customer("single_charge")
    parts = "--x\r\n\r\nHello\r\n" * 5_000
    id = post.write(ada, parts, Content_Type="multipart/mixed; boundary=x")
    post.read()

    assert post.lumen.owner(str(post.ticket(id).ref)) == "queue:support"
    assert post.letters(ada) == []


def test_half_a_character_in_a_letter_stops_nothing_behind_it(post: Post) -> None:
    """Some charsets of the library can spell what no database takes."""
    ada = post.lumen.customer("single_charge")
    post.write(ada, r"How big can a CSV file be? \ud83d \x00", Content_Type="text/plain; charset=unicode_escape")
    post.read()

    assert len(post.letters(ada)) == 1


def test_a_process_that_dies_while_it_files_a_letter_files_it_once(post: Post) -> None:
    """Before and after every step of taking it in, each with a letter of its own."""
    lumen, ada = post.lumen, post.lumen.customer("single_charge")
    desk, threads = lumen.installation.desk, lumen.installation.channels.threads
    at = 0
    for at in range(40):
        text, death = f"How big can a CSV file be, number {at}?", Death(at)
        letter = Incoming(
            "email", f"<{at}@dead.example>", Requester("", ada, False), text, outer=f"<{at}@dead.example>"
        )
        with suppress(Died):
            take_in_message(desk, Mortal(threads, death), letter)
        take_in_message(desk, threads, letter)
        lumen.eventually(lumen.installation.engine.idle)
        messages = post.ticket(letter.outer).messages

        assert [one.text for one in messages if one.author is Author.CUSTOMER] == [text]
        assert sum(one.author is Author.ASSISTANT and one.public for one in messages) == 1
        if death.steps <= at:
            break
    assert at > 6


def test_two_machines_that_answer_each_other_are_stopped(post: Post) -> None:
    ada = post.lumen.customer("single_charge")
    last = post.write(ada, "How big can a CSV file be?")
    first = last
    for number in range(9):
        post.read()
        if answers := post.letters(ada):
            last = str(answers[-1]["Message-ID"])
        post.write(ada, f"Question {number}: how big can a CSV file be?", In_Reply_To=last)
    post.read()

    assert 0 < len(post.letters(ada)) <= 5
    assert post.lumen.owner(str(post.ticket(first).ref)).startswith("queue:")


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "nl"])
def test_a_person_is_given_to_whoever_asks_by_letter(post: Post, language: str) -> None:
    ada = post.lumen.customer("double_charge_small")
    post.write(ada, f"{FOR_A_PERSON[language][1]}\r\n\r\n-- \r\nAda", Content_Type="text/plain; charset=utf-8")
    post.read()
    (answer,) = post.letters(ada)

    assert PHRASES[language].passing_on in " ".join(text_of(answer).split())
    assert post.lumen.refunds(ada) == []


def test_a_person_who_is_only_named_in_what_a_letter_quotes_is_not_asked_for(post: Post) -> None:
    ada = post.lumen.customer("double_charge_small")
    post.write(ada, f"{TWICE}\r\n\r\n> I want to talk to a person.")
    post.read()

    assert len(post.lumen.refunds(ada)) == 1


def test_after_it_has_closed_the_customer_is_asked_once_in_the_same_thread(post: Post) -> None:
    ada = post.lumen.customer("double_charge_small")
    ticket = str(post.ticket(_written_and_read(post, ada)).ref)
    timeline = post.lumen.installation.queries.timeline(ticket)
    ended = [one.at for one in timeline if one.kind == "message.ended"][-1]
    later = (ended + timedelta(days=4)).replace(hour=10)
    survey = Survey(ask=True, link=lambda name: f"https://desk.lumen.example/ratings/{len(name)}")
    desk = replace(post.lumen.installation.desk, clock=lambda: later, survey=survey)
    with post.lumen.network.quiet():
        assert look(desk, ticket) is Looked.CLOSED
        assert [ask_rating(desk, ticket) for _ in range(2)] == [Asked.SENT, Asked.NOT]
    answer, question = post.letters(ada)
    assert "https://desk.lumen.example/ratings/" in text_of(question)
    assert question["Subject"] == answer["Subject"] == "Re: Help"


def _written_and_read(post: Post, sender: str) -> str:
    id = post.write(sender, TWICE)
    post.read()
    return id
