"""Files that customers send: what looks at them before an agent gets one."""

from collections.abc import Iterator

from deskhand.connectors.documents.apart import Apart
from deskhand.domain.errors import Fault, Unreadable
from deskhand.infrastructure.scan_program import ScanProgram, found
from deskhand.settings import Settings

READ_APART = {
    "application/pdf": "pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}


def words_of(type: str, content: bytes) -> str:
    """What a file of this type says, "" where nobody can tell: a picture, a locked document."""
    if type.startswith("text/"):
        utf16 = content[:2] in (b"\xff\xfe", b"\xfe\xff")
        return content.decode("utf-16" if utf16 else "utf-8", "replace")
    if type not in READ_APART:
        return ""
    try:
        with Apart() as apart:
            return apart.read(READ_APART[type], content).text
    except Unreadable:
        return ""


def scanner(settings: Settings) -> ScanProgram | None:
    """None where this desk names no scan program."""
    table = settings.table.attachments
    return ScanProgram(table.scan, table.scan_seconds) if table.scan else None


def scan_notes(settings: Settings) -> Iterator[Fault]:
    """A scan program that is not on this machine: the desk works, and withholds every file."""
    table = settings.table.attachments
    if table.scan and not found(table.scan[0]):
        what = f"the scan program {table.scan[0]} is not on this machine: every attachment is withheld until it is"
        yield settings.fault("attachments.scan", f"attachments.scan: {what}")
