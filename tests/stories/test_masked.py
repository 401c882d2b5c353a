"""What a customer should not have written is kept nowhere; what was masked for the brain stands in the letter again."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.stories.lumen import Lumen, opened, silence, trusted

from deskhand.domain.attachment import Attachment
from deskhand.domain.contact import Contact
from deskhand.domain.finding import Finding
from deskhand.domain.outcome import RunOutcome
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import End, Plan, Resolution
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket
from deskhand.entrypoints.conversation import file, say
from deskhand.ports.reasoning import Brief, CallLog, Tools
from deskhand.settings import PrivacyTable, Settings
from deskhand.workflows.consider import consider
from deskhand.workflows.desk import Desk
from deskhand.workflows.give_back import asking_plainly, plain_words
from deskhand.workflows.hear import hear
from deskhand.workflows.record import told

CARD, PASSWORD, SOCIAL = "4012 8888 8888 1881", "Kranich#77", "536-22-1234"
NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PLANTED = [CARD, CARD.replace(" ", ""), PASSWORD, SOCIAL]
STORIES = {
    "a question": f"How long does a refund take? My card is {CARD}, my password is {PASSWORD}, ssn {SOCIAL}",
    "a refund": f"I was charged twice on {CARD}. password: {PASSWORD}. My SSN {SOCIAL}",
    "a person": f"I want to talk to a person. Card {CARD}! Password {PASSWORD}! SSN {SOCIAL}!",
    "one line each": f"please help\n{CARD}\nmy password is {PASSWORD}\n{SOCIAL}\nI forgot how to sign in",
}


@pytest.mark.parametrize("stage", list(Stage))
@pytest.mark.sqlite("looks into its files")
def test_a_card_a_password_and_a_social_security_number_are_kept_nowhere(folder: Path, stage: Stage) -> None:
    with opened(folder) as lumen:
        for text in STORIES.values():
            say(
                lumen.installation,
                text,
                email="lars.holm@example.com",
                channel="ask",
                stage=str(stage),
                tell=silence,
            )
            lumen.say("lars.holm@example.com", text, stage=stage)
        number = lumen.say("lars.holm@example.com", STORIES["a question"], stage=stage).number
        lumen.say("lars.holm@example.com", STORIES["a refund"], number, stage=stage)
    state = folder / ".deskhand"
    ours = [file for file in state.rglob("*") if file.is_file() and state / "twins" not in file.parents]
    assert any("desk.sqlite" in file.name for file in ours)
    kept = {(file.name, word) for file in ours for word in PLANTED if word.encode() in file.read_bytes()}
    assert kept == set()


@pytest.mark.sqlite("looks into its files")
def test_the_search_would_find_it(folder: Path) -> None:
    with opened(folder) as lumen:
        file(lumen.installation, "my order is CRANE-7781", email="lars.holm@example.com", channel="ask", stage="")
    assert any(b"CRANE-7781" in file.read_bytes() for file in (folder / ".deskhand").glob("desk.sqlite*"))


class OneTicket:
    """A help desk with one ticket."""

    system = "zendesk"

    def __init__(self, read: Ticket):
        self.read = read

    def ticket(self, ref: Ref) -> Read[Ticket]:
        return Read(self.read, self.system, self.read.created_at)


@dataclass(frozen=True)
class Says:
    """A planner that was told, and says, this."""

    reply: str
    told: list[Brief]

    def plan(self, brief: Brief, tools: Tools, calls: CallLog) -> Plan:
        self.told.append(brief)
        return Resolution(self.reply, End.ASKED, (), (), (), ())


def _ticket(lumen: Lumen, *texts: str, attachments: tuple[Attachment, ...] = ()) -> Ticket:
    now = lumen.clock()
    said = tuple(Message(str(n), Author.CUSTOMER, True, text, now, attachments) for n, text in enumerate(texts))
    ordered = tuple(replace(one, sent_at=now.replace(microsecond=n)) for n, one in enumerate(said))
    who = Requester("Lars Holm", "lars.holm@example.com", True)
    return Ticket(
        Ref("zendesk", "ticket", "9"), f"card {CARD}", Status.OPEN, "email", who, frozenset(), "1", now, ordered
    )


def _desk(lumen: Lumen, ticket: Ticket, planner: Says) -> Desk:
    return replace(lumen.installation.desk, desks={"zendesk": OneTicket(ticket)}, planner=planner)


def test_a_reply_names_what_was_masked_and_the_brain_never_saw_it(shared: Lumen) -> None:
    planner = Says("Is [email 1] right?", [])
    ticket = _ticket(shared, "I am reached at +1 415 555 0132", "Please use new.me@example.net and +1-415-555-0132")
    desk = _desk(shared, ticket, planner)
    heard = hear(desk, str(ticket.ref), "1")
    considered = consider(desk, heard, {}, str(Stage.AUTONOMOUS))
    assert heard.text == "Please use [email 1] and [phone 1]"
    assert [one.text for one in heard.thread.said] == ["I am reached at [phone 1]"]
    assert all("new.me" not in repr((one.message, one.understanding, one.thread)) for one in planner.told)
    assert considered.resolution is not None
    assert "Is new.me@example.net right?" in considered.resolution.reply
    result = told(heard, considered, RunOutcome.ASKED, considered.resolution.reply, {}, 0.0)
    assert result.requests[0].quote == "Please use new.me@example.net and +1-415-555-0132"


def test_names_of_attachments_are_masked(shared: Lumen) -> None:
    files = (Attachment(f"card {CARD}.png", ref="https://files.example/1"), Attachment("invoice-2025-11-0042.pdf"))
    ticket = _ticket(shared, "see attached", attachments=files)
    heard = hear(_desk(shared, ticket, Says("", [])), str(ticket.ref), "0")
    assert [one.name for one in heard.attachments] == ["card [card].png", "invoice-2025-11-0042.pdf"]
    assert [one.ref for one in heard.attachments] == ["", ""]


def test_people_get_what_the_brain_did_not_see(shared: Lumen) -> None:
    told = shared.say(
        "lars.holm@example.com", "I want to talk to a person, write to other.me@example.net", stage=Stage.AUTONOMOUS
    )
    assert told.result.handoff is not None
    assert "other.me@example.net" in " ".join(told.result.handoff.requests)
    assert any("other.me@example.net" in note for note in shared.notes(told.number))


def nothing_masked(settings: Settings) -> Settings:
    return replace(settings, table=trusted(settings).table.model_copy(update={"privacy": PrivacyTable(mask=[])}))


@pytest.fixture
def open_desk(folder: Path) -> Iterator[Lumen]:
    with opened(folder, nothing_masked) as lumen:
        yield lumen


def test_a_desk_may_show_contacts_to_its_brain_but_no_card(open_desk: Lumen) -> None:
    ticket = _ticket(open_desk, f"me@example.net, +1 415 555 0132, {CARD}")
    heard = hear(_desk(open_desk, ticket, Says("", [])), str(ticket.ref), "0")
    assert (heard.text, heard.masked) == ("me@example.net, +1 415 555 0132, [card]", {})


def test_the_careful_default_masks_addresses_and_numbers() -> None:
    assert PrivacyTable().mask == [Contact.EMAIL, Contact.PHONE]


def test_systems_are_asked_for_what_the_customer_named() -> None:
    asked: list[Mapping[str, str | int]] = []

    def look_up(name: str, arguments: Mapping[str, str | int]) -> Finding:
        asked.append(arguments)
        return Finding(name, {}, (), "records", NOW)

    values = {"[email 1]": "new.me@example.net"}
    asking_plainly(look_up, values)("records.account", {"email": "[email 1]", "days": 3})
    assert asked == [{"email": "new.me@example.net", "days": 3}]
    assert plain_words({"to": "[email 1]", "cc": "[email 2]"}, values) == {
        "to": "new.me@example.net",
        "cc": "[email 2]",
    }
