"""What whoever looks for a customer can rely on: everybody who fits, and nobody else."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Protocol

import pytest
import stamina

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Busy, ConnectorError, Down, Missing, Refused
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.ports.reads import CustomerDirectory
from deskhand.testing.weather import EXPIRED, STORM, Weather, changed

MAYA = "maya.chen@example.com"
REQUESTS = 4  # more than any question takes
TRICKS = (
    "maya.chen@example.co",
    "aya.chen@example.com",
    "%@example.com",
    "_aya.chen@example.com",
    "*@example.com",
    "",
    "' OR Email != '",
    "x' OR Name LIKE '%",
    "maya.chen@example.com\\",
    "maya.chen@example.com'",
    "maya\u200b.chen@example.com",
    "\ud83d@example.com",
)


class Directory(Protocol):
    """What a connector's own tests build for the contract.

    maya.chen@example.com is one customer there, called Maya Chen; others have other addresses and numbers.
    """

    @property
    def weather(self) -> Weather:
        """On the way of `customers`."""
        ...

    @property
    def customers(self) -> CustomerDirectory: ...

    @property
    def stranger(self) -> CustomerDirectory:
        """As `customers`, with credentials that the system does not accept."""
        ...

    @property
    def secrets(self) -> Collection[str]:
        """What our side signs in with, and the stranger's too."""
        ...

    @property
    def phone(self) -> str:
        """Maya's number in E.164; empty where the system cannot be asked by one."""
        ...

    def add(self, *, email: str, phone: str) -> Ref:
        """One more customer, who can be found at once; `phone` in E.164."""
        ...

    def nowhere(self) -> Ref:
        """A customer of the right form that does not exist."""
        ...

    def loop(self) -> None:
        """From now on every page of an answer leads to itself."""
        ...


class CustomerDirectoryContract:
    """`shares_addresses`: the system lets several customers have one. `many`: more of them than a page holds.
    `nullable`: fields of its answers that may be null at any time."""

    shares_addresses: bool = True
    many: int = 25
    nullable: tuple[str, ...] = ()

    @pytest.fixture
    def rig(self) -> Directory:
        """A new one for each test."""
        raise NotImplementedError("give your class a fixture `rig`")

    @pytest.fixture(autouse=True)
    def impatient(self) -> Iterator[None]:
        """Four attempts as in life, without the waits between them."""
        with stamina.set_testing(True, attempts=4):
            yield

    @pytest.mark.parametrize("spelling", [MAYA, "Maya.Chen@Example.com", f" {MAYA} "])
    def test_a_customer_is_found_by_address_in_any_spelling(self, rig: Directory, spelling: str) -> None:
        (read,) = rig.customers.by_email(spelling)
        customer = read.value

        assert (read.source, customer.ref.system) == (rig.customers.system, rig.customers.system)
        assert (customer.name, customer.email.lower()) == ("Maya Chen", MAYA)
        assert customer.tier == customer.tier.lower()
        assert customer.since.tzinfo is not None
        assert rig.customers.customer(customer.ref).value == customer

    @pytest.mark.parametrize("trick", TRICKS)
    def test_who_has_another_address_is_not_found(self, rig: Directory, trick: str) -> None:
        """However much it looks like a pattern, or like a part of a question."""
        assert rig.customers.by_email(trick) == []

    def test_a_customer_is_found_by_number(self, rig: Directory) -> None:
        (maya,) = rig.customers.by_email(MAYA)
        found = rig.customers.by_phone(rig.phone or "+4520000000")

        assert [one.value for one in found] == ([maya.value] if rig.phone else [])
        assert not rig.phone or rig.phone in maya.value.phones

    @pytest.mark.parametrize("other", ["+4520009999", "", "20000000", "%", "+", "+99"])
    def test_who_has_another_number_is_not_found(self, rig: Directory, other: str) -> None:
        assert rig.customers.by_phone(other) == []

    def test_the_same_number_in_another_country_is_another_one(self, rig: Directory) -> None:
        assert rig.customers.by_phone(f"+49{(rig.phone or '+4520000000')[3:]}") == []

    def test_two_who_fit_are_two(self, rig: Directory) -> None:
        (maya,) = rig.customers.by_email(MAYA)
        email = MAYA if self.shares_addresses else "other@example.com"
        other = rig.add(email=email, phone=rig.phone)

        if self.shares_addresses:
            assert {one.value.ref for one in rig.customers.by_email(MAYA)} == {maya.value.ref, other}
        if rig.phone:
            assert {one.value.ref for one in rig.customers.by_phone(rig.phone)} == {maya.value.ref, other}

    def test_a_long_answer_is_read_to_its_last_page(self, rig: Directory) -> None:
        ask, fill = self._crowd(rig)
        refs = fill()

        assert {one.value.ref for one in ask()} == refs

    def test_a_page_that_repeats_is_an_error_and_no_endless_story(self, rig: Directory) -> None:
        ask, fill = self._crowd(rig)
        fill()
        rig.loop()
        with pytest.raises(Down):
            ask()

    def test_who_is_not_there_is_missing(self, rig: Directory) -> None:
        with pytest.raises(Missing):
            rig.customers.customer(rig.nowhere())

    @pytest.mark.parametrize("id", ["../users", "x' OR Id != '", "?a=b", ""])
    def test_what_is_no_id_is_missing(self, rig: Directory, id: str) -> None:
        with pytest.raises(Missing):
            rig.customers.customer(Ref(rig.customers.system, rig.nowhere().kind, id))

    def test_a_field_that_nobody_knows_changes_nothing(self, rig: Directory) -> None:
        (before,) = rig.customers.by_email(MAYA)
        rig.weather.drift = lambda answer: changed(answer, instead=lambda name, value: value, more=True)
        (after,) = rig.customers.by_email(MAYA)

        assert replace(after.value, ids=before.value.ids) == before.value

    def test_what_may_be_null_breaks_nothing(self, rig: Directory) -> None:
        (before,) = rig.customers.by_email(MAYA)
        for gone in self.nullable:
            rig.weather.drift = lambda answer, gone=gone: changed(
                answer, instead=lambda name, value: None if name == gone else value
            )

            assert rig.customers.customer(before.value.ref).value.ref == before.value.ref, gone

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_look_survives(self, rig: Directory, fault: str) -> None:
        before = rig.customers.by_email(MAYA)
        for place in range(REQUESTS):
            rig.weather.faults.extend([""] * place + [fault])

            assert rig.customers.by_email(MAYA) == before
            rig.weather.clear()

    def test_a_key_that_is_not_accepted_is_refused(self, rig: Directory) -> None:
        with pytest.raises(Refused) as caught:
            rig.stranger.by_email(MAYA)
        untold(rig.secrets, caught.value)
        rig.weather.faults.extend(["401"] * 8)
        with pytest.raises(Refused) as caught:
            rig.customers.by_email(MAYA)
        untold(rig.secrets, caught.value)

    def test_a_storm_of_429_is_told_and_over_when_it_is_over(self, rig: Directory) -> None:
        before = rig.customers.by_email(MAYA)
        rig.weather.faults.extend(STORM)
        with pytest.raises(Busy):
            rig.customers.by_email(MAYA)
        rig.weather.clear()

        assert rig.customers.by_email(MAYA) == before

    def test_a_key_that_ends_in_the_middle_of_a_look_finds_everybody_or_nobody(self, rig: Directory) -> None:
        before, refused = rig.customers.by_email(MAYA), 0
        for place in range(REQUESTS):
            rig.weather.faults.extend([""] * place + list(EXPIRED))
            try:
                assert rig.customers.by_email(MAYA) == before
            except Refused:
                refused += 1
            rig.weather.clear()

        assert refused

    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_tells_a_secret_or_whom_we_looked_for(self, rig: Directory, fault: str) -> None:
        rig.weather.faults.extend([fault] * 12)
        with pytest.raises(ConnectorError) as caught:
            rig.customers.by_email(MAYA)

        untold(rig.secrets, caught.value)

    def _crowd(self, rig: Directory) -> tuple[Callable[[], list[Read[Customer]]], Callable[[], set[Ref]]]:
        """Asks for many at once, by what they may share; and makes them."""
        email, phone = "crowd@example.com", "+4530111111" if rig.phone else ""
        customers = rig.customers
        assert self.shares_addresses or phone, "by what are several found here?"

        def fill() -> set[Ref]:
            some = range(self.many)
            return {rig.add(email=email if self.shares_addresses else f"{n}.{email}", phone=phone) for n in some}

        def ask() -> list[Read[Customer]]:
            return customers.by_email(email) if self.shares_addresses else customers.by_phone(phone)

        return ask, fill


def untold(secrets: Collection[str], error: BaseException | None) -> None:
    """Nothing that we sign in with, and nobody's name or address, is in the text of an error or of what caused it."""
    while error is not None:
        told = f"{error!s} {error!r}".casefold()
        assert not [word for word in (*secrets, "maya", "example.com", "chen") if word.casefold() in told]
        error = error.__cause__ or error.__context__
