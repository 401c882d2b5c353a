"""Files that customers send: what looks at them before an agent gets one."""

from collections.abc import Iterator

from deskhand.domain.errors import Fault
from deskhand.infrastructure.scan_program import ScanProgram, found
from deskhand.settings import Settings


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
