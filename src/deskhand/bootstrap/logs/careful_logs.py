"""What any logger of this process writes: without the desk's secrets, and without what is nobody else's business."""

import logging
from collections.abc import Iterable
from io import StringIO
from traceback import print_exception

from deskhand.domain.card_number import without_cards
from deskhand.domain.contact import Contact
from deskhand.settings import Settings
from deskhand.understanding.redact import mask

SHORTEST = 6  # characters: what is shorter stands in too many words
LONGEST = 20_000  # characters of one line with its traceback


class CarefulRecords:
    """Makes the records of all loggers, whatever handler writes them."""

    def __init__(self) -> None:
        self._secrets: tuple[str, ...] = ()

    def know(self, secrets: Iterable[str]) -> None:
        """Never to be written from now on."""
        fresh = {one for one in (*self._secrets, *secrets) if len(one) >= SHORTEST}
        self._secrets = tuple(sorted(fresh, key=len, reverse=True))

    def __call__(self, *args: object, **kwargs: object) -> logging.LogRecord:
        record = logging.LogRecord(*args, **kwargs)  # type: ignore[arg-type]  # whatever logging passes on
        try:
            record.msg, record.args = self.clean(record.getMessage()), ()
        except (TypeError, ValueError, KeyError):  # its words and its values do not go together
            record.msg, record.args = "a line that could not be put together", ()
        if record.exc_info and record.exc_info[1]:
            told = StringIO()
            print_exception(record.exc_info[1], file=told)
            record.exc_text = self.clean(told.getvalue().rstrip())
        return record

    def clean(self, text: str) -> str:
        for one in self._secrets:
            text = text.replace(one, "[secret]")
        return without_cards(mask(text[:LONGEST], (Contact.EMAIL, Contact.PHONE)).text)


RECORDS = CarefulRecords()


def careful_logs(settings: Settings, more: Iterable[str] = ()) -> None:
    """From now on, in this process."""
    RECORDS.know((*settings.secrets.values(), settings.secrets_key, *more))
    logging.setLogRecordFactory(RECORDS)
