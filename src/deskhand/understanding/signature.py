"""Cuts what a mail program adds below what somebody wrote: a signature, and words about the device."""

import re

MARK = re.compile(r"-- ?")  # RFC 3676; many programs drop the space
DEVICE = re.compile(
    r"(?:sent (?:from|via|with) (?:my|the|mobile|yahoo|mail for|proton|outlook)|get outlook for"
    r"|gesendet (?:von|mit) (?:meinem?|der)|von meinem \w+ gesendet|envoyé de(?:puis)? mon|enviado desde (?:mi|el)"
    r"|inviato da(?:l mio)?|enviado do meu|verzonden vanaf|verstuurd vanaf|sendt fra min|skickat från min"
    r"|wysłane z|odesláno z|lähetetty)\b.{0,80}",
    re.IGNORECASE,
)
LONGEST = 30  # lines below the mark; more than that is somebody's text


def without_signature(text: str) -> str:
    """The text above the last mark of a signature, and without a last line about the device; all of it when nothing
    else is left."""
    lines = text.rstrip().split("\n")
    for number in range(len(lines) - 1, max(-1, len(lines) - LONGEST - 2), -1):
        if MARK.fullmatch(lines[number].rstrip("\r")):
            lines = lines[:number]
            break
    while lines and (not lines[-1].strip() or DEVICE.fullmatch(lines[-1].strip())):
        lines.pop()
    return "\n".join(lines) if lines else text
