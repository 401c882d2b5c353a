"""Which of a company's own fields say what: named in its desk, on the contact or, as `Account.X`, on its account."""

from dataclasses import dataclass, field

OF_CONTACT = ("Id", "Name", "Email", "Phone", "MobilePhone", "CreatedDate", "AccountId", "Account.Name", "Owner.Name")


@dataclass(frozen=True)
class Fields:
    """Empty for what the company does not keep. `ids` and `writable` by the desk's names; the latter are texts on the
    contact itself. `currency`: of a company that has one; empty where each deal names its own."""

    tier: str = ""
    flagged: str = ""
    subscription: str = ""
    health: str = ""
    currency: str = ""
    ids: dict[str, str] = field(default_factory=dict)
    writable: dict[str, str] = field(default_factory=dict)

    def asked(self) -> tuple[str, ...]:
        """All that is read of a contact."""
        own = (self.tier, self.flagged, self.subscription, self.health, *self.ids.values(), *self.writable.values())
        return (*OF_CONTACT, *filter(None, own))
