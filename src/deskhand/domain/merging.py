"""What a merge of two tickets is called, in the ledger and in the journal."""

MERGE = "merge_tickets"  # the action
MERGED = "ticket.merged"  # the line of the journal, on both tickets
PARTED = "ticket.parted"  # likewise, when the merge was taken back


def merge_key(duplicate: str) -> str:
    """Names the effect: a ticket is merged into another once."""
    return f"merge/{duplicate}"
