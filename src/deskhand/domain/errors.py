"""What can go wrong that nobody planned. A "no" of policy is not here: it is a `Verdict`.

DeskhandError
├── DeskFault            the desk folder is faulty; every fault with its file and line
├── NotGranted           nobody was let in, and nothing given: what was asked for cannot be, with why
├── UnknownTicket        no such ticket, or not visible to us
├── BeingErased          whoever this is about is being forgotten at this moment: wait until that has ended
├── WordsErased          whoever this is about was forgotten since: the run ends, and nothing more is written
├── Unreadable           a document of our knowledge cannot be read; why, in half a sentence for people
├── Rejected             a delivery at our door is not what it claims to be
│   ├── Forged           its signature does not fit
│   ├── Stale            its time stamp is too old, or too far ahead
│   └── Malformed        it cannot be read
└── ConnectorError       another system let us down; nothing was changed there
    ├── NotSent          no connection: the request never left
    ├── Down             a request that may be repeated failed on their side
    ├── Busy             too many requests; they refused to look at this one
    ├── Resting          we stopped asking for a while, after several failures in a row
    ├── Refused          our key or its scope is not accepted
    ├── Missing          there is no such object
    ├── Clash            the object changed under us
    ├── Invalid          our request is wrong, or the deed is impossible
    ├── TooLarge         a file is larger than we were willing to take; the rest of it was not read
    └── Unconfirmed      the write may or may not have happened: ask `find_effect`, never just repeat
"""

from dataclasses import dataclass


class DeskhandError(Exception):
    """The parent of every error of ours."""


class NotGranted(DeskhandError):
    """Access cannot be given like this. Its text says why, and that nothing was changed."""


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong in a file of the desk folder."""

    file: str
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


class DeskFault(DeskhandError):
    """The desk folder cannot be used. `faults` holds all that is wrong with it, in order."""

    def __init__(self, faults: tuple[Fault, ...]):
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))


class UnknownTicket(DeskhandError):
    """No such ticket, or not visible to us."""


class BeingErased(DeskhandError):
    """Whoever this is about is being forgotten at this moment; nothing of them was read. It may be tried again."""


class WordsErased(DeskhandError):
    """Whoever this is about was forgotten since it began. Nothing was written, and nothing more may be."""


class Unreadable(DeskhandError):
    """A document of our knowledge cannot be read. Its text is half a sentence for people, about "it"."""


class Rejected(DeskhandError):
    """A delivery at our door is not what it claims to be; nothing was filed."""


class Forged(Rejected):
    """The signature does not fit."""


class Stale(Rejected):
    """The time stamp is too old, or too far ahead."""


class Malformed(Rejected):
    """The delivery cannot be read."""


class ConnectorError(DeskhandError):
    """Another system let us down. Nothing was changed there, unless the class says otherwise.

    `where` names method, path and status only; `detail` holds the vendor's words, for mapping and never for a log.
    """

    again: bool | float = False  # may the call be repeated: no, yes, or after so many seconds

    def __init__(self, where: str, detail: object = None):
        super().__init__(where)
        self.detail = detail


class NotSent(ConnectorError):
    """No connection: the request never left, so even a write may be tried again."""

    again = True


class Down(ConnectorError):
    """A request that may be repeated failed on their side."""

    again = True


class Busy(ConnectorError):
    """Too many requests; they refused to look at this one. `after`: seconds to wait, where they said so."""

    def __init__(self, where: str, after: float | None = None):
        super().__init__(where)
        self.after = after
        self.again = True if after is None else after


class Resting(ConnectorError):
    """We stopped asking for a while, after several failures in a row."""


class Refused(ConnectorError):
    """Our key or its scope is not accepted."""


class Missing(ConnectorError):
    """There is no such object."""


class Clash(ConnectorError):
    """The object changed under us: read it again and decide again."""


class Invalid(ConnectorError):
    """Our request is wrong, or the deed is impossible. It was surely not done."""


class TooLarge(ConnectorError):
    """A file is larger than we were willing to take. The rest of it was not read."""


class Unconfirmed(ConnectorError):
    """The write may or may not have happened. Ask `find_effect(key)`; never just send it again."""

    def __init__(self, key: str, why: str):
        super().__init__(f"{key}: {why}")
        self.key = key
