"""Leases of workers on PostgreSQL: who holds none counts as dead, and a peer takes up its work."""

import sqlalchemy as sa

MIGRATING, LOOKING = 7301, 7302  # advisory locks
FORGOTTEN = 20  # leases of silence after which a row is dropped

CREATE = "create table if not exists executor_lease (id text primary key, seen timestamp with time zone not null)"
BEAT = "insert into executor_lease values (:id, now()) on conflict (id) do update set seen = now()"
DROP = "delete from executor_lease where seen < now() - make_interval(secs => :age)"
ALIVE = "select count(*) from executor_lease where seen > now() - make_interval(secs => :lease)"
# A worker's name begins with its version.
LIVING = """
select exists (select 1 from executor_lease
where split_part(id, '/', 1) = :version and seen > now() - make_interval(secs => :lease))
"""
STRANDED = """
select count(*) from dbos.workflow_status run
where run.status in ('ENQUEUED', 'PENDING') and run.application_version <> :version and not exists (
    select 1 from executor_lease held where split_part(held.id, '/', 1) = run.application_version
    and held.seen > now() - make_interval(secs => :lease))
"""
# Absence counts, not age: a worker that was killed before its first beat has no row at all.
DEAD = """
select distinct run.executor_id from dbos.workflow_status run
where run.status = 'PENDING' and run.application_version = :version and not exists (
    select 1 from executor_lease held
    where held.id = run.executor_id and held.seen > now() - make_interval(secs => :lease))
"""


class Leases:
    """`seconds` of silence make a worker dead. The database's clock is the only one."""

    def __init__(self, database: sa.Engine, seconds: float):
        self.database, self.seconds = database, seconds

    def create(self) -> None:
        with self.database.begin() as connection:
            connection.execute(sa.text(f"select pg_advisory_xact_lock({MIGRATING})"))
            connection.execute(sa.text(CREATE))

    def beat(self, worker: str) -> None:
        with self.database.begin() as connection:
            connection.execute(sa.text(BEAT), {"id": worker})

    def end(self, worker: str) -> None:
        """Peers may take up what is left at once."""
        with self.database.begin() as connection:
            connection.execute(sa.text("delete from executor_lease where id = :id"), {"id": worker})

    def alive(self) -> int:
        """How many workers hold one."""
        with self.database.connect() as connection:
            return int(connection.scalar(sa.text(ALIVE), {"lease": self.seconds}) or 0)

    def living(self, version: str) -> bool:
        """Whether a worker of this version is alive."""
        with self.database.connect() as connection:
            return bool(connection.scalar(sa.text(LIVING), {"version": version, "lease": self.seconds}))

    def stranded(self, version: str) -> int:
        """How many runs were begun by another version than this one, of which no worker is alive."""
        with self.database.connect() as connection:
            return int(connection.scalar(sa.text(STRANDED), {"version": version, "lease": self.seconds}) or 0)

    def dead(self, version: str) -> list[str]:
        """Workers that own running work without a lease; nobody while a peer is looking."""
        with self.database.begin() as connection:
            if not connection.scalar(sa.text(f"select pg_try_advisory_xact_lock({LOOKING})")):
                return []
            connection.execute(sa.text(DROP), {"age": FORGOTTEN * self.seconds})
            return list(connection.scalars(sa.text(DEAD), {"version": version, "lease": self.seconds}))
