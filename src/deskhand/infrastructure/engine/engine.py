"""The durable engine over DBOS: the only module that imports it."""

import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

import sqlalchemy as sa
from dbos import DBOS, DBOSClient, DBOSConfig, DBOSPortableJSONSerializer

from deskhand.domain.card_number import json_without_cards, without_cards
from deskhand.infrastructure.engine import failures, lock, run
from deskhand.infrastructure.engine.lease import Leases
from deskhand.infrastructure.engine.outcome import RunFailed, why
from deskhand.infrastructure.engine.status import Anew, Counts, Status
from deskhand.infrastructure.engine.watch import Watch
from deskhand.infrastructure.storage.columns import own_numbers
from deskhand.infrastructure.storage.database import connect
from deskhand.infrastructure.telemetry import run_span

P = ParamSpec("P")
R = TypeVar("R")
Story = Callable[..., object]

NAME = "deskhand"
VERSION = "1"  # raised by hand, and only when work in flight must stay on the old code
QUEUE = "ticket"
PURGE = "deskhand.purge"
POISON = 20  # a run whose worker died this often is put aside
KEEP = timedelta(days=30)

log = logging.getLogger(__name__)
one_in_a_process = threading.Lock()


class Engine:
    """Runs stories: plain functions of text arguments whose steps go through `step`.

    A story that ends in an error that may go away is told again, after each pause of `backoff`, without repeating the
    steps that went well; its ticket waits meanwhile. `poll` is how often the queue is looked at, `lease` how long a
    worker may be silent on PostgreSQL before a peer takes over, both in seconds. `at_once` bounds the runs of this
    worker, `per_minute` those of all workers together (0: no bound): that is how a model's provider is not overrun.
    `called`: under which name traces and logs know a ticket.
    """

    def __init__(
        self,
        database: sa.Engine,
        url: str,
        *,
        backoff: tuple[float, ...] = (2, 10, 30),
        poll: float = 0.1,
        lease: float = 30,
        at_once: int = 32,
        per_minute: int = 0,
        called: Callable[[str], str] = lambda ticket: "",
    ):
        self.database, self.url, self.backoff, self.poll = database, url, backoff, poll
        self.at_once, self.per_minute, self.called = at_once, per_minute, called
        self.leases = None if database.dialect.name == "sqlite" else Leases(database, lease)
        self.status = Status(database)
        self.failures = failures.Failures(database, self.enqueue)
        self.stories: dict[str, Story] = {failures.STORY: self.failures.tell}
        self.running, self.keeping = ExitStack(), database
        self.client = DBOSClient(
            system_database_engine=database,
            application_name=NAME,
            serializer=DBOSPortableJSONSerializer(),
            lazy=True,
        )

    def migrate(self) -> None:
        """Create or upgrade the engine's own tables. Every process may call it, also at once."""
        self.database.connect().close()  # a new SQLite file gets its write-ahead log before anything else
        DBOS.migrate(self.url)
        if self.leases:
            self.leases.create()

    def register(self, name: str, story: Story, on_failure: failures.OnFailure | None = None) -> None:
        """Before `start`, and in every process that enqueues it.

        `on_failure(ticket, key, why)` is told when a run has ended in an error, in a run of its own that comes before
        the ticket's next message. It may use `step`, and must bear repeating as every story does.
        """
        run.declared(story)
        self.stories[name] = story
        if on_failure:
            self.failures.told[name] = on_failure

    def enqueue(
        self,
        connection: sa.Connection,
        story: str,
        ticket: str,
        key: str,
        *args: str,
        turn: int = 0,
        delay: float = 0,
    ) -> None:
        """See `ports.store.Runs`: `connection` is in the caller's transaction, on this engine's database."""
        if story not in self.stories:
            raise LookupError(f"no story is registered as {story!r}")
        options: Any = {"workflow_name": story, "workflow_id": key, "queue_name": QUEUE, "queue_partition_key": ticket}
        if turn:
            options["priority"] = turn  # the queue's own clock is too coarse to order messages by
        if delay:
            options["delay_seconds"] = delay
        self.client.enqueue_in_transaction(connection, options, ticket, *args)

    def step(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """See `ports.steps.Step`."""
        return run.step(function, *args, **kwargs)

    def pause(self, seconds: float) -> None:
        """Wait. Within a run the wait is durable: after a crash only what is left of it is waited for."""
        run.pause(seconds)

    def start(self) -> None:
        """Become a worker. `AnotherWorker` when this process, or on SQLite any other one, is one already."""
        with ExitStack() as stack:
            if not one_in_a_process.acquire(blocking=False):
                raise lock.AnotherWorker("This process runs an engine already.")
            stack.callback(one_in_a_process.release)
            worker = self._claim(stack)
            watch = Watch(lambda: self._look_after(worker), every=self.leases.seconds / 3 if self.leases else 10)
            self._launch(worker, stack)
            watch.start()
            stack.callback(watch.stop)
            self.running = stack.pop_all()

    def stop(self) -> None:
        """Finish what is running, for twenty seconds at most, and hand over the rest at once."""
        self.running.close()

    def wait(self, key: str, timeout: float) -> str:
        """The result of a run as JSON. `RunFailed` when it ended in an error, TimeoutError when it has not ended."""
        state = self.status.wait(key, timeout)
        ended = self.client.list_workflows(workflow_ids=[key], load_input=False)[0]
        if state == "SUCCESS":
            return str(ended.output)
        raise RunFailed(str(ended.error or ended.status))

    def counts(self) -> Counts:
        return self.status.counts()

    def workers(self) -> int:
        """How many workers are alive, in all processes."""
        return self.leases.alive() if self.leases else int(lock.held(self._lock))

    def idle(self) -> bool:
        """Whether nothing runs or could run now; delayed runs do not count."""
        counts = self.counts()
        return counts.queued == counts.running == 0

    def tickets_saying(self, words: Collection[str]) -> set[str]:
        """The tickets of runs whose steps or results hold one of these texts."""
        return self.status.tickets_saying(words)

    def tickets(self) -> set[str]:
        """Every ticket that a run is known of."""
        return self.status.tickets()

    def forget(self, tickets: Collection[str], *, ended: bool = False, but: Anew | None = None) -> int:
        """Stop and erase every run of these tickets, or those that have `ended`, with what their steps came to; how
        many. Another process may be at work on one: it finds that out at its next step."""
        keys = self.status.keys_of(tickets, ended=ended, but=but)
        self.forget_runs(keys)
        return len(keys)

    def forget_runs(self, keys: Collection[str]) -> None:
        """Stop and erase these."""
        if keys:
            self.client.cancel_workflows(sorted(keys))
            self.client.delete_workflows(sorted(keys))

    def at_work(self, keys: Collection[str]) -> list[str]:
        """Those of these runs that have not ended."""
        return self.status.at_work(keys)

    def _claim(self, stack: ExitStack) -> str:
        """This worker's name. On SQLite always the same, so that it takes up its own work again at every start."""
        if self.leases is None:
            stack.enter_context(lock.hold(self._lock))
            return "local"
        worker = f"{socket.gethostname()}-{os.getpid()}-{uuid4().hex[:8]}"
        self.leases.beat(worker)  # before the first piece of work is taken
        stack.callback(self.leases.end, worker)
        return worker

    @property
    def _lock(self) -> Path:
        path = Path(str(self.database.url.database))
        return path.with_name(f"{path.name}.lock")

    def _launch(self, worker: str, stack: ExitStack) -> None:
        config: DBOSConfig = {
            "name": NAME,
            "system_database_url": self.url,
            "application_version": VERSION,
            "executor_id": worker,
            "serializer": DBOSPortableJSONSerializer(),
            "max_executor_threads": 64,
            "notification_listener_polling_interval_sec": 0.2,  # also how long a stop waits for its listener
            "log_level": "WARNING",
            "run_migrations": False,
        }
        if self.leases is None:
            # A step that a power cut takes is done again, as each bears; what it changed is in our own tables.
            self.keeping = connect(self.url, own_numbers(self.database.dialect), waits=False)
            stack.callback(self.keeping.dispose)
            config["system_database_engine"] = self.keeping
        else:
            config["sys_db_pool_size"] = 10
        limits: Any = {"partition_concurrency": 1, "worker_concurrency": self.at_once}
        if self.per_minute:  # costs a transaction a ticket at each look at the queue
            limits["limiter"] = {"limit": self.per_minute, "period": 60}
        self.client.register_queue(QUEUE, polling_interval_sec=self.poll, **limits)
        stack.callback(self._end)
        DBOS(config=config)
        logging.getLogger("dbos").addFilter(_news)
        for name in self.stories:
            self._workflow(name)

        @DBOS.workflow(name=PURGE)
        def purge(at: datetime, context: object) -> None:
            self._purge(at)

        DBOS.launch()
        DBOS.apply_schedules([{"schedule_name": "purge", "workflow_fn": purge, "schedule": "30 3 * * *"}])

    def _end(self) -> None:
        """DBOS looks once a second whether runs have finished: not worth waiting for when none is under way."""
        busy = self.counts().running > 0
        DBOS.destroy(workflow_completion_timeout_sec=20 if busy else 0, destroy_registry=True)

    def _workflow(self, name: str) -> None:
        @DBOS.workflow(name=name, max_recovery_attempts=POISON)
        def perform(ticket: str, *args: str) -> str:
            try:
                with run_span(name, self.called(ticket)):
                    began = time.monotonic()
                    result = run.perform(
                        self.stories[name],
                        args,
                        durable=lambda step, attempt: DBOS.run_step({"name": step}, lambda: self._kept(attempt())),
                        backoff=self.backoff,
                        sleep=DBOS.sleep,
                    )
                    took = round(1000 * (time.monotonic() - began))
                    log.info("run ended", extra={"told": {"story": name, "ms": took}})
                    return json_without_cards(result, own_numbers(self.database.dialect))
            except Exception as error:
                reason, key = without_cards(why(error)), str(DBOS.workflow_id)
                log.error("run %s failed: %s", key, reason)
                DBOS.run_step({"name": failures.STORY}, self.failures.report, name, ticket, key, reason)
                raise RunFailed(reason) from None

    def _kept(self, outcome: run.Outcome) -> run.Outcome:
        """Without card numbers, before it is written."""
        own = own_numbers(self.database.dialect)
        return {name: json_without_cards(one, own) if isinstance(one, str) else one for name, one in outcome.items()}

    def _look_after(self, worker: str) -> None:
        if self.leases:
            self.leases.beat(worker)
            if dead := self.leases.dead(VERSION):
                # The one private call of DBOS; a test with two workers guards it.
                DBOS._recover_pending_workflows(dead)
        self.failures.sweep()

    def _purge(self, at: datetime) -> None:
        """Every night: forget runs that went well a month ago. What matters is in our own tables."""
        while DBOS.run_step({"name": PURGE}, self._forget, (at - KEEP).isoformat()) == 500:
            pass

    def _forget(self, before: str) -> int:
        done = self.client.list_workflows(
            completed_before=before, status=["SUCCESS", "CANCELLED"], limit=500, load_input=False, load_output=False
        )
        self.client.delete_workflows([one.workflow_id for one in done])
        return len(done)


def _news(record: logging.LogRecord) -> bool:
    """Whether DBOS tells us more than we have told already: why a run failed."""
    return not (record.exc_info and isinstance(record.exc_info[1], RunFailed))
