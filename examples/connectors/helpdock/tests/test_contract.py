"""HelpDock keeps what Deskhand asks of every help desk."""

from collections.abc import Mapping
from typing import Any

import pytest

from deskhand.testing.tickets import TicketDeskContract, TicketFeedContract, TicketWriterContract

from .desk import HelpDockDesk


class TestReads(TicketDeskContract):
    unknown: Mapping[str, Any] = {"state": "sleeping", "urgency": "whenever", "by": "robot"}
    nullable = ("subject", "urgency", "labels", "custom", "team", "owner", "proved")

    @pytest.fixture
    def desk(self, desk: HelpDockDesk) -> HelpDockDesk:
        return desk


class TestFeed(TicketFeedContract):
    @pytest.fixture
    def desk(self, desk: HelpDockDesk) -> HelpDockDesk:
        return desk


class TestWrites(TicketWriterContract):
    in_steps = frozenset({"merge"})
    no_tags = ("", "two words", "a" * 41)
    parts = True

    @pytest.fixture
    def desk(self, desk: HelpDockDesk) -> HelpDockDesk:
        return desk
