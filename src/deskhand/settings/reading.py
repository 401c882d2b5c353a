"""Reading `desk.toml` and the environment; nothing else does."""

import hashlib
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.lined_yaml import LARGEST
from deskhand.settings.desk import DeskTable

# Where each provider's key is looked for: the names that its own tools use. Bedrock's library finds its own.
MODEL_KEYS: Mapping[str, str] = {
    "anthropic": "ANTHROPIC_API_KEY",
    "google": "GEMINI_API_KEY",
    "mistral": "MISTRAL_API_KEY",
    "openai": "OPENAI_API_KEY",
}


MOVED = "moved"  # in a desk's state: that its database is elsewhere since, with which one
SHORTEST_SECRET = 32  # characters of a secret that signs tokens


@dataclass(frozen=True)
class Settings:
    """A desk folder, what it says, and the secrets that the environment gives.

    `state` is the folder where everything this desk remembers lies, unless a database is configured. `secrets_key`
    opens the file of its secrets (`secret_file.py`); "" where there is none.
    """

    folder: Path
    table: DeskTable
    state: Path
    database_url: str
    secrets: Mapping[str, str] = field(repr=False)
    secrets_key: str = field(default="", repr=False)

    def secret(self, name: str) -> str:
        """DESKHAND_<NAME>, or a fault that says which variable to set."""
        variable = f"DESKHAND_{name.upper()}"
        if not self.secrets.get(variable):
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, f"set the environment variable {variable}"),))
        return self.secrets[variable]

    def fault(self, at: str, what: str) -> Fault:
        """A fault of `desk.toml`, with the line of what is set `at` this dotted name."""
        file = self.folder / "desk.toml"
        return Fault(str(file), _place(_text(file), at), what)

    @property
    def widget_secrets(self) -> tuple[str, ...]:
        """DESKHAND_WIDGET_SECRET, two with a comma between while one takes the other's place; none when it is unset."""
        given = tuple(one for one in self.secrets.get("DESKHAND_WIDGET_SECRET", "").split(",") if one)
        if any(len(one) < SHORTEST_SECRET for one in given):
            what = f"DESKHAND_WIDGET_SECRET needs {SHORTEST_SECRET} characters: a shorter one can be guessed"
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, what),))
        return given

    @property
    def metrics_token(self) -> str:
        """DESKHAND_METRICS_TOKEN, by which a monitoring system asks; "" when it is unset."""
        given = self.secrets.get("DESKHAND_METRICS_TOKEN", "")
        if given and len(given) < SHORTEST_SECRET:
            what = f"DESKHAND_METRICS_TOKEN needs {SHORTEST_SECRET} characters: a shorter one can be guessed"
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, what),))
        return given

    def model_key(self, provider: str) -> str:
        """The key of a model's provider, or a fault that says which variable to set; "" where none is needed."""
        variable = MODEL_KEYS.get(provider)
        if variable and not self.secrets.get(variable):
            raise DeskFault((Fault(str(self.folder / "desk.toml"), 1, f"set the environment variable {variable}"),))
        return self.secrets[variable] if variable else self.secrets.get("DESKHAND_MODEL_KEY", "")


def read_settings(folder: Path, state: Path | None = None) -> Settings:
    """The settings of this desk folder. `DeskFault` with file and line when it is not one.

    `state` instead of `.deskhand/` in the folder: for a desk that leaves no trace, such as that of `bench`.
    """
    file = folder / "desk.toml"
    if not file.is_file():
        what = "there is no desk here, so nothing was done; make one with `deskhand init`"
        raise DeskFault((Fault(str(file), 1, what),))
    ours = {
        name: value
        for name, value in os.environ.items()  # noqa: TID251  (the one place)
        if name.startswith("DESKHAND_") or name in MODEL_KEYS.values()
    }
    place = (state or folder / ".deskhand").resolve()
    given = "" if state else ours.get("DESKHAND_DATABASE_URL", "")
    if not given and (moved := place / MOVED).exists():
        what = (
            f"this desk's database was moved: {moved.read_text('utf-8').strip()}. Set DESKHAND_DATABASE_URL to that one"
        )
        raise DeskFault((Fault(str(moved), 1, f"{what}. Nothing was started"),))
    url = given or own_database(place)
    sealed, key = secret_place(folder), ours.pop("DESKHAND_SECRETS_KEY", "")
    if key:
        from deskhand.settings import secret_file  # the cipher takes 20 ms to import, and most desks use none

        try:
            ours = secret_file.read(sealed, key) | ours
        except secret_file.Unopened as error:
            raise DeskFault((Fault(str(file), 1, str(error)),)) from error
    return Settings(folder, read_table(_text(file), str(file)), place, url, ours, key)


def own_database(state: Path) -> str:
    """The database of a desk that is given no other one: a file where the rest of its state lies."""
    return f"sqlite:///{state / 'desk.sqlite'}"


def database_given() -> str:
    """DESKHAND_DATABASE_URL, for who has no desk folder yet; "" when it is unset."""
    return os.environ.get("DESKHAND_DATABASE_URL", "")  # noqa: TID251  (the one place)


def backup_key() -> str:
    """DESKHAND_BACKUP_KEY, in place of a pass phrase that somebody types; "" when it is unset."""
    return os.environ.get("DESKHAND_BACKUP_KEY", "")  # noqa: TID251  (the one place)


def secret_place(folder: Path) -> Path:
    """The file of this desk's secrets: DESKHAND_SECRETS_FILE, or one of its own among the user's settings."""
    if given := os.environ.get("DESKHAND_SECRETS_FILE"):  # noqa: TID251  (the one place)
        return Path(given)
    home = os.environ.get("XDG_CONFIG_HOME")  # noqa: TID251  (the one place)
    whole = folder.resolve()
    name = f"{whole.name}-{hashlib.sha256(str(whole).encode()).hexdigest()[:12]}.secrets"
    return (Path(home) if home else Path.home() / ".config") / "deskhand" / name


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise DeskFault((Fault(str(file), 1, "is not UTF-8"),)) from error


def read_table(text: str, file: str) -> DeskTable:
    """`desk.toml` as checked values, or every fault in it."""
    if len(text) > LARGEST:
        raise DeskFault((Fault(file, 1, f"TOML: {len(text):,} letters, and {LARGEST:,} are the most"),))
    try:
        table = DeskTable.model_validate(_toml(text, file))
    except ValidationError as error:
        faults = [(".".join(map(str, one["loc"])), one["msg"].removeprefix("Value error, ")) for one in error.errors()]
        raise DeskFault(tuple(Fault(file, _place(text, at), f"{at}: {why}") for at, why in faults)) from error
    if wrong := tuple(table.routing.faults(table.people, table.calendar)):
        raise DeskFault(tuple(Fault(file, _place(text, at), f"{at}: {why}") for at, why in wrong))
    nobody = [f"access.scopes.{name}" for name in table.access.scopes if name not in table.people]
    oidc = table.access.oidc
    nobody += [f"access.oidc.subjects.{name}" for name in (oidc.subjects if oidc else ()) if name not in table.people]
    if nobody:  # a name misspelt here would leave somebody unlimited
        raise DeskFault(tuple(Fault(file, _place(text, at), f"{at}: is nobody of [people]") for at in nobody))
    return table


def _toml(text: str, file: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except ValueError as error:  # its own kind, and that of a number with thousands of digits
        raise DeskFault((Fault(file, _line_of(str(error)), f"TOML: {error}"),)) from error
    except RecursionError as error:
        raise DeskFault((Fault(file, 1, "TOML: nested too deeply"),)) from error


def _line_of(message: str) -> int:
    _, _, rest = message.partition("at line ")
    digits = rest.split(",")[0]
    return int(digits) if digits.isdigit() else 1


def _place(text: str, path: str) -> int:
    """The line that sets the last name of the path; 1 when it is not there. A number in it is a place in a list."""
    parts = [part for part in path.split(".") if not part.isdigit()]
    last, lines = parts[-1], list(enumerate(text.splitlines(), 1))
    headers = {line.strip(): number for number, line in reversed(lines)}
    if itself := headers.get(f"[{'.'.join(parts)}]"):
        return itself
    start = headers.get(f"[{'.'.join(parts[:-1])}]", 0)
    for number, line in lines[start:] + lines[:start]:
        if line.strip().startswith((f"{last} ", f"{last}=")) or line.strip().rstrip("]").endswith(f".{last}"):
            return number
    return 1
