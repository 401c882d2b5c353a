"""Every action of the catalogue: done once, told whole, kept out of the journal, taken back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
import stamina
from tests.execution.company import LARS, Company, company

from deskhand.connectors.http.faulty import FAULTS
from deskhand.connectors.smtp.twin import NOT_TAKEN
from deskhand.domain.action import PRIVATE, Action
from deskhand.domain.billing import Address
from deskhand.domain.money import Money
from deskhand.domain.ticket import Author, Priority, Status
from deskhand.entrypoints.hostile.world import Clock
from deskhand.execution.catalogue.all_actions import ACTIONS
from deskhand.execution.kind import NoUndo, Recovery
from deskhand.execution.results import Declined, Done, Stopped, Unsure
from deskhand.infrastructure.storage import journal
from deskhand.infrastructure.storage.store import SqlStore

HOME = {
    "line1": "Rua Nova 7",
    "line2": "",
    "city": "Coimbra",
    "postal_code": "3000-000",
    "state": "",
    "country": "PT",
}
THIS = {"ticket": "this"}


@pytest.fixture(autouse=True)
def impatient() -> Iterator[None]:
    with stamina.set_testing(True, attempts=4):
        yield


@pytest.fixture
def lumen(store: SqlStore, clock: Clock) -> Iterator[Company]:
    with company(store, clock) as made:
        yield made


@dataclass(frozen=True)
class Sample:
    """One action as somebody might want it. `before` is done first; `at`: the system whose answers may be lost."""

    name: str
    args: Mapping[str, str]
    at: str = "stripe"
    before: tuple[str, Mapping[str, str]] | None = None

    def whole(self, lumen: Company) -> tuple[str, dict[str, str]]:
        """Whose it is, and the arguments with their ids."""
        email = lumen.on_trial() if self.name == "extend_trial" else LARS
        ids = {"subscription": lumen.subscription(email).ref.id, "customer": lumen.customer(email).ref.id}
        ids["charge"] = lumen.reads.billing.charges(lumen.customer().ref, _long_ago(lumen)).value[0].ref.id
        ids["contact"] = lumen.contact().id
        ids["invoice"] = lumen.reads.billing.invoices(lumen.customer().ref, _long_ago(lumen)).value[0].ref.id
        if self.name == "merge_tickets":
            lumen.desk.receive(LARS, "Please help me!")
            ids["into"] = f"zendesk:ticket:{lumen.desk.store.count('ticket')}"
        if self.name == "contact_customer":
            ids["customer"] = str(lumen.customer(email).ref)
        needed = set(ACTIONS[self.name].arguments) - set(self.args)
        args = {name: ids[name] for name in needed if name in ids}
        if self.before:
            first = ACTIONS[self.before[0]].arguments
            given = {name: ids[name] for name in first if name in ids and name not in self.before[1]}
            receipt = lumen.done(self.before[0], email, **given, **self.before[1])
            args |= {"credit": receipt.id} if "credit" in needed else {}
        return email, args | dict(self.args)


def _long_ago(lumen: Company) -> datetime:
    return lumen.clock() - timedelta(days=365)


TAG = {"ticket": "this", "tags": "vip billing"}
FIRST = {"family": "failed-payment", "event": "ch_1", "email": LARS, "subject": "Your payment", "text": "It failed."}
SAMPLES = [
    Sample("refund_charge", {"amount": "1.00 USD"}),
    Sample("credit_customer", {"amount": "10.00 USD"}),
    Sample("take_back_credit", {}, before=("credit_customer", {"amount": "10.00 USD"})),
    Sample("cancel_subscription", {}),
    Sample("keep_subscription", {}, before=("cancel_subscription", {})),
    Sample("pause_subscription", {"days": "30"}),
    Sample("resume_subscription", {}, before=("pause_subscription", {"days": "30"})),
    Sample("change_plan", {"plan": "price_team_usd"}),
    Sample("extend_trial", {"days": "7"}),
    Sample("send_invoice", {}),
    Sample("update_contact", {"field": "phone", "value": "+45 12 34 56 78"}),
    Sample("change_email", {"email": "lars@new.example"}),
    Sample("update_address", HOME),
    Sample("create_ticket", {"email": LARS, "subject": "Slow export", "text": "Please look at the export."}, "zendesk"),
    Sample("update_ticket", {**THIS, "field": "priority", "becomes": "high"}, "zendesk"),
    Sample("tag_ticket", TAG, "zendesk"),
    Sample("untag_ticket", TAG, "zendesk", before=("tag_ticket", TAG)),
    Sample("merge_tickets", {"ticket": "this"}, "zendesk"),
    Sample("send_email", {"to": LARS, "subject": "Your export", "text": "It is ready now."}, "mail"),
    Sample("contact_customer", {**FIRST, "channel": "ticket"}, "zendesk"),
    Sample("crm_update_contact", {"field": "title", "value": "Chair of everything"}, "crm"),
    Sample("crm_add_note", {"text": "They would like a call."}, "crm"),
    Sample("crm_add_task", {"subject": "Call them", "text": "About the export.", "due": "2026-12-01"}, "crm"),
]


each = pytest.mark.parametrize("sample", SAMPLES, ids=[one.name for one in SAMPLES])


def test_every_action_of_the_catalogue_is_tried_here() -> None:
    assert {one.name for one in SAMPLES} == set(ACTIONS)


@each
def test_a_receipt_tells_all_that_a_reply_may_state(lumen: Company, sample: Sample) -> None:
    """A place in a reply that nothing fills would stop the run after the deed."""
    email, args = sample.whole(lumen)
    receipt = lumen.done(sample.name, email, **args)

    assert {"id", *receipt.details} >= set(ACTIONS[sample.name].receipt)
    assert all(receipt.details[name] for name in ACTIONS[sample.name].receipt if name != "id")


@each
def test_asked_again_it_is_not_done_again(lumen: Company, sample: Sample) -> None:
    email, args = sample.whole(lumen)
    first = lumen.done(sample.name, email, **args)
    before, letters = lumen.effects(), len(lumen.mail.letters())
    again = lumen.done(sample.name, email, **args)

    assert again == first
    assert (lumen.effects(), len(lumen.mail.letters())) == (before, letters)


@each
def test_whose_it_is_is_read_and_not_said(lumen: Company, sample: Sample) -> None:
    """Another customer's object: policy is told so, and nobody is told what it is."""
    _, args = sample.whole(lumen)
    stranger = "maya.chen@example.com"
    proposal, decision = lumen.gate.judge(Action(sample.name, args), lumen.case(stranger))

    assert decision is not None
    assert decision.facts["action.own"] is False
    assert proposal.preview == ""


@each
def test_its_facts_are_those_that_it_declares(lumen: Company, sample: Sample) -> None:
    email, args = sample.whole(lumen)
    kind = ACTIONS[sample.name]
    canonical = kind.canonical({**args, "ticket": "zendesk:ticket:1"} if "ticket" in args else args)
    facts = kind.facts(canonical, kind.look(canonical, lumen.reads))

    assert set(facts) <= set(kind.about)
    assert set(kind.about) - set(facts) <= {"charge.duplicate_gap"}
    assert email


@each
def test_the_journal_learns_nothing_personal_and_nobodys_words(lumen: Company, sample: Sample) -> None:
    email, args = sample.whole(lumen)
    receipt = lumen.done(sample.name, email, **args)
    with lumen.store.engine.connect() as connection:
        told = str([line.body for line in journal.lines(connection, 0, 1000)])
    private = [value for name, value in args.items() if name in PRIVATE and value]
    personal = [*private, *receipt.before.values()] if sample.name in PERSONAL else private

    assert sample.name in told
    assert [value for value in personal if len(value) > 2 and value in told] == []


PERSONAL = {"update_contact", "change_email", "update_address", "crm_update_contact"}


@each
def test_no_reply_may_rest_on_what_the_proposal_itself_says(lumen: Company, sample: Sample) -> None:
    email, args = sample.whole(lumen)
    first = lumen.gate.propose(Action(sample.name, args), lumen.case(email)).preview.split("\n")[0]

    assert first
    assert [v for n, v in args.items() if n in {"text", "subject", "value", "line1"} and v and v in first] == []


LINE = [one for one in SAMPLES if one.at != "mail"]
MADE = {"refund_charge": 1, "credit_customer": 1, "take_back_credit": 1, "create_ticket": 2}  # a comment comes with it
MADE |= {"contact_customer": 2, "merge_tickets": 2}  # a note on both
MADE |= {"crm_add_note": 1, "crm_add_task": 1}


@pytest.mark.parametrize("sample", LINE, ids=[one.name for one in LINE])
@pytest.mark.parametrize("fault", ["", *FAULTS])
def test_it_is_done_exactly_once_over_a_bad_line(lumen: Company, sample: Sample, fault: str, clock: Clock) -> None:
    email, args = sample.whole(lumen)
    broken = lumen.line(sample.at)
    reads, before = _reads(lumen, sample, email, args), lumen.things()
    broken.extend([""] * reads + [fault])
    result = lumen.commit(sample.name, email, **args)
    if isinstance(result, Unsure):  # looked, and not there yet: tried again later
        clock.now += timedelta(minutes=1)
        result = lumen.commit(sample.name, email, **args)

    assert isinstance(result, Done), result
    broken.clear()
    assert lumen.done(sample.name, email, **args) == result.receipt
    assert lumen.things() - before == MADE.get(sample.name, 0)


def _reads(lumen: Company, sample: Sample, email: str, args: Mapping[str, str]) -> int:
    """How often a dry run asks there: the fault is for what comes after."""
    broken = lumen.line(sample.at)
    broken.extend([""] * 50)
    lumen.gate.propose(Action(sample.name, args), lumen.case(email))
    used = 50 - len(broken)
    broken.clear()
    return 2 * used  # `commit` proposes first, and then looks again


# -- what each of them does, and undoes ---------------------------------------------------------------


def test_a_credit_is_given_and_taken_back(lumen: Company) -> None:
    customer = lumen.customer().ref.id
    given = lumen.done("credit_customer", customer=customer, amount="10.00 USD")
    assert lumen.account().credit == Money(1000, "USD")
    lumen.undo("credit_customer", given, customer=customer, amount="10.00 USD")

    assert lumen.account().credit == Money(0, "USD")


def test_a_cancellation_is_taken_back_and_made_again(lumen: Company) -> None:
    """Each time it is another effect: the first receipt proves nothing of the third time."""
    before = lumen.subscription()
    first = lumen.done("cancel_subscription", subscription=before.ref.id)
    lumen.undo("cancel_subscription", first, subscription=before.ref.id)
    assert lumen.subscription() == before
    again = lumen.done("cancel_subscription", subscription=before.ref.id)

    assert lumen.subscription().cancels_at == before.renews_at
    assert again.key != first.key
    assert len(lumen.effects()) == 3


def test_what_was_cancelled_before_is_not_brought_back_by_an_undo(lumen: Company) -> None:
    subscription = lumen.subscription().ref.id
    lumen.writes.billing.cancel_subscription(lumen.subscription().ref, key="by/hand")
    receipt = lumen.done("cancel_subscription", subscription=subscription)

    way = ACTIONS["cancel_subscription"].undo({"subscription": subscription}, receipt)
    assert way == NoUndo("It was so before already: there is nothing to take back.")


def test_a_pause_ends_by_an_undo(lumen: Company) -> None:
    subscription = lumen.subscription().ref.id
    receipt = lumen.done("pause_subscription", subscription=subscription, days="30")
    assert lumen.subscription().paused
    lumen.undo("pause_subscription", receipt, subscription=subscription, days="30")

    assert not lumen.subscription().paused


def test_plans_go_back_and_forth(lumen: Company) -> None:
    before = lumen.subscription()
    team = lumen.done("change_plan", subscription=before.ref.id, plan="price_team_usd")
    lumen.done("change_plan", subscription=before.ref.id, plan="price_business_usd")
    lumen.done("change_plan", subscription=before.ref.id, plan="price_team_usd")
    assert lumen.subscription().plan == "Team"
    lumen.undo("change_plan", team, subscription=before.ref.id, plan="price_team_usd")

    assert lumen.subscription() == before


def test_a_plan_that_is_not_on_offer_is_none(lumen: Company) -> None:
    result = lumen.commit("change_plan", subscription=lumen.subscription().ref.id, plan="price_secret_usd")

    assert isinstance(result, Stopped)
    assert lumen.effects() == []


def test_a_trial_runs_longer_once(lumen: Company) -> None:
    email = lumen.on_trial()
    before = lumen.subscription(email)
    assert before.trial_ends_at is not None
    for _ in range(2):
        lumen.done("extend_trial", email, subscription=before.ref.id, days="7")

    assert lumen.subscription(email).trial_ends_at == before.trial_ends_at + timedelta(days=7)


def test_a_phone_number_is_corrected_and_put_back(lumen: Company) -> None:
    customer = lumen.customer().ref.id
    lumen.done("update_contact", customer=customer, field="phone", value="+45 1")
    second = lumen.done("update_contact", customer=customer, field="phone", value="+45 2")
    assert lumen.account().phone == "+45 2"
    lumen.undo("update_contact", second, customer=customer, field="phone", value="+45 2")

    assert lumen.account().phone == "+45 1"
    assert len(set(lumen.effects())) == 3


def test_an_address_is_replaced_and_put_back(lumen: Company) -> None:
    before, customer = lumen.account().address, lumen.customer().ref.id
    receipt = lumen.done("update_address", customer=customer, **HOME)
    assert lumen.account().address == Address(**HOME)
    lumen.undo("update_address", receipt, customer=customer, **HOME)

    assert lumen.account().address == before


def test_a_new_ticket_is_for_colleagues(lumen: Company) -> None:
    receipt = lumen.done("create_ticket", email=LARS, subject="Slow export", text="Please look.")
    ticket = lumen.ticket(int(receipt.details["number"]))

    assert (ticket.subject, ticket.requester.email) == ("Slow export", LARS)
    assert [(one.author, one.public) for one in ticket.messages] == [(Author.ASSISTANT, False)]


def test_a_ticket_changes_and_changes_back(lumen: Company) -> None:
    args = {"ticket": "zendesk:ticket:1", "field": "priority", "becomes": "high"}
    receipt = lumen.done("update_ticket", **args)
    lumen.done("update_ticket", ticket="this", field="status", becomes="pending")
    assert (lumen.ticket().priority, lumen.ticket().status) == (Priority.HIGH, Status.PENDING)
    lumen.undo("update_ticket", receipt, **args)

    assert (lumen.ticket().priority, lumen.ticket().status) == (Priority.NORMAL, Status.PENDING)


def test_tags_come_and_go(lumen: Company) -> None:
    lumen.done("tag_ticket", ticket="this", tags="vip")
    receipt = lumen.done("tag_ticket", ticket="this", tags="billing vip")
    lumen.undo("tag_ticket", receipt, ticket="zendesk:ticket:1", tags="billing vip")

    assert lumen.tags() == {"vip"}, "what was there before stays"


def test_a_letter_goes_to_the_customer_once(lumen: Company) -> None:
    lumen.done("send_email", to=LARS, subject="Your export", text="It is ready.")
    lumen.done("send_email", to=LARS, subject="In other words", text="Ready!")

    (letter,) = lumen.mail.letters()
    assert letter["recipients"] == [LARS]
    assert "It is ready." in letter["text"]


def test_a_message_of_ours_is_one_for_each_event_in_whatever_words(lumen: Company) -> None:
    whom = {**FIRST, "customer": str(lumen.customer().ref), "channel": "ticket"}
    first = lumen.done("contact_customer", **whom)
    again = lumen.done("contact_customer", **whom | {"text": "In other words.", "channel": "email"})
    other = lumen.done("contact_customer", **whom | {"event": "ch_2"})

    assert first == again
    assert first.key == f"proactive/failed-payment/{lumen.customer().ref}/ch_1"
    ticket = lumen.ticket(int(other.details["number"]))
    assert [(one.author, one.public) for one in ticket.messages] == [(Author.ASSISTANT, True)]
    assert lumen.mail.letters() == []


@pytest.mark.parametrize("fault", ["drop after", "mute after", "nonsense after"])
def test_a_letter_of_ours_that_may_be_on_its_way_is_never_sent_again(lumen: Company, clock: Clock, fault: str) -> None:
    whom = {**FIRST, "customer": str(lumen.customer().ref), "channel": "email"}
    lumen.mail.faults.append(fault)
    for _ in range(3):
        assert isinstance(lumen.commit("contact_customer", **whom), Unsure)
        clock.now += timedelta(hours=1)

    assert len(lumen.mail.letters()) == 1


@pytest.mark.parametrize("fault", NOT_TAKEN)
def test_a_letter_of_ours_that_never_left_is_closed(lumen: Company, fault: str) -> None:
    lumen.mail.faults.append(fault)
    whom = {**FIRST, "customer": str(lumen.customer().ref), "channel": "email"}

    assert isinstance(lumen.commit("contact_customer", **whom), Declined)
    assert lumen.mail.letters() == []


def test_a_message_of_ours_goes_to_the_address_on_file_or_to_none(lumen: Company) -> None:
    whom = {**FIRST, "customer": str(lumen.customer().ref), "channel": "ticket", "email": "lars@elsewhere.example"}

    assert isinstance(lumen.commit("contact_customer", **whom), Stopped)


@pytest.mark.parametrize("fault", ["drop after", "mute after", "nonsense after"])
def test_a_letter_that_may_be_on_its_way_is_never_sent_again(lumen: Company, clock: Clock, fault: str) -> None:
    args = {"to": LARS, "subject": "Your export", "text": "It is ready."}
    lumen.mail.faults.append(fault)
    for _ in range(4):
        assert isinstance(lumen.commit("send_email", **args), Unsure)
        clock.now += timedelta(hours=1)

    assert len(lumen.mail.letters()) == 1
    assert ACTIONS["send_email"].recovery is Recovery.PERSON


def test_a_letter_that_was_refused_was_not_sent(lumen: Company) -> None:
    lumen.mail.faults.append("no such box")

    assert isinstance(lumen.commit("send_email", to=LARS, subject="Hi", text="Text"), Declined)
    assert lumen.mail.letters() == []


@pytest.mark.parametrize("fault", NOT_TAKEN)
def test_a_letter_that_never_left_is_closed_and_holds_no_place(lumen: Company, fault: str) -> None:
    lumen.mail.faults.append(fault)
    args = {"to": LARS, "subject": "Hi", "text": "Text"}

    result = lumen.commit("send_email", **args)

    assert isinstance(result, Declined)
    assert lumen.mail.letters() == []
    with lumen.store.begin() as tx:
        assert tx.ledger.unsettled(lumen.clock() + timedelta(days=1)) == []


def test_a_field_in_the_crm_is_set_and_put_back(lumen: Company) -> None:
    args, contact = {"field": "title", "value": "Chair"}, lumen.contact().id
    before = lumen.done("crm_update_contact", contact=contact, field="title", value="Clerk")
    receipt = lumen.done("crm_update_contact", contact=contact, **args)
    assert lumen.title() == "Chair"
    lumen.undo("crm_update_contact", receipt, contact=contact, **args)

    assert lumen.title() == "Clerk"
    assert before.before != receipt.before
    assert len(set(lumen.effects())) == 3


def test_a_field_that_the_desk_does_not_name_is_not_proposed(lumen: Company) -> None:
    result = lumen.commit("crm_update_contact", contact=lumen.contact().id, field="customer_tier", value="gold")

    assert isinstance(result, Stopped)
    assert result.verdict.rule == "catalogue"
    assert lumen.effects() == []


def test_what_policy_may_ask_of_a_field_is_read_in_the_crm(lumen: Company) -> None:
    args = {"contact": lumen.contact().id, "field": "title", "value": lumen.title() or "Clerk"}
    lumen.done("crm_update_contact", **args)
    kind = ACTIONS["crm_update_contact"]

    assert kind.facts(args, kind.look(args, lumen.reads)) == {
        "contact.field": "title",
        "contact.filled": True,
        "contact.new": False,
    }


def test_a_task_says_when_it_is_due_and_whether_anybody_gets_it(lumen: Company) -> None:
    args = {"contact": lumen.contact().id, "subject": "Call", "text": "Please.", "due": "2026-12-01"}
    kind = ACTIONS["crm_add_task"]
    assert kind.facts(args, kind.look(args, lumen.reads)) == {
        "task.length": 7,
        "task.due": datetime(2026, 12, 1, tzinfo=UTC),
        "task.owned": True,
    }
    lumen.crm.move(args["contact"], hubspot_owner_id="")

    assert kind.facts(args, kind.look(args, lumen.reads))["task.owned"] is False


def test_a_note_and_a_task_are_written_once_for_a_ticket(lumen: Company) -> None:
    contact = lumen.contact().id
    for text in ("They would like a call.", "In other words."):
        lumen.done("crm_add_note", contact=contact, text=text)
        lumen.done("crm_add_task", contact=contact, subject="Call", text=text, due="2026-12-01")

    assert len(lumen.crm.entries(contact)) == 2


# -- what makes no sense ------------------------------------------------------------------------------

BAD = [
    ("credit_customer", {"amount": "-5.00 USD"}),
    ("credit_customer", {"amount": "5.001 USD"}),
    ("credit_customer", {"customer": "../v1/refunds", "amount": "5.00 USD"}),
    ("take_back_credit", {"credit": "a/b"}),
    ("pause_subscription", {"days": "0"}),
    ("pause_subscription", {"days": "367"}),
    ("pause_subscription", {"days": "-3"}),
    ("pause_subscription", {"days": "٣"}),
    ("extend_trial", {"days": "91"}),
    ("extend_trial", {"days": "7.5"}),
    ("change_plan", {"plan": "price team"}),
    ("update_contact", {"field": "email", "value": "a@b.example"}),
    ("update_contact", {"field": "phone", "value": "1" * 21}),
    ("update_contact", {"field": "name", "value": ""}),
    ("update_contact", {"field": "name", "value": "a\x00b"}),
    ("update_address", {**HOME, "country": "Portugal"}),
    ("update_address", {**HOME, "line1": " "}),
    ("update_address", {**HOME, "city": "x" * 201}),
    ("create_ticket", {"email": "lars, maya", "subject": "Hi", "text": "Text"}),
    ("create_ticket", {"email": LARS, "subject": "", "text": "Text"}),
    ("create_ticket", {"email": LARS, "subject": "Hi", "text": " \n "}),
    ("update_ticket", {"ticket": "this", "field": "status", "becomes": "closed"}),
    ("update_ticket", {"ticket": "this", "field": "assignee", "becomes": "1"}),
    ("update_ticket", {"ticket": "zendesk:user:1", "field": "priority", "becomes": "high"}),
    ("update_ticket", {"ticket": "zendesk:ticket:1/comments", "field": "priority", "becomes": "high"}),
    ("tag_ticket", {"ticket": "this", "tags": ""}),
    ("tag_ticket", {"ticket": "this", "tags": "VIP"}),
    ("untag_ticket", {"ticket": "this", "tags": "dh_0123456789"}),
    ("contact_customer", {**FIRST, "customer": "stripe:customer:cus_1", "channel": "pigeon"}),
    ("contact_customer", {**FIRST, "customer": "lars@x.example", "channel": "ticket"}),
    ("contact_customer", {**FIRST, "customer": "stripe:customer:cus_1", "channel": "ticket", "event": "a b"}),
    ("contact_customer", {**FIRST, "customer": "stripe:customer:cus_1", "channel": "ticket", "family": "A/b"}),
    ("send_email", {"to": "a@b.example\r\nBcc: c@d.example", "subject": "Hi", "text": "Text"}),
    ("send_email", {"to": "a@b.example, c@d.example", "subject": "Hi", "text": "Text"}),
    ("send_email", {"to": LARS, "subject": "Hi", "text": "x" * 10_001}),
    ("crm_update_contact", {"contact": "../deals/1", "field": "title", "value": "x"}),
    ("crm_update_contact", {"contact": "10001", "field": "Title, Name", "value": "x"}),
    ("crm_update_contact", {"contact": "10001", "field": "title", "value": ""}),
    ("crm_update_contact", {"contact": "10001", "field": "title", "value": "x" * 201}),
    ("crm_add_note", {"contact": "10001", "text": " "}),
    ("crm_add_note", {"contact": "", "text": "Text"}),
    ("crm_add_task", {"contact": "10001", "subject": "", "text": "Text", "due": "2026-12-01"}),
    ("crm_add_task", {"contact": "10001", "subject": "Call", "text": "Text", "due": "2026-02-30"}),
    ("crm_add_task", {"contact": "10001", "subject": "Call", "text": "Text", "due": "tomorrow"}),
]


@pytest.mark.parametrize(("name", "args"), BAD)
def test_arguments_without_sense_reach_nobody(lumen: Company, name: str, args: dict[str, str]) -> None:
    ids = {"customer": lumen.customer().ref.id, "subscription": lumen.subscription().ref.id}
    whole = {one: ids[one] for one in ACTIONS[name].arguments if one in ids} | args
    result = lumen.commit(name, **whole)

    assert isinstance(result, Stopped)
    assert result.verdict.rule == "catalogue"
    assert lumen.effects() == []


def test_a_ticket_of_no_help_desk_is_none(lumen: Company) -> None:
    result = lumen.commit("tag_ticket", ticket="freshdesk:ticket:1", tags="vip")

    assert isinstance(result, Stopped)


def test_without_mail_a_letter_is_declined_plainly(store: SqlStore, clock: Clock) -> None:
    with company(store, clock, mail=False) as lumen:
        result = lumen.commit("send_email", to=LARS, subject="Hi", text="Text")

    assert isinstance(result, Declined)
    assert "nothing was sent" in result.reason


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.at == "crm"], ids=lambda one: one.name)
def test_without_a_crm_nothing_is_written_and_that_is_said(store: SqlStore, clock: Clock, sample: Sample) -> None:
    with company(store, clock, crm=False) as lumen:
        result = lumen.commit(sample.name, contact="10001", **sample.args)

    assert isinstance(result, Declined)
    assert "No CRM is connected" in result.reason
    assert "nothing was written" in result.reason


@pytest.mark.parametrize("sample", [one for one in SAMPLES if one.at == "crm"], ids=lambda one: one.name)
def test_without_a_crm_nobody_can_tell_whose_it_is(store: SqlStore, clock: Clock, sample: Sample) -> None:
    """So a rule that wants it to be the customer's own lets nothing through."""
    with company(store, clock, crm=False) as lumen:
        args = {"contact": "10001", **sample.args}
        _, decision = lumen.gate.judge(Action(sample.name, args), lumen.case())

    assert decision is not None
    assert decision.facts.get("action.own") is None
