"""A packet is complete whatever it is made of, and the note tells all of it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.domain.action import Action, Proposal, Receipt
from deskhand.domain.attachment import Attachment
from deskhand.domain.customer import Ambiguous, Customer, Identity, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.effect import Effect, EffectState
from deskhand.domain.finding import Fact, Finding
from deskhand.domain.handoff import CORRECTED, EARLIER, Handoff
from deskhand.domain.recap import NOTHING_BEFORE, Recap
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp
from deskhand.domain.understanding import Kind, Request, Sentiment, Understanding, Urgency
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.escalation.handoff import ANSWERED, hand_over
from deskhand.escalation.note import note
from deskhand.escalation.quoting import quoted
from deskhand.escalation.sections import sections
from deskhand.infrastructure.typed_json import codec
from deskhand.measurement.completeness import blanks, completeness
from deskhand.policy.attachments import Limits

NOW = datetime(2026, 11, 24, 10, 31, tzinfo=UTC)
LATER = ("who", "stated", "deeds", "promises", "policy", "trend", "channel")  # what earlier versions lack
ADA = Customer(Ref("stripe", "customer", "cus_1"), "Ada", "ada@example.com", "gold", False, NOW - timedelta(days=400))
WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
FACTS = st.lists(st.builds(Fact, WORDS, WORDS, WORDS, st.just(NOW)), max_size=3).map(tuple)
IDENTITIES: st.SearchStrategy[Identity] = st.one_of(
    st.just(Unknown()),
    st.just(Ambiguous((ADA.ref, Ref("stripe", "customer", "cus_2")), "the address")),
    st.builds(Matched, st.builds(replace, st.just(ADA), name=WORDS), st.sampled_from(Strength), st.just("the address")),
)
VERDICTS: st.SearchStrategy[Verdict] = st.sampled_from(
    (Allow("r"), Approve("r", ("agent",)), Confirm("r", "Sure?"), Deny("r", "No."), Escalate("r", "risk", "No."))
)
PROPOSALS = st.builds(
    Proposal, st.just(Action("refund_charge", {})), st.just("refund/7/ch_1"), st.just("d"), VERDICTS, WORDS
)


def effect(action: str, receipt: Receipt | None, text: str = "") -> Effect:
    state = EffectState.DONE if receipt else EffectState.RESERVED
    return Effect(f"{action}/7", "t", "c", action, "charge:ch_1", {"text": text}, None, True, state, NOW, receipt)


EFFECTS = st.lists(
    st.builds(
        effect,
        st.sampled_from(("refund_charge", "reply", "note")),
        st.sampled_from((None, Receipt("refund/7", "stripe", "re_1", NOW, {}, {"before": "private"}))),
    ),
    max_size=3,
)


def understood(*quotes: str) -> Understanding:
    requests = tuple(Request(quote, Kind.UNFORESEEN, None, 0.5) for quote in quotes)
    return Understanding("en", requests, Sentiment.CALM, Urgency.NORMAL, (), False)


def packet(recap: Recap = NOTHING_BEFORE, *quotes: str) -> Handoff:
    return hand_over(
        GiveUp("asked", "they asked"),
        understood(*(quotes or ("I was charged $29.00 twice",))),
        Dossier(Matched(ADA, Strength.PROVEN, "a one-time code"), (), ()),
        queue="support",
        at=NOW,
        effects=[],
        limits=Limits(),
        recap=recap,
        channel="email",
        proven_at=NOW,
    )


@given(
    st.builds(
        GiveUp,
        reason=WORDS,
        because=WORDS,
        queue=WORDS,
        says=WORDS,
        proposals=st.lists(PROPOSALS, max_size=3).map(tuple),
        procedures=st.lists(WORDS, max_size=2).map(tuple),
        facts=FACTS,
        trace=st.lists(WORDS, max_size=2).map(tuple),
    ),
    st.lists(WORDS, max_size=3),
    IDENTITIES,
    EFFECTS,
    st.builds(
        Recap,
        FACTS,
        st.lists(WORDS, max_size=3).map(tuple),
        st.sampled_from(("", "rising", "falling", "steady")),
    ),
    st.tuples(WORDS, WORDS),
    FACTS,
)
def test_no_packet_has_a_blank_field(
    reason: GiveUp,
    quotes: list[str],
    identity: Identity,
    effects: list[Effect],
    recap: Recap,
    named: tuple[str, str],
    promises: tuple[Fact, ...],
) -> None:
    made = hand_over(
        reason,
        understood(*quotes),
        Dossier(identity, (Finding("customer", {"plan": named[0]}, (), "stripe", NOW),), ("stripe",)),
        queue=named[0],
        at=NOW,
        effects=effects,
        limits=Limits(),
        recap=recap,
        channel=named[1],
        attachments=(Attachment(named[0]),),
        policy=(named[1],),
        promises=promises,
        proven_at=None,
    )
    assert blanks(made) == ()
    assert completeness(made) == 1.0
    assert all(line.strip() for one in sections(made) for line in one.lines)
    assert "private" not in repr(made)


def test_the_note_holds_every_line_of_the_packet() -> None:
    said = Fact("amount", "I was charged $29.00 twice on 3 March.", "the customer, 2026-11-24 10:31 UTC", NOW)
    made = packet(Recap((said,), ("where is my parcel?",), "rising"))
    written = note(made)
    for one in sections(made):
        assert f"**{one.title}:**" in written
        assert all(line in written for line in one.lines)
    assert "where is my parcel?" in written
    assert "I was charged $29.00 twice on 3 March. (the customer, 2026-11-24 10:31 UTC)" in written
    assert "proven by a one-time code at 2026-11-24 10:31 UTC" in written
    assert "calm, normal; trend: rising" in written


def test_what_they_said_beside_their_requests_is_told_and_what_only_repeats_them_is_not() -> None:
    source = "the customer, 2026-11-24 10:31 UTC"
    again = Fact("words", "I was charged twice", source, NOW)
    more = Fact("words", "The export button is grey", source, NOW)
    made = packet(Recap((again, more)), "I was charged twice, and it is urgent")
    assert made.stated == (more,)


def test_an_earlier_request_is_told_once() -> None:
    made = packet(Recap(still_open=("charged  TWICE", "and my parcel?")), "I was charged twice")
    assert made.requests == ("I was charged twice", "and my parcel?")


def test_a_correction_stands_apart_and_before_what_they_said() -> None:
    right = Fact(CORRECTED, "It was 30 dollars", "the customer, 2026-11-24 10:31 UTC, on the summary", NOW)
    titles = [one.title for one in sections(packet(Recap((right,))))]
    assert titles.index("Corrected by the customer") < titles.index("Wants")
    assert "Corrected by the customer" not in [one.title for one in sections(packet())]


def test_what_was_found_names_source_and_time() -> None:
    finding = Finding("customer", {"plan": "Team"}, (), "stripe", NOW)
    made = hand_over(
        GiveUp("asked", "x"),
        understood("hi"),
        Dossier(Unknown(), (finding,), ()),
        queue="q",
        at=NOW,
        effects=[],
        limits=Limits(),
    )
    assert "customer.plan: Team (stripe, 2026-11-24 10:31 UTC)" in note(made)


@pytest.mark.parametrize("field", ["because", "requests", "facts", "who", "promises", "deeds", "deadline"])
def test_a_blank_field_counts_against_the_packet(field: str) -> None:
    whole = packet()
    full = completeness(whole)
    empty: Any = "  " if isinstance(getattr(whole, field), str) else ()
    if field == "who":
        empty = replace(whole.who, by=" ")
    change: dict[str, Any] = {field: empty}
    spoilt = replace(whole, **change)
    assert full == 1.0
    assert blanks(spoilt) == (field,)
    assert completeness(spoilt) < 1.0


def test_one_blank_line_among_many_makes_a_field_blank() -> None:
    assert blanks(replace(packet(), tried=("looked", " "))) == ("tried",)


def test_a_packet_of_an_earlier_version_is_still_read() -> None:
    written = json.loads(codec(Handoff).dump(packet()))
    read = codec(Handoff).load(json.dumps({name: value for name, value in written.items() if name not in LATER}))
    assert set(LATER) < set(written)
    assert read.identity == packet().identity
    assert read.channel == EARLIER
    assert all(one.lines for one in sections(read))


def test_that_nothing_was_promised_is_said_once_and_not_beside_a_promise() -> None:
    def promised(made: Handoff) -> tuple[str, ...]:
        (section,) = [one for one in sections(made) if one.title == "Promised"]
        return section.lines

    whole = packet()
    sentence = Fact("promise", "You will hear from us tomorrow.", "our reply", NOW)
    answered = replace(whole, promised=ANSWERED)

    assert promised(whole) == ("nothing, because the customer has not been answered yet",)
    assert promised(answered) == ("none, because no reply of ours promised anything",)
    assert len(promised(replace(answered, promises=(sentence,)))) == 1
    assert promised(replace(whole, promised="We will call.", promises=(sentence,)))[0] == "We will call."
    assert promised(replace(whole, promised="We will call.")) == ("We will call.",)


@pytest.mark.parametrize(("length", "whole"), [(160, True), (161, False)])
def test_every_quote_is_cut_off_at_the_same_length(length: int, whole: bool) -> None:
    told = quoted("x" * length)

    assert told == (f'"{"x" * 160}"' if whole else f'"{"x" * 159}\u2026"')
