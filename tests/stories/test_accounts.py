"""Lumen's own actions: a link for a new password, an account that is closed by a person's yes, a note to a team."""

from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from tests.stories.lumen import Lumen, opened

from deskhand.connectors.own.twin import OwnTwin
from deskhand.domain.outcome import RunOutcome


@pytest.fixture
def people(lumen: Lumen) -> Iterator[str]:
    """Those whose account is open, with a link that was not used, and nothing unusual."""
    world = lumen.installation.systems.world
    assert world is not None
    plain = [one for one in world().people if not one.flagged and one.tier == "standard"]
    return iter([one.email for one in plain if _waits(one.records["accounts"])])


def _waits(account: object) -> bool:
    assert isinstance(account, dict)
    calm = account["status"] == "active" and not account["sso"] and not account["locked"]
    return bool(calm and account["reset_sent_at"] and account["reset_sent_at"] > account["password_set_at"])


def own(lumen: Lumen) -> OwnTwin:
    twin = lumen.installation.systems.own_twin
    assert twin is not None
    return twin


def test_a_new_link_is_sent_once_to_the_address_of_the_account(lumen: Lumen, people: Iterator[str]) -> None:
    email = next(people)
    lumen.network.trouble("accounts POST /account/password-resets", "drop after")
    told = lumen.say(email, "I forgot my password")

    assert told.result.outcome is RunOutcome.RESOLVED
    (sent,) = own(lumen).done(email)
    assert (sent["kind"], sent["sent_to"]) == ("password reset", email)
    assert sent["id"] in told.result.reply


def test_an_account_is_closed_by_a_persons_yes_and_never_without(folder: Path) -> None:
    with opened(with_trials(folder)) as lumen:
        email = lumen.customer("trial")
        told = lumen.say(email, "delete my account")
        assert told.result.outcome is RunOutcome.AWAITING_APPROVAL
        assert (own(lumen).done(email), own(lumen).notices()) == ([], [])

        suggestion = lumen.suggestion(told.ticket)
        unread = lumen.decide(suggestion, "approved", "ana")
        assert not unread.stands, "it takes something from the customer, and nobody has read it yet"
        with lumen.installation.store.begin() as tx:
            tx.suggestions.show(suggestion.id, "ana", lumen.clock())
        assert lumen.decide(suggestion, "approved", "ana").stands

        assert lumen.settled(suggestion).outcome is RunOutcome.RESOLVED
        assert [one["kind"] for one in own(lumen).done(email)] == ["closure"]
        (notice,) = own(lumen).notices()
        assert notice["text"] == f"account-closing: notify_team/{told.ticket}/account-closing"
        assert email not in notice["text"]


def with_trials(folder: Path) -> Path:
    """Some of its customers have no subscription that has to end first; its twins are filled anew."""
    recipe = folder / "twins.toml"
    recipe.write_text(recipe.read_text("utf-8").replace("[shares]", "[shares]\ntrial = 0.5"), "utf-8")
    rmtree(folder / ".deskhand" / "twins")
    return folder
