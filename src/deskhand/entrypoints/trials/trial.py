"""One golden ticket, played to its end and held against what was wanted."""

from collections.abc import Mapping
from dataclasses import dataclass

from deskhand.bootstrap import EvalDesk
from deskhand.domain.customer import Matched
from deskhand.domain.errors import ConnectorError, DeskhandError
from deskhand.domain.suggestion import SuggestionState
from deskhand.domain.ticket import Requester
from deskhand.entrypoints.trials.conversation import CannotGoOn, Conversation
from deskhand.golden.facts import findings
from deskhand.golden.happened import Happened, looked
from deskhand.golden.judging import Difference, differences
from deskhand.golden.ticket import Golden


@dataclass(frozen=True)
class Tried:
    """A golden ticket and what was wrong with what became of it; nothing when it passed."""

    golden: Golden
    sender: str
    happened: Happened
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def tried(desk: EvalDesk, golden: Golden, sender: str) -> Tried:
    """Facts first, then message after message."""
    installation = desk.installation
    desk.facts.found[sender] = findings(golden.facts, installation.desk.look_ups.specs, installation.desk.clock())
    conversation = Conversation(installation, sender, golden.channel, golden.stage, golden.verified)
    values: Mapping[str, object] = {}
    failed = ""
    try:
        values = _looked(desk, golden, sender)
        for turn in golden.turns:
            if turn.says:
                conversation.says(turn.says)
            elif turn.approves:
                conversation.decided(turn.approves, SuggestionState.APPROVED)
            else:
                conversation.decided(turn.rejects, SuggestionState.REJECTED)
    except CannotGoOn as error:
        failed = str(error)
    finally:
        desk.facts.found.pop(sender, None)
    happened = conversation.happened(failed)
    return Tried(golden, sender, happened, differences(golden, happened, values))


def _looked(desk: EvalDesk, golden: Golden, sender: str) -> Mapping[str, object]:
    """What its look-ups find before it begins."""
    if not golden.look_ups:
        return {}
    found = desk.installation.desk.customers.who(Requester(email=sender, name="", verified=True)).identity
    if not isinstance(found, Matched):
        raise CannotGoOn(f"nobody has the address {sender}, so nothing can be looked up for them")
    look_up = desk.installation.desk.look_ups.of(found.customer)
    values: dict[str, object] = {}
    for one in golden.look_ups:
        try:
            told = look_up(one.call, one.arguments)
        except (ConnectorError, DeskhandError) as error:
            raise CannotGoOn(f"{one.call} found nothing: {error}") from error
        values |= looked(one.name, told.fields, told.rows)
    return values
