"""The promises of a help desk, at each of those we speak to."""

from collections.abc import Iterator

import pytest
from tests.contracts.help_desks import ZendeskDesk

from deskhand.testing.tickets import TicketDeskContract, TicketFeedContract, TicketWriterContract


@pytest.fixture
def zendesk() -> Iterator[ZendeskDesk]:
    rig = ZendeskDesk()
    yield rig
    rig.twin.store.close()


class TestZendeskReads(TicketDeskContract):
    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk


class TestZendeskFeed(TicketFeedContract):
    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk


class TestZendeskWrites(TicketWriterContract):
    no_tags = ("two words", "VIP", "", "a" * 81, "dh_0123456789abcdef0123")

    @pytest.fixture
    def desk(self, zendesk: ZendeskDesk) -> ZendeskDesk:
        return zendesk
