"""What is said of an attachment is said by strangers: whatever it is, people read one line of one file name."""

from hypothesis import example, given
from hypothesis import strategies as st

from deskhand.domain.attachment import LONGEST, Attachment, claimed, in_words

TURNED = "invoice\u202egpj.exe"  # on a screen that obeys it: invoiceexe.jpg


@given(st.text(max_size=400))
@example(TURNED)
@example("x" * 10_000 + ".pdf")
@example("..\\..\\C:/windows/system.ini")
@example("a\x00b\r\nSet-Cookie: c\u2028d\u200be.png")
@example("\ud83d")
@example(". . .")
def test_a_name_is_one_short_line_without_a_path_or_anything_unseen(name: str) -> None:
    found = Attachment(name).name

    assert 0 < len(found) <= LONGEST
    assert found.isprintable()
    assert not set("/\\") & set(found)
    assert found == found.strip()
    assert Attachment(found).name == found
    found.encode()


def test_a_long_name_keeps_its_end_which_says_what_it_is() -> None:
    assert Attachment("holiday " * 2_000 + ".pdf.exe").name.endswith(".pdf.exe")


def test_a_name_that_turns_the_direction_of_reading_shows_what_it_is() -> None:
    assert Attachment(TURNED).name == "invoice gpj.exe"


def test_what_is_told_in_another_kind_of_value_is_not_told() -> None:
    assert claimed(None, ["image/png"], "7", 3) == Attachment("unnamed")
    assert claimed("a", "IMAGE/PNG; name=a", True).type == "image/png"
    assert claimed("a", "image/png\r\nx: y", -1) == Attachment("a")


def test_it_says_name_type_and_size_and_what_is_not_told() -> None:
    assert str(Attachment("bill.pdf", "application/pdf", 1_234_567)) == "bill.pdf (application/pdf, 1.2 MB)"
    assert str(Attachment("bill.pdf")) == "bill.pdf (type not told, size not told)"
    assert [in_words(one) for one in (0, 999, 1_000, 999_000)] == ["0 bytes", "999 bytes", "1 kB", "999 kB"]
