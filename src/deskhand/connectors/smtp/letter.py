"""One letter, ready to be sent: what a caller says can fill headers and never make one."""

import hashlib
import re
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from deskhand.domain.errors import Invalid

# One address and nothing else: no name, no list, no comment, no quotes, and ASCII before the @.
ADDRESS = re.compile(r"(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[^@\s<>,;:\"()\[\]\\]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
AI_GENERATED = "X-AI-Generated"  # a header for machines: no standard names one yet
LONGEST_SUBJECT = 200


def recipient(text: str) -> str:
    """The address as it travels: the domain in ASCII. `Invalid` unless it is exactly one."""
    name, _, domain = text.rpartition("@")
    if not ADDRESS.fullmatch(text):
        raise Invalid("That is not one e-mail address: nothing was sent.")
    try:
        return f"{name}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError as error:
        raise Invalid("That is not one e-mail address: nothing was sent.") from error


def letter(sender: str, to: str, subject: str, text: str, *, key: str, at: datetime) -> EmailMessage:
    """`sender` is ours, "Name <address>"; `key` gives the Message-ID, so that a second copy is known as one."""
    if CONTROL.search(subject) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise Invalid(f"A subject is one line of 1 to {LONGEST_SUBJECT} characters: nothing was sent.")
    made = EmailMessage(policy=SMTP.clone(cte_type="7bit"))  # passes every server
    made["From"] = formataddr(parseaddr(sender))
    made["To"] = recipient(to)
    made["Subject"] = _whole(subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = message_id(sender, key)
    made["Auto-Submitted"] = "auto-generated"  # RFC 3834: whoever answers by machine does not answer this
    made["X-Auto-Response-Suppress"] = "All"
    made.set_content(_whole(re.sub("\r\n?", "\n", text)))  # a lone CR is no end of a line to some servers
    return made


def message_id(sender: str, key: str) -> str:
    domain = address_of(sender).rpartition("@")[2]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:32]}@{domain}>"


def address_of(sender: str) -> str:
    """Of "Name <address>". `Invalid` when it has none."""
    return recipient(parseaddr(sender)[1])


def _whole(text: str) -> str:
    """Half of a surrogate pair cannot be sent: a question mark can."""
    return text.encode("utf-8", "replace").decode()
