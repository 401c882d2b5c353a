"""What the journal proves: people stopped it, quality was looked at, customers were asked, privacy was tried."""

from datetime import datetime, timedelta

from deskhand.bootstrap.golive.item import Item, found
from deskhand.bootstrap.privacy import FORGOTTEN
from deskhand.bootstrap.privacy_export import EXPORTED
from deskhand.bootstrap.storage.queries import Queries
from deskhand.domain.journal_line import Broken, JournalLine, Sought
from deskhand.domain.pause import BREAKER
from deskhand.measurement.csat import ASKED, GIVEN
from deskhand.settings import Settings
from deskhand.workflows.after_restore import RESTORE
from deskhand.workflows.check_quality import CHECKED

FRESH = timedelta(days=30)
LOOKED = 1_000  # lines of a kind, the newest
TAKEN, PAUSED, RESUMED = "ticket.given", "desk.paused", "desk.resumed"


def override(queries: Queries) -> Item:
    """A person took a ticket over, and a person paused and resumed: by what happened, and not by what should be."""
    seen, lacks = list[str](), list[str]()
    for kind, told, lacking in (
        (TAKEN, "A ticket was taken over", "Nobody has taken a ticket over yet."),
        (PAUSED, "Effects were paused", "Nobody has paused effects yet."),
        (RESUMED, "Effects were resumed", "Nobody has resumed effects yet."),
    ):
        line = next((one for one in queries.found(Sought(kind=kind), LOOKED) if _by_a_person(one)), None)
        _tell(line, told, lacking, seen, lacks)
    mend = "Take a ticket over in the workspace; then: deskhand pause --why drill, and deskhand resume"
    return found("override", seen, lacks, mend)


def _by_a_person(line: JournalLine) -> bool:
    """Who takes a ticket gives it to themselves; what a queue was given proves nothing."""
    by = line.body.get("by")
    return by == line.body.get("to") if line.kind == TAKEN else by not in (BREAKER, RESTORE)


def quality(settings: Settings, queries: Queries, now: datetime) -> Item:
    """Rules are on and were held against conversations lately, and drift is watched."""
    lacks = []
    table, line = settings.table, queries.newest_of(CHECKED)
    if not table.quality.every_minutes:
        lacks.append("[quality] every_minutes is 0: nothing is looked at.")
    if line is None or now - line.at > FRESH:
        lacks.append("No conversation was held to the rules of quality in the last 30 days.")
    if not queries.drift_upto():
        lacks.append("Drift was not watched yet.")
    seen = [f"The rules of quality were last applied at {_day(line)}."] if line else []
    return found("quality", seen, lacks, "Serve the desk, and hold the past to the rules: deskhand quality run")


def csat(settings: Settings, queries: Queries) -> Item:
    """Customers are asked, by an address that works, and somebody was."""
    lacks, table = [], settings.table
    if not table.csat.ask:
        lacks.append("[csat] ask is not set: no customer is asked.")
    if not table.receipts.address:
        lacks.append("[receipts] address is not set: there is no page to answer on.")
    asked, given = queries.newest_of(ASKED), queries.newest_of(GIVEN)
    if asked is None and given is None:
        lacks.append("No customer was asked yet.")
    seen = [f"A customer was last asked at {_day(asked)}."] if asked else []
    seen += [f"A customer last answered at {_day(given)}."] if given else []
    return found("csat", seen, lacks, "Set [csat] ask and [receipts] address in desk.toml; then: deskhand quality csat")


def privacy(queries: Queries) -> Item:
    """The chain is whole, and what a customer may ask for was done once, for a test customer at least."""
    seen, lacks = list[str](), list[str]()
    proof = queries.verify()
    if isinstance(proof, Broken):
        lacks.append(f"The journal was edited at line {proof.seq}.")
    else:
        seen.append(f"The journal is whole: {proof.lines} lines.")
    for kind, told, lacking in (
        (EXPORTED, "A customer's data were exported", "Nothing of a customer was exported yet."),
        (FORGOTTEN, "A customer was erased", "No customer was erased yet."),
    ):
        _tell(queries.newest_of(kind), told, lacking, seen, lacks)
    mend = "Try both with a test customer: deskhand export --customer ADDRESS --to FOLDER, and deskhand forget"
    return found("privacy", seen, lacks, mend)


def rollout(settings: Settings, queries: Queries) -> Item:
    """Written in desk.toml: who promotes, by which gates, and whom only people answer; and its history is sealed."""
    table, lacks = settings.table.rollout, []
    if not table.promoters:
        lacks.append("[rollout] promoters is not set: nobody in particular owns it.")
    if table.hold_out_percent is None:
        lacks.append("[rollout] hold_out_percent is not set: there is nothing to compare with.")
    if not table.gates.model_fields_set:
        lacks.append("[rollout.gates] is not set: nobody has said what a promotion needs.")
    if isinstance(stages := queries.stages(), Broken):
        lacks.append(f"The lines about stages were edited at line {stages.seq}.")
    seen = [f"Without a word it is {table.default}; {len(table.procedures)} procedures have a stage of their own."]
    return found(
        "rollout", seen, lacks, "Write the plan into [rollout] of desk.toml (docs/rollout.md), then: deskhand check"
    )


def _tell(line: JournalLine | None, told: str, lacking: str, seen: list[str], lacks: list[str]) -> None:
    if line is None:
        lacks.append(lacking)
    else:
        seen.append(f"{told} at {_day(line)}.")


def _day(line: JournalLine) -> str:
    return f"{line.at:%Y-%m-%d %H:%M} UTC"
