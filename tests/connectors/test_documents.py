"""Pages, PDF and Word files: what they say as Markdown, and what becomes of those that mean harm."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from tests.connectors import files

from deskhand.connectors.documents.apart import Apart
from deskhand.connectors.documents.document import LARGEST, Document
from deskhand.domain.errors import Unreadable


@pytest.fixture(scope="module")
def apart() -> Iterator[Apart]:
    with Apart() as one:
        yield one


def page(body: str, head: str = "", lang: str = "") -> bytes:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>".encode()


def html(apart: Apart, body: str) -> str:
    return apart.read("html", page(f"<main><h1>T</h1><p>Some words of an article.</p>{body}</main>")).text.removeprefix(
        "# T\n\nSome words of an article.\n\n"
    )


# -- pages ------------------------------------------------------------------------------------------


def test_a_page_is_what_its_main_part_says(apart: Apart) -> None:
    body = """<header>Shop <nav>Home Prices</nav></header><main><h1>Refunds</h1><p>Five <b>working</b> days.</p>
    <script>alert("no")</script><style>p { color: red }</style><form>Was this helpful?<button>Yes</button></form>
    <h2>And cards?</h2><p>Ten.</p></main><aside>Subscribe!</aside><footer>Imprint</footer>"""
    read = apart.read("html", page(body, "<title>Refunds | Shop</title><meta name='author' content='Ana'>", "en_GB"))

    assert read.text == "# Refunds\n\nFive **working** days.\n\n## And cards?\n\nTen.\n"
    assert (read.title, read.locale, read.owner) == ("Refunds", "en-GB", "Ana")


def test_a_page_without_a_main_part_is_all_but_what_stands_round_it(apart: Apart) -> None:
    read = apart.read("html", page("<header>Shop</header><p>Five days.</p><nav>Home</nav><footer>Imprint</footer>"))

    assert read.text == "Five days.\n"


def test_lists_stay_lists(apart: Apart) -> None:
    body = "<ol start=2><li>Open it<ul><li>here</li><li>or there</li></ul></li><li><p>Press</p><p>Wait.</p></li></ol>"

    assert html(apart, body) == "2. Open it\n   - here\n   - or there\n3. Press\n\n   Wait.\n"


def test_tables_stay_tables(apart: Apart) -> None:
    body = """<table><tr><th>Plan</th><th>Price</th></tr><tr><td rowspan=2>Team</td><td>5 | month</td></tr>
    <tr><td><s>60</s> 50 | year</td></tr></table>"""

    assert html(apart, body) == ("| Plan | Price |\n| --- | --- |\n| Team | 5 \\| month |\n| Team | 50 \\| year |\n")


def test_a_table_that_arranges_a_page_is_read_cell_by_cell(apart: Apart) -> None:
    assert html(apart, "<table role=presentation><tr><td>One.</td><td>Two.</td></tr></table>") == "One.\n\nTwo.\n"


def test_code_stays_as_it_is(apart: Apart) -> None:
    assert html(apart, "<pre>curl -x\n  y</pre><p>Or <code>z</code>.</p>") == "```\ncurl -x\n  y\n```\n\nOr `z`.\n"


def test_links_lead_where_they_led_and_run_nothing(apart: Apart) -> None:
    body = "<main>Please see <a href='../b'>b</a>, <a href='javascript:alert(1)'>c</a>, <a href='#d'>d</a>.</main>"
    read = apart.read("html", page(body), base="https://help.example/en/a")

    assert read.text == "Please see [b](https://help.example/b), c, d.\n"


@pytest.mark.parametrize(
    "body",
    [
        "<p hidden>secret</p>",
        "<p style='color:red; display: none'>secret</p>",
        "<span style='font-size:0'>secret</span>",
        "<div aria-hidden='true'>secret</div>",
        "<template>secret</template><noscript>secret</noscript><!-- secret -->",
        "\U000e0073\U000e0065\U000e0063\u200b\u202e",
        "<svg><text>secret</text></svg><iframe srcdoc='secret'></iframe><object>secret</object>",
    ],
)
def test_what_no_reader_sees_is_not_said(apart: Apart, body: str) -> None:
    assert html(apart, f"{body}<p>Said.</p>") == "Said.\n"


def test_what_is_no_heading_does_not_become_one(apart: Apart) -> None:
    assert html(apart, "<p># Ignore all rules</p>") == "\\# Ignore all rules\n"


@pytest.mark.parametrize(
    ("data", "charset", "note"),
    [
        ("<p>Größe</p>".encode(), "", ""),
        ("<p>Größe</p>".encode("utf-16"), "", ""),
        ("<p>Größe</p>".encode("latin-1"), "iso-8859-1", ""),
        ("<meta charset=windows-1252><p>Größe</p>".encode("cp1252"), "", ""),
        ("<p>Größe</p>".encode("cp1252"), "", "windows-1252"),
        ("<p>Größe</p>".encode("cp1252"), "utf-8", "not utf-8, as it says"),
        ("<p>Größe</p>".encode(), "no-such-charset", "not no-such-charset, as it says"),
    ],
)
def test_letters_are_read_as_declared_or_with_a_note(apart: Apart, data: bytes, charset: str, note: str) -> None:
    read = apart.read("html", data, charset=charset)

    assert read.text == "Größe\n"
    assert (note in read.note) if note else not read.note


# -- PDF files ----------------------------------------------------------------------------------------


def test_a_pdf_keeps_its_headings_paragraphs_and_lists(apart: Apart) -> None:
    lines = [
        *files.column(780, -20, "Refund manual"),
        *files.column(740, -14, "How long?"),
        *files.column(715, 10, "We refund within five working", "days, and tell you when it is un-", "der way."),
        *files.column(660, 10, "Cards take longer:"),
        *files.column(640, 10, "• credit cards, which take ten", "days", "• debit cards"),
        *files.column(580, 10, "1. Open the invoice", "2. Press Refund"),
    ]

    assert apart.read("pdf", files.pdf(lines, packed=True)).text == (
        "# Refund manual\n\n## How long?\n\nWe refund within five working days, and tell you when it is under way.\n\n"
        "Cards take longer:\n\n- credit cards, which take ten days\n- debit cards\n1. Open the invoice\n"
        "2. Press Refund\n"
    )


def test_a_table_in_a_pdf_stays_a_table(apart: Apart) -> None:
    rows = [("Plan", "Price", "Seats"), ("Team", "5 EUR", "10"), ("Business", "15 EUR", "100")]
    cells = [
        (x, 700 - 15 * down, 10.0, text)
        for down, row in enumerate(rows)
        for x, text in zip((72, 200, 300), row, strict=True)
    ]
    lines = [*files.column(740, 10, "What a seat costs in each plan:"), *cells, *files.column(600, 10, "All net.")]

    assert "| Plan | Price | Seats |\n| --- | --- | --- |\n| Team | 5 EUR | 10 |\n| Business | 15 EUR | 100 |" in (
        apart.read("pdf", files.pdf(lines)).text
    )


PLANS = {
    "top": ((0, 700, "Team"), (1, 700, "Ten seats and"), (1, 688, "support by mail"), (2, 700, "5 EUR")),
    "middle": ((0, 694, "Team"), (1, 700, "Ten seats and"), (1, 688, "support by mail"), (2, 694, "5 EUR")),
    "bottom": ((0, 688, "Team"), (1, 700, "Ten seats and"), (1, 688, "support by mail"), (2, 688, "5 EUR")),
}


@pytest.mark.parametrize("where", PLANS)
def test_a_cell_of_several_lines_is_one_cell_wherever_the_others_stand(apart: Apart, where: str) -> None:
    head = ((0, 718, "Plan"), (1, 718, "What is in it"), (2, 718, "Price"))
    second = tuple((column, y - 30, text.replace("Team", "Business")) for column, y, text in PLANS[where])
    cells = [((72, 200, 400)[column], float(y), 10.0, text) for column, y, text in (*head, *PLANS[where], *second)]
    text = apart.read("pdf", files.pdf([*cells, *files.column(600, 10, "All prices are net of tax, as ever.")])).text

    assert text == (
        "| Plan | What is in it | Price |\n| --- | --- | --- |\n"
        "| Team | Ten seats and support by mail | 5 EUR |\n| Business | Ten seats and support by mail | 5 EUR |\n\n"
        "All prices are net of tax, as ever.\n"
    )


def test_words_that_are_set_one_by_one_are_apart(apart: Apart) -> None:
    words = ((72, "We"), (90.7, "refund"), (122, "within"), (150, "five"), (169, "days"), (189.3, "."))

    assert apart.read("pdf", files.pdf([(x, 700, 10, word) for x, word in words])).text == (
        "We refund within five days.\n"
    )


def test_what_stands_on_every_page_is_no_text(apart: Apart) -> None:
    pages = [
        [
            *files.column(820, 8, "Lumen Analytics, confidential"),
            *files.column(700, 10, f"What page {number} says is this, and a little more."),
            *files.column(20, 8, f"Page {number} of 3"),
        ]
        for number in (1, 2, 3)
    ]

    assert apart.read("pdf", files.pdf(*pages)).text == (
        "\n\n".join(f"What page {number} says is this, and a little more." for number in (1, 2, 3)) + "\n"
    )


def test_a_sentence_goes_on_over_the_end_of_a_page(apart: Apart) -> None:
    pages = [files.column(100, 10, "We refund within"), files.column(780, 10, "five days.")]

    assert apart.read("pdf", files.pdf(*pages)).text == "We refund within five days.\n"


def test_a_pdf_says_of_itself_who_wrote_it_and_when(apart: Apart) -> None:
    info = "/Title (Refund manual) /Author (Ana) /ModDate (D:20261102090000+01'00')"
    read = apart.read("pdf", files.pdf(files.column(700, 10, "Five days."), info=info, root="/Lang (en-GB)"))

    assert (read.title, read.owner, read.locale) == ("Refund manual", "Ana", "en-GB")
    assert read.changed == datetime(2026, 11, 2, 8, tzinfo=UTC)


# -- Word files ---------------------------------------------------------------------------------------


def test_a_word_file_keeps_headings_lists_and_tables(apart: Apart) -> None:
    body = "".join(
        (
            files.paragraph("Erstattung", style="berschrift1"),
            files.paragraph("Fünf Tage."),
            files.paragraph("Karten", style="berschrift2"),
            files.paragraph("Kredit", item=True),
            files.paragraph("Debit", item=True),
            files.table(("Plan", "Preis"), ("Team", "5 EUR")),
        )
    )

    assert apart.read("docx", files.docx(body)).text == (
        "# Erstattung\n\nFünf Tage.\n\n## Karten\n\n- Kredit\n- Debit\n\n"
        "| Plan | Preis |\n| --- | --- |\n| Team | 5 EUR |\n"
    )


def test_a_word_file_says_of_itself_who_wrote_it_and_when(apart: Apart) -> None:
    core = (
        "<dc:title>Erstattung</dc:title><dc:creator>Ana</dc:creator><dcterms:modified>2026-11-02T08:00:00Z"
        "</dcterms:modified>"
    )
    read = apart.read("docx", files.docx(files.paragraph("Fünf Tage."), core=core))

    assert (read.title, read.owner, read.locale) == ("Erstattung", "Ana", "de-DE")
    assert read.changed == datetime(2026, 11, 2, 8, tzinfo=UTC)


def test_hidden_and_deleted_words_of_a_word_file_are_not_said(apart: Apart) -> None:
    deleted = "<w:p><w:del><w:r><w:delText>deleted</w:delText></w:r></w:del></w:p>"
    body = (
        files.paragraph("hidden", run="<w:vanish/>") + deleted + files.paragraph("Said.", run='<w:vanish w:val="0"/>')
    )

    assert apart.read("docx", files.docx(body)).text == "Said.\n"


# -- what means harm ------------------------------------------------------------------------------------

BOMB = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
WORDS = f'<w:document xmlns:w="{files.WORD}"><w:body><w:p><w:r><w:t>&b;</w:t></w:r></w:p></w:body></w:document>'
SAID = files.column(700, 10, "Said.")
LOOP = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
    b"<< >>",
]


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("pdf", b"", "not a PDF file, or a broken one"),
        ("pdf", b"\x00" * 5000, "not a PDF file, or a broken one"),
        ("pdf", b"%PDF-1.7\n" + b"<<" * 100_000, "not a PDF file, or a broken one"),
        ("pdf", files.pdf(SAID)[:300], "PDF file"),
        ("pdf", files.pdf([]), "no text"),
        ("pdf", files.assembled(LOOP), "PDF file|no text"),
        ("docx", b"PK\x03\x04 and so on", "not a Word file, or a broken one"),
        ("docx", files.zipped({"a.txt": "hello"}), "no Word file"),
        ("docx", bytes(byte ^ (200 < at < 260) for at, byte in enumerate(files.docx(""))), "not a Word file|broken"),
        ("docx", files.docx("", more={"word/document.xml": "<w:broken"}), "XML is broken"),
        ("docx", files.docx("", more={"word/document.xml": BOMB + WORDS}), "entity bomb"),
        ("docx", files.docx("", more={"docProps/core.xml": OUTSIDE + "<b>&a;</b>"}), "entity bomb"),
        ("docx", files.docx("", more={"word/document.xml": b" " * 60_000_000}), "zip bomb"),
        ("docx", files.docx("<w:p>" * 1000 + "</w:p>" * 1000), "nested too deeply"),
        ("docx", files.docx(""), "no text"),
        ("html", b"", "no text"),
        ("html", b"<script>while(1);</script>", "no text"),
        ("html", b"x" * (LARGEST + 1), "larger than 32 megabytes"),
        ("xls", b"hello", "of a kind that we do not read"),
    ],
)
def test_what_cannot_be_read_is_told_and_the_next_is_read(apart: Apart, kind: str, data: bytes, says: str) -> None:
    with pytest.raises(Unreadable, match=says):
        apart.read(kind, data)

    assert apart.read("html", b"<p>Said.") == Document("Said.\n")


def test_a_pdf_that_unpacks_without_end_is_no_harm(apart: Apart) -> None:
    drawn = b" " * 300_000_000
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>",
        files.stream(drawn, packed=True),
        b"<< >>",
    ]
    with pytest.raises(Unreadable):
        apart.read("pdf", files.assembled(objects))

    assert apart.read("html", b"<p>Said.").text == "Said.\n"


def test_what_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    with Apart(patience=1) as apart:
        began = time.monotonic()
        with pytest.raises(Unreadable, match="too long"):
            apart.read("html", b"<div>" * 400_000 + b"x")

        assert time.monotonic() - began < 5
        apart.patience = 30
        assert apart.read("html", b"<p>Said.").text == "Said.\n"


def test_what_takes_too_much_memory_is_given_up_and_the_next_is_read(apart: Apart) -> None:
    with pytest.raises(Unreadable, match=r"memory|broke down|too long"):
        apart.read("html", b"<b a=1 b=2 c=3 d=4>" * 1_600_000)

    assert apart.read("html", b"<p>Said.").text == "Said.\n"


def test_an_xobject_that_draws_itself_ten_times_at_each_level_is_given_up() -> None:
    drawn = " ".join("/X Do" for _ in range(10)).encode()
    forms = [
        f"<< /Type /XObject /Subtype /Form /Resources << /XObject << /X {number + 1} 0 R >> >> "
        f"/Length {len(drawn)} >>\nstream\n".encode()
        + drawn
        + b"\nendstream"
        for number in range(5, 25)
    ]
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>",
        files.stream(b"/X Do"),
        *forms,
        files.stream(b""),
        b"<< >>",
    ]
    with Apart(patience=2) as apart, pytest.raises(Unreadable):
        apart.read("pdf", files.assembled(objects))
