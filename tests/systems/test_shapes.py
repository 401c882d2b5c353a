"""What our clients send, judged by a stranger's reading of the vendors' documents. The twins answer; Prism judges."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import httpx2
import pytest
from tests.contracts import crms, freshdesk_document, rigs
from tests.contracts.crms import HubspotCrm, SalesforceCrm
from tests.contracts.freshdesk_document import freshdesk_document as freshdesk
from tests.contracts.help_desks import FreshdeskDesk, ZendeskDesk
from tests.contracts.test_jira import JiraDesk
from tests.systems.emulators import no_prism
from tests.systems.judge import Bench, Judge, documents

from deskhand.domain.ticket import Priority, Requester, Status
from deskhand.testing.directory import MAYA
from deskhand.testing.help_desk import HelpDesk
from deskhand.testing.one_write import WHO, WRITES
from deskhand.testing.weather import Weather

pytestmark = pytest.mark.emulator

ZENDESK, SALESFORCE, HUBSPOT = "zendesk-support", "salesforce-rest-subset", "hubspot-crm-subset"
PLATFORM, SERVICE = "jira-platform-v3", "jira-service-management"
FRESHDESK, THEIRS = "freshdesk", "hubspot-contacts-2026-09"
PUBLISHED = (ZENDESK, PLATFORM, SERVICE, SALESFORCE, HUBSPOT)
TAGS = r"/api/v2/tickets/[0-9]+/tags"  # the document has that call without its body
Judges = Mapping[str, Judge]


@pytest.fixture(scope="module")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judges]:
    """By document; those that may not be published are among them where they are at hand."""
    if why := no_prism():
        pytest.skip(why)
    folder = tmp_path_factory.mktemp("prism")
    files = [rigs.SPECS / f"{name}.json" for name in PUBLISHED]
    if described := freshdesk():
        written = folder / f"{FRESHDESK}.json"
        written.write_text(json.dumps(described.document), "utf-8")
        files.append(written)
    files += [crms.VENDORS] if crms.VENDORS.exists() else []
    with documents(folder, files) as made:
        yield made


def bench(judges: Judges, weather: Weather, *names: str, unjudged: str = "") -> Bench:
    """What passes this weather is heard from now on. Skipped where a document is not at hand."""
    if missing := [name for name in names if name not in judges]:
        pytest.skip(f"{missing[0]}.json is not at hand: see tests/specs/README.md")
    made = Bench([judges[name] for name in names], unjudged)
    weather.hears = made.hear
    return made


def everything(desk: HelpDesk, *, strangers: bool = True) -> None:
    """All that is read and written at a help desk; with `strangers`, a ticket for whom nobody there knows."""
    for made in WRITES:
        write = made(desk, f"key/{made.__name__}")
        write.once(desk.writer)
        write.find(desk.writer)
    ref = desk.customer_writes("Hello")
    desk.agent_writes(ref, "I am looking.", public=False)
    desk.writer.reply(ref, "One.\n\nTwo 👋 & <three>.", public=True, key="reply/2")
    desk.writer.add_tags(ref, ["vip", "late"], key="tags/2")
    desk.writer.remove_tags(ref, ["vip"], key="tags/3")
    for number, status in enumerate((Status.PENDING, Status.OPEN, Status.SOLVED)):
        desk.writer.update_ticket(ref, status=status, priority=Priority.URGENT, key=f"update/{number}")
    other = Requester("Noa", "noa@example.com", verified=False) if strangers else WHO
    desk.writer.create_ticket(other, "Hello", "Text", public=True, key="ticket/2")
    desk.tickets.ticket(ref)
    found = desk.feed.changes("")
    desk.feed.changes(found.cursor)
    desk.feed.changes(desk.feed.since(rigs.NOW - timedelta(days=1)))


def test_what_goes_to_zendesk(judges: Judges) -> None:
    desk = ZendeskDesk()
    heard = bench(judges, desk.weather, ZENDESK, unjudged=rf"{rigs.UNJUDGED}|{TAGS}")
    everything(desk)

    assert_all_stand(heard, at_least=25)


def test_what_goes_to_freshdesk(judges: Judges) -> None:
    desk = FreshdeskDesk()
    heard = bench(judges, desk.weather, FRESHDESK, unjudged=freshdesk_document.UNJUDGED)
    everything(desk)

    assert_all_stand(heard, at_least=25)


def test_what_goes_to_jira(judges: Judges) -> None:
    desk = JiraDesk()
    heard = bench(judges, desk.weather, PLATFORM, SERVICE)
    everything(desk, strangers=False)

    assert_all_stand(heard, at_least=25)


def crm_of(crm: SalesforceCrm | HubspotCrm) -> None:
    """All that is read and written at a CRM."""
    crm.deal("More seats", "1200.50", "EUR")
    (maya,) = crm.customers.by_email(MAYA)
    assert maya.value.ref == crm.contact
    crm.customers.by_phone(crm.phone)
    crm.customers.customer(crm.contact)
    crm.relations.profile(crm.contact)
    crm.writer.add_note(crm.contact, "She called.\n\n1 < 2 & 3", key="note/1")
    crm.writer.add_task(crm.contact, "Call back", "About <seats>", date(2026, 12, 1), key="task/1")
    crm.writer.update_fields(crm.contact, {"title": "Head of O'Brien \\ Sons"}, key="field/1")
    assert crm.writer.find_entry(crm.contact, key="note/1") is not None


def test_what_goes_to_salesforce(judges: Judges) -> None:
    crm = SalesforceCrm()
    heard = bench(judges, crm.weather, SALESFORCE)
    crm_of(crm)

    assert_all_stand(heard, at_least=8)


def test_what_goes_to_hubspot(judges: Judges) -> None:
    """Held to our extract; a vendor's own document of contacts is asked in another test."""
    crm = HubspotCrm()
    heard = bench(judges, crm.weather, HUBSPOT)
    crm_of(crm)

    assert_all_stand(heard, at_least=8)


def test_what_goes_to_hubspot_by_its_own_document(judges: Judges) -> None:
    crm = HubspotCrm()
    heard = bench(judges, crm.weather, THEIRS, unjudged=rf"{crms.UNJUDGED}|.*/(notes|tasks|deals|companies)(/.*)?")
    crm_of(crm)

    assert_all_stand(heard, at_least=3)


def assert_all_stand(heard: Bench, *, at_least: int) -> None:
    asked = {(one.method, one.url.path) for one in heard.heard}
    assert len(heard.heard) >= at_least, f"only {len(heard.heard)} requests went out: {sorted(asked)}"
    assert {method for method, _ in asked} > {"GET"}
    assert heard.verdicts() == []


TICKET = "/api/v2/tickets/1"
TASK = "/services/data/v65.0/sobjects/Task/00T000000000001AAA"


SEARCH = "/crm/objects/2026-09/contacts/search"
SEARCHED = {"filterGroups": [], "properties": [], "limit": 10, "after": "", "sorts": []}


def asked(method: str, path: str, body: Any, document: str = "") -> httpx2.Request:
    auth = "Basic a2V5Olg=" if document == FRESHDESK else "Bearer any"
    return httpx2.Request(method, f"{rigs.SERVER}{path}", json=body, headers={"authorization": auth})


@pytest.mark.parametrize(
    ("document", "method", "path", "good", "bad", "named"),
    [
        (ZENDESK, "PUT", TICKET, {"ticket": {"priority": "urgent"}}, {"ticket": {"priority": "super"}}, "priority"),
        (FRESHDESK, "PUT", TICKET, {"tags": ["vip"]}, {"tags": "vip"}, "tags"),
        (PLATFORM, "PUT", "/rest/api/3/issue/DESK-1", {"fields": {}}, {"fields": "all"}, "fields"),
        (
            SERVICE,
            "POST",
            "/rest/servicedeskapi/request",
            {"serviceDeskId": "1"},
            {"serviceDeskId": [1]},
            "serviceDesk",
        ),
        (SALESFORCE, "PATCH", TASK, {"Subject": "Call"}, ["no", "fields"], "object"),
        (HUBSPOT, "POST", SEARCH, SEARCHED, SEARCHED | {"limit": "ten"}, "limit"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.islower() else "",
)
def test_the_judge_judges(
    judges: Judges, document: str, method: str, path: str, good: Any, bad: Any, named: str
) -> None:
    """A body that the document does not allow is refused for that, and the same with nothing wrong is not."""
    if document not in judges:
        pytest.skip(f"{document}.json is not at hand: see tests/specs/README.md")
    assert judges[document].refused(asked(method, path, good, document)) == ""
    assert named in judges[document].refused(asked(method, path, bad, document))


def test_a_request_that_no_document_has_is_no_silent_pass(judges: Judges) -> None:
    heard = Bench([judges[PLATFORM], judges[SERVICE]], "")
    heard.hear(asked("GET", "/rest/api/3/nothing", None))

    assert len(heard.verdicts()) == 1


def test_every_document_was_started(judges: Judges) -> None:
    assert set(judges) >= set(PUBLISHED)
