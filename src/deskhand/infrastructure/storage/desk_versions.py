"""The desk folder as it was at each version: every file once, however many versions hold it."""

import hashlib
import zlib
from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa

from deskhand.infrastructure.storage.database import add_once
from deskhand.infrastructure.storage.tables.journal import desk_file, desk_version


class SqlVersions:
    """See `ports.store.Versions`."""

    def __init__(self, connection: sa.Connection):
        self.connection = connection

    def keep(self, version: str, digest: str, files: Mapping[str, bytes], at: datetime) -> None:
        named = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
        row = {"version": version, "digest": digest, "files": named, "kept_at": at}
        if not add_once(self.connection, desk_version, row, unless=["version"]):
            return
        for name, sha256 in named.items():
            content = zlib.compress(files[name])
            add_once(self.connection, desk_file, {"sha256": sha256, "content": content}, unless=["sha256"])

    def files(self, version: str) -> Mapping[str, bytes]:
        named = self.connection.scalar(sa.select(desk_version.c.files).where(desk_version.c.version == version))
        if named is None:
            return {}
        wanted = sa.select(desk_file.c.sha256, desk_file.c.content).where(desk_file.c.sha256.in_(set(named.values())))
        kept = {row.sha256: zlib.decompress(row.content) for row in self.connection.execute(wanted)}
        return {name: kept[sha256] for name, sha256 in named.items()}
