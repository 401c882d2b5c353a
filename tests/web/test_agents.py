"""The stories of agents in a real browser: what they do, what they see of it, and what they see of each other."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import Any
from uuid import uuid4

import pytest
from tests.api.test_widget import post, signed, with_widget
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, Told, opened
from tests.stories.mailbox import Mailbox
from tests.stories.test_undo import cancelled
from tests.web.browser import Windows, violations
from tests.web.conftest import WIDTHS, Workspace, served

from deskhand.domain.outcome import RunOutcome
from deskhand.domain.stage import Stage

pytestmark = pytest.mark.browser
Look = Callable[..., Any]
QUESTION = "How big can a CSV file be?"
MINE = "Dear customer, I did it by hand. {{ receipts.0.id }} is your number."
LONG = 20_000  # ms: who looks at a ticket is told within so long


@pytest.fixture(scope="module")
def workspace(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A desk with a chat of its own beside the help desk."""
    folder = copytree(prepared, tmp_path_factory.mktemp("agents") / "desk")
    with opened(folder, with_widget, Mailbox()) as lumen, served(lumen) as address:
        yield Workspace(lumen, address)


@pytest.fixture
def lumen(workspace: Workspace) -> Lumen:
    return workspace.lumen


def waiting(lumen: Lumen) -> tuple[str, Told]:
    email = lumen.customer("double_charge_small")
    return email, lumen.say(email, TWICE, stage=Stage.ASSISTED)


def take_over(page: Any) -> None:
    page.get_by_role("button", name="Take over").click()
    page.locator("#suggestion").get_by_text("It is yours.").wait_for()


def send(page: Any) -> None:
    page.locator("#compose").get_by_role("button").click()


# -- deciding ---------------------------------------------------------------------------------------


def test_edited_and_sent(lumen: Lumen, look: Look) -> None:
    email, told = waiting(lumen)
    page = look("ana", f"/inbox/{told.ticket}")
    page.keyboard.press("e")
    page.get_by_label("Your reply").fill(MINE)
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion").get_by_text("Edited.").wait_for()
    page.locator(".msg.assistant").filter(has_text="I did it by hand. re_").wait_for()
    assert len(lumen.refunds(email)) == 1


def test_rejected_with_a_reason_and_people_get_it(lumen: Lumen, look: Look) -> None:
    email, told = waiting(lumen)
    page = look("ana", f"/inbox/{told.ticket}")
    page.keyboard.press("x")
    page.get_by_label("Why (it teaches the assistant)").select_option("wrong_action")
    page.get_by_label("In your own words").fill("They want a <b>credit</b>.")
    page.get_by_role("button", name="Reject, and let people answer").click()
    page.locator("#suggestion").get_by_text("Rejected.").wait_for()
    page.locator(".msg.note").filter(has_text="wrong action: They want a <b>credit</b>.").wait_for()
    assert lumen.refunds(email) == []


def test_the_same_suggestions_are_read_once_and_approved_together(lumen: Lumen, look: Look) -> None:
    told = [lumen.say(lumen.customer("single_charge"), QUESTION, stage=Stage.ASSISTED) for _ in range(3)]
    _, acts = waiting(lumen)
    page = look("tom", "/inbox?view=decide")
    page.get_by_role("link", name="3 suggestions are the same").click()
    assert violations(page) == []
    page.get_by_role("button", name="Approve and send to these customers").click()
    page.get_by_text("3 of 3 approved").wait_for()
    assert violations(page) == []
    for one in told:
        lumen.eventually(lambda one=one: len(lumen.replies(one.number)) == 1)  # type: ignore[misc]
    assert lumen.pending(acts.ticket) != []


def test_an_offer_to_approve_the_same_together_appears_by_itself(lumen: Lumen, look: Look) -> None:
    page = look("tom", "/inbox?view=decide")
    offer = page.get_by_role("link", name="2 suggestions are the same")
    assert offer.count() == 0
    for _ in range(2):
        lumen.say(lumen.customer("single_charge"), "How do I invite a colleague?", stage=Stage.ASSISTED)
    offer.click()
    page.get_by_role("button", name="Approve and send to these customers").click()
    page.get_by_text("2 of 2 approved").wait_for()


def test_a_deed_is_undone_and_its_end_is_told_live(lumen: Lumen, look: Look) -> None:
    email, effect = cancelled(lumen)
    page, other = look("ana", f"/inbox/{effect.ticket}"), look("tom", f"/inbox/{effect.ticket}")
    page.locator("#deeds").get_by_role("button", name="Undo").click()
    page.locator("#suggestion").get_by_text("It is being taken back.").wait_for()
    for window in (page, other):
        window.locator("#deeds").get_by_text("Taken back by ana").wait_for()
        assert window.locator("#deeds").get_by_role("button", name="Undo").count() <= 1  # of the deed that undid it
    assert lumen.subscription(email).cancels_at is None


# -- answering --------------------------------------------------------------------------------------


def test_taken_over_in_the_middle_of_a_run_and_the_assistant_says_nothing_after(lumen: Lumen, look: Look) -> None:
    email = lumen.customer("double_charge_small")
    lumen.network.trouble("stripe GET", "held")
    message = lumen.write(email, TWICE)
    assert lumen.deliver(message).status_code == 202
    assert lumen.network.holding.wait(30)
    number = lumen.number(message)
    page = look("ana", f"/inbox/zendesk:ticket:{number}")
    take_over(page)
    lumen.network.released.set()
    assert lumen.told(message).result.outcome is RunOutcome.HANDED_OFF
    page.get_by_label("Write to").fill("I am looking into it myself.")
    send(page)
    page.locator(".msg.agent").filter(has_text="I am looking into it myself.").wait_for()
    assert page.locator(".msg.assistant:not(.note)").count() == 0
    assert lumen.replies(number) == ["I am looking into it myself."]
    assert lumen.refunds(email) == []


def test_handed_off_its_packet_opened_and_answered_from_the_workspace(lumen: Lumen, look: Look) -> None:
    told = lumen.say(lumen.customer("single_charge"), FOR_A_PERSON["en"][0])
    promised = lumen.replies(told.number)
    page = look("ana", f"/inbox/{told.ticket}?view=people")
    page.get_by_role("link", name="Handed over: the whole packet").click()
    page.get_by_text("Next step").first.wait_for()
    page.go_back()
    take_over(page)
    page.keyboard.press("r")
    page.keyboard.type("Here is Ana. What can I do?")
    page.keyboard.press("Control+Enter")
    page.locator("#suggestion").get_by_text("Sent to the customer.").wait_for()
    page.locator(".msg.agent").filter(has_text="Here is Ana.").wait_for()
    page.locator("#handed-over .packet").wait_for(state="detached")
    assert lumen.replies(told.number) == [*promised, "Here is Ana. What can I do?"]
    assert page.get_by_label("Write to").input_value() == ""

    page.get_by_label("Write to").fill("She sounds tired.")
    page.get_by_label("A private note").check()
    send(page)
    page.locator(".msg.agent.note").filter(has_text="She sounds tired.").wait_for()
    assert lumen.notes(told.number)[-1] == "She sounds tired."


def test_a_chat_of_our_own_goes_to_an_agent_and_back_and_the_customer_reads_it(lumen: Lumen, look: Look) -> None:
    email, talk = lumen.customer("single_charge"), uuid4().hex

    def read() -> list[tuple[str, str]]:
        headers = {"authorization": f"Bearer {signed(lumen, email)}"}
        answer = lumen.http.get(f"/widget/conversations/{talk}", headers=headers)
        return [(one["author"], one["text"]) for one in answer.json()["messages"]]

    post(lumen, signed(lumen, email), FOR_A_PERSON["en"][0], talk)
    ticket = f"deskhand:ticket:{talk}"
    lumen.eventually(lambda: "message.ended" in lumen.kinds(ticket))
    page = look("mei", f"/inbox/{ticket}?view=people")
    take_over(page)
    page.get_by_label("Write to").fill("Here is Mei. <i>What</i> can I do?")
    send(page)
    page.locator(".msg.agent").filter(has_text="Here is Mei. <i>What</i> can I do?").wait_for()
    assert read()[-1] == ("agent", "Here is Mei. <i>What</i> can I do?")
    post(lumen, signed(lumen, email), "A copy of my invoice, please.", talk)
    page.locator(".msg.customer").filter(has_text="A copy of my invoice, please.").wait_for()
    page.get_by_label("Write to").fill("It is on its way.")
    send(page)
    page.locator(".msg.agent").filter(has_text="It is on its way.").wait_for()
    assert [author for author, _ in read()][-3:] == ["agent", "customer", "agent"]


# -- two at once ------------------------------------------------------------------------------------


def test_the_second_of_two_agents_sees_it_live_and_is_refused_with_what_changed(lumen: Lumen, look: Look) -> None:
    email, told = waiting(lumen)
    ana, tom = look("ana", f"/inbox/{told.ticket}"), look("tom", f"/inbox/{told.ticket}")
    tom.keyboard.press("e")
    tom.get_by_label("Your reply").fill("My own words, long thought over.")
    ana.keyboard.press("a")
    ana.keyboard.press("a")
    ana.locator("#suggestion").get_by_text("Approved.").wait_for()
    tom.locator(".msg.assistant").filter(has_text="refunded the second payment").wait_for()  # live
    assert tom.get_by_label("Your reply").input_value() == "My own words, long thought over."  # spared
    tom.keyboard.press("Control+Enter")
    told_what = tom.locator("#suggestion")
    told_what.get_by_text("Already approved: nothing was changed.").wait_for()
    told_what.get_by_text("ana approved it").wait_for()
    assert tom.get_by_label("Your text, which was not sent").input_value() == "My own words, long thought over."
    lumen.say(email, "Thank you!", told.number)
    tom.locator(".msg.customer").filter(has_text="Thank you!").wait_for()
    assert tom.get_by_label("Your text, which was not sent").input_value() == "My own words, long thought over."
    assert len(lumen.replies(told.number)) == len(set(lumen.replies(told.number)))
    assert len(lumen.refunds(email)) == 1


def test_a_reply_on_a_ticket_that_somebody_took_meanwhile_is_refused_and_kept(lumen: Lumen, look: Look) -> None:
    email = lumen.customer("single_charge")
    told = lumen.say(email, QUESTION)
    before = lumen.replies(told.number)
    ana, tom = look("ana", f"/inbox/{told.ticket}"), look("tom", f"/inbox/{told.ticket}")
    take_over(ana)
    ana.get_by_label("Write to").fill("Let me see, it takes a while.")
    tom.get_by_text("ana has it.").wait_for()  # live
    take_over(tom)
    ana.get_by_text("tom has it.").wait_for()
    send(ana)
    ana.locator("#suggestion").get_by_text("tom has it: take it over first. Nothing was sent.").wait_for()
    assert ana.get_by_label("Write to").input_value() == "Let me see, it takes a while."
    assert lumen.replies(told.number) == before
    lumen.say(email, "Are you there?", told.number)
    ana.locator(".msg.customer").filter(has_text="Are you there?").wait_for()
    assert ana.locator("#suggestion").get_by_text("Nothing was sent.").is_visible()  # not swept away by what is new
    assert ana.get_by_label("Write to").input_value() == "Let me see, it takes a while."
    ana.get_by_role("button", name="Take over").click()
    ana.get_by_role("button", name="Give back").wait_for()
    assert ana.get_by_label("Write to").input_value() == "Let me see, it takes a while."
    send(ana)
    ana.locator(".msg.agent").filter(has_text="Let me see, it takes a while.").wait_for()
    assert lumen.replies(told.number) == [*before, "Let me see, it takes a while."]


def test_two_who_look_at_one_ticket_know_of_each_other(lumen: Lumen, look: Look) -> None:
    told = lumen.say(lumen.customer("single_charge"), QUESTION)
    ana = look("ana", f"/inbox/{told.ticket}")
    ana.locator("#messages .msg").first.wait_for()
    mei = look("mei", f"/inbox/{told.ticket}")
    mei.get_by_text("ana is looking at this too.").wait_for()
    ana.get_by_text("mei is looking at this too.").wait_for(timeout=LONG)


def test_the_numbers_of_the_queues_are_live(lumen: Lumen, look: Look) -> None:
    page = look("ana", "/inbox?view=people")
    number = page.locator('#queues [data-count="people"]')
    before = int(number.inner_text())
    told = lumen.say(lumen.customer("single_charge"), "I want to talk to a human.")
    page.locator(f'#queues [data-count="people"]:text-is("{before + 1}")').wait_for()
    assert page.locator(f'[id="row-{told.ticket}"]').get_attribute("href") == f"/inbox/{told.ticket}?view=people"


def test_another_language_holds_in_every_tab_and_what_is_typed_is_spared(
    lumen: Lumen, windows: Windows, workspace: Workspace
) -> None:
    email, told = waiting(lumen)
    window = windows(locale="en")
    writing, reading = window.new_page(), window.new_page()
    writing.goto(workspace.link("ana", f"/inbox/{told.ticket}?view=all"))
    reading.goto(f"{workspace.address}/inbox?view=all")
    writing.keyboard.press("e")
    writing.get_by_label("Your reply").fill(MINE)
    reading.bring_to_front()
    reading.get_by_role("button", name="Display").click()
    reading.get_by_label("Deutsch").check()
    reading.locator("h1", has_text="Eingang").wait_for(state="attached")
    assert writing.get_by_label("Your reply").input_value() == MINE
    lumen.say(email, "I want to talk to a human.", told.number)
    row = reading.locator(f'[id="row-{told.ticket}"]')
    row.get_by_text("übergeben").wait_for()  # live, by the feed of the tab that was spared


def test_ten_tabs_of_one_agent_stay_live_also_without_the_first(
    lumen: Lumen, windows: Windows, workspace: Workspace
) -> None:
    email = lumen.customer("single_charge")
    told = lumen.say(email, QUESTION)
    window = windows()
    tabs = [window.new_page() for _ in range(10)]
    tabs[0].goto(workspace.link("ana", f"/inbox/{told.ticket}"))
    for tab in tabs[1:]:
        tab.goto(f"{workspace.address}/inbox/{told.ticket}")
    for tab in tabs:
        tab.locator("#messages .msg").first.wait_for()
    lumen.say(email, "One more thing: how many rows?", told.number)
    for tab in tabs:
        tab.locator(".msg.customer").filter(has_text="how many rows?").wait_for()
    tabs.pop(0).close()  # the one that listened for all
    lumen.say(email, "And how many columns?", told.number)
    for tab in tabs:
        tab.locator(".msg.customer").filter(has_text="how many columns?").wait_for()


def test_what_somebody_types_is_spared_by_live_updates(lumen: Lumen, look: Look) -> None:
    email = lumen.customer("single_charge")
    told = lumen.say(email, QUESTION)
    page = look("ana", f"/inbox/{told.ticket}")
    take_over(page)
    page.get_by_label("Write to").fill("A first half,")
    page.locator("#whispers summary").click()
    page.get_by_label("How to go on").fill("Mind the tone.")  # typed, and the hand is elsewhere
    page.get_by_label("Write to").focus()
    page.keyboard.press("End")
    lumen.say(email, "Hello? Anybody?", told.number)
    page.locator(".msg.customer").filter(has_text="Hello? Anybody?").wait_for()
    page.keyboard.type(" and a second.")
    assert page.get_by_label("Write to").input_value() == "A first half, and a second."
    assert page.get_by_label("How to go on").input_value() == "Mind the tone."


# -- without a script, and with markup --------------------------------------------------------------


def test_without_a_script_an_agent_approves_edits_takes_over_and_answers(lumen: Lumen, look: Look) -> None:
    email, told = waiting(lumen)
    page = look("ana", f"/inbox/{told.ticket}", java_script_enabled=False)
    page.get_by_role("button", name="Approve and send").click()
    page.get_by_text("Approved.").wait_for()
    lumen.eventually(lambda: len(lumen.refunds(email)) == 1)

    email, told = waiting(lumen)
    page.goto(f"{page.url.partition('/inbox')[0]}/inbox/{told.ticket}")
    page.locator("summary", has_text="Edit").click()
    page.get_by_label("Your reply").fill(MINE)
    page.get_by_role("button", name="Send edited reply").click()
    page.get_by_text("Edited.").wait_for()
    lumen.eventually(lambda: any("I did it by hand" in one for one in lumen.replies(told.number)))

    page.get_by_role("button", name="Take over").click()
    page.get_by_text("It is yours.").wait_for()
    page.get_by_label("Write to").fill("Is there anything else?")
    send(page)
    page.get_by_text("Sent to the customer.").wait_for()
    assert lumen.replies(told.number)[-1] == "Is there anything else?"


def test_markup_in_whatever_comes_from_outside_is_text(lumen: Lumen, look: Look) -> None:
    markup = "<img src=x onerror=alert(1)><script>alert(2)</script><b>bold</b>"
    told = lumen.say(f'"{markup}"@example.org', f"{QUESTION} {markup}", stage=Stage.ASSISTED)
    page = look("ana", f"/inbox/{told.ticket}")
    page.on("dialog", lambda dialog: pytest.fail(f"a script of somebody else ran: {dialog.message}"))
    page.locator(".msg.customer").filter(has_text=markup).wait_for()
    take_over(page)
    page.get_by_label("Write to").fill(f"A note {markup}")
    page.get_by_label("A private note").check()
    send(page)
    page.locator(".msg.note").filter(has_text=f"A note {markup}").wait_for()
    page.locator("#whispers summary").click()
    page.get_by_label("How to go on").fill(f"Say {markup}")
    page.get_by_role("button", name="Whisper", exact=True).click()
    page.locator(".whispered").filter(has_text=f"Say {markup}").wait_for()
    assert page.locator("#main :is(img, script, b)").count() == 0


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_what_an_agent_does_is_for_everybody(lumen: Lumen, look: Look, width: str, theme: str) -> None:
    _, effect = cancelled(lumen)
    wide, high = WIDTHS[width]
    page = look("ana", f"/inbox/{effect.ticket}", viewport={"width": wide, "height": high}, color_scheme=theme)
    take_over(page)
    page.locator("#messages .msg").first.wait_for()
    for pane in ("thread", "context"):
        page.goto(f"{page.url.partition('?')[0]}?pane={pane}")
        page.locator("#compose" if pane == "thread" else "#deeds").wait_for()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"
