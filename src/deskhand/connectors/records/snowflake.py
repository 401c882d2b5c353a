"""Reading from Snowflake: signed in with a key pair, as a role that can only read."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from deskhand.connectors.records.question import PARAMETER
from deskhand.connectors.records.records import Rows
from deskhand.domain.errors import Down

if TYPE_CHECKING:
    from snowflake.connector.cursor import SnowflakeCursor

FORM = "snowflake://user@account/database/schema?warehouse=...&role=..."
PATIENCE = 10  # seconds a question may take there
WAKING = 15  # seconds for the network: a warehouse that sleeps has to wake first
LOOPBACK = ("127.0.0.1", "localhost")
SESSION = {
    "QUERY_TAG": "deskhand",
    "STATEMENT_TIMEOUT_IN_SECONDS": PATIENCE,
    "STATEMENT_QUEUED_TIMEOUT_IN_SECONDS": PATIENCE,
    "ABORT_DETACHED_QUERY": True,
    "CLIENT_TELEMETRY_ENABLED": False,
    "MULTI_STATEMENT_COUNT": 1,
}


class Unusable(Exception):
    """Nobody can sign in with this: what is wrong with the address or the key, or what is not installed."""


@dataclass(frozen=True)
class Snowflake:
    """For `SqlRecords`; `snowflake` makes one. Each question has a connection of its own."""

    place: Mapping[str, str | int]
    key: bytes = field(repr=False)

    def select(self, sql: str, values: Mapping[str, Any]) -> Rows:
        with self._cursor() as cursor:
            cursor.execute(*_placed(sql, values))
            names = [_lower(column.name) for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def columns(self, sql: str, names: Collection[str]) -> Sequence[str]:
        """Snowflake compiles it and wakes no warehouse."""
        with self._cursor() as cursor:
            return [_lower(column.name) for column in cursor.describe(*_placed(sql, dict.fromkeys(names))) or ()]

    def notes(self) -> Sequence[str]:
        """None: what a role may do there is told to whoever may see its grants, and our role need not."""
        return ()

    @contextmanager
    def _cursor(self) -> Iterator["SnowflakeCursor"]:
        from snowflake import connector  # the extra [snowflake]; half a second to import, and most desks have none

        try:
            with connector.connect(
                **self.place,
                authenticator="SNOWFLAKE_JWT",
                private_key=self.key,
                paramstyle="qmark",  # values are bound by the server
                login_timeout=PATIENCE,
                network_timeout=WAKING,
                socket_timeout=WAKING,
                session_parameters=dict(SESSION),
                log_imported_packages_in_telemetry=False,
            ) as connection:
                connection.telemetry_enabled = False
                with connection.cursor() as cursor:
                    yield cursor
        except connector.Error as error:
            raise Down(f"records: {type(error).__name__}") from error


def snowflake(address: str, key: str, passphrase: str = "") -> Snowflake:
    """`address` as in `FORM`; `key` is the private one in PEM. `Unusable`, without a word of either secret."""
    made = Snowflake(_place(address), _der(key, passphrase))
    if find_spec("snowflake") is None or find_spec("snowflake.connector") is None:
        raise Unusable('needs the driver of Snowflake, which is not installed: pip install "deskhand[snowflake]"')
    return made


def _place(address: str) -> dict[str, str | int]:
    """What the driver wants to know. `host` and `port` are for a private way there; only on this machine is it http."""
    try:
        parts = urlsplit(address)
        said = dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
        port = int(said.pop("port", 443))
    except ValueError as error:
        raise Unusable(f"is not of the form {FORM}") from error
    database, _, schema = parts.path.strip("/").partition("/")
    if parts.password:
        raise Unusable("holds a password: Snowflake is signed in to with a key, in DESKHAND_RECORDS_KEY")
    if parts.scheme != "snowflake" or not (parts.username and parts.hostname and database and schema):
        raise Unusable(f"is not of the form {FORM}")
    if unknown := sorted(set(said) - {"warehouse", "role", "host"}):
        raise Unusable(f"{unknown[0]!r} is nothing that can be said of Snowflake: warehouse, role, host, port")
    if not said.get("warehouse") or not said.get("role"):
        raise Unusable(f"names no warehouse or no role: {FORM}")
    account = parts.netloc.rpartition("@")[2]  # as it is written: `hostname` is in small letters
    named = {"user": unquote(parts.username), "account": account, "database": unquote(database), "schema": schema}
    way: dict[str, str | int] = {"host": said["host"], "port": port} if "host" in said else {}
    plain = {"protocol": "http"} if said.get("host") in LOOPBACK else {}
    return {**named, "warehouse": said["warehouse"], "role": said["role"], **way, **plain}


def _der(key: str, passphrase: str) -> bytes:
    # In a file of variables the lines of a key are often joined by a written \n.
    text = key.replace("\\n", "\n").strip().encode()
    try:
        read = serialization.load_pem_private_key(text, passphrase.encode() or None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        # Not from the cause: nobody knows what of the key is in its words.
        what = "DESKHAND_RECORDS_KEY is no private key in PEM, or DESKHAND_RECORDS_KEY_PASSPHRASE does not open it"
        raise Unusable(what) from None
    if not isinstance(read, RSAPrivateKey):
        raise Unusable("DESKHAND_RECORDS_KEY is no RSA key, and Snowflake takes no other")
    return read.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


def _placed(sql: str, values: Mapping[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """Parameters by their place, as this driver takes them."""
    return PARAMETER.sub("?", sql), tuple(values[name] for name in PARAMETER.findall(sql))


def _lower(name: str) -> str:
    """Snowflake writes a name in capitals unless it was quoted."""
    return name.lower() if name == name.upper() else name
