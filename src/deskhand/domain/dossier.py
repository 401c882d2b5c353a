"""One customer across systems: who they are, what was read, and what did not answer."""

from dataclasses import dataclass

from deskhand.domain.customer import Identity, Matched, Strength
from deskhand.domain.finding import Finding


@dataclass(frozen=True)
class Dossier:
    """`missing` names systems that did not answer: absence of their data is never shown as "there is none"."""

    identity: Identity
    findings: tuple[Finding, ...]
    missing: tuple[str, ...]

    @property
    def proven(self) -> bool:
        """As `verified`, and they have shown it with a one-time code."""
        return isinstance(self.identity, Matched) and self.identity.strength is Strength.PROVEN

    @property
    def verified(self) -> bool:
        """Exactly one customer, and we know that it is them."""
        return isinstance(self.identity, Matched) and self.identity.strength.verified
