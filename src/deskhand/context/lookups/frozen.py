"""Look-ups whose answers are given: for a ticket that is tried on facts of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from deskhand.context.lookups.catalogue import LookUp, LookUps
from deskhand.domain.customer import Customer
from deskhand.domain.errors import Down
from deskhand.domain.finding import Finding, LookupSpec


@dataclass
class FrozenFacts:
    """`found`: what a look-up finds for whoever writes from this address, by address and name. `specs`: look-ups whose
    own system is not connected; they find only what is given."""

    specs: Mapping[str, LookupSpec] = field(default_factory=dict)
    found: dict[str, Mapping[str, Finding]] = field(default_factory=dict)

    def over(self, look_ups: LookUps) -> LookUps:
        """The same look-ups, with these answers before their own."""
        return _Frozen(look_ups.of, {**self.specs, **look_ups.specs}, look_ups.specs, self.found)


class _Frozen(LookUps):
    def __init__(
        self,
        of: Callable[[Customer], LookUp],
        specs: Mapping[str, LookupSpec],
        live: Mapping[str, LookupSpec],
        found: Mapping[str, Mapping[str, Finding]],
    ):
        self.specs, self._of, self._live, self._found = specs, of, live, found

    def of(self, customer: Customer) -> LookUp:
        """See `LookUps.of`."""
        ask = self._of(customer)

        def look_up(name: str, arguments: Mapping[str, str | int]) -> Finding:
            if given := self._found.get(customer.email, {}).get(name):
                return given
            if name in self.specs and name not in self._live:
                raise Down(f"{name} is not connected here, and no facts are given for it")
            return ask(name, arguments)

        return look_up
