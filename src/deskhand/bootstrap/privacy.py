"""What a desk knows of one person: found across systems, erased step by step, erased again in a restored copy."""

import hashlib
import json
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import sqlalchemy as sa

from deskhand.bootstrap.connections.connectors import Clock
from deskhand.bootstrap.desk.reading import example_cache
from deskhand.bootstrap.folder.folder import load_folder
from deskhand.bootstrap.secret import desk_secret
from deskhand.bootstrap.storage.store import has_journal
from deskhand.bootstrap.systems.systems import Tell, connect_systems
from deskhand.domain.errors import ConnectorError, DeskFault, Fault
from deskhand.domain.example import whose
from deskhand.domain.link import Bond
from deskhand.domain.outreach import place_of
from deskhand.domain.privacy import Forgetting, Subject, mark
from deskhand.domain.ref import Ref
from deskhand.golden.draft import draft_id
from deskhand.infrastructure import forgotten_file
from deskhand.infrastructure.engine.engine import Engine
from deskhand.infrastructure.engine.status import Anew
from deskhand.infrastructure.storage import erasure
from deskhand.infrastructure.storage.database import connect, exclusive, scrub
from deskhand.infrastructure.storage.forgettings import SqlForgettings, every_name, tickets_of
from deskhand.infrastructure.storage.links import SqlLinks
from deskhand.infrastructure.storage.migrations import set_up
from deskhand.infrastructure.storage.personal_data import CATALOGUE, FILES, Stays
from deskhand.infrastructure.storage.restrictions import SqlRestrictions
from deskhand.infrastructure.storage.sealed_line import append_sealed
from deskhand.infrastructure.storage.seals import PRIVACY
from deskhand.infrastructure.storage.tables import metadata
from deskhand.ports.reads import CustomerDirectory
from deskhand.settings import Settings
from deskhand.workflows.take_in import message_key

FORGOTTEN, RESTRICTED, LIFTED = "privacy.forgotten", "privacy.restricted", "privacy.unrestricted"
REGISTER = "forgotten.jsonl"
ROUNDS, WAIT = 5, 0.5  # looks for what a run still wrote, and seconds between them
PATIENCE = 30.0  # seconds for a message that came meanwhile to be answered

Counts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Told:
    """Where another system holds something of them: what its people have to erase there. We can call none to do it."""

    system: str
    records: tuple[str, ...]
    do: str


@dataclass(frozen=True)
class Erased:
    """`erased`: rows by class and table; `copies`: rows of others that held words of theirs; `waiting`: effects whose
    outcome is not known, and suggestions to others that wait with words of theirs: both stay until then. `scrubbed`:
    whether the files hold none of it any more; `receipt`: the file that proves it, and its SHA-256."""

    id: str
    erased: Counts
    runs: int
    files: int
    copies: int
    waiting: int
    scrubbed: bool
    receipt: Path
    digest: str

    @property
    def whole(self) -> bool:
        return self.scrubbed and not self.waiting


@dataclass(frozen=True)
class Privacy:
    """One desk's. `engine` need not run: another process may be the worker."""

    settings: Settings
    database: sa.Engine
    engine: Engine
    clock: Clock

    @property
    def secret(self) -> bytes:
        return desk_secret(self.settings)

    @property
    def registers(self) -> tuple[Path, Path]:
        """Beside the database, and beside desk.toml, where restoring a state folder leaves it."""
        return self.settings.state / REGISTER, self.settings.folder / REGISTER

    def find(self, name: str, directories: Sequence[CustomerDirectory]) -> Subject:
        """Everything that is known as this e-mail address, number or record (`system:kind:id`), across systems.

        `DeskFault` when a system did not answer: half a person is not to be erased."""
        addresses, customers = {name} if ":" not in name else set[str](), set[str]()
        if ":" in name:
            customers.add(_ref(self.settings, name))
        elif "@" in name:
            for directory in directories:
                try:
                    customers |= {str(one.value.ref) for one in directory.by_email(name)}
                except ConnectorError as error:
                    what = f"{directory.system} did not answer ({error}): nothing was done. Try again in a while"
                    raise DeskFault((Fault(str(self.settings.folder), 1, what),)) from error
            customers.add(whose("", name))
        with self.database.connect() as connection:
            customers |= _same(SqlLinks(connection), customers)
            tickets = tickets_of(connection, customers, addresses)
        # What a step came to is JSON in JSON.
        tickets |= self.engine.tickets_saying([f'\\"email\\":\\"{one}\\"' for one in addresses])
        return Subject(*(tuple(sorted(part)) for part in (tickets, customers, addresses)))

    def counted(self, subject: Subject) -> Counts:
        """What an erasure would change, by class and table, without files and runs."""
        with self.database.connect() as connection:
            return {str(data): tables for data, tables in erasure.count(connection, subject).items()}

    def begin(self, subject: Subject, at: datetime, id: str = "") -> str:
        """Write down that it is wanted, where no crash and no restored copy loses it; its id."""
        id = id or uuid4().hex[:12]
        with exclusive(self.database) as connection:
            SqlForgettings(connection, self.secret).begin(id, at, subject)
        return id

    def go_on(self, by: str, die: Callable[[str], None] = lambda step: None) -> list[Erased]:
        """Bring every erasure under way to its end, from where it stopped. `die` is told each step that begins."""
        with self.database.connect() as connection:
            open_ = SqlForgettings(connection, self.secret).under_way()
        return [self._erase(one, by, die) for one in open_]

    def again(self, by: str = "restore") -> list[Erased]:
        """In a database that knows less than the register: erase anew whoever was forgotten meanwhile."""
        ours, key = set(forgotten_file.read(self.registers[:1])), forgotten_file.key_of(self.secret)
        with self.database.connect() as connection:
            known = SqlForgettings(connection, self.secret).ended()
        new = [one for id, one in forgotten_file.read(self.registers).items() if id not in known]
        if any(one.key != key and one.id in ours for one in new):
            what = (
                f"{REGISTER} names people who were forgotten under another secret than this desk has, so nobody can "
                "tell who they are here: restore .deskhand/secret (or DESKHAND_SECRET) as it was. The desk stays shut"
            )
            raise DeskFault((Fault(str(self.settings.state), 1, what),))
        new = [one for one in new if one.key == key]  # others are of a desk with a state folder of its own
        names = self._every_name() if new else set[str]()
        marks = {one: mark(self.secret, one) for one in names}
        for one in new:
            found = {name for name, its in marks.items() if its in one.marks}
            with exclusive(self.database) as connection:
                kept = SqlForgettings(connection, self.secret)
                kept.know(one.id, one.at, one.marks)
                if found:
                    found |= tickets_of(connection, {name for name in found if ":" in name}, found)
                    kept.begin(one.id, one.at, _sorted(found))
        return self.go_on(by)

    def restrict(self, subject: Subject, by: str, *, lift: bool = False) -> int:
        """From now on no assistant reads what they write, or may again; how many of their names this changed."""
        with exclusive(self.database) as connection:
            kept, at = SqlRestrictions(connection, self.secret), self.clock()
            change = kept.lift if lift else kept.put
            if changed := change(subject.names, by=by, at=at):
                body = {"who": mark(self.secret, subject.names[0]), "by": by}
                append_sealed(connection, self.secret, PRIVACY, LIFTED if lift else RESTRICTED, body, at)
        return changed

    def _erase(self, one: Forgetting, by: str, die: Callable[[str], None]) -> Erased:
        id, subject, done = one.id, one.subject, dict(one.done)
        unwritten = forgotten_file.add(self.registers, self.secret, id, one.at, subject.names)
        if self.registers[0] in unwritten:
            what = f"{REGISTER} could not be written, so a restored copy would not be told: nothing was erased"
            raise DeskFault((Fault(str(self.settings.state), 1, what),))
        for name in ("runs", "files", "copies", *erasure.ORDER):
            if name not in done:
                die(name)
                done[name] = self._step(one, name, subject)
        waits = self._rest(one, done)
        counts = {name: sum(step.get(name, 0) for step in done.values()) for name in erasure.ORDER}
        by_class: dict[str, dict[str, int]] = {}
        for name, rows in counts.items():
            if rows:
                by_class.setdefault(str(CATALOGUE[name].data), {})[name] = rows
        runs, files, copies = (sum(step.get(name, 0) for step in done.values()) for name in ("runs", "files", "copies"))
        example_cache(self.settings).clear()
        receipt = {
            "id": id,
            "asked_at": one.at.isoformat(),
            "erased": by_class,
            "runs": runs,
            "files": files,
            "copies": copies,
            "waiting": len(waits),
            "stays": {name: each.ends.why for name, each in CATALOGUE.items() if isinstance(each.ends, Stays)},
            "systems": [{"system": each.system, "records": len(each.records), "do": each.do} for each in told(subject)],
        }
        text = json.dumps(receipt, indent=2, sort_keys=True) + "\n"
        file, digest = self.settings.state / "receipts" / f"forget-{id}.json", hashlib.sha256(text.encode()).hexdigest()
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, "utf-8")
        die("end")
        if not waits:
            with exclusive(self.database) as connection:
                sums = {data: sum(tables.values()) for data, tables in by_class.items()}
                body = {"id": id, "by": by, "erased": sums, "runs": runs, "files": files, "receipt": digest}
                append_sealed(connection, self.secret, PRIVACY, FORGOTTEN, body, self.clock())
                SqlForgettings(connection, self.secret).end(id)
        clean = scrub(self.database, [metadata.tables[name] for name in erasure.ORDER])
        return Erased(id, by_class, runs, files, copies, len(waits), clean, file, digest)

    def _step(self, one: Forgetting, name: str, subject: Subject) -> Mapping[str, int]:
        """One of a table is done in the transaction that notes it; the others bear repeating."""
        outside = {
            "runs": lambda: self.engine.forget(self._places(subject), but=self._anew(one.at)),
            "files": lambda: self._files(subject),
        }
        counted = outside[name]() if name in outside else 0  # DBOS takes a connection of its own
        if name == "copies":
            with self.database.connect() as connection:
                texts, tickets = erasure.heeding(connection, subject)
            self.engine.forget(tickets, ended=True)
        with exclusive(self.database) as connection:
            if name == "copies":
                counted = erasure.erase_copies(connection, texts, tickets)
            elif name == "example" and erasure.copies_waiting(connection, *erasure.heeding(connection, subject)):
                return {}  # while one waits for an agent, nothing else tells where their words stand again
            elif name not in outside:
                counted = erasure.erase(connection, name, subject, one.at)
            counts = {name: counted}
            SqlForgettings(connection, self.secret).note(one.id, name, counts)
        return counts

    def _rest(self, one: Forgetting, done: dict[str, Mapping[str, int]]) -> list[str]:
        """What a run that was under way wrote meanwhile, also on a ticket that nobody knew as theirs when they were
        looked for; the effects that wait for their outcome. What they wrote since then is left alone: that message is
        answered as a new person's."""
        at_work = self._answered(one)
        for round in range(ROUNDS):
            subject = self._whole(one)
            runs = self.engine.forget(self._places(subject), but=self._anew(one.at))
            with exclusive(self.database) as connection:
                texts, others = erasure.heeding(connection, subject)
                copies = erasure.copies_waiting(connection, texts, others)
                rest = [name for name in erasure.ORDER if name != "example" or not copies]
                counts = {"copies": erasure.erase_copies(connection, texts, others)}
                counts |= {name: erasure.erase(connection, name, subject, one.at) for name in rest}
                waits = [*erasure.waiting(connection, one.subject, one.at), *["suggestion"] * copies]
            counts["runs"] = runs
            done[f"rest {round}"] = counts
            if not any(counts.values()):
                break
            time.sleep(WAIT if runs else 0)
        return waits + at_work

    def _answered(self, one: Forgetting) -> list[str]:
        """Runs of messages that came meanwhile may have read what was not erased yet: what their steps came to goes
        once they have ended. Those that are at work still."""
        theirs = set(self._places(self._whole(one)))
        anew = self._anew(one.at)
        keys = {message_key(*each) for each in anew.messages if each[0] in theirs | self._named(one)}
        until = time.monotonic() + PATIENCE
        while (left := self.engine.at_work(keys)) and time.monotonic() < until:
            time.sleep(WAIT)
        self.engine.forget_runs(keys - set(left))
        return left

    def _named(self, one: Forgetting) -> set[str]:
        with self.database.connect() as connection:
            return tickets_of(connection, one.subject.customers, one.subject.addresses)

    def _whole(self, one: Forgetting) -> Subject:
        """With the tickets that they began before it was asked for, and that are known as theirs only now."""
        late = self._named(one) - self._anew(one.at).tickets
        return replace(one.subject, tickets=tuple(dict.fromkeys((*one.subject.tickets, *sorted(late)))))

    def _anew(self, at: datetime) -> Anew:
        """What anybody wrote since then."""
        with self.database.connect() as connection:
            wrote = erasure.written_since(connection, at)
        return Anew(at, frozenset(wrote))

    def _every_name(self) -> set[str]:
        with self.database.connect() as connection:
            names = set(every_name(connection))
        return names | self.engine.tickets()

    def _places(self, subject: Subject) -> list[str]:
        """Under what their runs queue: tickets, and the places of contacts that we began."""
        with self.database.connect() as connection:
            contacts = erasure.rows(connection, "proactive_contact", subject)
        return [*subject.names, *(place_of(one["key"]) for one in contacts)]

    def _files(self, subject: Subject) -> int:
        """Files that name them go whole."""
        names = [one.encode() for one in subject.names]
        drafts = {draft_id(one) for one in subject.tickets}
        gone = 0
        for kept in (one for one in FILES if one.goes):
            for file in sorted((self.settings.folder if kept.beside else self.settings.state).glob(kept.pattern)):
                if file.is_file() and (file.stem in drafts or _says(file.read_bytes().lower(), names)):
                    file.unlink()
                    gone += 1
        return gone


def told(subject: Subject) -> list[Told]:
    """By system, the records that it holds of them."""
    by: dict[str, list[str]] = {}
    for one in (*subject.tickets, *subject.customers):
        system = one.partition(":")[0]
        if not one.startswith(erasure.OWN) and system not in ("email", "proactive"):
            by.setdefault(system, []).append(one)
    do = "Erase or anonymise these records there: no connector of this desk can, and nothing was changed there."
    return [Told(system, tuple(sorted(records)), do) for system, records in sorted(by.items())]


@contextmanager
def open_privacy(settings: Settings, clock: Clock) -> Iterator[Privacy]:
    """Without a worker. `DeskFault` when this desk was never asked anything."""
    if not has_journal(settings):
        what = "this desk has kept nothing yet: nothing was ever asked of it. See `deskhand ask`"
        raise DeskFault((Fault(str(settings.state), 1, what),))
    database = connect(settings.database_url)
    try:
        engine = Engine(database, settings.database_url)
        engine.migrate()
        set_up(database)
        yield Privacy(settings, database, engine, clock)
    finally:
        database.dispose()


def directories_of(settings: Settings, clock: Clock, tell: Tell) -> Sequence[CustomerDirectory]:
    """Wherever this desk can look a customer up."""
    return connect_systems(settings, load_folder(settings), clock, tell, reads_only=True).directories


def _ref(settings: Settings, text: str) -> str:
    try:
        return str(Ref.parse(text))
    except ValueError as error:
        what = f"{text!r} is no record; write an e-mail address, or system:kind:id such as stripe:customer:cus_1"
        raise DeskFault((Fault(str(settings.folder), 1, what),)) from error


def _same(links: SqlLinks, customers: Collection[str]) -> set[str]:
    """Records that an agent called theirs, too."""
    found, new = set(customers), True
    standing = [one for one in links.every() if one.bond is Bond.SAME and not one.undone_at]
    while new:
        more = {str(ref) for one in standing for ref in one.refs if found & {str(each) for each in one.refs}} - found
        found, new = found | more, bool(more)
    return found


def _sorted(names: Collection[str]) -> Subject:
    """Names as rows hold them. A record and a ticket look alike, and no record is called as another's ticket."""
    records, rest = sorted(one for one in names if ":" in one), sorted(one for one in names if ":" not in one)
    return Subject(tuple(records), tuple(records), tuple(rest))


def _says(content: bytes, names: Collection[bytes]) -> bool:
    for one in names:
        start = content.find(one.lower())
        while start >= 0:
            after = content[start + len(one) : start + len(one) + 1]
            if not after.isalnum():  # ticket 7 is not ticket 70
                return True
            start = content.find(one.lower(), start + 1)
    return False
