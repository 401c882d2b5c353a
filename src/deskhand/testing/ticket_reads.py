"""What whoever reads tickets of a help desk, and hears what changed there, can rely on."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.changes import Changed
from deskhand.domain.errors import Busy, ConnectorError, Down, Missing, Refused
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Author, Status
from deskhand.testing.help_desk import FedDesk, HelpDeskContract, ReadDesk
from deskhand.testing.weather import EXPIRED, STORM, changed

MANY = 150  # messages: more than a page anywhere
TICKETS = 25  # more than two pages of a feed
TOO_OFTEN = 60  # pages that no honest feed has for so few


class TicketDeskContract(HelpDeskContract):
    """`unknown`: fields of the system's answers whose words may be new to us, with such a word; `nullable`: those that
    may be null at any time."""

    unknown: Mapping[str, Any] = {"status": "sleeping", "priority": "whenever"}
    nullable: tuple[str, ...] = ("priority", "tags")

    def test_a_ticket_reads_as_it_was_written(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("I was charged twice.")
        read = desk.tickets.ticket(ref)
        ticket = read.value

        assert (read.source, ref.system, ticket.ref) == (desk.tickets.system, desk.tickets.system, ref)
        assert ticket.status is Status.OPEN
        assert (ticket.requester.name, ticket.requester.email) == ("Maya Chen", "maya.chen@example.com")
        assert ticket.requester.verified
        assert [(one.author, one.public, one.text) for one in ticket.messages] == [
            (Author.CUSTOMER, True, "I was charged twice.")
        ]

    def test_a_strangers_address_is_not_verified(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello", email="unknown@example.com")

        assert not desk.tickets.ticket(ref).value.requester.verified

    def test_a_ticket_that_is_not_there_is_missing(self, desk: ReadDesk) -> None:
        known = desk.customer_writes("Hello")
        with pytest.raises(Missing):
            desk.tickets.ticket(nowhere(known))

    def test_customers_and_agents_are_told_apart(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.agent_writes(ref, "I am looking.", public=True)
        desk.customer_writes("Thanks", ref)

        assert [(one.author, one.text) for one in desk.tickets.ticket(ref).value.messages] == [
            (Author.CUSTOMER, "Hello"),
            (Author.AGENT, "I am looking."),
            (Author.CUSTOMER, "Thanks"),
        ]

    def test_what_is_among_agents_never_comes_back_as_public(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.agent_writes(ref, "She is angry.", public=False)
        messages = desk.tickets.ticket(ref).value.messages

        assert [(one.author, one.public, one.text) for one in messages] == [
            (Author.CUSTOMER, True, "Hello"),
            (Author.AGENT, False, "She is angry."),
        ]

    def test_a_long_ticket_is_read_to_its_last_page(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        for number in range(MANY):
            desk.customer_writes(f"message {number}", ref)

        texts = [one.text for one in desk.tickets.ticket(ref).value.messages]
        assert texts[1:] == [f"message {number}" for number in range(MANY)]

    def test_every_message_has_its_own_id(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        for number in range(3):
            desk.customer_writes(f"message {number}", ref)
        ids = [one.id for one in desk.tickets.ticket(ref).value.messages]

        assert len(set(ids)) == 4
        assert ids == [one.id for one in desk.tickets.ticket(ref).value.messages]

    def test_a_page_that_repeats_is_an_error_and_no_endless_story(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        for number in range(MANY):
            desk.customer_writes(f"message {number}", ref)
        desk.weather.repeats, before = True, desk.weather.requests
        with pytest.raises(Down):
            desk.tickets.ticket(ref)

        assert desk.weather.requests - before < TOO_OFTEN

    def test_a_field_that_nobody_knows_changes_nothing(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = desk.tickets.ticket(ref).value
        desk.weather.drift = lambda answer: changed(answer, instead=lambda name, value: value, more=True)

        assert desk.tickets.ticket(ref).value == before

    def test_a_word_that_is_new_to_us_breaks_nothing(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        desk.weather.drift = lambda answer: changed(
            answer, instead=lambda name, value: self.unknown.get(name, value) if value is not None else None
        )
        ticket = desk.tickets.ticket(ref).value

        assert ticket.status is Status.OTHER
        assert [one.text for one in ticket.messages] == ["Hello"]

    def test_what_may_be_null_breaks_nothing(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        for gone in self.nullable:
            desk.weather.drift = lambda answer, gone=gone: changed(
                answer, instead=lambda name, value: None if name == gone else value
            )

            try:
                messages = desk.tickets.ticket(ref).value.messages
            except ConnectorError as error:
                pytest.fail(f"with null for {gone!r}: {error}")
            assert [one.text for one in messages] == ["Hello"], gone

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_read_survives(self, desk: ReadDesk, fault: str) -> None:
        ref = desk.customer_writes("Hello")
        before = desk.tickets.ticket(ref).value
        for place in range(4):
            desk.weather.faults.extend([""] * place + [fault])

            assert desk.tickets.ticket(ref).value == before
            desk.weather.clear()

    def test_a_key_that_is_not_accepted_is_refused(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        with pytest.raises(Refused) as caught:
            desk.stranger.ticket(ref)
        untold(desk, caught.value)
        desk.weather.faults.extend(["401"] * 8)
        with pytest.raises(Refused) as caught:
            desk.tickets.ticket(ref)
        untold(desk, caught.value)

    def test_a_storm_of_429_is_told_and_over_when_it_is_over(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        before = desk.tickets.ticket(ref).value
        desk.weather.faults.extend(STORM)
        with pytest.raises(Busy):
            desk.tickets.ticket(ref)
        desk.weather.clear()

        assert desk.tickets.ticket(ref).value == before

    def test_a_key_that_ends_in_the_middle_of_a_read_gives_the_whole_ticket_or_none(self, desk: ReadDesk) -> None:
        ref = desk.customer_writes("Hello")
        before, refused = desk.tickets.ticket(ref).value, 0
        for place in range(4):
            desk.weather.faults.extend([""] * place + list(EXPIRED))
            try:
                assert desk.tickets.ticket(ref).value == before
            except Refused:
                refused += 1
            desk.weather.clear()

        assert refused

    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_tells_a_secret(self, desk: ReadDesk, fault: str) -> None:
        ref = desk.customer_writes("Hello")
        desk.weather.faults.extend([fault] * 12)
        with pytest.raises(ConnectorError) as caught:
            desk.tickets.ticket(ref)

        untold(desk, caught.value)


class TicketFeedContract(HelpDeskContract):
    """Whoever asks for what changed misses nothing, and is never kept busy for ever."""

    def test_nothing_comes_of_a_help_desk_without_tickets(self, desk: FedDesk) -> None:
        found = desk.feed.changes("")

        assert (found.tickets, found.more) == ((), False)

    def test_every_ticket_comes(self, desk: FedDesk) -> None:
        refs = {desk.customer_writes(f"ticket {number}") for number in range(TICKETS)}
        found = [one for page, _ in pages(desk, "") for one in page]

        assert {one.ticket for one in found} == refs

    def test_the_oldest_change_comes_first(self, desk: FedDesk) -> None:
        for number in range(TICKETS):
            desk.customer_writes(f"ticket {number}")

        for page, _ in pages(desk, ""):
            assert [one.at for one in page] == sorted(one.at for one in page)

    def test_it_goes_on_from_every_cursor_that_was_given_out(self, desk: FedDesk) -> None:
        """Also in another process: what came before the cursor and what comes after it is everything."""
        refs = {desk.customer_writes(f"ticket {number}") for number in range(TICKETS)}
        read = list(pages(desk, ""))
        assert len(read) > 1
        for place, (_, cursor) in enumerate(read):
            before = {one.ticket for page, _ in read[: place + 1] for one in page}
            after = {one.ticket for page, _ in pages(desk, cursor) for one in page}

            assert before | after == refs

    def test_what_changes_afterwards_comes_afterwards(self, desk: FedDesk) -> None:
        old = desk.customer_writes("Hello")
        for number in range(TICKETS):
            desk.customer_writes(f"ticket {number}")
        *_, (_, cursor) = pages(desk, "")
        desk.customer_writes("Any news?", old)
        new = desk.customer_writes("Another matter")

        assert {old, new} <= {one.ticket for page, _ in pages(desk, cursor) for one in page}

    def test_it_begins_at_a_moment(self, desk: FedDesk) -> None:
        """Whatever changed then or later; a little of what came before may be told again."""
        ref = desk.customer_writes("Hello")
        (changed,) = [one for one in desk.feed.changes("").tickets if one.ticket == ref]

        begun = desk.feed.changes(desk.feed.since(changed.at)).tickets
        assert ref in [one.ticket for one in begun]
        later = desk.feed.changes(desk.feed.since(changed.at + timedelta(days=1)))
        assert (later.tickets, later.more) == ((), False)

    def test_what_changes_while_it_is_read_is_not_missed(self, desk: FedDesk) -> None:
        """A ticket that moves to the end must not draw another one out of the page that comes next."""
        refs = [desk.customer_writes(f"ticket {number}") for number in range(TICKETS)]
        first = desk.feed.changes("")
        desk.customer_writes("Any news?", first.tickets[0].ticket)
        rest = [one.ticket for page, _ in pages(desk, first.cursor) for one in page]

        assert {one.ticket for one in first.tickets} | set(rest) == set(refs)
        assert first.tickets[0].ticket in rest

    def test_a_page_that_repeats_is_never_an_endless_story(self, desk: FedDesk) -> None:
        for number in range(TICKETS):
            desk.customer_writes(f"ticket {number}")
        desk.weather.repeats, before = True, desk.weather.requests
        with pytest.raises(Down):
            list(pages(desk, ""))

        assert desk.weather.requests - before < TOO_OFTEN

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_feed_survives(self, desk: FedDesk, fault: str) -> None:
        ref = desk.customer_writes("Hello")
        desk.weather.faults.append(fault)

        assert [one.ticket for one in desk.feed.changes("").tickets] == [ref]

    def test_a_cursor_that_cannot_be_read_is_an_error_with_a_name(self, desk: FedDesk) -> None:
        with pytest.raises(ConnectorError):
            desk.feed.changes("\x00 no cursor of ours")


def pages(desk: FedDesk, cursor: str) -> Iterator[tuple[tuple[Changed, ...], str]]:
    """Each page with the cursor that came with it, to the last one there is now."""
    for _ in range(TOO_OFTEN):
        found = desk.feed.changes(cursor)
        cursor = found.cursor
        yield found.tickets, cursor
        if not found.more:
            return
    raise AssertionError("the feed does not end")


def nowhere(known: Ref) -> Ref:
    """A ticket of the same form that does not exist."""
    head = known.id.rstrip("0123456789")
    return Ref(known.system, known.kind, f"{head}987654")


def untold(desk: ReadDesk, error: BaseException | None) -> None:
    """Nothing that we sign in with is in the text of an error, or of what caused it."""
    while error is not None:
        told = f"{error!s} {error!r}"
        assert not [secret for secret in desk.secrets if secret in told]
        error = error.__cause__ or error.__context__
