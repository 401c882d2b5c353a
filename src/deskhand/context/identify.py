"""Whose ticket is this? The same address in one record: a match. In several: an answer, not a choice."""

from collections.abc import Sequence
from dataclasses import dataclass

from deskhand.domain.customer import Ambiguous, Identity, Matched, Strength, Unknown
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ticket import Requester
from deskhand.ports.reads import CustomerDirectory


@dataclass(frozen=True)
class Identified:
    """`missing` names directories that did not answer: then nobody may be taken for unknown."""

    identity: Identity
    missing: tuple[str, ...]


def identify(requester: Requester, directories: Sequence[CustomerDirectory]) -> Identified:
    """The one customer with the requester's address, as strong as the help desk's own knowledge of that address."""
    if not requester.email:
        return Identified(Unknown(), ())
    found, missing = [], []
    for directory in directories:
        try:
            found += directory.by_email(requester.email)
        except ConnectorError:
            missing.append(directory.system)
    if len(found) == 1:
        strength = Strength.ATTESTED if requester.verified else Strength.CLAIMED
        return Identified(Matched(found[0].value, strength, "email"), tuple(missing))
    if found:
        return Identified(Ambiguous(tuple(one.value.ref for one in found), "email"), tuple(missing))
    return Identified(Unknown(), tuple(missing))
