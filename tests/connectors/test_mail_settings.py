"""What a desk may say in `[systems.mail]`: who its letters are from, and where they are handed in."""

from pathlib import Path

import pytest
from tests.contracts import rigs
from tests.policy.world import load

from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.systems.systems import Systems, connect_systems
from deskhand.domain.errors import DeskFault
from deskhand.settings import Settings, read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n'
TWINS = "[systems.zendesk]\ntwin = true\n[systems.stripe]\ntwin = true\n"
SENDER = 'sender = "Lumen Support <support@lumen.example>"\n'


def systems(folder: Path, mail: str, **secrets: str) -> Systems:
    settings = Settings(folder, read_table(DESK + TWINS + mail, "desk.toml"), folder / "state", "", secrets)
    recipe = rigs.RECIPE.read_text("utf-8").replace("customers = ", "customers = 20 # ")
    (folder / "twins.toml").write_text(recipe, "utf-8")
    return connect_systems(settings, Folder(load({}), (), (), (), ()), rigs.clock, lambda text: None)


def test_a_desk_that_says_nothing_sends_no_letters(tmp_path: Path) -> None:
    assert systems(tmp_path, "").mail is None


def test_a_twin_takes_letters_and_keeps_them(tmp_path: Path) -> None:
    connected = systems(tmp_path, f"[systems.mail]\ntwin = true\n{SENDER}")
    assert connected.mail is not None
    assert connected.mail_twin is not None
    connected.mail.send("ada@example.com", "Hello", "Text", key="m/1")

    assert [one["recipients"] for one in connected.mail_twin.letters()] == [["ada@example.com"]]
    connected.mail_twin.stop()


def test_a_real_server_needs_no_password_where_it_wants_none(tmp_path: Path) -> None:
    assert systems(tmp_path, f'[systems.mail]\naddress = "smtps://mail.example.com:465"\n{SENDER}').mail is not None


@pytest.mark.parametrize(
    ("mail", "secrets", "told"),
    [
        (f'address = "smtp-plain://mail.example.com:25"\n{SENDER}', {}, "this machine only"),
        (f'address = "mail.example.com"\n{SENDER}', {}, "smtps://host:465"),
        (f"{SENDER}", {}, "smtps://host:465"),
        ('twin = true\nsender = "Lumen Support"', {}, "who the letters are from"),
        ("twin = true", {}, "sender"),
        (
            f'address = "smtp://mail.example.com:587"\n{SENDER}',
            {"DESKHAND_MAIL_USER": "us"},
            "DESKHAND_MAIL_PASSWORD",
        ),
    ],
)
def test_a_fault_says_what_is_wrong(tmp_path: Path, mail: str, secrets: dict[str, str], told: str) -> None:
    with pytest.raises(DeskFault, match=told):
        systems(tmp_path, f"[systems.mail]\n{mail}", **secrets)
