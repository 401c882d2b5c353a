"""What `desk.toml` says of the chat on the company's own site."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from deskhand.settings.strict import Strict

ORIGIN = re.compile(r"https://[a-z0-9.-]+(:\d{1,5})?|http://(localhost|127\.0\.0\.1)(:\d{1,5})?")
# What stands at this place of an address already is no site's name.
TAKEN = frozenset({"messages", "conversations"})
SITE = r"^[a-z0-9][a-z0-9-]{0,39}$"


def _origin(text: str) -> str:
    if not ORIGIN.fullmatch(text):
        what = "is no origin, such as https://www.lumen.example: small letters, no path and no slash at the end"
        raise ValueError(f"{text!r} {what}")
    return text


def _site(name: str) -> str:
    if name in TAKEN:
        raise ValueError(f"a site cannot be named {name!r}: that is an address of ours")
    return name


class WidgetSiteTable(Strict):
    """A site whose pages may hold the chat. `origins`: from where its pages come; no other page can use the site's key.
    `anonymous`: whoever is not signed in there may write, too, as somebody we know nothing of."""

    origins: list[Annotated[str, AfterValidator(_origin)]] = Field(min_length=1)
    anonymous: bool = False


SiteKey = Annotated[str, Field(pattern=SITE), AfterValidator(_site)]


class WidgetTable(Strict):
    """The company's own site. `audience`: what its tokens name in `aud`; another desk's tokens name another one.
    `sites`: by the key that a page gives. `per_minute`: what one visitor may send; `anonymous_per_minute`: what all who
    are not signed in may send or begin from one address. A file may have `file_megabytes`, all files of a conversation
    `all_megabytes`; 0 takes none."""

    audience: str = Field(default="deskhand", min_length=1)
    sites: dict[SiteKey, WidgetSiteTable] = Field(default_factory=dict)
    per_minute: int = Field(default=20, ge=1, le=600)
    anonymous_per_minute: int = Field(default=60, ge=1, le=6000)
    file_megabytes: float = Field(default=5, ge=0, le=20)
    all_megabytes: float = Field(default=20, ge=0, le=100)
