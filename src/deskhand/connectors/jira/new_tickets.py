"""Opening tickets at Jira, and finding one again that was opened under a key."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from deskhand.connectors.http.wire import Wire
from deskhand.connectors.jira.adf import to_adf
from deskhand.connectors.jira.door import KEY, understood
from deskhand.connectors.jira.marks import mark
from deskhand.domain.errors import Down, Invalid, Missing, Unconfirmed

RECENT = 50  # newest issues that the index knows, among which one may still be missing
GAP = 5  # numbers in a row without an issue: behind them there is none
SUMMARY = 255
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where new tickets go: ids as Jira has them. `key_field` is a text field of the company's own on the form of the
    request type; `issue_type` is what tickets become that only agents see."""

    project: str
    service_desk: str = ""
    request_type: str = ""
    issue_type: str = ""
    key_field: str = ""


class NewTickets:
    """Creation at Jira knows no idempotency key, so each new ticket carries a mark: a label, or `Place.key_field`."""

    def __init__(self, wire: Wire, place: Place):
        self._wire, self._place = wire, place
        self._project = f'project = "{place.project}"'
        self._fields = ",".join(filter(None, ("labels", place.key_field)))

    def request(self, email: str, subject: str, text: str, key: str) -> str:
        """Its number, after it was raised on behalf of the customer with this address; once for a key that is known."""
        place = self._place
        self._needs("service_desk", "request_type", "key_field")
        if known := self._known(key):
            return known
        values = {"summary": _summary(subject), "description": text, place.key_field: mark(key)}
        asked = {
            "serviceDeskId": place.service_desk,
            "requestTypeId": place.request_type,
            "requestFieldValues": values,
            "raiseOnBehalfOf": self._customer(email),
        }
        made = self._wire.write("POST", "/rest/servicedeskapi/request", key=key, json=asked)
        return _number(made, "issueKey", key)

    def issue(self, email: str, subject: str, text: str, key: str) -> str:
        """Its number. No customer sees it, since it is no request."""
        self._needs("service_desk", "issue_type")
        if known := self._known(key):
            return known
        fields = {
            "project": {"key": self._place.project},
            "issuetype": {"id": self._place.issue_type},
            "summary": _summary(subject),
            "description": to_adf(text),
            "reporter": {"accountId": self._customer(email)},
            "labels": [mark(key)],
        }
        made = self._wire.write("POST", "/rest/api/3/issue", key=key, json={"fields": fields})
        return _number(made, "key", key)

    def find(self, key: str) -> str | None:
        """The number of the ticket that carries the mark of `key`. The index lags behind, so what it does not know
        yet is looked for by its number."""
        if known := self._known(key):
            return known
        recent = self._search(f"{self._project} ORDER BY key DESC")
        return self._marked(chain(recent, self._unindexed({_place_of(one) for one in recent})), key)

    def _known(self, key: str) -> str | None:
        """To the index."""
        wanted, field = mark(key), self._place.key_field.removeprefix("customfield_")
        also = f' OR cf[{field}] ~ "{wanted}"' if field else ""
        return self._marked(self._search(f'{self._project} AND (labels = "{wanted}"{also})'), key)

    def _marked(self, issues: Iterable[Json], key: str) -> str | None:
        wanted, field = mark(key), self._place.key_field
        for one in issues:
            fields = one["fields"]
            if wanted in (fields.get("labels") or ()) or (field and fields.get(field) == wanted):
                return str(one["key"])
        return None

    def _unindexed(self, known: set[int]) -> Iterator[Json]:
        """Issues that the index should have told among `known`, and those behind them, by their numbers."""
        highest = max(known, default=0)
        for number in range(max(min(known, default=1), highest - RECENT), highest):
            if number not in known and (found := self._numbered(number)):
                yield found
        missed = 0
        while missed < GAP:
            highest += 1
            if found := self._numbered(highest):
                missed = 0
                yield found
            else:
                missed += 1

    @understood("issue")
    def _numbered(self, number: int) -> Json | None:
        path = f"/rest/api/3/issue/{self._place.project}-{number}"
        try:
            raw: Json = self._wire.read(path, fields=self._fields)
        except Missing:
            return None
        raw["fields"]["labels"]  # what we rely on is there
        return raw

    @understood("search of issues")
    def _search(self, jql: str) -> list[Json]:
        found = self._wire.read("/rest/api/3/search/jql", jql=jql, fields=self._fields, maxResults=RECENT)
        return [one for one in found["issues"] if KEY.fullmatch(one["key"]) and one["fields"] is not None]

    def _customer(self, email: str) -> str:
        """The account of exactly this address. Making one takes the rights of an administrator, which we do not ask."""
        if not email:
            raise Invalid("The requester has no e-mail address: no ticket was created.")
        with understood("list of customers"):
            found = {
                str(one["accountId"])
                for one in self._customers(email)
                if str(one.get("emailAddress") or "").casefold() == email.casefold()
            }
        if len(found) != 1:
            many = "several customers" if found else "no customer"
            raise Invalid(f"The service desk has {many} with this address: no ticket was created.")
        return found.pop()

    def _customers(self, email: str) -> Iterator[Json]:
        path, start, seen = f"/rest/servicedeskapi/servicedesk/{self._place.service_desk}/customer", 0, set[str]()
        while True:
            asked = {"query": email, "start": start, "limit": RECENT}
            page = self._wire.ask("GET", path, params=asked, headers={"X-ExperimentalApi": "opt-in"})
            ids = {str(one["accountId"]) for one in page["values"]}
            if ids and ids <= seen:
                raise Down(f"GET {path}: repeats a page")
            yield from page["values"]
            if page["isLastPage"] or not ids:
                return
            seen |= ids
            start += len(page["values"])

    def _needs(self, *settings: str) -> None:
        if lacking := [one for one in settings if not getattr(self._place, one)]:
            what = ", ".join(lacking)
            raise Invalid(f"[systems.jira] of desk.toml must name {what} first: no ticket was created.")


def _number(made: Json, name: str, key: str) -> str:
    try:
        with understood("new ticket"):
            return str(made[name])
    except Invalid as error:
        raise Unconfirmed(key, str(error)) from error


def _place_of(raw: Json) -> int:
    return int(raw["key"].rpartition("-")[2])


def _summary(subject: str) -> str:
    return " ".join(subject.split())[:SUMMARY] or "(no subject)"
