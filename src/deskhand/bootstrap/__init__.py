"""Builds everything once: desk folder and settings in, an installation out. The one folder that knows adapters."""

from deskhand.bootstrap.access import Access, Signed, Tried
from deskhand.bootstrap.attachments import scan_notes
from deskhand.bootstrap.backup import Backup, backup, look_through
from deskhand.bootstrap.checkpoints import make_checkpoint, verify_all
from deskhand.bootstrap.closing import closing
from deskhand.bootstrap.connecting import Connector, Proof, Wanted, prove
from deskhand.bootstrap.connecting import find as find_connector
from deskhand.bootstrap.connecting import keep as keep_connection
from deskhand.bootstrap.connecting import offered as offered_connectors
from deskhand.bootstrap.counting_trial import counting_trial
from deskhand.bootstrap.desk import Stopwatch
from deskhand.bootstrap.desk_digest import desk_digest
from deskhand.bootstrap.drift import watcher
from deskhand.bootstrap.eval_desk import EvalDesk, eval_desk
from deskhand.bootstrap.examples import Kept, open_examples
from deskhand.bootstrap.export import Exported, Format, export
from deskhand.bootstrap.exporting import watched
from deskhand.bootstrap.folder import Folder, faults_of_rules, load_folder, policy_files, policy_tests, procedure_files
from deskhand.bootstrap.health import Health, examine_desk, observe
from deskhand.bootstrap.history import import_from
from deskhand.bootstrap.history_trial import asking_only, customer_of, fill_history, ticket_of
from deskhand.bootstrap.installation import (
    Installation,
    Queries,
    erase_state,
    now,
    only_twins,
    open_access,
    open_counting,
    open_desk,
    open_journal,
    parked_events,
    person_of,
    trace_name,
)
from deskhand.bootstrap.journal_trial import Line, fill_journal
from deskhand.bootstrap.knowledge_health import knowledge_health
from deskhand.bootstrap.knowledge_trial import Trial, try_question
from deskhand.bootstrap.library import Bookkeeper, large_library, open_library, refreshing
from deskhand.bootstrap.looking_after import looking_after
from deskhand.bootstrap.model_twin import model_twin
from deskhand.bootstrap.moving import move
from deskhand.bootstrap.numbers import Asked, Counting, Numbers
from deskhand.bootstrap.operations import BOUNDS, DAYS, Operations, Standing, Tally
from deskhand.bootstrap.outreach import reaching_out
from deskhand.bootstrap.own import check_tools
from deskhand.bootstrap.passkeys import Passkeys
from deskhand.bootstrap.past_ticket import PastTicket, past_ticket
from deskhand.bootstrap.polling import polling
from deskhand.bootstrap.prediction import train_prediction
from deskhand.bootstrap.probe import probe, tell_language
from deskhand.bootstrap.quality import check_history, comments_of
from deskhand.bootstrap.readiness import Check, Ready, ready, ready_here
from deskhand.bootstrap.restore import Restored, restore
from deskhand.bootstrap.schema import Migrated, bring_up, take_back
from deskhand.bootstrap.scratch import Scratch, scratch_store
from deskhand.bootstrap.simulated import SimulatedCustomer, simulated_customer
from deskhand.bootstrap.single_sign_on import SingleSignOn
from deskhand.bootstrap.store import has_journal, open_store
from deskhand.bootstrap.watching import rules_of
from deskhand.bootstrap.weekly import due, open_gaps, reporting, send, send_due, weekly
from deskhand.settings.secret_file import new_key as new_secrets_key

__all__ = [
    "BOUNDS",
    "DAYS",
    "Access",
    "Asked",
    "Backup",
    "Bookkeeper",
    "Check",
    "Connector",
    "Counting",
    "EvalDesk",
    "Exported",
    "Folder",
    "Format",
    "Health",
    "Installation",
    "Kept",
    "Line",
    "Migrated",
    "Numbers",
    "Operations",
    "Passkeys",
    "PastTicket",
    "Proof",
    "Queries",
    "Ready",
    "Restored",
    "Scratch",
    "Signed",
    "SimulatedCustomer",
    "SingleSignOn",
    "Standing",
    "Stopwatch",
    "Tally",
    "Trial",
    "Tried",
    "Wanted",
    "asking_only",
    "backup",
    "bring_up",
    "check_history",
    "check_tools",
    "closing",
    "comments_of",
    "counting_trial",
    "customer_of",
    "desk_digest",
    "due",
    "erase_state",
    "eval_desk",
    "examine_desk",
    "export",
    "faults_of_rules",
    "fill_history",
    "fill_journal",
    "find_connector",
    "has_journal",
    "import_from",
    "keep_connection",
    "knowledge_health",
    "large_library",
    "load_folder",
    "look_through",
    "looking_after",
    "make_checkpoint",
    "model_twin",
    "move",
    "new_secrets_key",
    "now",
    "observe",
    "offered_connectors",
    "only_twins",
    "open_access",
    "open_counting",
    "open_desk",
    "open_examples",
    "open_gaps",
    "open_journal",
    "open_library",
    "open_store",
    "parked_events",
    "past_ticket",
    "person_of",
    "policy_files",
    "policy_tests",
    "polling",
    "probe",
    "procedure_files",
    "prove",
    "reaching_out",
    "ready",
    "ready_here",
    "refreshing",
    "reporting",
    "restore",
    "rules_of",
    "scan_notes",
    "scratch_store",
    "send",
    "send_due",
    "simulated_customer",
    "take_back",
    "tell_language",
    "ticket_of",
    "trace_name",
    "train_prediction",
    "try_question",
    "verify_all",
    "watched",
    "watcher",
    "weekly",
]
