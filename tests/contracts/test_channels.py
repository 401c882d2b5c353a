"""Replies in conversations that we host: one arrives, whatever fails, and wherever the process dies."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from email import message_from_string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts import channel_rigs
from tests.contracts.channel_rigs import KEY, Death, Rig

from deskhand.connectors.http.faulty import FAULTS
from deskhand.connectors.smtp.twin import LOST, NOT_TAKEN
from deskhand.connectors.twilio.parts import LONGEST, parts_of
from deskhand.domain.errors import Busy, ConnectorError, Invalid, Refused, Unconfirmed

Made = Callable[[Path], AbstractContextManager[Rig]]
CHANNELS: dict[str, tuple[Made, tuple[str, ...]]] = {
    "email": (channel_rigs.mail, ("", *LOST, *NOT_TAKEN)),
    "twilio": (channel_rigs.twilio, ("", *FAULTS)),
    "slack": (channel_rigs.slack, ("", *FAULTS)),
}
EACH_FAULT = [pytest.param(name, fault, id=f"{name}-{fault}") for name, (_, each) in CHANNELS.items() for fault in each]
DEAD = 60  # steps; more than any reply takes


@pytest.fixture
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Rig]:
    with CHANNELS[request.param][0](tmp_path) as made:
        yield made


@pytest.mark.parametrize(("rig", "fault"), EACH_FAULT, indirect=["rig"])
def test_a_reply_arrives_exactly_once_under_every_fault(rig: Rig, fault: str) -> None:
    rig.faults.append(fault)
    receipt = rig.until_told()

    assert receipt is not None
    assert rig.sent() == rig.said() == ["Refunded."]
    assert rig.until_told() == receipt  # the same key once more
    assert rig.sent() == ["Refunded."]


@pytest.mark.parametrize("rig", CHANNELS, indirect=True)
def test_a_reply_arrives_exactly_once_wherever_the_process_dies(rig: Rig) -> None:
    """Before and after every request and every note of ours, each with a reply of its own."""
    steps = 0
    for at in range(DEAD):
        death = Death(at)
        text, key = f"Reply {at}.", f"{KEY}/{at}"
        receipt = rig.until_told(text, key=key, death=death)
        assert receipt is not None, at
        assert rig.sent().count(text) == 1, at
        assert rig.said().count(text) == 1, at
        steps = at
        if death.steps <= at:
            break
    assert 4 < steps < DEAD - 1


@pytest.mark.parametrize("rig", CHANNELS, indirect=True)
def test_each_of_several_replies_with_the_same_words_arrives(rig: Rig) -> None:
    """Wherever the process dies: what arrived for another reply is no proof of this one."""
    for at in range(DEAD):
        death = Death(at)
        assert rig.until_told("Noted.", key=f"reply/{at}", death=death) is not None
        assert rig.sent() == rig.said() == ["Noted."] * (at + 1)
        if death.steps <= at:
            break


@pytest.mark.parametrize("rig", CHANNELS, indirect=True)
def test_a_note_among_agents_is_not_sent(rig: Rig) -> None:
    rig.writer().reply(rig.ref, "Watch this one.", public=False, key="note/1")

    assert rig.sent() == []
    assert rig.said() == ["Watch this one."]


@pytest.mark.parametrize("fault", LOST)
def test_at_a_server_that_cannot_tell_a_lost_letter_is_never_sent_twice(tmp_path: Path, fault: str) -> None:
    with channel_rigs.mail(tmp_path, files_itself=False) as rig:
        rig.faults.append(fault)

        assert rig.until_told() is None
        assert rig.sent() == ["Refunded."]


@pytest.mark.parametrize("fault", [one for one in NOT_TAKEN if one not in ("no such box", "refused")])
def test_at_a_server_that_cannot_tell_what_was_surely_not_sent_is_sent_later(tmp_path: Path, fault: str) -> None:
    with channel_rigs.mail(tmp_path, files_itself=False) as rig:
        rig.faults.append(fault)

        assert rig.until_told() is not None
        assert rig.sent() == ["Refunded."]


def test_at_a_server_that_cannot_tell_no_death_sends_a_letter_twice(tmp_path: Path) -> None:
    """Between the note that it may be sent and the note that it was, nobody can know: a person finds out."""
    with channel_rigs.mail(tmp_path, files_itself=False) as rig:
        unsure = []
        for at in range(DEAD):
            death = Death(at)
            receipt = rig.until_told(f"Reply {at}.", key=f"{KEY}/{at}", death=death)
            assert rig.sent().count(f"Reply {at}.") <= 1
            if receipt is None:
                unsure.append(at)
            if death.steps <= at:
                break

        assert 0 < len(unsure) < 6


def test_a_letter_goes_into_its_thread(tmp_path: Path) -> None:
    with channel_rigs.mail(tmp_path) as rig:
        rig.until_told("First.", key="reply/1")
        rig.until_told("Second.", key="reply/2")
        first, second = (message_from_string(one) for one in rig.raw())

        assert first["In-Reply-To"] == first["References"] == "<1@a.b>"
        assert first["Subject"] == "Re: your message"
        assert first["Auto-Submitted"] == "auto-replied"
        assert first["Reply-To"] == "support+t1.s@lumen.example"
        assert second["In-Reply-To"] == first["Message-ID"]
        assert second["References"] == f"<1@a.b> {first['Message-ID']}"


def test_the_sixth_letter_within_an_hour_is_a_loop(tmp_path: Path) -> None:
    with channel_rigs.mail(tmp_path) as rig:
        rig.limited = True
        for number in range(5):
            rig.writer().reply(rig.ref, "Hello", public=True, key=f"reply/{number}")
        with pytest.raises(Invalid, match="loop"):
            rig.writer().reply(rig.ref, "Hello", public=True, key="reply/6")

        assert len(rig.sent()) == 5


def long(mark: str) -> str:
    return "\n\n".join(f"{mark} {place}. {'Word ' * 60}" for place in range(12)).strip()


LONG = long("Paragraph")


def test_a_long_reply_goes_out_in_parts_each_of_them_once(tmp_path: Path) -> None:
    """Wherever the process dies, also between two of them."""
    with channel_rigs.twilio(tmp_path) as rig:
        for at in range(DEAD):
            death, text = Death(at), long(f"Life {at}:")
            assert rig.until_told(text, key=f"reply/{at}", death=death) is not None, at
            assert [one for one in rig.sent() if f"Life {at}:" in one] == parts_of(text)
            assert rig.said().count(text) == 1
            if death.steps <= at:
                break
        assert at > 8


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("place", [0, 1, 2, 3])
def test_a_fault_between_two_parts_doubles_none(tmp_path: Path, fault: str, place: int) -> None:
    with channel_rigs.twilio(tmp_path) as rig:
        rig.faults.extend([""] * place + [fault])

        assert rig.until_told(LONG) is not None
        assert sorted(rig.sent()) == sorted(parts_of(LONG))


@given(st.text(max_size=9_000))
def test_parts_fit_and_lose_no_word(text: str) -> None:
    parts = parts_of(text)

    assert all(len(one) <= LONGEST for one in parts)
    if len(parts) > 1:
        assert "".join(one.partition(") ")[2] for one in parts).split() == text.split() or "".join(
            "".join(one.partition(") ")[2] for one in parts).split()
        ) == "".join(text.split())


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        ("invalid_auth", Refused),
        ("missing_scope", Refused),
        ("channel_not_found", Invalid),
        ("not_in_channel", Invalid),
        ("ratelimited", Busy),
        ("internal_error", Unconfirmed),
        ("a_new_error", Unconfirmed),
    ],
)
def test_slack_says_no_with_200_and_is_heard(tmp_path: Path, error: str, wanted: type[ConnectorError]) -> None:
    with channel_rigs.slack(tmp_path) as rig:
        rig.errors.append(error)
        with pytest.raises(wanted):
            rig.writer().reply(rig.ref, "Hello", public=True, key=KEY)

        assert rig.sent() == []
        assert rig.until_told("Hello") is not None
        assert rig.sent() == ["Hello"]


def test_nothing_in_a_reply_calls_a_whole_channel(tmp_path: Path) -> None:
    with channel_rigs.slack(tmp_path) as rig:
        rig.until_told("<!channel> & <https://evil.example|bank>")

        assert rig.sent() == ["&lt;!channel&gt; &amp; &lt;https://evil.example|bank&gt;"]
