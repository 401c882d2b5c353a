"""Files of past tickets: every format gives the same kind of ticket, and what is none is told with its line."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.history_file.json_values import NoValue, Value, values
from deskhand.connectors.history_file.reading import read_history
from deskhand.domain.errors import DeskFault
from deskhand.domain.past_ticket import PastTicket, Skipped
from deskhand.domain.ticket import Author

PLAIN: dict[str, Any] = {
    "id": "7",
    "from": "Ada@example.com",
    "created_at": "2026-01-02T10:00:00Z",
    "text": "Where is my export?",
    "agent_reply": "It is under Settings.",
    "resolved_at": "2026-01-02T12:00:00+00:00",
    "csat": 4,
}
ZENDESK: dict[str, Any] = {
    "id": 7,
    "created_at": "2026-01-02T10:00:00Z",
    "requester_id": 1,
    "subject": "Export",
    "via": {"channel": "email"},
    "users": [{"id": 1, "email": "ada@example.com", "name": "Ada"}],
    "satisfaction_rating": {"score": "good"},
    "metric_set": {"solved_at": "2026-01-02T12:00:00Z"},
    "comments": [
        {"id": 1, "author_id": 1, "plain_body": "Where is my export?", "created_at": "2026-01-02T10:00:00Z"},
        {"id": 2, "author_id": 9, "html_body": "<p>It is under Settings.</p>", "created_at": "2026-01-02T11:00:00Z"},
        {"id": 3, "author_id": 9, "body": "easy", "public": False, "created_at": "2026-01-02T11:30:00Z"},
    ],
}
FRESHDESK: dict[str, Any] = {
    "helpdesk_ticket": {
        "display_id": 7,
        "created_at": "2026-01-02T10:00:00Z",
        "requester_id": 1,
        "requester": {"email": "ada@example.com", "name": "Ada"},
        "subject": "Export",
        "description": "Where is my export?",
        "ticket_states": {"resolved_at": "2026-01-02T12:00:00Z"},
        "satisfaction_rating": 103,
        "notes": [
            {"helpdesk_note": {"body": "It is under Settings.", "user_id": 9, "created_at": "2026-01-02T11:00:00Z"}},
            {"helpdesk_note": {"body": "easy", "private": True, "user_id": 9, "created_at": "2026-01-02T11:30:00Z"}},
        ],
    }
}
JIRA: dict[str, Any] = {
    "key": "SUP-7",
    "fields": {
        "summary": "Where is my export?",
        "created": "2026-01-02T10:00:00.000+0000",
        "resolutiondate": "2026-01-02T12:00:00.000+0000",
        "reporter": {"accountId": "a", "emailAddress": "ada@example.com", "displayName": "Ada"},
        "comment": {
            "comments": [
                {
                    "author": {"accountId": "z"},
                    "created": "2026-01-02T11:00:00.000+0000",
                    "body": {
                        "type": "doc",
                        "content": [
                            {
                                "type": "paragraph",
                                "content": [
                                    {"type": "text", "text": "It is under "},
                                    {"type": "text", "text": "Settings."},
                                ],
                            }
                        ],
                    },
                }
            ]
        },
    },
}
MESSAGES = """ticket,from,at,author,text
7,ada@example.com,2026-01-02T10:00:00Z,customer,Where is my export?
7,ada@example.com,2026-01-02T11:00:00Z,agent,It is under Settings.
"""
ROWS = """id,from,created_at,text,agent_reply,resolved_at,csat
7,ada@example.com,2026-01-02T10:00:00Z,Where is my export?,It is under Settings.,2026-01-02T12:00:00Z,4
"""
LETTERS = """From ada@example.com Fri Jan  2 10:00:00 2026
From: Ada <ada@example.com>
Subject: Export
Message-ID: <1@example.com>
Date: Fri, 2 Jan 2026 10:00:00 +0000

Where is my export?

From support@lumen.example Fri Jan  2 11:00:00 2026
From: Support <support@lumen.example>
Subject: Re: Export
Message-ID: <2@lumen.example>
In-Reply-To: <1@example.com>
Date: Fri, 2 Jan 2026 11:00:00 +0000

It is under Settings.

"""


def lines(*told: dict[str, Any]) -> str:
    return "".join(json.dumps(one) + "\n" for one in told)


FORMATS = {
    "plain.jsonl": (lines(PLAIN), 4),
    "zendesk.jsonl": (lines(ZENDESK), 5),
    "zendesk.json": (json.dumps({"count": 1, "tickets": [ZENDESK]}, indent=2), 5),
    "freshdesk.json": (json.dumps([FRESHDESK]), 5),
    "jira.json": (json.dumps({"startAt": 0, "issues": [JIRA]}), None),
    "messages.csv": (MESSAGES, None),
    "rows.csv": (ROWS, 4),
    "letters.mbox": (LETTERS, None),
}


def read(folder: Path, name: str, text: str | bytes) -> list[PastTicket | Skipped]:
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_history(file, ["support@lumen.example"]))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_gives_the_customer_their_words_and_the_agents_answer(tmp_path: Path, name: str) -> None:
    text, csat = FORMATS[name]
    (past,) = read(tmp_path, name, text)

    assert isinstance(past, PastTicket)
    ticket = past.ticket
    public = [(one.author, one.text.strip()) for one in ticket.messages if one.public]
    assert public == [(Author.CUSTOMER, "Where is my export?"), (Author.AGENT, "It is under Settings.")]
    assert ticket.requester.email == "ada@example.com"
    assert ticket.requester.verified
    assert ticket.created_at == datetime(2026, 1, 2, 10, tzinfo=UTC)
    assert past.csat == csat
    if past.resolved_at:
        assert past.resolved_at == datetime(2026, 1, 2, 12, tzinfo=UTC)


def test_a_line_that_cannot_be_read_is_told_and_the_rest_goes_on(tmp_path: Path) -> None:
    wrong = [
        "no json",
        json.dumps({**PLAIN, "id": None}),
        json.dumps({**PLAIN, "created_at": "yesterday"}),
        json.dumps({**PLAIN, "text": 5}),
        "[1, 2]",
        '{"id": "8", "from": "bo@example.com"}',
        json.dumps(PLAIN),
    ]
    text = lines(PLAIN) + "".join(f"{one}\n" for one in wrong) + "\n" + lines({**PLAIN, "id": "9"})
    found = read(tmp_path, "past.jsonl", text.encode() + b'{"id": "\xff"}\n')

    skipped = [one for one in found if isinstance(one, Skipped)]
    assert [one.line for one in skipped] == [2, 3, 4, 5, 6, 7, 8, 11]
    assert "was there before" in skipped[6].why
    assert "UTF-8" in skipped[7].why
    assert str(skipped[0]).startswith(f"{tmp_path / 'past.jsonl'}:2: is no JSON")
    assert [one.ticket.ref.id for one in found if isinstance(one, PastTicket)] == ["7", "9"]


def test_a_rating_that_is_none_costs_the_rating_and_not_the_ticket(tmp_path: Path) -> None:
    (past,) = read(tmp_path, "past.jsonl", lines({**PLAIN, "csat": "lovely", "resolved_at": "soon"}))

    assert isinstance(past, PastTicket)
    assert (past.csat, past.resolved_at, past.unread) == (None, None, ("resolved_at", "csat"))


def test_a_letter_that_cannot_be_read_is_told_by_its_number(tmp_path: Path) -> None:
    ours = (
        "From a Fri Jan  2 10:00:00 2026\nFrom: support@lumen.example\nDate: Fri, 2 Jan 2026 10:00:00 +0000\n\nHi\n\n"
    )
    found = read(tmp_path, "past.mbox", f"{LETTERS}From nobody Fri Jan  2 12:00:00 2026\nSubject: x\n\nx\n\n{ours}")

    skipped = [one for one in found if isinstance(one, Skipped)]
    assert [one.line for one in skipped] == [3, 4]
    assert "nobody but agents" in skipped[1].why
    assert len(found) == 3


def test_rows_of_a_table_that_cannot_be_read_are_told_with_their_line(tmp_path: Path) -> None:
    rows = ROWS.encode() + b"8,bo@example.com,never,Hello,,,\n9,cy@example.com,2026-01-02,caf\xe9,,,\n"
    _, eight, nine = read(tmp_path, "rows.csv", rows)

    assert isinstance(eight, Skipped)
    assert isinstance(nine, Skipped)
    assert (eight.line, nine.line, nine.why) == (3, 4, "is not UTF-8")


@pytest.mark.parametrize(
    ("content", "told"),
    [(b"", "is empty"), (b" \n\n", "is empty"), ("{}".encode("utf-16"), "is UTF-16"), (None, "cannot be read")],
)
def test_a_file_without_anything_to_read_says_what_is_wrong_with_it(
    tmp_path: Path, content: bytes | None, told: str
) -> None:
    if content is not None:
        (tmp_path / "past.jsonl").write_bytes(content)
    with pytest.raises(DeskFault, match=told):
        list(read_history(tmp_path / "past.jsonl"))


def test_a_line_longer_than_we_hold_is_told_and_the_next_one_is_read(tmp_path: Path) -> None:
    huge = json.dumps({**PLAIN, "id": "8", "text": "x" * 8_000_001})
    long, next_one = read(tmp_path, "past.jsonl", f"{huge}\n{lines(PLAIN)}")

    assert isinstance(long, Skipped)
    assert "longer than" in long.why
    assert isinstance(next_one, PastTicket)


@given(
    st.lists(st.dictionaries(st.text(), st.text() | st.lists(st.integers())), max_size=20), st.sampled_from([None, 2])
)
def test_a_list_is_read_entry_by_entry_as_json_itself_would(
    tmp_path_factory: pytest.TempPathFactory, told: list[dict[str, Any]], indent: int | None
) -> None:
    file = tmp_path_factory.getbasetemp() / "list.json"
    file.write_text(json.dumps({"next": None, "tickets": told}, indent=indent), "utf-8")

    assert [one.value if isinstance(one, Value) else one for one in values(file)] == told


def test_a_long_list_is_read_across_the_parts_it_comes_in(tmp_path: Path) -> None:
    told = [{"n": number, "text": "ä" * random.Random(number).randint(0, 900)} for number in range(600)]
    file = tmp_path / "list.json"
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    assert [one.value for one in values(file) if isinstance(one, Value)] == told

    file.write_text(json.dumps(told[:3], ensure_ascii=False)[:-5], "utf-8")
    *_, last = values(file)
    assert isinstance(last, NoValue)
    assert "what follows was not read" in last.why
