"""Whose ticket is this? In each system the strongest hint that finds exactly one record wins; two are an answer."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from deskhand.domain.customer import Ambiguous, Customer, Identity, Joined, Matched, Strength, Unknown
from deskhand.domain.errors import ConnectorError, Missing
from deskhand.domain.link import Bond, Link
from deskhand.domain.ref import Ref
from deskhand.domain.ticket import Requester
from deskhand.ports.reads import CustomerDirectory

EXTERNAL_ID, EMAIL, PHONE = "external_id", "email", "phone"
Links = Callable[[Collection[Ref]], Sequence[Link]]


@dataclass(frozen=True)
class Hints:
    """Ids that name the same person elsewhere. `external_id` is the system in which the help desk's own id of a person
    is theirs, or ""; `same` are, by "system.field", the systems in which that field's value is their id."""

    external_id: str = ""
    same: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Identified:
    """`missing` names directories that did not answer: then nobody may be taken for unknown."""

    identity: Identity
    missing: tuple[str, ...]


class Several(Exception):
    """Hints that point at different records: nobody chooses among them but a person."""

    def __init__(self, refs: Collection[Ref], by: str):
        self.refs, self.by = tuple(dict.fromkeys(refs)), by


@dataclass(frozen=True)
class Customers:
    """Everywhere that customers are known, the one whose records we act on first. `links` tells what agents said.

    While the first does not answer nobody is known.
    """

    directories: Sequence[CustomerDirectory]
    hints: Hints = Hints()
    links: Links = lambda refs: ()

    def who(self, requester: Requester) -> Identified:
        """The one customer whom the requester's hints find, as strong as the help desk's own knowledge of them."""
        search = _Search(self, requester)
        try:
            identity = search.identity()
        except Several as several:
            identity = Ambiguous(several.refs, several.by)
        return Identified(identity, tuple(search.missing))


class _Search:
    """One search. `found` is the record in each system, and the hint that found it."""

    def __init__(self, customers: Customers, requester: Requester):
        self.customers, self.requester = customers, requester
        self.found: dict[str, tuple[Customer, str]] = {}
        self.missing: list[str] = []

    def identity(self) -> Identity:
        for directory in self.customers.directories:
            self._ask(directory, self._strong(directory))
        if not self.found:  # a number is the last resort: families and offices share one
            for directory in self.customers.directories:
                self._ask(directory, self._weak(directory))
        for system in list(self.found):
            self._follow(*self.found[system])
        # Limits and receipts go by the record of the first system: another one must not stand in for it.
        if not self.found or self.customers.directories[0].system in self.missing:
            return Unknown()
        first, *others = [self.found[one.system] for one in self.customers.directories if one.system in self.found]
        self._apart([customer for customer, _ in (first, *others)])
        attested = self.requester.verified and first[1] != PHONE
        also = tuple(Joined(one.ref, by) for one, by in others)
        customer = replace(first[0], also=also, unseen=tuple(self.missing))
        return Matched(customer, Strength.ATTESTED if attested else Strength.CLAIMED, first[1])

    def _strong(self, directory: CustomerDirectory) -> Iterator[tuple[str, Callable[[], list[Customer]]]]:
        known, email = self.requester.external_id, self.requester.email
        if known and self.customers.hints.external_id == directory.system:
            yield EXTERNAL_ID, lambda: _by_id(directory, known)
        if email:
            yield EMAIL, lambda: [one.value for one in directory.by_email(email)]

    def _weak(self, directory: CustomerDirectory) -> Iterator[tuple[str, Callable[[], list[Customer]]]]:
        if phone := self.requester.phone:
            yield PHONE, lambda: [one.value for one in directory.by_phone(phone)]

    def _ask(self, directory: CustomerDirectory, hints: Iterator[tuple[str, Callable[[], list[Customer]]]]) -> None:
        """Every hint is asked, not the first that answers: two that contradict each other are an answer."""
        if directory.system in self.missing:
            return
        for by, look in hints:
            try:
                records = self._merged(look())
            except ConnectorError:
                self.missing.append(directory.system)
                return
            known = self.found.get(directory.system)
            if len(records) > 1 or (known and records and records[0].ref != known[0].ref):
                raise Several([*([known[0].ref] if known else []), *(one.ref for one in records)], by)
            if records and not known:
                self.found[directory.system] = records[0], by

    def _merged(self, records: list[Customer]) -> list[Customer]:
        """Without those that an agent called another one's duplicate."""
        if len(records) < 2:
            return records
        refs = {one.ref for one in records}
        same = [one for one in self.customers.links(refs) if one.bond is Bond.SAME and one.refs <= refs]
        return [one for one in records if one.ref not in {link.other for link in same}]

    def _follow(self, customer: Customer, by: str) -> None:
        """Where a record names the same person elsewhere: that record is theirs, or somebody's data is wrong."""
        for name, system in self.customers.hints.same.items():
            home, _, kind = name.partition(".")
            value = customer.ids.get(kind, "") if home == customer.ref.system else ""
            directory = next((one for one in self.customers.directories if one.system == system), None)
            if not value or directory is None or system in self.missing:
                continue
            known = self.found.get(system)
            if known and known[0].ref.id != value:
                raise Several((customer.ref, known[0].ref, replace(known[0].ref, id=value)), name)
            if known is None:
                try:
                    records = _by_id(directory, value)
                except ConnectorError:
                    self.missing.append(system)
                    continue
                if records:
                    self.found[system] = records[0], name if by != PHONE else PHONE

    def _apart(self, records: list[Customer]) -> None:
        refs = {one.ref for one in records}
        if len(refs) > 1:
            for link in self.customers.links(refs):
                if link.bond is Bond.APART and link.refs <= refs:
                    raise Several(sorted(refs), "what an agent said of them")


def _by_id(directory: CustomerDirectory, id: str) -> list[Customer]:
    try:
        return [directory.customer(Ref(directory.system, directory.kind, id)).value]
    except Missing:
        return []
