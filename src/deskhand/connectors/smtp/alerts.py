"""Alerts by e-mail, to one address of the company's."""

from deskhand.domain.action import Receipt
from deskhand.ports.writes import Mailer


class MailAlerts:
    """See `ports.writes.AlertWriter`. Nobody can be asked later whether a letter went out."""

    findable = False

    def __init__(self, mailer: Mailer, to: str):
        self._mailer, self._to = mailer, to

    def send(self, subject: str, text: str, *, key: str) -> Receipt:
        return self._mailer.send(self._to, subject, text, key=key)

    def find(self, *, key: str) -> Receipt | None:
        return None
