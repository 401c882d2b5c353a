"""Brings together what is known of the customer before anything is planned."""

from deskhand.context.identify import Customers
from deskhand.context.lookups.catalogue import LookUps
from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.errors import ConnectorError
from deskhand.domain.finding import Finding
from deskhand.domain.ticket import Requester

BY_DEFAULT = ("billing.subscription", "crm.profile")  # what every agent looks at first


def gather(requester: Requester, customers: Customers, look_ups: LookUps) -> Dossier:
    """One customer across systems. What did not answer is named, never passed over."""
    identified = customers.who(requester)
    findings: list[Finding] = []
    missing = list(identified.missing)
    if isinstance(identified.identity, Matched):
        bound = look_ups.of(identified.identity.customer)
        for name in BY_DEFAULT:
            if name in look_ups.specs:
                try:
                    findings.append(bound(name, {}))
                except ConnectorError:
                    missing.append(name.partition(".")[0])
    return Dossier(identified.identity, tuple(findings), tuple(missing))
