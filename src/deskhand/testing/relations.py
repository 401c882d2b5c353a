"""The contracts of a CRM: whoever asks it and writes in it keeps them. See `crm.py`."""

from deskhand.testing.crm import Entry, Relations
from deskhand.testing.relation_reads import RelationsContract
from deskhand.testing.relation_writes import RelationsWriterContract

__all__ = ["Entry", "Relations", "RelationsContract", "RelationsWriterContract"]
