"""Remove tags from a ticket."""

from collections.abc import Mapping

from deskhand.domain.action import Receipt
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.on_tags import OnTags
from deskhand.execution.doors import Writes
from deskhand.execution.kind import Recovery


class UntagTicket(OnTags):
    name = "untag_ticket"
    title = "Tags removed"
    recovery = Recovery.REPEAT  # what is gone carries no mark, and cannot go twice
    deeds: tuple[str, ...] = ("removed", "untagged")
    preview = "Remove the tags {tags} from ticket {ticket}"
    opposite = "tag_ticket"

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].remove_tags(ref, args["tags"].split(), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        return None
