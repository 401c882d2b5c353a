"""What whoever writes on tickets of a help desk can rely on: above all that everything happens once."""

from deskhand.testing.ticket_once import OnceContract
from deskhand.testing.ticket_said import SaidContract
from deskhand.testing.ticket_set import SetContract


class TicketWriterContract(SaidContract, SetContract, OnceContract):
    """Everything that a writer promises; how a help desk differs is said in `one_write.WrittenContract`."""
