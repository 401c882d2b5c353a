"""Which of a company's own properties say what: named in its desk, on the contact or, as `company.x`, its company."""

from dataclasses import dataclass, field

OF_CONTACT = ("firstname lastname email phone mobilephone createdate hubspot_owner_id associatedcompanyid").split()
COMPANY = "company."


@dataclass(frozen=True)
class Fields:
    """Empty for what the company does not keep. `ids` and `writable` by the desk's names; the latter are texts on the
    contact itself. `currency`: of deals that name none. `stages`: what a deal's stages are called, by their ids."""

    tier: str = ""
    flagged: str = ""
    subscription: str = ""
    health: str = ""
    currency: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    writable: dict[str, str] = field(default_factory=dict)

    @property
    def _own(self) -> tuple[str, ...]:
        own = (self.tier, self.flagged, self.subscription, self.health, *self.ids.values(), *self.writable.values())
        return tuple(dict.fromkeys(filter(None, own)))

    def of_contact(self) -> list[str]:
        """All that is read of a contact."""
        own = (name for name in self._own if not name.startswith(COMPANY))
        return list(dict.fromkeys((*OF_CONTACT, *own)))

    def of_company(self) -> list[str]:
        """Likewise, of its company."""
        return ["name", *(name.removeprefix(COMPANY) for name in self._own if name.startswith(COMPANY))]

    def company_matters(self, *names: str) -> bool:
        """Whether one of these stands on the company."""
        return any(name.startswith(COMPANY) for name in names)
