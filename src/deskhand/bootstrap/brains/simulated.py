"""Who plays simulated customers, where a model is set."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Protocol

from deskhand.bootstrap.brains.brains import adapter_of
from deskhand.settings import Settings


class SimulatedCustomer(Protocol):
    """A model in a customer's part."""

    def line(
        self, manner: str, about: str, wish: str, answers: Sequence[str], told: Sequence[tuple[str, str]]
    ) -> str | None:
        """The next line; `told` is each line so far with its reply. None when the customer is content, "" when the
        model gave no answer."""
        ...


@contextmanager
def simulated_customer(settings: Settings) -> Iterator[SimulatedCustomer | None]:
    """None where no model is set."""
    if not settings.table.chain:
        yield None
        return
    from deskhand.infrastructure.llm.customer import ModelCustomer  # a second of imports

    with ExitStack() as stack:
        yield ModelCustomer(adapter_of(settings, settings.table.chain, stack))
