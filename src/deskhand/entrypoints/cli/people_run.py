"""What `deskhand people`, `tokens` and `access` do. They work on the database alone, and so at once."""

import csv
import sys
from datetime import datetime, timedelta
from pathlib import Path

from rich.table import Table

from deskhand.bootstrap import now, open_access
from deskhand.domain.errors import NotGranted
from deskhand.domain.rights import Role
from deskhand.entrypoints.access_review import COLUMNS, state_of
from deskhand.entrypoints.access_review import review as rows_of
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings


def invite(
    folder: Path, name: str, role: Role | None, queues: list[str], *, address: str, by: str, as_json: bool
) -> None:
    with open_access(read_settings(folder)) as access:
        link = access.invite(name, role, queues, by=by, now=now())
    _tell_link(name, f"{address}/sign-in/new?link={link}", as_json)


def reset(folder: Path, name: str, *, address: str, by: str, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        if not access.accounts.reset(name, by=by, now=now()):
            raise NotGranted(f"{name} has no account. Nothing was changed; `deskhand people list` tells who has one.")
        link = access.invite(name, None, (), by=by, now=now())
    _tell_link(name, f"{address}/sign-in/new?link={link}", as_json)


def show(folder: Path, *, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        found = access.members(now())
    if as_json:
        print_json({"people": rows_of(found)})
        return
    table = Table("Person", "Roles", "Queues", "State", "Last seen", "Second factor", "Sessions")
    for one in found:
        queues = "all" if one.queues is None else ", ".join(one.queues)
        account = one.account
        factor = "yes" if account and account.second_factor else "no"
        seen = _day(account.seen_at if account else None)
        table.add_row(one.person, ", ".join(one.roles), queues, state_of(one), seen, factor, str(len(one.sessions)))
    console.print(table)


def disable(folder: Path, name: str, *, by: str, as_json: bool) -> None:
    """Exit with 1 when there is nobody to keep out."""
    with open_access(read_settings(folder)) as access:
        if name not in {one.person for one in access.members(now())}:
            raise NotGranted(f"{name} is nobody here. Nothing was changed; `deskhand people list` tells who is.")
        done = access.accounts.disable(name, by=by, now=now())
    if as_json:
        print_json({"person": name, "disabled": done})
    else:
        told = "is kept out from now on" if done else "was kept out before"
        console.print(f"{name} {told}.", markup=False)
    if not done:
        raise SystemExit(1)


def make_directory_token(folder: Path, name: str, days: int, *, by: str, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        token = access.make_directory_token(name, timedelta(days=days), by=by, now=now())
    if as_json:
        print_json({"token": token, "scim": True, "days": days})
    else:
        console.print(token, markup=False, highlight=False, soft_wrap=True)
        console.print("It is shown this once. The directory sends it to /scim/v2/Users, and it opens nothing else.")


def break_glass(folder: Path, why: str, *, address: str, by: str, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        link = access.glass.make(why, by=by, now=now())
    at = f"{address}/sign-in/glass?link={link}"
    if as_json:
        print_json({"link": at, "minutes": 15})
        return
    console.print(at, markup=False, highlight=False, soft_wrap=True)
    told = "It signs in an admin for an hour, once, within 15 minutes. Every admin is told, and why."
    console.print(told, markup=False)


def make_token(folder: Path, name: str, person: str, role: Role, days: int, *, by: str, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        token = access.make_token(name, person, role, timedelta(days=days), by=by, now=now())
    if as_json:
        print_json({"token": token, "person": person, "role": role, "days": days})
    else:
        console.print(token, markup=False, highlight=False, soft_wrap=True)
        console.print("It is shown this once. Send it as: Authorization: Bearer dh_...", markup=False)


def show_tokens(folder: Path, *, as_json: bool) -> None:
    with open_access(read_settings(folder)) as access:
        found = access.tokens.all()
    if as_json:
        print_json({"tokens": [{**vars(one), "id": one.id[:12]} for one in found]})
        return
    table = Table("Id", "Name", "Person", "Role", "Until", "Last used", "State")
    for one in found:
        state = "revoked" if one.revoked_at else "expired" if one.expires_at <= now() else "good"
        until, used = _day(one.expires_at), _day(one.used_at)
        table.add_row(one.id[:12], one.name, one.person, one.role or "scim", until, used, state)
    console.print(table)


def revoke_token(folder: Path, id: str, *, by: str, as_json: bool) -> None:
    """Exit with 1 when there is none."""
    with open_access(read_settings(folder)) as access:
        done = access.tokens.revoke(id, by=by, now=now())
    if as_json:
        print_json({"token": id, "revoked": done})
    else:
        console.print(
            f"{id} is good no more." if done else f"No token {id} is good. Nothing was changed.", markup=False
        )
    if not done:
        raise SystemExit(1)


def review(folder: Path, *, as_json: bool, as_csv: bool) -> None:
    """JSON where it is asked for, or CSV, or a table for people."""
    if not as_json and not as_csv:
        show(folder, as_json=False)
        return
    with open_access(read_settings(folder)) as access:
        rows = rows_of(access.members(now()))
    if as_json:
        print_json({"at": now(), "people": rows})
        return
    writer = csv.DictWriter(sys.stdout, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        tokens = row["tokens"]
        assert isinstance(tokens, list)
        writer.writerow({name: _cell(value) for name, value in {**row, "tokens": len(tokens)}.items()})


def _cell(value: object) -> object:
    """As a spreadsheet may open it: nothing begins like a formula."""
    text = " ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text


def _tell_link(name: str, link: str, as_json: bool) -> None:
    if as_json:
        print_json({"person": name, "link": link, "hours": 24})
    else:
        console.print(link, markup=False, highlight=False, soft_wrap=True)
        console.print(f"For {name} alone: it sets a password, once, within 24 hours.", markup=False)


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "-"
