"""What is attached to letters: fetched again from the mailbox, where they lie."""

from email import message_from_bytes
from email.policy import compat32

from deskhand.connectors.imap.body import content_of, too_many
from deskhand.connectors.imap.headers import Letter
from deskhand.connectors.imap.mailbox import Mailbox
from deskhand.domain.errors import Missing, TooLarge, Unreadable


class MailFiles:
    """See `ports.reads.AttachmentReads`. A `ref` is a part of a letter and the letter's Message-ID."""

    def __init__(self, mailbox: Mailbox):
        self._mailbox = mailbox

    def fetch(self, ref: str, limit: int) -> bytes:
        part, _, message_id = ref.partition(" ")
        letter = self._mailbox.letter(message_id)
        if too_many(letter):
            raise Missing("IMAP: that letter is not taken apart")
        parsed: Letter = message_from_bytes(letter, policy=compat32)
        try:
            content = content_of(parsed, part)
        except Unreadable as error:
            raise Missing("IMAP: that letter cannot be taken apart") from error
        if content is None:
            raise Missing("IMAP: that letter has no such part")
        if len(content) > limit:
            raise TooLarge(f"IMAP: larger than {limit} bytes")
        return content
