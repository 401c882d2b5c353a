"""Rules as they are written: what is sound is read, and every fault is told with its line."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.finding import LookupSpec
from deskhand.proactive.loading import Known, load_rules
from deskhand.proactive.rule import Consent, Rule

FILE = "proactive/late-order.yaml"
SOUND = """\
id: late-order
family: orders
on: order_stuck
from: stuck
window: 3d
within: 2d
when:
  - record.value > 10
  - customer.tier != "trial"
about: [order-status]
service: true
channel: email
message:
  subject: "Your order {{ record.id }}"
  text: |
    It stands still since {{ record.since }}.
  language: de
caps: {per_customer: 2, days: 30, desk_per_day: 100}
quiet_hours: {hours: "21:00-08:00", zone: records.account.zone}
holdout: 12.5%
"""
FIELDS = {"zone": str, "wants": bool, "word": str}
KNOWN = Known(
    questions={
        "stuck": {"id": str, "email": str, "since": datetime, "value": int, "paid": bool},
        "thin": {"id": str, "email": str},
    },
    look_ups={
        "records.account": LookupSpec("records.account", "", {}, FIELDS, {}),
        "records.of": LookupSpec("records.of", "", {"order": str}, FIELDS, {}),
    },
    procedures=frozenset({"order-status"}),
)


def load(text: str, file: str = FILE) -> Rule:
    (rule,) = load_rules({file: text}, KNOWN)
    return rule


def faults(text: str) -> list[str]:
    with pytest.raises(DeskFault) as fault:
        load(text)
    return [str(one) for one in fault.value.faults]


def test_a_rule_is_read_whole() -> None:
    rule = load(SOUND)

    assert (rule.family, rule.on, rule.question, rule.scope) == ("orders", "order_stuck", "stuck", "proactive/orders")
    assert (rule.window, rule.within) == (timedelta(days=3), timedelta(days=2))
    assert [one.source for one in rule.when] == ["record.value > 10", 'customer.tier != "trial"']
    assert (rule.caps.per_customer, rule.caps.days, rule.caps.desk_per_day) == (2, 30, 100)
    assert rule.quiet is not None
    assert (rule.quiet.start, rule.quiet.end, rule.zone) == (21 * 60, 8 * 60, "records.account.zone")
    assert (rule.holdout, rule.service, rule.consent, rule.spoken) == (0.125, True, None, "de")


def test_the_family_is_the_id_where_none_is_named() -> None:
    assert load(SOUND.replace("family: orders\n", "")).family == "late-order"


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("opt_out_list", Consent()),
        ("{field: records.account.wants}", Consent("records.account.wants")),
        ('{field: records.account.word, is: "yes"}', Consent("records.account.word", "yes")),
        ('{field: customer.metadata.news, is: "yes"}', Consent("customer.metadata.news", "yes")),
    ],
)
def test_consent_is_read_where_the_rule_says(said: str, read: Consent) -> None:
    assert load(SOUND.replace("service: true", f"consent: {said}")).consent == read


# What is written instead of a line of the sound rule: the line of the fault, and words in it.
WRONG = {
    "an unknown key": ("holdout: 12.5%", "hold_out: 5%", 20, "unknown key 'hold_out'"),
    "an unknown event": ("on: order_stuck", "on: order_lost", 3, "unknown event 'order_lost'; known are card_expiring"),
    "an unknown question": ("from: stuck", "from: stack", 4, "unknown question 'stack' of [records.events]"),
    "a question without a column": ("from: stuck", "from: thin", 4, "needs the column `since` (datetime) of thin"),
    "no question": ("from: stuck\n", "", 1, "order_stuck needs `from`"),
    "no window": ("window: 3d\n", "", 1, "order_stuck needs `window`"),
    "a window that is none": ("window: 3d", "window: 3 days", 5, "`window` is a length such as"),
    "a window without end": ("window: 3d", "window: 9999d", 5, "a year at most"),
    "an unknown fact in a condition": ("record.value > 10", "record.worth > 10", 8, "record.value"),
    "a condition that is none": ("record.value > 10", "record.value + 10", 8, "not true or false"),
    "an unknown procedure": ("about: [order-status]", "about: [orders]", 10, "there is no procedure 'orders'"),
    "an unknown channel": ("channel: email", "channel: fax", 12, "`channel` is one of email, ticket"),
    "an unknown fact in the text": ("{{ record.since }}", "{{ record.until }}", 15, "unknown fact 'record.until'"),
    "a yes or no in the text": ("{{ record.since }}", "{{ record.paid }}", 15, "record.paid cannot be said"),
    "an address in the text": ("{{ record.since }}", "{{ record.email }}", 15, "unknown fact 'record.email'"),
    "braces that are no place": ("{{ record.since }}", "{{ record.since }", 15, "braces"),
    "an unknown language": ("language: de", "language: tlh", 17, "there are no phrases in 'tlh'"),
    "no caps": ("caps: {per_customer: 2, days: 30, desk_per_day: 100}\n", "", 1, "a rule needs `caps`"),
    "a cap missing": ("desk_per_day: 100", "desk: 100", 18, "`caps` needs per_customer, days, desk_per_day"),
    "a cap of nothing": ("desk_per_day: 100", "desk_per_day: 0", 18, "`desk_per_day` is a whole number from 1"),
    "no quiet hours": (
        'quiet_hours: {hours: "21:00-08:00", zone: records.account.zone}\n',
        "",
        1,
        "a rule needs `quiet_hours`",
    ),
    "quiet hours that are none": ('"21:00-08:00"', '"9 to 5"', 19, "`quiet_hours` is `none`, a span"),
    "quiet hours all day": ('"21:00-08:00"', '"00:00-24:00"', 19, "leave no time"),
    "a zone that nobody tells": ("records.account.zone", "records.account.place", 19, "is not a text that a look-up"),
    "a zone that needs more": ("records.account.zone", "records.of.zone", 19, "is not a text that a look-up tells"),
    "half held out and more": ("holdout: 12.5%", "holdout: 51%", 20, "50% at most"),
    "a share that is none": ("holdout: 12.5%", "holdout: some", 20, "`holdout` is a share"),
    "no consent source": ("service: true\n", "", 1, "no consent source"),
    "a service that is maybe": ("service: true", "service: maybe", 11, "`service` is `true` or `false`"),
    "consent of nothing": ("service: true", "consent: {from: crm}", 1, "`consent` is opt_out_list"),
    "consent that nobody tells": ("service: true", "consent: {field: records.account.x}", 11, "is not a yes or no"),
    "a text as consent": ("service: true", "consent: {field: customer.metadata.x}", 11, "say with `is` which"),
    "another name than the file": ("id: late-order", "id: lost-order", 1, "is not the name of the file"),
    "a family that is no name": ("family: orders", "family: Orders!", 2, "small letters, digits"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_fault_is_told_with_its_line(what: str) -> None:
    old, new, line, words = WRONG[what]
    assert old in SOUND
    told = faults(SOUND.replace(old, new))

    assert any(one.startswith(f"{FILE}:{line}: ") and words in one for one in told), told


def test_no_service_sells_anything() -> None:
    text = SOUND.replace("order_stuck", "renewal_with_complaints").replace("from: stuck\n", "")

    assert any("renewal_with_complaints is no service" in one for one in faults(text))


def test_two_rules_of_one_family_are_a_fault() -> None:
    other = SOUND.replace("id: late-order", "id: lost-order")
    with pytest.raises(DeskFault, match=r"the family 'orders' is that of proactive/late-order\.yaml already"):
        load_rules({FILE: SOUND, "proactive/lost-order.yaml": other}, KNOWN)


def test_faults_of_all_files_are_told_at_once() -> None:
    with pytest.raises(DeskFault) as fault:
        load_rules({FILE: SOUND.replace("3d", "x"), "proactive/b.yaml": "id: [", "proactive/c.yaml": "a: b"}, KNOWN)

    assert {one.file for one in fault.value.faults} == {FILE, "proactive/b.yaml", "proactive/c.yaml"}


@given(st.integers(0, len(SOUND)), st.integers(0, 40), st.text("abc: {}[]\"'\n-%|&*!#\t\u00e9", max_size=12))
def test_whatever_is_written_is_a_rule_or_a_fault(at: int, gone: int, put: str) -> None:
    """Nothing else is raised, and no fault lies outside the file, whose end is one line further."""
    text = SOUND[:at] + put + SOUND[at + gone :]
    found: tuple[Fault, ...] = ()
    try:
        load(text)
    except DeskFault as fault:
        found = fault.faults

    assert all(1 <= one.line <= text.count("\n") + 2 for one in found)
