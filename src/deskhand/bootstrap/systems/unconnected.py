"""In place of a system that a desk has none of."""

from collections.abc import Callable
from typing import NoReturn, cast

from deskhand.domain.errors import Invalid
from deskhand.ports.reads import BillingLedger
from deskhand.ports.writes import BillingWriter


class Unconnected:
    """Whatever is asked of it is refused, and was surely not done."""

    system = ""

    def __init__(self, what: str):
        self._what = what

    def __getattr__(self, name: str) -> Callable[..., NoReturn]:
        def refuse(*_: object, **__: object) -> NoReturn:
            raise Invalid(f"No {self._what} is connected ([systems] in desk.toml): nothing was done.")

        return refuse


NO_BILLING = cast(BillingLedger, Unconnected("billing"))
NO_BILLING_WRITER = cast(BillingWriter, Unconnected("billing"))
