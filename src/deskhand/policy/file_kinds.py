"""The kinds of file that can be told by their content: what each is called, and how it begins."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

MARKUP = re.compile(r"\s*<(!doctype|\?xml|html|head|body|script|svg|iframe|math)\b|\s*<!--", re.IGNORECASE)
IN_LETTERS = (b"%PDF-", b"%!PS", b"{\\rtf", b"GIF8")  # how other files begin that look like words
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")


@dataclass(frozen=True)
class FileKind:
    """`endings` of its names, the usual one first; `also`: other types that honest systems claim for it."""

    type: str
    endings: Sequence[str]
    looks: Callable[[bytes], bool]
    also: frozenset[str] = frozenset()

    @property
    def types(self) -> frozenset[str]:
        return self.also | {self.type}


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda content: content.startswith(magic)


def _webp(content: bytes) -> bool:
    return content[:4] == b"RIFF" and content[8:12] == b"WEBP"


def _text(content: bytes) -> bool:
    """Words that a person could have typed, and no page or picture that a browser would draw."""
    if content.startswith(IN_LETTERS):
        return False
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("latin-1")
    return not CONTROL.search(text) and not MARKUP.match(text)


def _office(main: bytes) -> Callable[[bytes], bool]:
    """An office document of today without macros. The names of the files within it are not packed, so they can be read
    where they stand, and nothing has to be unpacked."""

    def looks(content: bytes) -> bool:
        whole = content.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in content and main in content
        return whole and b"vbaproject" not in content.lower()

    return looks


OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = (
    FileKind("image/png", ("png",), _begins(b"\x89PNG\r\n\x1a\n"), frozenset({"image/x-png"})),
    FileKind("image/jpeg", ("jpg", "jpeg", "jfif"), _begins(b"\xff\xd8\xff"), frozenset({"image/jpg", "image/pjpeg"})),
    FileKind("image/gif", ("gif",), _begins(b"GIF87a", b"GIF89a")),
    FileKind("image/webp", ("webp",), _webp),
    FileKind("application/pdf", ("pdf",), _begins(b"%PDF-"), frozenset({"application/x-pdf"})),
    FileKind("text/plain", ("txt", "text", "log"), _text),
    # Where a spreadsheet program is installed, browsers claim its type for a list of values.
    FileKind(
        "text/csv",
        ("csv",),
        _text,
        frozenset({"text/plain", "text/x-csv", "application/csv", "application/vnd.ms-excel"}),
    ),
    FileKind(f"{OFFICE}.wordprocessingml.document", ("docx",), _office(b"word/document.xml")),
    FileKind(f"{OFFICE}.spreadsheetml.sheet", ("xlsx",), _office(b"xl/workbook.xml")),
    FileKind(f"{OFFICE}.presentationml.presentation", ("pptx",), _office(b"ppt/presentation.xml")),
)
BY_TYPE = {one.type: one for one in KINDS}
BY_ENDING = {ending: one for one in KINDS for ending in one.endings}
