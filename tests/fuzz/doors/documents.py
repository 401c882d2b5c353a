"""Documents of a company's knowledge: what the process apart that reads them may say."""

from hypothesis import strategies as st
from tests.connectors import files
from tests.fuzz.door import Door
from tests.fuzz.mutating import pieces

from deskhand.connectors.documents.docx import read_docx
from deskhand.connectors.documents.html import read_html
from deskhand.connectors.documents.pdf import read_pdf
from deskhand.domain.errors import Unreadable

LINES = [*files.column(780, -20, "Refund manual"), *files.column(740, 10, "We refund within five days.", "1. Open it")]
PDF = files.pdf(LINES, info="/Title (Refunds) /ModDate (D:20261124090000Z)", root="/Lang (en)")
PDF_JOINTS: tuple[bytes, ...] = (
    b"/Kids [3 0 R]",
    b"/Parent 2 0 R",
    b"<<",
    b">>",
    b" 0 R",
    b"/Length 99999999",
    b"/Filter /ASCII85Decode",
)
PDF_JOINTS += (b"/Filter /LZWDecode", b"/Filter [/FlateDecode /FlateDecode]", b"/Count 999999999", b"/Encrypt 1 0 R")
PDF_JOINTS += (
    b"/Filter /ASCIIHexDecode",
    b"/Filter /RunLengthDecode",
    b"/Type /XRef",
    b"1e999",
    b"-1",
    b"/F0 1e308 Tf",
)
BODY = files.paragraph("Refunds", style="berschrift1") + files.paragraph("one", item=True) + files.table(("a", "b"))
DOCX_XML = f'<w:document xmlns:w="{files.WORD}"><w:body>{BODY}</w:body></w:document>'.encode()
CORE = "<dc:title>T</dc:title><dcterms:modified>2026-11-24T09:00:00Z</dcterms:modified>"
DOCX = files.docx(BODY, core=CORE)
DOCX_JOINTS: tuple[bytes, ...] = (
    b"<w:p>",
    b"</w:p>",
    b"<w:tbl>",
    b"<w:tr/>",
    b'<w:gridSpan w:val="x"/>',
    b'<w:numId w:val="-1"/>',
)
DOCX_JOINTS += (b"<w:vMerge/>", b"<w:fldChar/>", b"<w:hyperlink/>", b"<!DOCTYPE a>", b"&#0;", b'<w:br w:type="x"/>')
HTML = b"<html lang=en><head><title>T</title><meta charset=utf-8><meta name=author content=A></head><main><h1>A</h1>"
HTML += (
    b"<ul><li>one<ol><li>two</ol></ul><table><tr><th>a<td colspan=2>b</table><pre><code>x</code></pre><a href=/b>c</a>"
)
HTML_JOINTS: tuple[bytes, ...] = (
    b"<table>",
    b"<td colspan=999999999>",
    b"<td rowspan=-1>",
    b"<ul><li>",
    b"<meta charset=utf-16>",
    b"<a href='",
)
HTML_JOINTS += (
    b"<meta charset=idna>",
    b"http://[",
    b"<main>",
    b"<pre>",
    b"<base href=x>",
    b"<ol start=9e9>",
    b"<template>",
)


def word(content: bytes) -> bytes:
    return files.docx("", more={"word/document.xml": content})


CHARSETS = ("", "utf-8", "utf-16", "utf-7", "idna", "punycode", "x\x00y", "unicode_escape", "undefined", "9" * 50)
BASES = ("https://a.example/b", "", "http://[", "//", "javascript:x")
DOORS = [
    Door("pdf", pieces([PDF], PDF_JOINTS), read_pdf, (Unreadable,), often=60),
    Door(
        "docx",
        st.one_of(pieces([DOCX_XML], DOCX_JOINTS).map(word), pieces([DOCX], DOCX_JOINTS)),
        read_docx,
        (Unreadable,),
        once=(
            word(b"<w:p>"),
            word(b"<w:document/>"),
            word(DOCX_XML.replace(b"http://", b"\thttp://")),
        ),
        often=40,
    ),
    Door(
        "html",
        st.tuples(pieces([HTML], HTML_JOINTS), st.sampled_from(CHARSETS), st.sampled_from(BASES)),
        lambda given: read_html(*given),
        (Unreadable,),
        once=(
            *((b"\\<p>Hello", one, "") for one in ("unicode_escape", "unicode-escape", "utf-7")),
            (b"<meta charset=idna>" + b"x" * 300, "", "http://["),
        ),
        long=((b"<table><tr><td colspan=1000000000>x", "", ""), (b"<ul><li>" * 3_000, "", "")),
    ),
]
