"""A PostgreSQL database as one stream by its own programs, and back into an empty one."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO

import sqlalchemy as sa

from deskhand.domain.errors import DeskhandError

PLACES = Path("/usr/lib/postgresql")  # where Debian and its like keep a folder for each version
PIECE = 1 << 18
PASSED_ON = ("PATH", "HOME", "LANG", "SSL_CERT_FILE")  # and PG...; none of our own secrets
OTHERS = (
    "select count(*) from pg_class c join pg_namespace n on n.oid = c.relnamespace "
    "where c.relkind in ('r', 'p', 'v', 'm', 'S') and n.nspname not in ('pg_catalog', 'information_schema') "
    "and n.nspname !~ '^pg_toast'"
)


class NotDone(DeskhandError):
    """A program of PostgreSQL is missing or failed; its text says which, and what to do."""


def dumped(engine: sa.Engine, url: str, snapshot: str) -> Iterator[bytes]:
    """The whole database in pg_dump's custom format, as another transaction sees it that exported `snapshot`."""
    command = [_program(engine, "pg_dump"), "--format=custom", "--no-owner", "--no-privileges", "--no-password"]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [*command, f"--snapshot={snapshot}", f"--dbname={_address(url)}"],
            stdout=subprocess.PIPE,
            stderr=told,
            env=_environment(url),
        )
        assert process.stdout is not None
        try:
            while piece := process.stdout.read(PIECE):
                yield piece
        finally:
            process.stdout.close()
            code = process.wait()
        _well("pg_dump", code, told)


def put_back(engine: sa.Engine, url: str, pieces: Iterable[bytes]) -> None:
    """In one transaction: all of it, or nothing."""
    command = [_program(engine, "pg_restore"), "--no-owner", "--no-privileges", "--exit-on-error", "--no-password"]
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [*command, "--single-transaction", f"--dbname={_address(url)}"],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=told,
            env=_environment(url),
        )
        assert process.stdin is not None
        try:
            for piece in pieces:
                process.stdin.write(piece)
            process.stdin.close()
        except BrokenPipeError:
            pass  # it says itself why it wants no more
        except BaseException:
            process.kill()
            raise
        finally:
            code = process.wait()
        _well("pg_restore", code, told)


def tables(engine: sa.Engine) -> int:
    """How many tables and the like there are that PostgreSQL did not make itself."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql(OTHERS).scalar_one())


def _program(engine: sa.Engine, name: str) -> str:
    """The one of the server's own version, or the next newer one: an older one refuses the server."""
    with engine.connect() as connection:
        wanted = int(connection.exec_driver_sql("show server_version_num").scalar_one()) // 10_000
    found = {int(one.parent.parent.name): str(one) for one in PLACES.glob(f"*/bin/{name}") if _number(one) is not None}
    if (here := shutil.which(name)) and (version := _version(here)):
        found.setdefault(version, here)
    fitting = sorted(version for version in found if version >= wanted)
    if not fitting:
        what = f"the program {name} of PostgreSQL {wanted} is not installed here"
        raise NotDone(f"{what} (postgresql-client-{wanted}). Nothing was done.")
    return found[fitting[0]]


def _number(program: Path) -> int | None:
    name = program.parent.parent.name
    return int(name) if name.isdigit() else None


def _version(program: str) -> int | None:
    told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
    found = re.search(r"(?<![\d.])(\d{1,9})(?:\.\d{1,9})?\s*(?:\(|$)", told.strip())
    return int(found[1]) if found else None


def _address(url: str) -> str:
    """Without its password: what a program is started with can be read by everybody on the machine."""
    return sa.make_url(url).set(drivername="postgresql", password=None).render_as_string()


def _environment(url: str) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251  (passed on to a program of PostgreSQL, not read)
        if name in PASSED_ON or name.startswith("PG")
    }
    password = sa.make_url(url).password
    return kept | ({"PGPASSWORD": str(password)} if password else {})


def _well(program: str, code: int, told: IO[bytes]) -> None:
    if code:
        told.seek(0)
        words = " ".join(told.read().decode(errors="replace").split())[:500]
        raise NotDone(f"{program} failed with code {code}: {words}")
