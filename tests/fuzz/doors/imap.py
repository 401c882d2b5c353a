"""Letters from anybody."""

from email import message_from_bytes
from email.policy import compat32

from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import pieces
from tests.fuzz.signing import beside_words

from deskhand.connectors.imap.body import PARTS, content_of, too_many
from deskhand.connectors.imap.reading import Reading
from deskhand.domain.errors import Unreadable

RECEIVER = "mx.lumen.example"
READING = Reading(frozenset({"support@lumen.example"}), RECEIVER, lambda token: token if token.isalnum() else "")
HEAD = b"From: Ada <ada@example.com>\r\nTo: support+t1@lumen.example\r\nSubject: =?utf-8?q?My_invoice?=\r\n"
HEAD += b"Message-ID: <1@a.b>\r\nIn-Reply-To: <e@f>\r\nAuthentication-Results: mx.lumen.example; dmarc=pass"
HEAD += b" header.from=example.com\r\nDate: Tue, 24 Nov 2026 09:00:00 +0000\r\nMIME-Version: 1.0\r\n"
PLAIN = HEAD + b"Content-Type: text/plain; charset=utf-8\r\n\r\nI was charged twice.\r\n> On Monday you wrote\r\n"
HTML = HEAD + b"Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
HTML += b"<html><body><p>I was charged =E9</p><blockquote>before</blockquote></body></html>\r\n"
MIXED = (
    HEAD
    + b'Content-Type: multipart/mixed; boundary="b1"\r\n\r\n--b1\r\nContent-Type: multipart/alternative; boundary=b2'
)
MIXED += b"\r\n\r\n--b2\r\nContent-Type: text/plain\r\n\r\nHello\r\n"
MIXED += b"--b2\r\nContent-Type: text/html\r\n\r\n<p>Hello\r\n--b2--"
MIXED += b"\r\n--b1\r\nContent-Type: application/pdf; name*=utf-8''a%20b.pdf\r\nContent-Disposition: attachment;"
MIXED += b' filename="a b.pdf"\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK\r\n--b1\r\n'
MIXED += b"Content-Type: message/rfc822\r\n\r\nFrom: x@y.z\r\n\r\nInner\r\n--b1--\r\n"
JOINTS = (
    *(b"Content-Type: multipart/mixed; boundary=b1\r\n", b"--b1\r\n", b"--b1--", b"--b2\r\n", b"Content-Type: "),
    *(
        b"charset=punycode",
        b"charset=idna",
        b"charset=utf-7",
        b"charset=unicode_escape",
        b"charset=rot13",
        b"charset*=",
    ),
    *(b"=?utf-7?q?+2AA-?=", b"=?x?b?", b"?=", b"=?utf-8?q?=ED=A0=80?=", b"filename*0*=", b"filename*99999999999=x;"),
    *(b"Content-Transfer-Encoding: x-uuencode\r\n", b"Content-Transfer-Encoding: base64\r\n", b"begin 666 a\n"),
    *(b"From: ", b"<", b">", b"@", b"(", b'"', b"=\r\n", b"utf-8''", b"; ", b"+2AA-", b"message/rfc822", b"text/html"),
    *(b"Content-Disposition: attachment; filename=", b"\r\n ", b"=00", b"\\ud800", b"multipart/", b"boundary="),
)


def with_charset(name: bytes, text: bytes) -> bytes:
    return HEAD + b"Content-Type: text/plain; charset=" + name + b"\r\n\r\n" + text


def read(letter: bytes) -> object:
    return beside_words(READING.read(letter))


def fetched(given: tuple[bytes, str]) -> object:
    """What hangs on it, as an agent who opens it gets it."""
    letter, part = given
    if too_many(letter):
        return None
    content_of(message_from_bytes(letter, policy=compat32), part)
    return None


letters = pieces([PLAIN, HTML, MIXED, MIXED], JOINTS)
parts = st.integers(-1, PARTS + 1).map(str) | st.sampled_from(["", "x", "\u0663", "9" * 5_000, "1 2"])
DOORS = [
    Door(
        "letter",
        letters,
        read,
        once=(
            HEAD + b"Content-Type: text/plain; name*" + b"9" * 5_000 + b"=x\r\n\r\nHello",
            HEAD + b"Content-Disposition: attachment; filename*" + b"9" * 5_000 + b"*=x\r\n\r\nHello",
            with_charset(b"utf-7", b"+2AA-"),
            with_charset(b"unicode_escape", b"\\ud800 \\x00"),
            with_charset(b"undefined", b"Hello"),
            b"From: a@b.example\r\nSubject: =?utf-7?q?+2AA-?=\r\nMessage-ID: <\xed\xa0\x80@x>\r\n\r\n",
        ),
        long=(
            with_charset(b"punycode", b"a-" + b"b" * 400_000),
            with_charset(b"idna", b"xn--" + b"b" * 400_000),
            HEAD + b"Content-Type: text/html\r\n\r\n" + b"<p><blockquote>" * 5_000,
            HEAD + b"X: " + b"(" * 200_000 + b"\r\n\r\n",
            b"From: " + b"(" * 200_000 + b"\r\n\r\nx",
            b"From: " + b"a@b.c," * 30_000 + b"\r\n\r\nx",
            HEAD + b"References: " + b"<a@b> " * 40_000 + b"\r\n\r\nx",
            HEAD + b"Content-Type: text/plain" + b"; a*0=b" * 10_000 + b"\r\n\r\nx",
            MIXED.replace(b"--b1\r\n", b"--b1\r\n" * 15_000),
        ),
        often=80,
    ),
    Door(
        "what hangs on a letter", st.tuples(letters, parts), fetched, (Unreadable,), once=((MIXED, "2"), (MIXED, "3"))
    ),
]
