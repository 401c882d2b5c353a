"""The promises of a help desk, at each of those we speak to."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from tests.contracts.contract import Undocumented
from tests.contracts.freshdesk_document import freshdesk_document
from tests.contracts.help_desks import FreshdeskDesk, ZendeskDesk

from deskhand.testing.attachments import AttachmentContract
from deskhand.testing.help_desk import Write
from deskhand.testing.one_write import WRITES
from deskhand.testing.tickets import HelpDesk, TicketDeskContract, TicketFeedContract, TicketWriterContract


@pytest.fixture
def zendesk() -> Iterator[ZendeskDesk]:
    rig = ZendeskDesk()
    yield rig
    rig.twin.store.close()


@pytest.fixture
def freshdesk() -> Iterator[FreshdeskDesk]:
    rig = FreshdeskDesk()
    yield rig
    rig.twin.store.close()


@pytest.mark.skipif(freshdesk_document() is None, reason="freshdesk-v2.json is not at hand: see tests/specs/README.md")
def test_what_goes_to_freshdesk_and_comes_back_is_held_to_a_document(freshdesk: FreshdeskDesk) -> None:
    """The twin takes what the document does not know; only the document is in the way."""
    ref = freshdesk.customer_writes("Hello")
    wire = freshdesk.wire()
    with pytest.raises(Undocumented, match="colour"):
        wire.write("PUT", f"/api/v2/tickets/{ref.id}", key="update/1", json={"colour": "red"})


class TestFreshdeskReads(TicketDeskContract):
    unknown: Mapping[str, Any] = {"status": 17, "priority": 9, "source": 42}
    nullable = (
        "priority",
        "tags",
        "custom_fields",
        "responder_id",
        "group_id",
        "attachments",
        "source",
        "description",
        "body",
        "phone",
        "mobile",
    )

    @pytest.fixture
    def desk(self, freshdesk: FreshdeskDesk) -> FreshdeskDesk:
        return freshdesk


class TestFreshdeskAttachments(AttachmentContract):
    @pytest.fixture
    def desk(self, freshdesk: FreshdeskDesk) -> FreshdeskDesk:
        return freshdesk


class TestFreshdeskFeed(TicketFeedContract):
    @pytest.fixture
    def desk(self, freshdesk: FreshdeskDesk) -> FreshdeskDesk:
        return freshdesk


class TestFreshdeskWrites(TicketWriterContract):
    guards_versions = False
    in_steps = frozenset({"ticket", "merge"})
    no_tags = ("two words", "", "a,b", "a" * 33, "dh_0123456789abcdef0123", "dhn_0123456789abcdef0123")

    @pytest.fixture
    def desk(self, freshdesk: FreshdeskDesk) -> FreshdeskDesk:
        return freshdesk


class TestZendeskAttachments(AttachmentContract):
    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk


class TestZendeskReads(TicketDeskContract):
    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk


class TestZendeskReadsByClient(TicketDeskContract):
    """Signed in as an OAuth client: asking for a token meets the same weather."""

    @pytest.fixture
    def desk(self) -> Iterator[ZendeskDesk]:
        rig = ZendeskDesk(by_client=True)
        yield rig
        rig.twin.store.close()

    @pytest.mark.parametrize("made", WRITES)
    def test_a_token_that_ends_in_the_middle_is_renewed_and_the_write_happens_once(
        self, desk: ZendeskDesk, made: Callable[[HelpDesk, str], Write]
    ) -> None:
        for place in range(4):
            write = made(desk, f"key/{place}")
            desk.weather.faults.extend([""] * place + ["401"])
            if place:  # the first is asked for a token, and nobody asks twice for that
                write.act(desk.writer)
            desk.weather.clear()

            assert write.effects() == (1 if place else 0)


class TestZendeskFeed(TicketFeedContract):
    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk


class TestZendeskWrites(TicketWriterContract):
    no_tags = ("two words", "VIP", "", "a" * 81, "dh_0123456789abcdef0123")

    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk
