"""A document once it is read, and the letters that its text may hold."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

KINDS = ("html", "pdf", "docx")
LARGEST = 32 * 1024 * 1024  # bytes of a file
LONGEST = 2 * 1024 * 1024  # letters of its text: a thousand pages

# What nobody sees: controls, zero-width spaces, soft hyphens, directions, and the tags that spell a hidden text.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)


@dataclass(frozen=True)
class Document:
    """`text` is Markdown. What the document does not say of itself is empty. `note`: what of it was not understood."""

    text: str
    title: str = ""
    locale: str = ""
    owner: str = ""
    changed: datetime | None = None
    note: str = ""


def visible(text: str) -> str:
    """Without what nobody sees."""
    return UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str, longest: int = 200) -> str:
    """For a title, a name, a heading."""
    return " ".join(visible(text).split())[:longest].rstrip()


def first_heading(text: str) -> str:
    """Of a Markdown text; "" when there is none."""
    return next((line.lstrip("#").strip() for line in text.splitlines() if re.match(r"#{1,6} \S", line)), "")


def locale_of(tag: str | None) -> str:
    """A BCP 47 tag as we write them ("pt-BR"); "" when it is none."""
    if not re.fullmatch(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}", (tag or "").strip()):
        return ""
    language, *rest = (tag or "").strip().replace("_", "-").split("-")
    return "-".join((language.lower(), *(part.upper() if len(part) == 2 else part for part in rest)))


def moment_of(stamp: str | None) -> datetime | None:
    """An ISO date or time; UTC when it names no zone. None when it is neither."""
    try:
        found = datetime.fromisoformat((stamp or "").strip())
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except ValueError:
        return None
