"""Every look-up of this desk by name, and the door through which a plan may call them."""

from collections.abc import Callable, Mapping
from datetime import datetime

from deskhand.context.lookups import billing, relations
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Down, Invalid
from deskhand.domain.finding import Finding, LookupSpec
from deskhand.ports.reads import BillingLedger, CustomerRelations, Records

LookUp = Callable[[str, Mapping[str, str | int]], Finding]


class LookUps:
    """Look-ups over what is connected. `specs` tells names, arguments and types; nothing is read until called."""

    def __init__(
        self,
        ledger: BillingLedger | None,
        records: Records | None,
        clock: Callable[[], datetime],
        crm: CustomerRelations | None = None,
    ):
        self._ledger, self._records, self._clock, self._crm = ledger, records, clock, crm
        known = (*(billing.SPECS if ledger else ()), *(relations.SPECS if crm else ()))
        questions = records.questions() if records else ()
        self.specs: Mapping[str, LookupSpec] = {spec.name: spec for spec in (*known, *questions)}

    def of(self, customer: Customer) -> LookUp:
        """Look-ups for this customer: whoever calls cannot name another one. `Invalid` for an unknown look-up."""

        def look_up(name: str, arguments: Mapping[str, str | int]) -> Finding:
            if name not in self.specs or set(arguments) != set(self.specs[name].arguments):
                raise Invalid(f"look-up {name}")
            if self._ledger and name in billing.LOOK_UPS:
                return billing.LOOK_UPS[name](self._ledger, customer, self._clock(), **arguments)
            if self._crm and name in relations.LOOK_UPS:
                if self._crm.system in customer.unseen:
                    raise Down(f"{self._crm.system} did not answer when the customer was looked for")
                return relations.LOOK_UPS[name](self._crm, customer.in_system(self._crm.system), self._clock())
            assert self._records is not None
            values = {f"argument.{key}": str(value) for key, value in arguments.items()}
            own = {"customer.email": customer.email, "customer.id": customer.ref.id}
            return self._records.ask(name.removeprefix("records."), values | own)

        return look_up
