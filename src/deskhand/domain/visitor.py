"""Who writes from the company's own site."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Visitor:
    """`email` is the address that the company has on file, as its server vouches for it; of somebody who is not signed
    in it is "", and all that we have is the `id` that we made up for them."""

    email: str
    name: str
    id: str = ""

    @property
    def signed_in(self) -> bool:
        return bool(self.email)
