"""Masks what no brain needs and no log may hold; what the reply may have to name can be given back."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count

from deskhand.domain.contact import Contact
from deskhand.domain.plain_text import plain
from deskhand.domain.ticket import Requester
from deskhand.understanding.sensitive.accounts import ibans
from deskhand.understanding.sensitive.cards import cards
from deskhand.understanding.sensitive.codes import codes
from deskhand.understanding.sensitive.contacts import contacts
from deskhand.understanding.sensitive.found import Found
from deskhand.understanding.sensitive.keys import keys
from deskhand.understanding.sensitive.known import known_values
from deskhand.understanding.sensitive.national_ids import national_ids
from deskhand.understanding.sensitive.passwords import passwords

PLACE = re.compile(r"\[(?P<kind>" + "|".join(Contact) + r") (?P<number>\d{1,4})\]")

Known = Mapping[Contact, str]
NOTHING_KNOWN: Known = {}


@dataclass(frozen=True)
class Masked:
    """`text` may be shown to a brain; `values` holds by placeholder what stood there, where it may be given back."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)


def redact(text: str) -> str:
    """Without what is never kept: passwords, keys and codes, cards, IBANs, national ids."""
    return mask(text).text


def mask(text: str, reversible: Collection[Contact] = (), known: Known = NOTHING_KNOWN) -> Masked:
    """[secret], [card], [iban] and [national id] in place of the real ones; also [email 1] and the like for the kinds
    in `reversible`, numbered as they come, the same number for the same value.

    `known`: what the customer's record says of them, found however it would be missed otherwise.
    """
    masker = Masker((text,), reversible, known)
    return Masked(masker(text), masker.values)


def for_others(text: str) -> str:
    """Without contacts either, and nothing numbered: for a text that is shown beside another customer's message, where
    a number would mean something of theirs."""
    return PLACE.sub(r"[\g<kind>]", mask(text, (Contact.EMAIL, Contact.PHONE, Contact.IP)).text)


class Masker:
    """Masks texts that are read together, one after the other: one value has one place in all of them.

    `texts` are all of them. A place that one of them holds already means nothing, and never comes to mean something:
    somebody may have written "[email 1]" himself. `before` was said earlier in the same conversation: what stood for a
    value when it was said stands for it again.
    """

    def __init__(
        self,
        texts: Iterable[str],
        reversible: Collection[Contact] = (),
        known: Known = NOTHING_KNOWN,
        before: Iterable[str] = (),
    ):
        self.values: dict[str, str] = {}
        self._reversible, self._known = frozenset(reversible), known
        self._taken = {place[0] for text in texts if "[" in text for place in PLACE.finditer(plain(text).text)}
        self._places: dict[tuple[str, str], str] = {}
        self._numbers = {kind: count(1) for kind in Contact}
        for text in before:
            self(text)
        self.values.clear()  # given back is what a text that is read now writes, in its own spelling

    def __call__(self, text: str) -> str:
        pieces: list[str] = []
        end = 0
        for one in find(text, self._reversible, self._known):
            pieces += (text[end : one.start], self._place(one.kind, text[one.start : one.end]))
            end = one.end
        return "".join((*pieces, text[end:]))

    def _place(self, kind: str, value: str) -> str:
        if not isinstance(kind, Contact):
            return f"[{kind}]"
        same = (kind, "".join(c for c in value if c.isdigit()) if kind is Contact.PHONE else value.casefold())
        if same not in self._places:
            self._places[same] = self._free(kind)
        self.values.setdefault(self._places[same], value)
        return self._places[same]

    def _free(self, kind: Contact) -> str:
        return next(place for number in self._numbers[kind] if (place := f"[{kind} {number}]") not in self._taken)


def known_of(requester: Requester) -> Known:
    """What the ticket's system says of whoever wrote it."""
    return {Contact.EMAIL: requester.email, Contact.NAME: requester.name}


def unmask(text: str, values: Mapping[str, str]) -> str:
    """With the values back in their places. A place that is none of ours stays as it is."""
    return PLACE.sub(lambda place: values.get(place[0], place[0]), text) if values else text


def find(text: str, reversible: Collection[Contact] = (), known: Known = NOTHING_KNOWN) -> tuple[Found, ...]:
    """What would be masked, in order; where two things overlap, both together as the graver one."""
    read, wanted = plain(text), frozenset(reversible)
    found = [Found(*read.written(one.start, one.end), one.kind) for one in _all(read.text, wanted, known)]
    return tuple(_apart(found))


def _all(text: str, wanted: frozenset[Contact], known: Known) -> Iterator[Found]:
    """The gravest first."""
    yield from keys(text)
    yield from passwords(text)
    if any(char.isdigit() for char in text):
        yield from codes(text)
        yield from ibans(text)
        yield from cards(text)
        yield from national_ids(text)
    if wanted:
        yield from known_values(text, {kind: value for kind, value in known.items() if kind in wanted})
        yield from contacts(text, wanted)


def _apart(found: Iterable[Found]) -> list[Found]:
    """Sorted by place, overlapping ones joined under the kind that came first."""
    apart: list[tuple[int, Found]] = []
    for rank, one in sorted(enumerate(found), key=lambda ranked: ranked[1].start):
        if apart and one.start < apart[-1][1].end:
            before_rank, before = apart[-1]
            kind = before.kind if before_rank < rank else one.kind
            apart[-1] = (min(rank, before_rank), Found(before.start, max(before.end, one.end), kind))
        else:
            apart.append((rank, one))
    return [one for _, one in apart]
