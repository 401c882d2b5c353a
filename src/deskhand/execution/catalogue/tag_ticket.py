"""Add tags to a ticket."""

from collections.abc import Mapping

from deskhand.domain.action import Receipt
from deskhand.domain.ref import Ref
from deskhand.execution.catalogue.on_tags import OnTags
from deskhand.execution.doors import Writes
from deskhand.execution.kind import Recovery


class TagTicket(OnTags):
    name = "tag_ticket"
    title = "Tags added"
    recovery = Recovery.LOOK
    deeds: tuple[str, ...] = ("tagged", "added", "marked")
    preview = "Add the tags {tags} to ticket {ticket}"
    opposite = "untag_ticket"

    def act(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].add_tags(ref, args["tags"].split(), key=key)

    def find(self, args: Mapping[str, str], writes: Writes, key: str) -> Receipt | None:
        ref = Ref.parse(args["ticket"])
        return writes.tickets[ref.system].find_effect(ref, key=key)
