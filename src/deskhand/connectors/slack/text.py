"""Slack's way of writing text: three characters are escaped, and angle brackets hold people, channels and links."""

import re

LINK = re.compile(r"<(?:[!@#]?)([^<>|]*)(?:\|([^<>]*))?>")


def written(text: str) -> str:
    """For sending: nothing in it calls a channel or becomes a link by itself."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain(text: str) -> str:
    """What the person wrote, as people read it."""
    shown = LINK.sub(lambda found: found[2] or found[1].removeprefix("mailto:"), text)
    return shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
