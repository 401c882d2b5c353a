"""The demo company's golden tickets: they pass as the desk is, and tell what a broken rule or procedure breaks."""

from collections.abc import Iterable
from pathlib import Path

from tests.storage.everywhere import MARK
from tests.stories.lumen import silence

from deskhand.bootstrap import desk_digest, load_folder
from deskhand.entrypoints.trials.report import tickets
from deskhand.entrypoints.trials.rounds import rounds
from deskhand.entrypoints.trials.simulated import conversations, scripted
from deskhand.entrypoints.trials.trial import Tried
from deskhand.golden.persona import Manner
from deskhand.golden.ticket import Golden
from deskhand.settings import read_settings

BREAKS: dict[str, tuple[str, str, str]] = {  # by ticket: the file, what stands there, and what is put in its place
    "charged-twice": ("policies/billing.yaml", "USD: 50.00, EUR: 45.00", "USD: 10.00, EUR: 10.00"),
    "cancel-unconfirmed": ("policies/billing.yaml", "require: [action.confirmed]", "require: [customer.known]"),
    "locked-account": ("procedures/account-locked.yaml", "Yes, your account is locked", "No, nobody is locked"),
}
SLICE = (*BREAKS, "charged-twice-large", "a-person-please")


def test_a_slice_of_the_golden_tickets_passes_and_leaves_the_desk_as_it_was(folder: Path) -> None:
    before = contents(folder)

    found = {one.golden.id: [str(each) for each in one.differences] for one in tried(folder, SLICE)}

    assert found == {id: [] for id in SLICE}
    assert contents(folder) == before


def test_a_lower_limit_a_changed_rule_and_a_changed_sentence_each_fail_their_ticket(
    folder: Path,
) -> None:
    whole = desk_digest(read_settings(folder))
    for file, right, wrong in BREAKS.values():
        text = (folder / file).read_text("utf-8")
        assert right in text
        (folder / file).write_text(text.replace(right, wrong), "utf-8")

    found = {one.id: one for one in tickets(tried(folder, BREAKS))}

    assert [id for id, one in found.items() if not one.passed] == list(BREAKS)
    told = {id: [f"{each['what']}: {each['got']}" for each in one.differences] for id, one in found.items()}
    assert "outcome: awaiting_approval" in told["charged-twice"]
    assert any("approve by refund-alone-only-small-duplicates" in one for one in told["charged-twice"])
    assert any("deed: cancel_subscription" in one and "done" in one for one in told["cancel-unconfirmed"])
    assert any("No, nobody is locked" in one for one in told["locked-account"])
    assert desk_digest(read_settings(folder)) != whole


def test_simulated_customers_get_what_they_may_have_and_nothing_of_anybody_else(folder: Path) -> None:
    settings = read_settings(folder)
    manners = (Manner.VAGUE, Manner.LYING, Manner.HOSTILE)
    golden = chosen(folder, ("charged-twice",))

    found = list(conversations(settings, golden, manners, scripted, silence))

    assert [one.manner for one in found] == list(manners)
    assert [(one.manner, one.found) for one in found if not one.found.passed] == []
    assert found[0].outcomes == ("asked", "resolved")
    assert all(len(one.lines) > 1 for one in found)


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file() and file.name != MARK}


def tried(folder: Path, ids: Iterable[str]) -> list[Tried]:
    return list(rounds(read_settings(folder), chosen(folder, ids), 1, silence))


def chosen(folder: Path, ids: Iterable[str]) -> list[Golden]:
    every = {one.id: one for one in load_folder(read_settings(folder)).golden}
    return [every[id] for id in ids]
