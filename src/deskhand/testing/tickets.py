"""The contracts of a help desk: whoever reads tickets, hears of changes, and writes keeps them. See `help_desk.py`."""

from deskhand.testing.help_desk import FedDesk, HelpDesk, ReadDesk, WrittenDesk
from deskhand.testing.ticket_reads import TicketDeskContract, TicketFeedContract
from deskhand.testing.ticket_writes import TicketWriterContract

__all__ = [
    "FedDesk",
    "HelpDesk",
    "ReadDesk",
    "TicketDeskContract",
    "TicketFeedContract",
    "TicketWriterContract",
    "WrittenDesk",
]
