"""Files of past tickets: tables, lines of JSON, exports of help desks, mailboxes."""

import json
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from tests.connectors.test_history_reading import FRESHDESK, JIRA, PLAIN, ZENDESK
from tests.fuzz.door import Door
from tests.fuzz.mutating import jsons, pieces

from deskhand.connectors.history_file.reading import read_history
from deskhand.domain.errors import DeskFault

ROWS = b"ticket,from,at,text,author,public\n1,ada@example.com,2026-01-02T10:00:00Z,Where is it?,customer,yes\n"
ROWS += b'1,me@lumen.example,2026-01-02T11:00:00,"It, is ""here""",agent,no\n'
OWN_ROWS = b"id,from,created_at,text,csat,resolved_at\n7,ada@example.com,1767348000,Hello,4,2026-01-02\n"
MAIL = b"From x@y Mon Jan  5 10:00:00 2026\nFrom: Ada <ada@example.com>\nDate: Mon, 5 Jan 2026 10:00:00 +0000\n"
MAIL += b"Message-ID: <1@a.b>\nSubject: Hello\nContent-Type: text/plain; charset=utf-8\n\nWhere is it?\n\n"
MAIL += MAIL.replace(b"<1@a.b>", b"<2@a.b>\nIn-Reply-To: <1@a.b>").replace(b"ada@", b"support@")
MAIL_JOINTS: tuple[bytes, ...] = (
    b"From x@y\n",
    b"Date: Mon, 5 Jan 2026 10:00:00 +9999999999\n",
    b"From: (((((",
    b"To: ",
    b"=?x?q?",
    b"\n\n",
)
MAIL_JOINTS += (
    b"Content-Type: multipart/mixed; boundary=b\n",
    b"--b\n",
    b"charset=punycode",
    b"Subject: =?utf-8?b?/w==?=\n",
)
EXPORTS = (PLAIN, ZENDESK, FRESHDESK, JIRA)


def read(kind: str, content: bytes) -> object:
    with tempfile.NamedTemporaryFile(suffix=kind) as file:
        file.write(content)
        file.flush()
        return list(read_history(Path(file.name), {"support@example.com"}))


def lines(*values: object) -> bytes:
    return b"\n".join(json.dumps(one).encode() for one in values)


def changed(**values: object) -> bytes:
    return lines({**PLAIN, **values})


def letter(head: bytes) -> bytes:
    return b"From x@y Mon Jan  5 10:00:00 2026\n" + head + b"\n\nHello\n"


def deep(levels: int) -> dict[str, object]:
    node: dict[str, object] = {"type": "text", "text": "x"}
    for _ in range(levels):
        node = {"type": "doc", "content": [node]}
    return {**JIRA, "fields": {**JIRA["fields"], "description": node}}


values = st.one_of([jsons(one) for one in EXPORTS])
listed = st.lists(values, max_size=3).map(lambda some: json.dumps({"tickets": some}).encode())
lined = st.lists(values, max_size=3).map(lambda some: lines(*some))
DOORS = [
    Door(
        "history in JSON",
        st.one_of(lined, lined, listed, pieces([lines(*EXPORTS), json.dumps(list(EXPORTS)).encode()])),
        lambda content: read(".jsonl", content),
        (DeskFault,),
        once=(
            *(changed(csat=one) for one in (float("nan"), float("inf"), 10**400)),
            changed(**{"from": "\ud800", "name": "\ud800"}),
            lines(deep(300)),
        ),
        long=(
            b"[" * 1_000_000,
            b'{"tickets": [' + b'{"id": 1},' * 30_000,
            lines(PLAIN) * 1_000,
            b"[" + b" " * 5_000_000,
        ),
    ),
    Door(
        "history in a table",
        pieces([ROWS, OWN_ROWS], (b'"', b",,,", b"nan", b"inf", b"1e999", b"9999-12-31T23:59:59-23:59")),
        lambda content: read(".csv", content),
        (DeskFault,),
        once=(
            ROWS.replace(b"10:00:00Z,", b"10\n:00:00Z,"),
            OWN_ROWS.replace(b",4,", b",inf,"),
            b"x" * 200_000 + b"\n" + ROWS,
            b'"' + b"x" * 1_500_000,
            ROWS.replace(b"2026-01-02T10:00:00Z", b"0001-01-01T00:00:00+23:59"),
        ),
        long=(ROWS + b'"' * 3_000_000, ROWS + b"1,a@b.c,2026-01-02T10:00:00Z,x\n" * 10_000),
    ),
    Door(
        "history in a mailbox",
        pieces([MAIL], MAIL_JOINTS),
        lambda content: read(".mbox", content),
        (DeskFault,),
        once=(
            letter(b"From: a@b.example\nDate: Mon, 5 Jan 2026 10:00:00 +99999999999999999999"),
            letter(b"From: " + b"(" * 3_000 + b"\nDate: Mon, 5 Jan 2026 10:00:00 +0000"),
            letter(b"From: a@b.example\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nSubject: =?utf-7?q?+2AA-?="),
            letter(b"From: a@b.example\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nContent-Type: text/plain; charset=utf-7")
            + b"+2AA-",
        ),
        long=(
            letter(b"From: " + b"a@b.c, " * 2_000 + b"\nDate: Mon, 5 Jan 2026 10:00:00 +0000"),
            letter(b"From: a@b.c\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nSubject: " + b"=?utf-8?q?a?= " * 2_000),
            letter(b"From: a@b.c\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nReferences: " + b"<a@b> " * 5_000),
            letter(b"From: a@b.c\nDate: Mon, 5 Jan 2026 10:00:00 +0000\nContent-Type: text/plain; charset=punycode")
            + b"a-"
            + b"b" * 400_000,
        ),
        often=40,
    ),
]
