"""Letters from anybody: who wrote them, whether a machine did, and what is in them, however they are made."""

from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.connectors.imap.reading import Reading
from deskhand.domain.incoming import Incoming, Kind

RECEIVER = "mx.lumen.example"
READING = Reading(frozenset({"support@lumen.example"}), RECEIVER, lambda token: f"email.{token}" if token else "")
PASS = f"{RECEIVER}; spf=pass; dmarc=pass (p=reject) header.from=example.com"


def letter(text: str = "Hello", *more: str) -> bytes:
    head = ["From: Ada <ada@example.com>", "To: support@lumen.example", "Subject: My invoice", "Message-ID: <1@a.b>"]
    return "\r\n".join([*head, *more, "", text]).encode("utf-8", "surrogateescape")


def read(raw: bytes) -> Incoming:
    found = READING.read(raw)
    assert found is not None
    return found


def test_a_plain_letter_is_read() -> None:
    found = read(letter("I was charged twice.", "References: <a@b> <c@d>", "In-Reply-To: <e@f>"))

    assert (found.requester.name, found.requester.email) == ("Ada", "ada@example.com")
    assert (found.subject, found.text, found.kind) == ("My invoice", "I was charged twice.", Kind.WORDS)
    assert (found.outer, found.answers) == ("<1@a.b>", ("<e@f>", "<c@d>", "<a@b>"))


@pytest.mark.parametrize(
    ("results", "wanted"),
    [
        ([PASS], True),
        ([PASS, PASS], True),
        ([PASS.replace("example.com", "EXAMPLE.com")], True),
        ([], False),
        ([PASS.replace("pass (p", "fail (p")], False),
        ([PASS.replace("example.com", "other.example")], False),
        ([PASS.replace("header.from=example.com", "")], False),
        ([PASS.replace(RECEIVER, "mx.evil.example")], False),
        ([PASS.replace(RECEIVER, f"{RECEIVER}.evil.example")], False),
        ([PASS.replace("pass (p", "fail (p"), PASS], False),
        ([f"{RECEIVER}; dmarc=fail header.from=example.com; dmarc=pass header.from=example.com"], False),
        ([f"{RECEIVER}; spf=pass smtp.mailfrom=(; dmarc=pass header.from=example.com)"], False),
        ([f'{RECEIVER}; spf=fail reason="; dmarc=pass header.from=example.com"'], False),
        ([f"{RECEIVER}; spf=fail (; dmarc=pass header.from=example.com"], False),
        ([f"mx.evil.example; (\r\n {RECEIVER}); dmarc=pass header.from=example.com"], False),
    ],
)
def test_only_our_own_receiver_vouches_and_only_for_the_sender(results: list[str], wanted: bool) -> None:
    assert read(letter("Hello", *(f"Authentication-Results: {one}" for one in results))).vouched is wanted


def test_without_a_receiver_nobody_is_vouched_for() -> None:
    reading = Reading(frozenset(), "", lambda token: "")
    found = reading.read(letter("Hello", "Authentication-Results: ; dmarc=pass header.from=example.com"))

    assert found is not None
    assert not found.vouched


@pytest.mark.parametrize(
    "header",
    [
        "Auto-Submitted: auto-replied",
        "Auto-Submitted: auto-generated (rejected)",
        "Precedence: bulk",
        "Precedence: LIST",
        "List-Id: <news.example.com>",
        "Return-Path: <>",
        "X-Auto-Response-Suppress: OOF",
        "Content-Type: multipart/report; boundary=x",
    ],
)
def test_a_machines_letter_is_not_answered(header: str) -> None:
    assert read(letter("I am away", header)).kind is Kind.AUTOMATIC


@pytest.mark.parametrize("header", ["Auto-Submitted: no", "Precedence: normal", "Return-Path: <ada@example.com>"])
def test_a_persons_letter_is(header: str) -> None:
    assert read(letter("I am here", header)).kind is Kind.WORDS


@pytest.mark.parametrize("own", ["support@lumen.example", "Support+t1.a@lumen.example", "mailer-daemon@example.com"])
def test_our_own_letter_or_a_bounce_is_not_answered(own: str) -> None:
    assert read(b"From: " + own.encode() + b"\r\n\r\nHello").kind is Kind.AUTOMATIC


@pytest.mark.parametrize(
    "sender",
    ["", "ada@example.com, eve@example.com", "ada", "Ada <ada@example.com>\r\nFrom: eve@example.com", "a@b", "<>"],
)
def test_a_letter_of_nobody_or_of_several_is_left_alone(sender: str) -> None:
    assert READING.read(f"From: {sender}\r\n\r\nHello".encode()) is None


def test_an_address_with_a_token_names_its_conversation() -> None:
    raw = letter().replace(b"support@", b"support+t1.abc@")

    assert read(raw).token == "email.t1.abc"


def test_attachments_are_named_with_their_types_and_not_read() -> None:
    made = EmailMessage()
    made["From"], made["Subject"] = "ada@example.com", "Grüße"
    made.set_content("See below.")
    made.add_attachment(
        b"%PDF", maintype="application", subtype="pdf", filename="../../etc/passwd=?utf-8?q?=0D=0AX:_y?="
    )
    made.add_attachment("I hate you", filename="letter.txt")
    inner = EmailMessage()
    inner.set_content("Forwarded words of somebody else")
    made.add_attachment(inner)
    found = read(made.as_bytes())

    assert found.text == "See below."
    assert found.subject == "Grüße"
    first, *others = found.attachments
    assert [(one.name, one.type) for one in others] == [("letter.txt", "text/plain"), ("unnamed", "message/rfc822")]
    assert (first.type, first.size) == ("application/pdf", 4)
    assert not set("/\r\n") & set(first.name)


def test_an_attachment_is_found_again_by_its_letter_and_its_place_in_it() -> None:
    made = EmailMessage()
    made["From"], made["Message-ID"] = "ada@example.com", "<1@example.com>"
    made.set_content("See below.")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="bill.pdf")
    nameless = made.as_bytes().replace(b"Message-ID", b"X-Other")

    assert [one.ref for one in read(made.as_bytes()).attachments] == ["1 <1@example.com>"]
    assert [one.ref for one in read(nameless).attachments] == [""]


def test_html_alone_is_read_without_its_quotation() -> None:
    html = (
        "<html><head><style>p{}</style></head><body><p>It is <b>still</b> broken.</p><script>x()</script>"
        '<div class="gmail_quote">On Monday Lumen wrote:<blockquote>Try again</blockquote></div></body></html>'
    )

    assert read(letter(html, "Content-Type: text/html")).text == "It is still broken."


@pytest.mark.parametrize(
    "charset", ["utf-8", "no-such-charset", "", '"\r\n', "base64", "rot13", "idna", "unicode_escape"]
)
def test_any_charset_gives_some_text(charset: str) -> None:
    found = READING.read(letter("Gr\u00fc\u00dfe \udcff", f"Content-Type: text/plain; charset={charset}"))

    assert found is not None
    assert "Gr" in found.text


def nested(depth: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n" for n in range(depth))
    return letter().rstrip(b"Hello").rstrip(b"\r\n") + b"\r\n" + head.encode() + b"\r\nHello"


HOSTILE = {
    "thousands of parts": letter("\r\n".join(["--x\r\n\r\nHello"] * 5000), "Content-Type: multipart/mixed; boundary=x"),
    "deep": nested(100),
    "deeper": nested(20_000),
    "borders": letter("--x\r\n" * 100_000, "Content-Type: multipart/mixed; boundary=x"),
}


@pytest.mark.parametrize("raw", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_letter_made_to_choke_on_goes_to_people(raw: bytes) -> None:
    found = read(raw)

    assert found.kind is Kind.UNREADABLE
    assert "lies unread in the mailbox" in found.text


def test_a_letter_that_was_cut_goes_to_people() -> None:
    found = READING.read(letter(), whole=False)

    assert found is not None
    assert (found.kind, found.why) == (Kind.UNREADABLE, "is larger than what we read")


def test_headers_without_an_end_are_read_in_bounds() -> None:
    raw = letter().replace(b"\r\n\r\nHello", b"\r\n" + b"X-Long: y\r\n" * 100_000 + b"\r\nHello")
    found = read(raw)

    assert found.requester.email == "ada@example.com"
    assert found.text == "Hello"


def test_no_header_smuggles_another_line() -> None:
    found = read(letter().replace(b"My invoice", b"=?utf-8?q?a=0D=0ABcc:_eve=40example.com?="))

    assert found.subject == "a Bcc: eve@example.com"


@given(st.binary(max_size=400), st.binary(max_size=400))
def test_whatever_comes_is_read_or_left_and_never_breaks_the_reader(head: bytes, body: bytes) -> None:
    found = READING.read(b"From: ada@example.com\r\n" + head + b"\r\n\r\n" + body)

    assert found is None or (found.requester.email != "" and "\n" not in found.subject)


@given(st.text(max_size=300))
def test_no_result_header_from_elsewhere_ever_vouches(words: str) -> None:
    """Whatever a stranger puts into a result, if it does not begin with the name of our receiver."""
    text = " ".join(words.split())
    found = READING.read(letter("Hello", f"Authentication-Results: x{text}; dmarc=pass header.from=example.com"))

    assert found is not None
    assert not found.vouched
