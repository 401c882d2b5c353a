"""Which files an agent may have: name, claim and content have to agree, on a type that the desk allows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.attachment import Attachment, Why, Withheld
from deskhand.policy.attachments import CAREFUL, Limits, held_against, judged
from deskhand.policy.file_kinds import BY_TYPE, KINDS, OFFICE, FileKind

PNG, PDF, JPEG = b"\x89PNG\r\n\x1a\n....", b"%PDF-1.7 ....", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"
WEBP, GIF = b"RIFF\x00\x00\x00\x00WEBP....", b"GIF89a...."
DOCX = b"PK\x03\x04....[Content_Types].xml....word/document.xml...."
DOCX_TYPE = f"{OFFICE}.wordprocessingml.document"
PAGE = b"\xef\xbb\xbf\n <HTML><script>alert(1)</script>"
DRAWING = b'<?xml version="1.0"?><svg onload="alert(1)"/>'
PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00"
LIMITS = Limits(largest=1_000)


def verdict(name: str, type: str, content: bytes, limits: Limits = LIMITS) -> Why | str:
    """Why it is withheld, or as what it is handed out."""
    found = judged(Attachment(name, type, len(content)), content, limits)
    return found.why if isinstance(found, Withheld) else found.type


@pytest.mark.parametrize(
    ("name", "type", "content", "what"),
    [
        ("a.png", "image/png", PNG, "image/png"),
        ("a.JPG", "image/jpeg", JPEG, "image/jpeg"),
        ("a.jpeg", "image/pjpeg", JPEG, "image/jpeg"),
        ("a.gif", "", GIF, "image/gif"),
        ("a.webp", "application/octet-stream", WEBP, "image/webp"),
        ("scan", "application/pdf", PDF, "application/pdf"),
        ("file 1", "", PNG, "image/png"),
        ("a.txt", "text/plain", "Grüße, 10 €".encode(), "text/plain"),
        ("a.txt", "text/plain", "Grüße".encode("latin-1"), "text/plain"),
        ("a.txt", "text/plain", "Grüße".encode("utf-16"), "text/plain"),
        ("a.csv", "application/vnd.ms-excel", b"a;b\r\n1;2\r\n", "text/csv"),
    ],
)
def test_what_agrees_with_itself_is_handed_out_as_what_it_is(name: str, type: str, content: bytes, what: str) -> None:
    assert verdict(name, type, content) == what


@pytest.mark.parametrize(
    ("name", "type", "content", "why"),
    [
        ("a.png", "image/png", PDF, Why.CONTENT),
        ("a.png", "image/png", PROGRAM, Why.CONTENT),
        ("a.txt", "text/plain", PROGRAM, Why.CONTENT),
        ("a.txt", "text/plain", PDF, Why.CONTENT),
        ("a.txt", "text/plain", PAGE, Why.CONTENT),
        ("a.csv", "text/csv", DRAWING, Why.CONTENT),
        ("a.pdf", "application/pdf", b"<html>%PDF-1.7", Why.CONTENT),
        ("a.png", "image/jpeg", JPEG, Why.CONTENT),
        ("a.pdf", "text/html", PDF, Why.CONTENT),
        ("a.html", "text/html", PAGE, Why.TYPE),
        ("a.svg", "image/svg+xml", DRAWING, Why.TYPE),
        ("a.png.exe", "image/png", PNG, Why.TYPE),
        ("a.zip", "application/zip", DOCX, Why.TYPE),
        ("a", "application/x-msdownload", PROGRAM, Why.TYPE),
        ("a", "", PROGRAM, Why.TYPE),
        ("a", "", b"just words", Why.TYPE),
        ("a.docx", DOCX_TYPE, DOCX, Why.TYPE),
        ("a.txt", "text/plain", b"x" * 1_001, Why.TOO_LARGE),
    ],
)
def test_what_does_not_is_withheld_and_the_reason_is_named(name: str, type: str, content: bytes, why: Why) -> None:
    assert verdict(name, type, content) is why


def test_what_is_larger_than_it_says_is_withheld() -> None:
    found = judged(Attachment("a.txt", "text/plain", 10), b"x" * 1_001, LIMITS)
    assert isinstance(found, Withheld)
    assert found.why is Why.TOO_LARGE


def test_what_its_own_system_calls_malicious_is_not_even_fetched() -> None:
    found = held_against(Attachment("a.png", "image/png", 10, flagged=True), LIMITS)
    assert found is not None
    assert found.why is Why.FLAGGED


@pytest.mark.parametrize("macros", [b"", b"word/vbaProject.bin"])
def test_an_office_document_is_for_desks_that_name_its_type_and_never_with_macros(macros: bytes) -> None:
    found = verdict("a.docx", DOCX_TYPE, DOCX + macros, Limits(1_000, [DOCX_TYPE]))
    assert found == (Why.CONTENT if macros else DOCX_TYPE)


@given(st.binary(max_size=64), st.sampled_from(["a", *(f"a.{end}" for one in KINDS for end in one.endings), "a.exe"]))
def test_whatever_is_handed_out_is_of_an_allowed_type_and_looks_like_it(content: bytes, name: str) -> None:
    found = judged(Attachment(name, "", len(content)), content, LIMITS)
    if isinstance(found, FileKind):
        assert found.type in CAREFUL
        assert BY_TYPE[found.type].looks(content)


@given(st.sampled_from(KINDS), st.sampled_from([PNG, PDF, JPEG, GIF, WEBP, DOCX, PAGE, PROGRAM]))
def test_no_content_passes_for_two_kinds(kind: FileKind, content: bytes) -> None:
    others = [one for one in KINDS if one.looks is not kind.looks and one.looks(content)]
    assert not (kind.looks(content) and others)
