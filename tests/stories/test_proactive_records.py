"""Writing first about what the company's own database, a person, or our memory of tickets tells; and by e-mail."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.stories.network import ALWAYS
from tests.stories.writing import ADDRESS, RULE, Writing, stages, writing

from deskhand.bootstrap import load_folder
from deskhand.domain.errors import DeskFault
from deskhand.domain.outreach import Contact, ContactState, key_of
from deskhand.domain.ref import Ref
from deskhand.domain.stage import Stage
from deskhand.settings import read_settings
from deskhand.workflows.notice import Round, report_incident
from deskhand.workflows.opt_out import opt_out

EVENTS = """
[records.events.stuck]
about = "Exports that do not end."
sql = "select id, email, kind, requested_at as since from exports where status = 'slow'"
fields = { id = "str", email = "str", kind = "str", since = "datetime" }

[records.events.cards]
about = "Cards that expire."
sql = "select file as id, email, requested_at as expires_at from imports where status = 'card'"
fields = { id = "str", email = "str", expires_at = "datetime" }

[records.events.outages]
about = "Accounts that an incident affects."
sql = "select file as id, email, status from imports where status = 'affected'"
fields = { id = "str", email = "str", status = "str" }
"""
STUCK = """\
id: stuck-export
on: order_stuck
from: stuck
window: 12h
service: true
channel: email
message:
  subject: "Your {{ record.kind }} export is late"
  text: |
    Your {{ record.kind }} export of {{ record.since }} is not done yet. We are looking at it.
caps: {per_customer: 1, days: 7, desk_per_day: 50}
quiet_hours: none
"""
STRANGER = "nobody@else.example"
ALONE = stages(stuck_export=Stage.AUTONOMOUS)


@pytest.fixture
def with_events(folder: Path) -> Path:
    desk = folder / "desk.toml"
    desk.write_text(desk.read_text("utf-8") + EVENTS, "utf-8")
    return folder


def put(folder: Path, table: str, **row: str) -> None:
    """A row in the company's own database."""
    database = sqlite3.connect(folder / ".deskhand" / "twins" / "records.sqlite")
    with database:
        names = ", ".join(row)
        database.execute(f"insert into {table} ({names}) values ({', '.join('?' * len(row))})", list(row.values()))
    database.close()


def ago(hours: float) -> str:
    return (datetime.now(UTC) - timedelta(hours=hours)).isoformat()  # noqa: TID251  (the desk's own clock)


def test_an_order_that_stands_still_is_told_by_a_letter(with_events: Path) -> None:
    with writing(with_events, STUCK, "stuck-export", ALONE) as desk:
        late, fresh = desk.customer(), desk.customer()
        put(with_events, "exports", id="exp_a", email=late, kind="CSV", status="slow", requested_at=ago(12.1))
        put(with_events, "exports", id="exp_b", email=fresh, kind="PDF", status="slow", requested_at=ago(11.9))
        for _ in range(3):
            desk.round()

        (letter,) = desk.letters(late)
        assert "Your CSV export" in letter
        assert f"{ADDRESS}/unsubscribe/" in letter
        assert desk.letters(fresh) == []


def test_an_address_that_no_customer_has_is_written_to_by_nobody(with_events: Path) -> None:
    with writing(with_events, STUCK, "stuck-export", ALONE) as desk:
        put(
            with_events,
            "exports",
            id="exp_a",
            email=STRANGER,
            kind="CSV",
            status="slow",
            requested_at=ago(20),
        )
        came = desk.round()

        assert (came.filed, desk.letters(STRANGER)) == (0, [])
        assert "nobody has this address" in " ".join(came.problems)


def test_an_order_that_moved_on_before_it_could_be_told_is_not(with_events: Path) -> None:
    rule = STUCK.replace("window: 12h", "window: 12h\nwithin: 2d").replace("desk_per_day: 50", "desk_per_day: 1")
    with writing(with_events, rule, "stuck-export", ALONE) as desk:
        one, other = sorted([desk.customer(), desk.customer()], key=desk.ref)
        put(with_events, "exports", id="exp_a", email=one, kind="CSV", status="slow", requested_at=ago(20))
        desk.round()
        put(with_events, "exports", id="exp_b", email=other, kind="CSV", status="slow", requested_at=ago(20))
        desk.round()
        database = sqlite3.connect(with_events / ".deskhand" / "twins" / "records.sqlite")
        with database:
            database.execute("update exports set status = 'done' where id = 'exp_b'")
        database.close()
        desk.lumen.clock.ahead = timedelta(hours=25)
        desk.round()

        assert (len(desk.letters(one)), len(desk.letters(other))) == (1, 0)
        assert [c.state for c in desk.contacts() if c.event == "exp_b"] == [ContactState.LAPSED]


CARD = (
    STUCK.replace("stuck-export", "card").replace("order_stuck", "card_expiring").replace("from: stuck", "from: cards")
)
CARD = CARD.replace("window: 12h", "window: 10d").replace("record.kind }} export", "record.id }} card")
CARD = CARD.replace("record.kind", "record.id").replace("record.since", "record.expires_at")


def test_a_card_is_told_of_before_it_expires_and_not_after(with_events: Path) -> None:
    with writing(with_events, CARD, "card", stages(card=Stage.AUTONOMOUS)) as desk:
        emails = {days: desk.customer() for days in (-1, 9, 11)}
        for days, email in emails.items():
            put(
                with_events,
                "imports",
                id=f"i{days}",
                email=email,
                file="visa",
                status="card",
                requested_at=ago(-24 * days),
            )
        desk.round()

        assert {days: len(desk.letters(email)) for days, email in emails.items()} == {-1: 0, 9: 1, 11: 0}


INCIDENT = RULE.replace("failed-payment", "outage").replace("payment_failed", "incident")
INCIDENT = INCIDENT.replace('Your payment of {{ charge.amount }}"', 'About {{ incident.name }}"')
INCIDENT = INCIDENT.replace(
    "Your payment of {{ charge.amount }} for {{ charge.description }} did not go through.", "{{ incident.note }}"
)
OUTAGE = stages(outage=Stage.AUTONOMOUS)


def test_an_incident_that_a_person_names_is_told_to_those_it_affects(folder: Path) -> None:
    with writing(folder, INCIDENT, "outage", OUTAGE) as desk:
        one, other, far = desk.customer(), desk.customer(), desk.customer()
        for _ in range(2):
            report(desk, "exports-1", [one, other, one.upper()])
            desk.round()

        assert [len(desk.read(email)) for email in (one, other, far)] == [1, 1, 0]
        assert "Exports are late today." in desk.read(one)[0]


def test_a_link_in_a_fact_leads_nobody_elsewhere(folder: Path) -> None:
    with writing(folder, INCIDENT, "outage", OUTAGE) as desk:
        email = desk.customer()
        report(desk, "exports-1", [email], note="Look at https://evil.example/now")
        desk.round()

        assert desk.read(email) == []
        assert "none of ours" in desk.contact().why


def test_an_incident_of_the_database_reaches_each_account_once(with_events: Path) -> None:
    rule = INCIDENT.replace("service: true", "from: outages\nservice: true").replace("incident.name", "record.id")
    rule = rule.replace("incident.note", "record.status")
    with writing(with_events, rule, "outage", OUTAGE) as desk:
        emails = [desk.customer() for _ in range(2)]
        for place, email in enumerate(emails):
            put(with_events, "imports", id=f"i{place}", email=email, file="outage-7", status="affected")
        for _ in range(2):
            desk.round()

        assert [len(desk.read(email)) for email in emails] == [1, 1]


RENEWAL = RULE.replace("failed-payment", "renewal").replace("payment_failed", "renewal_with_complaints\nwindow: 60d")
RENEWAL = RENEWAL.replace("service: true", "consent: opt_out_list")
RENEWAL = RENEWAL.replace('Your payment of {{ charge.amount }}"', 'Your {{ subscription.plan }} plan"')
RENEWAL = RENEWAL.replace(
    "Your payment of {{ charge.amount }} for {{ charge.description }} did not go through.",
    "It renews on {{ subscription.renews_at }}. We know that not all went well; tell us.",
)


def test_a_renewal_after_complaints_is_told_and_one_without_is_not(folder: Path) -> None:
    with writing(folder, RENEWAL, "renewal", stages(renewal=Stage.AUTONOMOUS)) as desk:
        upset, calm = desk.customer(), desk.customer()
        desk.lumen.say(upset, "This is ridiculous!! Your exports fail every single day and I am furious with you!")
        desk.lumen.say(calm, "Hello, how do I invite people to my workspace?")
        for _ in range(2):
            desk.round()

        assert [len(desk.read(email)) for email in (upset, calm)] == [1, 0]


@pytest.fixture
def joined(folder: Path) -> Iterator[Writing]:
    """The same people are in billing and in the CRM."""
    desk = folder / "desk.toml"
    text = desk.read_text("utf-8").replace("[systems.mail]", "[systems.hubspot]\ntwin = true\n\n[systems.mail]")
    desk.write_text(text, "utf-8")
    with writing(folder) as made:
        yield made


def in_crm(desk: Writing, email: str) -> Ref:
    (found,) = [one.value.ref for d in desk.lumen.installation.systems.directories[1:] for one in d.by_email(email)]
    return found


def test_an_opt_out_under_one_record_counts_for_the_person(joined: Writing) -> None:
    email, other = joined.customer(), joined.customer()
    opt_out(joined.lumen.installation.store, str(in_crm(joined, email)), by="ana", now=joined.lumen.clock())
    for one in (email, other):
        joined.told(joined.fails(one))
    joined.round()

    assert [len(joined.read(one)) for one in (email, other)] == [0, 1]


def test_nobody_is_taken_for_somebody_while_a_system_is_silent(joined: Writing) -> None:
    """What the silent one knows could be the opt-out."""
    email = joined.customer()
    joined.told(joined.fails(email))
    joined.lumen.network.trouble("hubspot ", "silent", ALWAYS)
    came = joined.round()
    assert joined.read(email) == []
    assert "hubspot did not answer" in " ".join(came.problems)
    joined.lumen.network.troubles.clear()
    joined.round()

    assert len(joined.read(email)) == 1


def test_a_person_who_gets_another_first_record_is_not_told_again(joined: Writing) -> None:
    """They were known to the CRM alone when they were told; by now billing knows them, too."""
    email = joined.customer()
    signed = joined.fails(email)
    charge, before, now = json.loads(signed[1])["data"]["object"]["id"], in_crm(joined, email), joined.lumen.clock()
    key = key_of("failed-payment", str(before), charge)
    told = Contact(key, "failed-payment", "payment_failed", charge, "another", str(before), now, {}, now)
    with joined.lumen.installation.store.begin() as tx:
        tx.contacts.file(told)
        tx.contacts.settle(key, ContactState.CONTACTED, "", now)
    joined.told(signed)
    came = joined.round()

    assert (came.filed, joined.read(email)) == (0, [])
    assert "under another of their records" in " ".join(came.problems)


FAULTY = {
    "a desk without an address": ("[rollout.proactive]\nfailed-payment = 'assisted'\n", "has no address"),
    "a stage of nothing": (
        "[rollout.proactive]\nfailed-paiment = 'read-only'\n",
        "no rule in proactive/ has the family",
    ),
    "a question about one customer": (
        "[records.events.x]\nabout = 'x'\nsql = 'select 1 as id where :e = 1'\nbinds = { e = 'customer.email' }\n",
        "takes no binds",
    ),
}


@pytest.mark.parametrize("what", FAULTY)
def test_a_desk_that_could_not_keep_its_word_does_not_start(folder: Path, what: str) -> None:
    text, wanted = FAULTY[what]
    desk = folder / "desk.toml"
    desk.write_text(desk.read_text("utf-8") + "\n" + text, "utf-8")
    with pytest.raises(DeskFault) as fault:
        load_folder(read_settings(folder))

    assert wanted in str(fault.value)


def test_no_look_up_tells_of_all_customers(with_events: Path) -> None:
    with writing(with_events) as desk:
        names = set(desk.lumen.installation.desk.look_ups.specs)

    assert {"records.stuck", "records.cards", "records.outages"} & names == set()


def report(desk: Writing, name: str, emails: list[str], note: str = "Exports are late today.") -> None:
    inside = desk.lumen.installation
    report_incident(Round(inside.desk, inside.outreach), name, note, emails)


def test_no_procedure_can_write_first(folder: Path) -> None:
    """Nor can a planner, which may propose only what its procedure names."""
    file = folder / "procedures" / "refund-status.yaml"
    file.write_text(file.read_text("utf-8").replace("steps:", "may_propose: [contact_customer]\nsteps:", 1), "utf-8")
    with pytest.raises(DeskFault, match="unknown action 'contact_customer'"):
        load_folder(read_settings(folder))


ZONE = """
[records.questions.place]
about = "Where the customer is."
sql = "select file as zone from imports where email = :email and status = 'zone'"
binds = { email = "customer.email" }
fields = { zone = "str" }
"""


def test_quiet_hours_are_those_of_the_customers_own_wall(folder: Path) -> None:
    text = (folder / "desk.toml").read_text("utf-8")
    (folder / "desk.toml").write_text(text + ZONE, "utf-8")
    now = datetime.now(UTC)  # noqa: TID251  (the desk's own clock)
    span = f"{now - timedelta(hours=2):%H:%M}-{now + timedelta(hours=2):%H:%M}"
    quiet = f'quiet_hours: {{hours: "{span}", zone: records.place.zone}}'
    with writing(folder, RULE.replace("quiet_hours: none", quiet)) as desk:
        far, odd, here = (desk.customer() for _ in range(3))
        put(folder, "imports", id="i1", email=far, file="Etc/GMT+6", status="zone")
        put(folder, "imports", id="i2", email=odd, file="Nowhere/Land", status="zone")
        for email in (far, odd, here):
            desk.told(desk.fails(email))
        desk.round()

        assert [len(desk.read(email)) for email in (far, odd, here)] == [1, 0, 0]
