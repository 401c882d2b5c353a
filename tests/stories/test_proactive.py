"""Writing first, end to end: signed events at our door, rules of the desk, and what customers can read at the twins."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread

import pytest
from tests.privacy.planted import privacy_of
from tests.stories.network import ALWAYS
from tests.stories.writing import ADDRESS, FAMILY, RULE, Writing, stages, writing

from deskhand.bootstrap import reaching_out
from deskhand.context.contacted import with_contacts
from deskhand.context.gather import gather
from deskhand.domain.outreach import ContactState
from deskhand.domain.privacy import Subject
from deskhand.domain.stage import Stage
from deskhand.domain.ticket import Requester
from deskhand.execution.results import Done, Stopped
from deskhand.measurement.outreach import effects
from deskhand.workflows.follow_contacts import followed
from deskhand.workflows.judge_contact import Ready, judged
from deskhand.workflows.notice import Round, notice
from deskhand.workflows.opt_out import opt_in, opt_out
from deskhand.workflows.pause import pause, resume
from deskhand.workflows.reach_out import send
from deskhand.workflows.settle_contact import settle_contact


def test_a_failed_payment_is_told_before_the_customer_asks(folder: Path) -> None:
    with writing(folder, notice=True) as desk:
        email = desk.customer()
        assert desk.told(desk.fails(email)) == 202
        came = desk.round()

        assert (came.filed, came.now, came.problems) == (1, {"contacted": 1}, ())
        (text,) = desk.read(email)
        assert text.startswith(
            "An AI assistant of Lumen Analytics sent this message. You can ask for a person at any time.\n\n"
        )
        assert "did not go through" in text
        assert f"{ADDRESS}/unsubscribe/" in text
        assert desk.lumen.replies(desk.tickets(email)[0]) == [text]


def test_the_same_event_in_many_copies_and_rounds_is_told_once(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        signed = desk.fails(email)
        assert [desk.told(signed) for _ in range(3)] == [202, 200, 200]
        came = [desk.round() for _ in range(3)]

        assert [one.now.get("contacted", 0) for one in came] == [1, 0, 0]
        assert len(desk.read(email)) == 1


def test_another_event_about_the_same_charge_is_the_same_event(folder: Path) -> None:
    """Stripe may tell of one charge twice, under two ids of its own."""
    with writing(folder) as desk:
        email = desk.customer()
        headers, body = desk.fails(email)
        desk.told((headers, body))
        desk.round()
        twin = desk.lumen.installation.systems.stripe_twin
        assert twin is not None
        other = re.sub(rb'"id": ?"evt_[^"]+"', b'"id": "evt_another1"', body, count=1)
        assert other != body
        assert desk.told(twin.signed(other)) == 202
        desk.round()

        assert len(desk.read(email)) == 1


def test_workers_at_once_tell_it_once(folder: Path) -> None:
    with writing(folder) as desk:
        emails = [desk.customer() for _ in range(4)]
        for email in emails:
            desk.told(desk.fails(email))
        workers = [Thread(target=desk.round) for _ in range(3)]
        for one in workers:
            one.start()
        for one in workers:
            one.join()
        desk.round()

        assert [len(desk.read(email)) for email in emails] == [1, 1, 1, 1]
        assert {one.state for one in desk.contacts()} == {ContactState.CONTACTED}


def test_who_objected_to_an_assistant_is_written_to_by_people(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        privacy, who = privacy_of(desk.lumen), Subject((), (), (email,))
        privacy.restrict(who, "ana")
        assert desk.told(desk.fails(email)) == 202
        assert desk.round().now == {"open": 1}
        (waits,) = desk.contacts()
        assert "people write to them" in waits.why
        assert desk.read(email) == []
        privacy.restrict(who, "ana", lift=True)
        assert desk.round().now == {"contacted": 1}


CHANGES = {
    "its text": (RULE.replace("did not go through", "was declined"), FAMILY),
    "its channel and its caps": (RULE.replace("desk_per_day: 50", "desk_per_day: 5"), FAMILY),
    "its id, and the family stays": (
        RULE.replace("id: failed-payment", "id: card-declined\nfamily: failed-payment"),
        "card-declined",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_changed_rule_tells_nobody_again(folder: Path, what: str) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
    text, name = CHANGES[what]
    with writing(folder, text, name) as desk:
        desk.lumen.clock.ahead = timedelta(days=2)
        desk.round()

        assert len(desk.read(email)) == 1


def test_a_rule_that_was_deleted_and_comes_back_tells_nobody_again(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
    (folder / "proactive" / f"{FAMILY}.yaml").unlink()
    with writing(folder, "", change=stages()) as desk:
        assert desk.round().filed == 0
    with writing(folder) as desk:
        desk.round()

        assert len(desk.read(email)) == 1


def test_the_cursor_lost_brings_nothing_twice(folder: Path) -> None:
    """As after a restored backup of half a database: every event is read anew."""
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        with desk.lumen.installation.store.begin() as tx:
            tx.history.move("proactive:billing", "0")
        assert desk.round().filed == 0

        assert len(desk.read(email)) == 1


CONSENT = RULE.replace("service: true\n", 'consent: {field: customer.metadata.news, is: "yes"}\n')


def agrees(desk: Writing, email: str, word: str) -> None:
    """The customer's own record in billing says so."""
    twin = desk.lumen.installation.systems.stripe_twin
    assert twin is not None
    id = desk.ref(email).rpartition(":")[2]
    raw = twin.store.get("customer", id)
    assert raw is not None
    raw["metadata"]["news"] = word
    twin.store.put([("customer", id, "", email, raw["created"], raw)])


def test_without_consent_nobody_is_told(folder: Path) -> None:
    with writing(folder, CONSENT) as desk:
        silent, no, yes = (desk.customer() for _ in range(3))
        agrees(desk, no, "no")
        agrees(desk, yes, "Yes")
        for email in (silent, no, yes):
            desk.told(desk.fails(email))
        desk.round()

        assert [len(desk.read(email)) for email in (silent, no, yes)] == [0, 0, 1]
        waiting = {one.customer: one.why for one in desk.contacts() if one.state is ContactState.OPEN}
        assert waiting == {
            desk.ref(silent): "no consent is known",
            desk.ref(no): "they did not agree to such messages",
        }


def test_consent_withdrawn_after_the_preview_counts(folder: Path) -> None:
    with writing(folder, CONSENT) as desk:
        email = desk.customer()
        agrees(desk, email, "yes")
        desk.told(desk.fails(email))
        assert [one.would for one in desk.preview()] == ["send it"]
        agrees(desk, email, "no")
        desk.round()

        assert desk.read(email) == []
        assert [one.would for one in desk.preview()] == ["wait"]


def test_a_preview_files_and_sends_nothing(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        for _ in range(2):
            (seen,) = desk.preview()
            assert (seen.would, seen.customer, seen.subject) == ("send it", desk.ref(email), "Your payment of $29.00")

        assert desk.contacts() == []
        assert desk.read(email) == []


def test_a_preview_counts_what_it_would_send_against_the_caps(folder: Path) -> None:
    with writing(folder, RULE.replace("desk_per_day: 50", "desk_per_day: 2")) as desk:
        for _ in range(3):
            desk.told(desk.fails(desk.customer()))

        assert sorted(one.would for one in desk.preview()) == ["send it", "send it", "wait"]


def test_the_caps_hold_at_the_boundary_and_just_below(folder: Path) -> None:
    with writing(folder, RULE.replace("per_customer: 1", "per_customer: 2")) as desk:
        email = desk.customer()
        for minor, read in ((2900, 1), (2901, 2), (2902, 2)):
            desk.told(desk.fails(email, minor))
            desk.round()
            assert len(desk.read(email)) == read
        (waiting,) = [one for one in desk.contacts() if one.state is ContactState.OPEN]

        assert waiting.why == "2 of our messages in 7 days, and 2 is the most"


def test_what_a_cap_kept_back_goes_when_the_window_has_moved_on(folder: Path) -> None:
    with writing(folder, RULE.replace("days: 7", "days: 1").replace("id:", "within: 3d\nid:", 1)) as desk:
        email = desk.customer()
        for minor in (2900, 2901):
            desk.told(desk.fails(email, minor))
        desk.round()
        assert len(desk.read(email)) == 1
        desk.lumen.clock.ahead = timedelta(hours=23)
        desk.round()
        assert len(desk.read(email)) == 1
        desk.lumen.clock.ahead = timedelta(hours=24, minutes=1)
        desk.round()

        assert len(desk.read(email)) == 2


def quiet_now(desk_now: datetime, hours: float) -> str:
    """A span of quiet hours, in UTC, that began an hour ago and ends in so many."""
    begin, end = desk_now - timedelta(hours=1), desk_now + timedelta(hours=hours)
    return f'quiet_hours: "{begin:%H:%M}-{end:%H:%M}"'


def test_quiet_hours_are_waited_for(folder: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251  (the wall of the real clock, which the desk has, too)
    with writing(folder, RULE.replace("quiet_hours: none", quiet_now(now, 3))) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        assert desk.read(email) == []
        assert desk.contact().why.startswith("quiet hours until ")
        desk.lumen.clock.ahead = timedelta(hours=3, minutes=1)
        desk.round()

        assert len(desk.read(email)) == 1


def test_what_came_too_late_is_not_told(folder: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251  (the wall of the real clock, which the desk has, too)
    rule = RULE.replace("quiet_hours: none", quiet_now(now, 3)).replace("id:", "within: 2h\nid:", 1)
    with writing(folder, rule) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        desk.lumen.clock.ahead = timedelta(hours=4)
        desk.round()

        assert desk.read(email) == []
        assert desk.contact().state is ContactState.LAPSED


def test_what_is_no_longer_so_is_not_told(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.told(desk.pays(email))
        desk.round()

        assert desk.read(email) == []


def test_whoever_is_held_out_stays_so(folder: Path) -> None:
    with writing(folder, RULE + "holdout: 50%\n") as desk:
        emails = [desk.customer() for _ in range(12)]
        for email in emails:
            desk.told(desk.fails(email))
        desk.round()
        first = {one.customer: one.state for one in desk.contacts()}
        desk.lumen.clock.ahead = timedelta(days=8)
        for email in emails:
            desk.told(desk.fails(email, 3100))
        desk.round()
        second = {
            one.customer: one.state for one in desk.contacts() if str(one.facts["charge.amount"]).startswith("31.00")
        }

        assert first == second
        assert set(first.values()) == {ContactState.HELD_OUT, ContactState.CONTACTED}
        assert [len(desk.read(email)) for email in emails] == [
            2 if first[desk.ref(email)] is ContactState.CONTACTED else 0 for email in emails
        ]


def test_the_link_stops_such_messages_at_once(folder: Path) -> None:
    with writing(folder, RULE.replace("per_customer: 1", "per_customer: 9")) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        path = desk.link(email)
        assert desk.lumen.http.get(path).status_code == 200
        desk.told(desk.fails(email, 3000))
        desk.round()
        assert len(desk.read(email)) == 2, "looking at the page changes nothing"
        answers = [desk.lumen.http.post(path) for _ in range(2)]
        desk.told(desk.fails(email, 3100))
        desk.round()

        assert [one.status_code for one in answers] == [200, 200]
        assert "We will not write to you first any more" in answers[0].text
        assert len(desk.read(email)) == 2


def test_a_forged_link_stops_nothing(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        path = desk.link(email)
        receipt = desk.lumen.installation.desk.receipt_link(desk.ref(email)).removeprefix(f"{ADDRESS}/receipts/")
        forged = [f"{path}x", f"{path[:-1]}{'0' if path[-1] != '0' else '1'}", f"/unsubscribe/{receipt}"]
        answers = [call(one).status_code for one in forged for call in (desk.lumen.http.get, desk.lumen.http.post)]

        assert answers == [404] * 6
        with desk.lumen.installation.store.begin() as tx:
            assert tx.contacts.opted_out([desk.ref(email)]) is None


def test_an_agent_opts_somebody_out_and_in_again(folder: Path) -> None:
    with writing(folder) as desk:
        email, store, now = desk.customer(), desk.lumen.installation.store, desk.lumen.clock()
        assert opt_out(store, desk.ref(email), by="ana", now=now)
        assert not opt_out(store, desk.ref(email), by="ana", now=now)
        desk.told(desk.fails(email))
        desk.round()
        assert desk.read(email) == []
        assert opt_in(store, desk.ref(email), by="ana", now=now)
        desk.round()

        assert len(desk.read(email)) == 1


def test_somebody_without_an_address_is_not_written_to(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        ref = desk.ref(email)
        signed = desk.fails(email)
        twin = desk.lumen.installation.systems.stripe_twin
        assert twin is not None
        id = ref.rpartition(":")[2]
        raw = twin.store.get("customer", id)
        assert raw is not None
        twin.store.put([("customer", id, "", "", raw["created"], raw | {"email": None})])
        desk.told(signed)
        came = desk.round()

        assert came.filed == 0
        assert "there is no address on file" in " ".join(came.problems)


def test_read_only_lists_it_and_sends_nothing(folder: Path) -> None:
    with writing(folder, change=stages()) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        contact = desk.contact()
        suggestion = desk.lumen.suggestion(contact.place)
        assert suggestion.stage is Stage.READ_ONLY
        assert desk.lumen.decide(suggestion, "approved", "ana").stands
        assert desk.lumen.installation.engine.wait(f"settle/{suggestion.id}", 30) == '"suggested"'
        desk.round()

        assert desk.read(email) == []
        assert len(desk.contacts()) == 1


ASSISTED = stages(failed_payment=Stage.ASSISTED)


def test_assisted_waits_for_one_click(folder: Path) -> None:
    with writing(folder, change=ASSISTED) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        for _ in range(2):
            desk.round()
        suggestion = desk.lumen.suggestion(desk.contact().place)
        assert desk.read(email) == []
        assert desk.lumen.decide(suggestion, "approved", "ana").stands
        desk.lumen.eventually(lambda: desk.contact().state is ContactState.CONTACTED)
        desk.round()

        assert desk.read(email) == [suggestion.resolution.reply]


def test_an_agent_edits_and_the_way_to_stop_stays(folder: Path) -> None:
    with writing(folder, change=ASSISTED) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        suggestion = desk.lumen.suggestion(desk.contact().place)
        assert desk.lumen.decide(suggestion, "edited", "ana", text="Your card did not work, sorry.").stands
        desk.lumen.eventually(lambda: desk.contact().state is ContactState.CONTACTED)

        (text,) = desk.read(email)
        assert text.startswith("Your card did not work, sorry.\n\n")
        assert f"{ADDRESS}/unsubscribe/" in text


@pytest.mark.parametrize("meanwhile", ["opted out", "paid", "rejected"])
def test_what_happened_before_the_click_counts(folder: Path, meanwhile: str) -> None:
    with writing(folder, change=ASSISTED) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        suggestion = desk.lumen.suggestion(desk.contact().place)
        if meanwhile == "opted out":
            opt_out(desk.lumen.installation.store, desk.ref(email), by="customer", now=desk.lumen.clock())
        if meanwhile == "paid":
            desk.pays(email)
        desk.lumen.decide(suggestion, "rejected" if meanwhile == "rejected" else "approved", "ana", text="no")
        desk.lumen.installation.engine.wait(f"settle/{suggestion.id}", 30)
        desk.round()

        assert desk.read(email) == []


def test_nothing_is_sent_while_paused(folder: Path) -> None:
    with writing(folder) as desk:
        store, now = desk.lumen.installation.store, desk.lumen.clock()
        email = desk.customer()
        desk.told(desk.fails(email))
        pause(store, "procedure:proactive/failed-payment", by="tom", why="wait", now=now)
        desk.round()
        assert desk.read(email) == []
        suggestion = desk.lumen.suggestion(desk.contact().place)
        assert not desk.lumen.decide(suggestion, "approved", "ana").stands
        resume(store, "procedure:proactive/failed-payment", by="tom", now=now)
        assert desk.lumen.decide(suggestion, "approved", "ana").stands
        desk.lumen.eventually(lambda: desk.contact().state is ContactState.CONTACTED)

        assert len(desk.read(email)) == 1


DOUBLE = (
    RULE.replace("failed-payment", "double-charge")
    .replace("payment_failed", "double_charge\nabout: [duplicate-charge]")
    .replace("did not go through", "was taken twice")
)


def test_a_double_charge_is_found_and_told(folder: Path) -> None:
    with writing(folder, DOUBLE, "double-charge", stages(double_charge=Stage.AUTONOMOUS)) as desk:
        once, twice = desk.customer(), desk.customer()
        for email in (once, twice, twice):
            desk.told(desk.pays(email))
        desk.round()

        assert [len(desk.read(email)) for email in (once, twice)] == [0, 1]


def test_an_open_ticket_about_the_same_gets_a_note_instead(folder: Path) -> None:
    with writing(folder, DOUBLE, "double-charge", stages(double_charge=Stage.AUTONOMOUS)) as desk:
        email = desk.customer()
        told = desk.lumen.say(email, "I was charged twice for my subscription this month, can you fix it?")
        before = len(desk.lumen.notes(told.number))
        for _ in range(2):
            desk.told(desk.pays(email))
        for _ in range(2):
            desk.round()

        assert desk.tickets(email) == []
        (note,) = desk.lumen.notes(told.number)[before:]
        assert "double charge" in note
        assert desk.contact().state is ContactState.NOTED


def test_a_reply_finds_an_assistant_who_knows(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        desk.round()
        (number,) = desk.tickets(email)
        assert desk.contact().ticket == f"zendesk:ticket:{number}"
        desk.lumen.say(email, "I want to talk to a person about this payment.", number)
        inside = desk.lumen.installation.desk
        found = gather(Requester("", email, verified=True), inside.customers, inside.look_ups)
        facts = [one for one in with_contacts(found, inside.store, inside.clock()).findings if "proactive" in one.name]

        assert [str(one.fields["charge.amount"]) for one in facts] == ["29.00 USD"]
        assert desk.lumen.owner(f"zendesk:ticket:{number}") == "queue:support"
        assert "29.00 USD" in " ".join(desk.lumen.notes(number))


def test_a_message_approved_at_night_goes_in_the_morning(folder: Path) -> None:
    now = datetime.now(UTC)  # noqa: TID251  (the wall of the real clock, which the desk has, too)
    with writing(folder, change=ASSISTED) as desk:
        desk.told(desk.fails(desk.customer()))
        desk.round()
        suggestion = desk.lumen.suggestion(desk.contact().place)
    with writing(folder, RULE.replace("quiet_hours: none", quiet_now(now, 3)), change=ASSISTED) as desk:
        assert desk.lumen.decide(suggestion, "approved", "ana").stands
        assert "waits: quiet hours until" in desk.lumen.installation.engine.wait(f"settle/{suggestion.id}", 30)
        email = suggestion.heard.requester.email
        assert desk.read(email) == []
        desk.lumen.clock.ahead = timedelta(hours=3, minutes=2)
        inside = desk.lumen.installation
        assert settle_contact(inside.desk, inside.outreach, suggestion.id) == "contacted"
        assert settle_contact(inside.desk, inside.outreach, suggestion.id) == "contacted"

        assert desk.read(email) == [suggestion.resolution.reply]


def test_serve_looks_by_itself(folder: Path) -> None:
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        with reaching_out(desk.lumen.installation.desk, desk.lumen.installation.outreach, 0.001):
            desk.lumen.eventually(lambda: len(desk.read(email)) == 1)
            desk.told(desk.fails(desk.customer()))
            desk.lumen.eventually(lambda: len(desk.contacts()) == 2)

        assert len(desk.read(email)) == 1


def test_a_week_later_it_shows_whether_it_was_of_use(folder: Path) -> None:
    with writing(folder, RULE + "holdout: 50%\n") as desk:
        emails = [desk.customer() for _ in range(8)]
        for email in emails:
            desk.told(desk.fails(email))
        desk.round()
        groups = {one.customer: one.state for one in desk.contacts()}
        paid = [email for email in emails if groups[desk.ref(email)] is ContactState.CONTACTED]
        for email in paid:
            desk.pays(email)
        desk.lumen.clock.ahead = timedelta(days=6, hours=23)
        desk.round()
        assert {one.solved for one in desk.contacts()} == {None}
        desk.lumen.clock.ahead = timedelta(days=7, minutes=1)
        desk.round()
        (found,) = effects(followed(desk.lumen.installation.store))

        assert 0 < len(paid) < 8
        assert (found.contacted.people, found.contacted.solved) == (len(paid), len(paid))
        assert (found.held_out.people, found.held_out.solved) == (8 - len(paid), 0)
        assert found.held_out.looked_at == 8 - len(paid)


def test_a_line_that_cannot_be_read_keeps_no_other_back(folder: Path) -> None:
    with writing(folder) as desk:
        gone, email = desk.customer(), desk.customer()
        signed = desk.fails(gone)
        twin = desk.lumen.installation.systems.stripe_twin
        assert twin is not None
        body = re.sub(rb"ch_[0-9a-f]{16}", b"ch_0000000000000000", signed[1])
        assert desk.told(twin.signed(body)) == 202
        desk.told(desk.fails(email))
        came = desk.round()

        assert len(desk.read(email)) == 1
        assert "ch_0000000000000000 cannot be read" in " ".join(came.problems)
        assert desk.round().problems == (), "the cursor is behind it"


def test_billing_that_is_silent_is_asked_again(folder: Path) -> None:
    with writing(folder) as desk:
        emails = [desk.customer() for _ in range(2)]
        for email in emails:
            desk.told(desk.fails(email))
        desk.lumen.network.trouble("stripe GET /v1/charges", "silent", ALWAYS)
        came = desk.round()
        assert came.filed == 0
        assert "billing's events were not read to the end" in " ".join(came.problems)
        desk.lumen.network.troubles.clear()
        desk.lumen.clock.ahead = timedelta(minutes=5)
        desk.round()

        assert [len(desk.read(email)) for email in emails] == [1, 1]


def test_what_changed_after_the_last_look_is_seen_when_it_is_reserved(folder: Path) -> None:
    """Between the look and the transaction anything may happen: another worker's message, or a click on the link."""
    with writing(folder) as desk:
        one, other = desk.customer(), desk.customer()
        for email, minor in ((one, 2900), (one, 2901), (other, 2900)):
            desk.told(desk.fails(email, minor))
        inside = desk.lumen.installation
        round = Round(inside.desk, inside.outreach)
        assert notice(round) == 3
        (rule,) = inside.outreach.rules
        looked = [(contact, judged(round, rule, contact)) for contact in desk.contacts()]
        opt_out(inside.store, desk.ref(other), by="customer", now=desk.lumen.clock())
        results = []
        for contact, ready in looked:
            assert isinstance(ready, Ready)
            results.append((contact.customer, type(send(round, rule, contact, ready, None))))

        assert sorted(results, key=str) == sorted(
            [(desk.ref(one), Done), (desk.ref(one), Stopped), (desk.ref(other), Stopped)], key=str
        )
        assert (len(desk.read(one)), len(desk.read(other))) == (1, 0)


def test_a_paused_customer_is_not_written_to_even_by_a_click(folder: Path) -> None:
    with writing(folder) as desk:
        store, now = desk.lumen.installation.store, desk.lumen.clock()
        one, other = desk.customer(), desk.customer()
        pause(store, f"customer:{desk.ref(one)}", by="tom", why="they are in court with us", now=now)
        for email in (one, other):
            desk.told(desk.fails(email))
        desk.round()
        (waiting,) = [contact for contact in desk.contacts() if contact.state is ContactState.SUGGESTED]
        suggestion = desk.lumen.suggestion(waiting.place)
        desk.lumen.decide(suggestion, "approved", "ana")
        assert "is paused since" in desk.lumen.installation.engine.wait(f"settle/{suggestion.id}", 30)

        assert (len(desk.read(one)), len(desk.read(other))) == (0, 1)


def test_what_policy_refuses_is_told_once_and_never_sent(folder: Path) -> None:
    """However many rounds look at it: a journal that grows by itself is read by nobody."""
    file = folder / "policies" / "help_desk.yaml"
    never = '  - {id: first-never, on: contact_customer, effect: deny, say: "Never."}\n'
    file.write_text(file.read_text("utf-8") + never, "utf-8")
    with writing(folder) as desk:
        email = desk.customer()
        desk.told(desk.fails(email))
        for _ in range(3):
            desk.round()
        kinds = desk.lumen.kinds(desk.contact().place)

        assert desk.read(email) == []
        assert kinds == ["proactive.noticed", "policy.asked", "proactive.waits"]
        assert desk.contact().why.startswith("policy says deny")
