"""The past of a help desk is taken over once, whatever happens on the way; and polling files what no event told of."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from deskhand.bootstrap import Scratch, scratch_store
from deskhand.connectors.history_file.mailbox import read_mailbox
from deskhand.connectors.history_file.table import read_table
from deskhand.domain.changes import Changed, Changes
from deskhand.domain.errors import DeskFault, Down, Missing
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Message, Requester, Status, Ticket
from deskhand.ports.store import Store
from deskhand.understanding.redact import redact
from deskhand.workflows.import_history import Imported, import_feed, import_tickets
from deskhand.workflows.poll_tickets import poll

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADA = Requester("Ada", "ada@example.com", verified=True)
PAGE = 3


@dataclass
class Past:
    """A help desk of so many tickets, which fails at the pages that are named."""

    system: str = "desk"
    tickets: dict[str, Ticket] = field(default_factory=dict)
    fails: set[int] = field(default_factory=set)
    read: list[str] = field(default_factory=list)

    def add(self, number: int, *texts: tuple[Author, str], at: datetime | None = None) -> None:
        at = at or NOW - timedelta(days=100 - number)
        messages = tuple(
            Message(str(n), author, public=True, text=text, sent_at=at + timedelta(minutes=n))
            for n, (author, text) in enumerate(texts, 1)
        )
        ref = Ref(self.system, "ticket", str(number))
        self.tickets[str(number)] = Ticket(ref, "Export", Status.CLOSED, "email", ADA, frozenset(), "v1", at, messages)

    def since(self, at: datetime) -> str:
        return at.isoformat()

    def changes(self, cursor: str) -> Changes:
        """A cursor is the time of the last change that was told."""
        page = len([1 for one in self._changes() if cursor and one.at <= datetime.fromisoformat(cursor)]) // PAGE
        if page in self.fails:
            self.fails.discard(page)
            raise Down("GET /changes")
        left = [one for one in self._changes() if not cursor or one.at > datetime.fromisoformat(cursor)]
        told = left[:PAGE]
        return Changes(tuple(told), told[-1].at.isoformat() if told else cursor, len(left) > PAGE)

    def ticket(self, ref: Ref) -> Read[Ticket]:
        if ref.id not in self.tickets:
            raise Missing("GET")
        self.read.append(ref.id)
        return Read(self.tickets[ref.id], self.system, NOW)

    def _changes(self) -> list[Changed]:
        return sorted(
            (Changed(one.ref, one.messages[-1].sent_at) for one in self.tickets.values()), key=lambda one: one.at
        )


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Scratch]:
    with scratch_store(tmp_path) as found:
        yield found


@pytest.fixture
def store(scratch: Scratch) -> Store:
    return scratch.store


def past(number: int = 8) -> Past:
    made = Past()
    for one in range(number):
        made.add(one, (Author.CUSTOMER, f"My export {one} fails, password hunter2secret"), (Author.AGENT, "Mended."))
    return made


def kept(store: Store) -> list[Ticket]:
    with store.begin() as tx:
        return list(tx.history.every())


def take(made: Past, store: Store) -> list[Imported]:
    return list(import_feed(made, made, store, redact, lambda: NOW))


def test_every_ticket_is_kept_once_and_without_its_secrets(store: Store) -> None:
    pages = take(past(), store)

    assert [(one.kept, one.known) for one in pages] == [(3, 0), (3, 0), (2, 0)]
    assert [one.ref.id for one in kept(store)] == [str(one) for one in range(8)]
    assert all("hunter2secret" not in one.messages[0].text for one in kept(store))
    assert [(one.kept, one.known) for one in take(past(), store)] == [(0, 0)], "it goes on where it ended"


@pytest.mark.parametrize("page", [0, 1, 2])
def test_what_stops_in_the_middle_goes_on_there(store: Store, page: int) -> None:
    made = past()
    made.fails = {page}
    with pytest.raises(Down):
        take(made, store)
    assert len(kept(store)) == PAGE * page

    take(made, store)
    assert len(kept(store)) == 8
    assert sorted(made.read) == sorted(set(made.read)), "nothing was asked for twice"


def test_a_ticket_that_changed_is_kept_anew(store: Store) -> None:
    made = past(2)
    take(made, store)
    made.add(0, (Author.CUSTOMER, "It fails again"), at=NOW)
    take(made, store)

    assert [one.messages[0].text for one in kept(store) if one.ref.id == "0"] == ["It fails again"]
    assert len(kept(store)) == 2


def test_a_ticket_that_is_no_more_is_told(store: Store) -> None:
    made = past(2)
    listed = made._changes()
    del made.tickets["0"]
    made._changes = lambda: listed  # type: ignore[method-assign]

    assert [(one.kept, one.gone) for one in take(made, store)] == [(1, 1)]


def test_the_journal_tells_what_was_taken_over_and_no_word_of_it(scratch: Scratch) -> None:
    take(past(), scratch.store)
    lines = [one for one in scratch.queries.lines() if one.kind == "history.imported"]

    assert [one.body["tickets"] for one in lines] == [3, 3, 2]
    assert "export" not in str(lines)


# -- files ------------------------------------------------------------------------------------------

TABLE = """ticket,from,at,author,text,subject
1,ada@example.com,2026-01-02T10:00:00Z,customer,"Where is my export, please?",Export
1,ada@example.com,2026-01-02T11:00:00Z,agent,"It is under Settings
> Exports.",
2,BO@example.com,2026-01-03 09:30,,Hello,
"""
BOX = b"""From ada@example.com Fri Jan  2 10:00:00 2026
From: Ada <ada@example.com>
To: support@lumen.example
Subject: Export
Message-ID: <1@example.com>
Date: Fri, 2 Jan 2026 10:00:00 +0100

Where is my export?

From support@lumen.example Fri Jan  2 11:00:00 2026
From: Support <support@lumen.example>
Subject: Re: Export
Message-ID: <2@lumen.example>
In-Reply-To: <1@example.com>
Date: Fri, 2 Jan 2026 11:00:00 +0100

Under Settings.

From ada@example.com Fri Jan  2 12:00:00 2026
From: ada@example.com
Subject: Re: Export
Message-ID: <3@example.com>
References: <1@example.com> <2@lumen.example>
Date: Fri, 2 Jan 2026 12:00:00 +0100

Thanks!

From nobody Fri Jan  2 12:00:00 2026
Subject: no sender

x

"""


def test_a_table_gives_a_ticket_for_rows_of_one_number(tmp_path: Path, store: Store) -> None:
    file = tmp_path / "past.csv"
    file.write_text(TABLE, "utf-8")
    one, two = read_table(file, "csv")

    assert (one.subject, one.requester.email) == ("Export", "ada@example.com")
    assert [(each.author, each.text) for each in one.messages] == [
        (Author.CUSTOMER, "Where is my export, please?"),
        (Author.AGENT, "It is under Settings\n> Exports."),
    ]
    assert (two.requester.email, two.messages[0].sent_at) == ("bo@example.com", datetime(2026, 1, 3, 9, 30, tzinfo=UTC))
    for expected in ((2, 0), (0, 2)):
        (page,) = import_tickets(read_table(file, "csv"), "file:past.csv", store, redact, lambda: NOW)
        assert (page.kept, page.known) == expected


@pytest.mark.parametrize(
    ("wrong", "line", "told"),
    [
        (TABLE.replace("from,at", "sender,at"), 1, "has no column 'from'"),
        (TABLE.replace("2026-01-03 09:30", "yesterday"), 5, "cannot be read"),
        (TABLE.replace(",agent,", ",boss,"), 4, "cannot be read"),
        (TABLE.replace("\n2,BO", "\n,BO"), 5, "it names no ticket"),
        ("", 1, "has no column 'ticket'"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, wrong: str, line: int, told: str) -> None:
    file = tmp_path / "past.csv"
    file.write_text(wrong, "utf-8")
    with pytest.raises(DeskFault) as fault:
        list(read_table(file, "csv"))

    assert fault.value.faults[0].line == line
    assert told in fault.value.faults[0].what


def test_letters_that_answer_each_other_are_one_ticket(tmp_path: Path) -> None:
    file = tmp_path / "past.mbox"
    file.write_bytes(BOX)
    (ticket,) = read_mailbox(file, "mbox", ["support@lumen.example"])

    assert (ticket.subject, ticket.requester.email, ticket.requester.name) == ("Export", "ada@example.com", "Ada")
    assert [(one.author, one.text.strip()) for one in ticket.messages] == [
        (Author.CUSTOMER, "Where is my export?"),
        (Author.AGENT, "Under Settings."),
        (Author.CUSTOMER, "Thanks!"),
    ]


# -- polling ------------------------------------------------------------------------------------------


def news(made: Past, store: Store, at: datetime = NOW) -> int:
    return poll(made, made, store, lambda: at)


def test_the_first_time_only_marks_where_we_begin(store: Store) -> None:
    made = past()
    assert news(made, store) == 0
    assert made.read == []


@pytest.fixture
def made(store: Store) -> Past:
    """Asked once before anybody wrote."""
    begun = past(2)
    news(begun, store)
    return begun


def filed(scratch: Scratch) -> list[str]:
    received = [one for one in scratch.queries.lines() if one.kind == "message.received"]
    return [f"{one.ticket}/{one.body['message']}" for one in received]


def test_what_a_customer_wrote_since_is_filed_once(made: Past, scratch: Scratch) -> None:
    store = scratch.store
    made.add(7, (Author.CUSTOMER, "Hello"), (Author.CUSTOMER, "Are you there?"), at=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=10)

    assert news(made, store, later) == 2
    assert news(made, store, later) == 0
    assert filed(scratch) == ["desk:ticket:7/1", "desk:ticket:7/2"]


def test_what_was_answered_or_is_old_is_no_news(made: Past, scratch: Scratch) -> None:
    store = scratch.store
    made.add(7, (Author.CUSTOMER, "Hello"), (Author.AGENT, "Hello!"), at=NOW + timedelta(minutes=1))
    made.add(8, (Author.CUSTOMER, "Hello"), at=NOW + timedelta(minutes=2))
    made.tickets["8"] = replace(
        made.tickets["8"],
        messages=(replace(made.tickets["8"].messages[0], sent_at=NOW + timedelta(minutes=2)),),
    )

    assert news(made, store, NOW + timedelta(days=3)) == 0
    assert filed(scratch) == []


def test_a_page_that_fails_is_asked_again_and_files_nothing_twice(made: Past, scratch: Scratch) -> None:
    store = scratch.store
    for number in range(7, 13):
        made.add(number, (Author.CUSTOMER, "Hello"), at=NOW + timedelta(minutes=number))
    made.fails = {1}
    later = NOW + timedelta(minutes=30)
    with pytest.raises(Down):
        news(made, store, later)
    before = filed(scratch)
    news(made, store, later)
    assert 0 < len(before) < 6
    assert filed(scratch) == [f"desk:ticket:{number}/1" for number in range(7, 13)]
