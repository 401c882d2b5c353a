"""The engine's own tables in two databases, side by side: what to copy when a desk moves."""

import sqlalchemy as sa

from deskhand.infrastructure.storage.copying import NotCopied

OWN = ("dbos_migrations",)  # each database has been through its own


def pairs(old: sa.Connection, new: sa.Connection, ours: set[str]) -> list[tuple[sa.Table, sa.Table]]:
    """Each table with its counterpart, those that others refer to first. `ours` are the store's."""
    there = sa.MetaData(schema=None if new.dialect.name == "sqlite" else "dbos")
    there.reflect(new)
    here, found = sa.MetaData(), []
    names = {one for one in sa.inspect(old).get_table_names() if one not in ours and one not in OWN}
    for target in there.sorted_tables:
        if target.name in names:
            found.append((sa.Table(target.name, here, autoload_with=old, resolve_fks=False), target))
    if lost := names - {target.name for _, target in found}:
        what = f"the engine keeps {', '.join(sorted(lost))} here, and nothing like it there"
        raise NotCopied(f"{what}: this is a fault of Deskhand. Nothing was moved.")
    return found
