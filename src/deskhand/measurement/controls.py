"""The controls of SOC 2 that a desk has evidence for: from which lines of its journal, and what these do not show."""

from collections.abc import Mapping
from dataclasses import dataclass

MADE, RESTORED = "backup.made", "backup.restored"


@dataclass(frozen=True)
class Control:
    """`kinds` are how the kinds of its lines begin; `shows` is what an auditor sees in `file`, `not_shown` what has to
    come from elsewhere, whatever stands in the journal. `wanted`: without a line of each of these it is incomplete."""

    id: str
    title: str
    file: str
    kinds: tuple[str, ...]
    shows: str
    not_shown: str
    wanted: Mapping[str, str]

    def covers(self, kind: str) -> bool:
        return bool(self.kinds) and kind.startswith(self.kinds)

    def missing(self, counts: Mapping[str, int]) -> tuple[str, ...]:
        """What should be there and is not, by how many lines there are of each kind."""
        return tuple(
            why
            for start, why in self.wanted.items()
            if not any(count and kind.startswith(start) for kind, count in counts.items())
        )


CONTROLS = (
    Control(
        "CC6.1-CC6.3",
        "Access: who may do what, and who looked at it",
        "access-review.jsonl",
        ("access.",),
        "Each grant, change and end of a right, and each review of them, with who did it and when. The people of "
        "desk.toml with their roles, as they are now, stand in people.json.",
        "Whether people at the identity provider left the company, and their second factor there.",
        {"access.": "no line about access: people and roles are only those of desk.toml"},
    ),
    Control(
        "CC6.6-CC6.7",
        "Boundaries: what the desk speaks with",
        "boundaries.jsonl",
        ("system.", "talk.failed"),
        "What the journal holds of connections that failed or changed. Systems that are connected now stand in "
        "people.json.",
        "TLS in front of the server, firewalls, and the egress list: `deskhand doctor` prints what is asked.",
        {},
    ),
    Control(
        "CC7.1-CC7.4",
        "Incidents: what went wrong, and what was done",
        "incidents.jsonl",
        (
            "desk.paused",
            "desk.resumed",
            "drift.",
            "effect.alarm",
            "effect.contested",
            "effect.settled_by_hand",
            "effect.unconfirmed",
            "finding.",
            "refund.failed",
            "rollout.stepped_back",
            "run.failed",
            "access.break_glass",
        ),
        "Pauses by people and by circuit breakers, alarms of drift, effects that nobody could vouch for, findings, and "
        "how each of them ended.",
        "What people did outside of the desk, and whether customers had to be told.",
        {},
    ),
    Control(
        "CC8.1",
        "Changes: author, approver, difference, test, way back",
        "changes.jsonl",
        ("change.", "rollout.", "evaluated"),
        "Each version of the desk folder with its author, the approver, the files that differ, and the results of "
        "check, tests and golden tickets; roll-backs; and each promotion and step back of a procedure.",
        "Changes of the software itself and of the machine: see its releases and your own operation.",
        {
            "change.": "no line about versions of the desk folder",
            "change.approved": "no version was approved by a second person in this time",
        },
    ),
    Control(
        "PI1",
        "Processing: each effect once, and compared",
        "effects.jsonl",
        ("effect.",),
        "Each effect in another system, from its reservation to its receipt; none is reserved twice under one key.",
        "The nightly comparison with the systems: keep what `deskhand ledger reconcile --json` prints.",
        {},
    ),
    Control(
        "A1, CC9",
        "Backups, made and put back",
        "backups.jsonl",
        ("backup.",),
        "Each backup with its digest and size, and each time a desk was put back from one, with what was proved then.",
        "A restore is written down by the desk that was put back: elsewhere, its journal is the evidence.",
        {
            MADE: "no backup was made in this time",
            RESTORED: "this desk was never put back from a backup: test it, and keep what `restore --json` prints",
        },
    ),
    Control(
        "C1, P",
        "Retention and erasure",
        "retention.jsonl",
        ("privacy.", "examples.forgotten"),
        "Receipts of what was erased, for whom it was asked, and of what was exported; no words of customers.",
        "Erasure at other systems that the desk only told of it.",
        {"privacy.": "no line about retention or erasure"},
    ),
    Control(
        "CC7, GDPR 5(2)",
        "The journal itself",
        "journal.jsonl",
        ("checkpoint.", "journal.exported"),
        "Signed checkpoints, and each copy that was taken away. What `audit verify` found stands in verified.json.",
        "Copies of checkpoints that are kept elsewhere: hold them against it by `audit verify --checkpoints`.",
        {"checkpoint.": "no checkpoint was signed in this time"},
    ),
)
