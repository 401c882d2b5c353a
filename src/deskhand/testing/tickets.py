"""The contracts of a help desk: whoever reads tickets, hears of changes, and writes keeps them. See `help_desk.py`."""

from deskhand.testing.attachments import AttachmentContract
from deskhand.testing.help_desk import FedDesk, FiledDesk, HelpDesk, ReadDesk, WrittenDesk
from deskhand.testing.ticket_reads import TicketDeskContract, TicketFeedContract
from deskhand.testing.ticket_writes import TicketWriterContract

__all__ = [
    "AttachmentContract",
    "FedDesk",
    "FiledDesk",
    "HelpDesk",
    "ReadDesk",
    "TicketDeskContract",
    "TicketFeedContract",
    "TicketWriterContract",
    "WrittenDesk",
]
