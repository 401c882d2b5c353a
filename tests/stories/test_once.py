"""However often and in whatever crowd a message arrives, it is answered once and in its turn."""

from concurrent.futures import ThreadPoolExecutor

from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.outcome import RunOutcome


def test_the_same_webhook_five_times_is_one_run_and_one_reply(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    signed = shared.write(email, TWICE)
    assert [shared.deliver(signed).status_code for _ in range(5)] == [202, 200, 200, 200, 200]
    told = shared.told(signed)
    assert shared.deliver(signed).status_code == 200
    assert len(shared.refunds(email)) == len(shared.replies(told.number)) == 1
    assert shared.kinds(told.ticket).count("message.received") == 1
    assert shared.kinds(told.ticket).count("message.ended") == 1


def test_five_at_the_same_time_are_one_run_and_one_reply(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    signed = shared.write(email, TWICE)
    with ThreadPoolExecutor(5) as crowd:
        answers = [one.status_code for one in crowd.map(lambda _: shared.deliver(signed), range(5))]
    told = shared.told(signed)
    assert sorted(answers) == [200, 200, 200, 200, 202]
    assert len(shared.refunds(email)) == len(shared.replies(told.number)) == 1
    assert shared.kinds(told.ticket).count("message.ended") == 1


def test_one_message_in_two_deliveries_is_answered_once(shared: Lumen) -> None:
    assert shared.installation.systems.zendesk_twin is not None
    signed = shared.write(shared.customer("single_charge"), "How big can a CSV file be?")
    assert shared.deliver(signed).status_code == 202
    again = shared.installation.systems.zendesk_twin.signed(signed[1])
    assert again[0]["x-zendesk-webhook-invocation-id"] != signed[0]["x-zendesk-webhook-invocation-id"]
    assert shared.deliver(again).status_code == 200
    assert len(shared.replies(shared.told(signed).number)) == 1


def test_three_messages_arriving_together_are_answered_in_order_and_once_each(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    first = shared.write(email, "Please show me my recent payments")
    number = shared.number(first)
    rest = [shared.write(email, text, number) for text in (TWICE, "Where is my refund?")]
    for signed in (first, *rest):
        assert shared.deliver(signed).status_code == 202
    told = [shared.told(signed) for signed in (first, *rest)]
    (refund,) = shared.refunds(email)
    outcomes = [one.result.outcome for one in told]
    assert outcomes == [RunOutcome.ANSWERED, RunOutcome.RESOLVED, RunOutcome.ANSWERED]
    assert shared.replies(number) == [one.result.reply for one in told]
    assert refund.ref.id not in told[0].result.reply
    assert refund.ref.id in told[2].result.reply


def test_a_crowd_of_messages_of_one_ticket_is_worked_off_as_it_came(shared: Lumen) -> None:
    email = shared.customer("single_charge")
    first = shared.write(email, "How big can a CSV file be?")
    crowd = [first, *(shared.write(email, f"And can I add {n} people?", shared.number(first)) for n in range(2, 7))]
    with ThreadPoolExecutor(6) as threads:
        assert {one.status_code for one in threads.map(shared.deliver, crowd)} == {202}
    told = [shared.told(signed) for signed in crowd]
    lines = shared.installation.queries.timeline(told[0].ticket)
    came = [one.body["message"] for one in lines if one.kind == "message.received"]
    ended = [one.body["message"] for one in lines if one.kind == "message.ended"]
    assert len(came) == 6
    assert ended == came


def test_two_tickets_about_one_charge_at_the_same_time_are_one_refund(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    pair = [shared.write(email, TWICE) for _ in range(2)]
    with ThreadPoolExecutor(2) as threads:
        assert [one.status_code for one in threads.map(shared.deliver, pair)] == [202, 202]
    told = [shared.told(signed) for signed in pair]
    assert len(shared.refunds(email)) == 1
    assert RunOutcome.RESOLVED in {one.result.outcome for one in told}
    for one in told:
        assert shared.open_effects(one.ticket) == []
        assert len(shared.replies(one.number)) == 1 or shared.pending(one.ticket)


def test_two_requests_in_one_message_get_one_reply_to_both(shared: Lumen) -> None:
    email = shared.customer("double_charge_small")
    told = shared.say(email, "I was charged twice this month. Also, how big can a CSV file be?")
    (refund,) = shared.refunds(email)
    (reply,) = shared.replies(told.number)
    assert told.result.outcome is RunOutcome.RESOLVED
    assert len(told.result.requests) == 2
    assert refund.ref.id in reply
    assert "MB" in reply
