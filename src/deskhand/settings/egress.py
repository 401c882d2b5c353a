"""What `desk.toml` says of hosts that this desk may talk to."""

from typing import Annotated

from pydantic import AfterValidator, Field

from deskhand.settings.strict import Strict


def _host(name: str) -> str:
    plain = name.strip("[]").rstrip(".").lower()
    if not plain or set(plain) & set(" /@?#*\\"):
        raise ValueError(f"{name!r} is no host: write its name or its address, without scheme, port and path")
    return plain


Host = Annotated[str, AfterValidator(_host)]


class EgressTable(Strict):
    """`private`: hosts that may be in the company's own network or on this machine; every other one has to be at a
    public address, or nothing is sent. `hosts`: where it is set, no other host is asked over HTTP than these, those
    below them and the private ones, whoever names it."""

    private: list[Host] = Field(default_factory=list)
    hosts: list[Host] = Field(default_factory=list)
