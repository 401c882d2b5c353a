"""Builds everything once: desk folder and settings in, an installation out. The one folder that knows adapters."""

from deskhand.bootstrap.access.access import Access, Signed, Tried
from deskhand.bootstrap.access.open_access import open_access, person_of
from deskhand.bootstrap.access.passkeys import Passkeys
from deskhand.bootstrap.access.single_sign_on import SingleSignOn
from deskhand.bootstrap.brains.model_twin import model_twin
from deskhand.bootstrap.brains.prediction import train_prediction
from deskhand.bootstrap.brains.probe import probe, tell_language
from deskhand.bootstrap.brains.simulated import SimulatedCustomer, simulated_customer
from deskhand.bootstrap.clock import now
from deskhand.bootstrap.connections.connecting import Connector, Proof, Wanted, prove
from deskhand.bootstrap.connections.connecting import find as find_connector
from deskhand.bootstrap.connections.connecting import keep as keep_connection
from deskhand.bootstrap.connections.connecting import offered as offered_connectors
from deskhand.bootstrap.connections.connectors import only_twins
from deskhand.bootstrap.desk.attachments import scan_notes
from deskhand.bootstrap.desk.stopwatch import Stopwatch
from deskhand.bootstrap.examples import Kept, open_examples
from deskhand.bootstrap.folder.desk_digest import desk_digest
from deskhand.bootstrap.folder.files import policy_files, policy_tests, procedure_files
from deskhand.bootstrap.folder.folder import Folder, faults_of_rules, load_folder
from deskhand.bootstrap.installation import Installation, parked_events
from deskhand.bootstrap.knowledge.health import knowledge_health
from deskhand.bootstrap.knowledge.library import Bookkeeper, large_library, open_library, refreshing
from deskhand.bootstrap.logs.exporting import watched
from deskhand.bootstrap.logs.trace_name import trace_name
from deskhand.bootstrap.numbers.export import Exported, Format, export
from deskhand.bootstrap.numbers.numbers import Asked, Counting, Numbers, open_counting
from deskhand.bootstrap.opening import open_desk
from deskhand.bootstrap.operations.health import Health, examine_desk, observe
from deskhand.bootstrap.operations.operations import BOUNDS, DAYS, Operations, Standing, Tally
from deskhand.bootstrap.operations.readiness import Check, Ready, ready, ready_here
from deskhand.bootstrap.outreach import reaching_out
from deskhand.bootstrap.replay.history import import_from
from deskhand.bootstrap.rounds.checkpoints import make_checkpoint, verify_all
from deskhand.bootstrap.rounds.closing import closing
from deskhand.bootstrap.rounds.drift import watcher
from deskhand.bootstrap.rounds.looking_after import looking_after
from deskhand.bootstrap.rounds.polling import polling
from deskhand.bootstrap.rounds.quality import check_history, comments_of
from deskhand.bootstrap.rounds.stages import rules_of
from deskhand.bootstrap.rounds.weekly import due, open_gaps, reporting, send, send_due, weekly
from deskhand.bootstrap.storage.backup import Backup, backup, look_through
from deskhand.bootstrap.storage.erase_state import erase_state
from deskhand.bootstrap.storage.moving import move
from deskhand.bootstrap.storage.queries import Queries, open_journal
from deskhand.bootstrap.storage.restore import Restored, restore
from deskhand.bootstrap.storage.schema import Migrated, bring_up, take_back
from deskhand.bootstrap.storage.scratch import Scratch, scratch_store
from deskhand.bootstrap.storage.store import has_journal, open_store
from deskhand.bootstrap.systems.own import check_tools
from deskhand.bootstrap.systems.past_ticket import PastTicket, past_ticket
from deskhand.bootstrap.trials.counting import counting_trial
from deskhand.bootstrap.trials.eval_desk import EvalDesk, eval_desk
from deskhand.bootstrap.trials.journal import Line, fill_journal
from deskhand.bootstrap.trials.long_past import asking_only, customer_of, fill_history, ticket_of
from deskhand.bootstrap.trials.question import Trial, try_question
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
