"""Whose ticket is it? One record, several, or nobody; never a guess."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.context.identify import Customers, Hints
from deskhand.domain.customer import Ambiguous, Customer, Joined, Matched, Strength, Unknown
from deskhand.domain.errors import Down, Missing
from deskhand.domain.link import Bond, Link
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester

NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ADA = Requester("Ada", "ada@example.com", verified=True, phone="+4930901820", external_id="u-1")
HINTS = Hints("crm", {"billing.metadata.crm_id": "crm"})


@dataclass
class Directory:
    """A system that knows these people, or does not answer."""

    system: str
    people: list[Customer] = field(default_factory=list)
    silent: bool = False
    kind: str = "customer"

    def add(self, id: str, email: str = "", phones: tuple[str, ...] = (), **ids: str) -> Ref:
        ref = Ref(self.system, self.kind, id)
        told = {f"metadata.{name}": value for name, value in ids.items()}
        self.people.append(Customer(ref, "Ada", email, "standard", False, NOW, phones, told))
        return ref

    def by_email(self, email: str) -> list[Read[Customer]]:
        return self._reads([one for one in self.people if one.email == email.lower()])

    def by_phone(self, phone: str) -> list[Read[Customer]]:
        return self._reads([one for one in self.people if phone in one.phones])

    def customer(self, ref: Ref) -> Read[Customer]:
        if not (found := self._reads([one for one in self.people if one.ref == ref])):
            raise Missing("GET")
        return found[0]

    def _reads(self, found: list[Customer]) -> list[Read[Customer]]:
        if self.silent:
            raise Down("GET")
        return [Read(one, self.system, NOW) for one in found]


@pytest.fixture
def billing() -> Directory:
    return Directory("billing")


@pytest.fixture
def crm() -> Directory:
    return Directory("crm")


def who(*directories: Directory, requester: Requester = ADA, hints: Hints = HINTS, links: Sequence[Link] = ()):  # type: ignore[no-untyped-def]
    def among(refs: Collection[Ref]) -> Sequence[Link]:
        return [one for one in links if one.refs <= set(refs)]

    return Customers(directories, hints, among).who(requester)


def link(bond: Bond, keep: Ref, other: Ref) -> Link:
    return Link(1, bond, keep, other, "tom", "they called", NOW)


def test_the_same_address_in_two_systems_is_one_customer(billing: Directory, crm: Directory) -> None:
    first, second = billing.add("b1", "ada@example.com"), crm.add("c1", "ada@example.com")
    found = who(billing, crm)

    assert found.missing == ()
    assert isinstance(found.identity, Matched)
    assert (found.identity.customer.ref, found.identity.by) == (first, "email")
    assert found.identity.customer.also == (Joined(second, "email"),)
    assert found.identity.customer.in_system("crm") == second
    assert found.identity.customer.in_system("shop") is None
    assert found.identity.strength is Strength.ATTESTED


def test_two_records_in_one_system_are_an_answer(billing: Directory, crm: Directory) -> None:
    refs = billing.add("b1", "ada@example.com"), billing.add("b2", "ada@example.com")
    crm.add("c1", "ada@example.com")

    assert who(billing, crm).identity == Ambiguous(refs, "email")


def test_an_id_that_a_record_names_is_followed(billing: Directory, crm: Directory) -> None:
    billing.add("b1", "ada@example.com", crm_id="c7")
    other = crm.add("c7", "ada@work.example")
    found = who(billing, crm, requester=replace(ADA, external_id=""))

    assert isinstance(found.identity, Matched)
    assert found.identity.customer.also == (Joined(other, "billing.metadata.crm_id"),)


def test_an_id_that_contradicts_an_address_is_an_answer(billing: Directory, crm: Directory) -> None:
    own = billing.add("b1", "ada@example.com", crm_id="c7")
    by_address = crm.add("c1", "ada@example.com")
    found = who(billing, crm, requester=replace(ADA, external_id=""))

    assert found.identity == Ambiguous((own, by_address, Ref("crm", "customer", "c7")), "billing.metadata.crm_id")


def test_an_id_that_leads_nowhere_joins_nobody(billing: Directory, crm: Directory) -> None:
    billing.add("b1", "ada@example.com", crm_id="gone")
    found = who(billing, crm)

    assert isinstance(found.identity, Matched)
    assert found.identity.customer.also == ()


def test_the_help_desks_own_id_counts_where_the_desk_says_so(crm: Directory) -> None:
    ref = crm.add("u-1", "another@example.com")

    known = who(crm).identity
    assert isinstance(known, Matched)
    assert (known.customer.ref, known.by) == (ref, "external_id")
    assert who(crm, hints=Hints()).identity == Unknown()


def test_an_address_that_contradicts_the_help_desks_id_is_an_answer(crm: Directory) -> None:
    refs = crm.add("u-1", "another@example.com"), crm.add("c2", "ada@example.com")

    assert who(crm).identity == Ambiguous(refs, "email")


def test_a_number_is_the_last_resort_and_only_a_claim(billing: Directory, crm: Directory) -> None:
    ref = billing.add("b1", "other@example.com", phones=("+4930901820",))
    found = who(billing, crm).identity
    assert isinstance(found, Matched)
    assert (found.customer.ref, found.by, found.strength) == (ref, "phone", Strength.CLAIMED)

    own = crm.add("c1", "ada@example.com")
    found = who(billing, crm).identity
    assert isinstance(found, Matched)
    assert (found.customer.ref, found.customer.also) == (own, ())


def test_what_a_number_found_is_a_claim_wherever_it_leads(billing: Directory, crm: Directory) -> None:
    crm.add("c1", "x@example.com")
    billing.add("b1", "y@example.com", phones=("+4930901820",), crm_id="c1")
    found = who(crm, billing, requester=replace(ADA, external_id="")).identity

    assert isinstance(found, Matched)
    assert (found.customer.ref.system, found.strength) == ("crm", Strength.CLAIMED)


def test_an_address_that_nobody_vouches_for_is_only_claimed(billing: Directory) -> None:
    billing.add("b1", "ada@example.com")
    found = who(billing, requester=replace(ADA, verified=False)).identity

    assert isinstance(found, Matched)
    assert found.strength is Strength.CLAIMED


def test_whoever_does_not_answer_is_missing_and_the_others_are_asked(billing: Directory, crm: Directory) -> None:
    billing.add("b1", "ada@example.com")
    crm.silent = True
    found = who(billing, crm)

    assert found.missing == ("crm",)
    assert isinstance(found.identity, Matched)
    assert found.identity.customer.unseen == ("crm",)


def test_while_the_first_is_silent_no_other_record_stands_in_for_it(billing: Directory, crm: Directory) -> None:
    billing.silent = True
    crm.add("c1", "ada@example.com")

    assert who(billing, crm).identity == Unknown()
    assert who(billing, crm).missing == ("billing",)


def test_an_agent_may_say_that_a_record_is_anothers_duplicate(billing: Directory) -> None:
    keep, other = billing.add("b1", "ada@example.com"), billing.add("b2", "ada@example.com")
    found = who(billing, links=[link(Bond.SAME, keep, other)]).identity

    assert isinstance(found, Matched)
    assert found.customer.ref == keep


def test_an_agent_may_say_that_two_records_are_two_people(billing: Directory, crm: Directory) -> None:
    first, second = billing.add("b1", "ada@example.com"), crm.add("c1", "ada@example.com")
    found = who(billing, crm, links=[link(Bond.APART, first, second)]).identity

    assert found == Ambiguous((first, second), "what an agent said of them")


def test_nobody_is_nobody(billing: Directory, crm: Directory) -> None:
    billing.add("b1", "eve@example.com")
    crm.add("c1")

    assert who(billing, crm, requester=Requester("Ada", "", verified=False)).identity == Unknown()


RECORDS = st.lists(
    st.tuples(st.sampled_from(["billing", "crm"]), st.sampled_from(["ada@example.com", "eve@example.com", ""])),
    max_size=6,
)


@given(RECORDS)
def test_a_match_is_never_one_of_several(records: list[tuple[str, str]]) -> None:
    directories = {name: Directory(name) for name in ("billing", "crm")}
    for number, (system, email) in enumerate(records):
        directories[system].add(f"r{number}", email)
    identity = who(*directories.values()).identity
    counts = [len([1 for one in records if one == (name, ADA.email)]) for name in directories]

    if max(counts) > 1:
        assert isinstance(identity, Ambiguous)
    elif any(counts):
        assert isinstance(identity, Matched)
        assert len(identity.customer.also) == sum(counts) - 1
    else:
        assert identity == Unknown()
