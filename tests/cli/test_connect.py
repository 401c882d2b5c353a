"""`deskhand connect` and `deskhand doctor`: credentials are proved before they are kept, and looked after."""

import json
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.cli.script import Done, deskhand
from tests.llm.served import served

from deskhand.connectors.stripe import twin as stripe
from deskhand.connectors.world import make_world, read_recipe

SECRETS = {"stripe_key": stripe.KEY, "stripe_webhook_secret": stripe.SECRET}


@pytest.fixture
def desk(starter: Path, tmp_path: Path) -> Path:
    desk = Path(shutil.copytree(starter, tmp_path / "desk"))
    with (desk / "desk.toml").open("a", encoding="utf-8") as table:
        table.write('\n[egress]\nprivate = ["127.0.0.1"]\n')
    return desk


@pytest.fixture
def address(starter: Path) -> Iterator[str]:
    """A Stripe somewhere else, over real HTTP."""
    recipe = read_recipe((starter / "twins.toml").read_text("utf-8"), "twins.toml")
    twin = stripe.StripeTwin(":memory:", lambda: datetime.now(UTC))  # noqa: TID251  (a server has its own clock)
    twin.seed(make_world(recipe, datetime.now(UTC)))  # noqa: TID251
    with served(twin.app) as at:
        yield at


def connect(desk: Path, address: str, secrets: dict[str, str], *more: str, key: str = "") -> Done:
    home = {"XDG_CONFIG_HOME": str(desk.parent / "home"), "DESKHAND_SECRETS_KEY": key}
    arguments = ("connect", "stripe", "--address", address, "--secrets", *more)
    return deskhand(*arguments, stdin=json.dumps(secrets).encode(), folder=desk, environment=home)


def sealed(desk: Path) -> list[Path]:
    return list((desk.parent / "home").rglob("*.secrets"))


def test_what_a_system_accepts_is_kept_encrypted_and_used_from_then_on(desk: Path, address: str) -> None:
    done = connect(desk, address, SECRETS)

    assert done.code == 0, done.err
    assert "Stripe knows us as test mode." in done.err
    (file,) = sealed(desk)
    assert file.stat().st_mode & 0o077 == 0
    assert stripe.KEY.encode() not in file.read_bytes()
    assert stripe.KEY not in done.out + done.err
    text = (desk / "desk.toml").read_text("utf-8")
    assert f'[systems.stripe]\naddress = "{address}"\n' in text
    assert not [one for one in desk.rglob("*") if one.is_file() and stripe.KEY.encode() in one.read_bytes()]

    found = re.search(r"DESKHAND_SECRETS_KEY=(\S+)", done.out)
    assert found
    home = {"XDG_CONFIG_HOME": str(desk.parent / "home"), "DESKHAND_SECRETS_KEY": found[1]}
    asked = deskhand("doctor", "--json", folder=desk, environment=home)
    assert asked.code == 0, asked.err
    told = {one["system"]: one for one in asked.json["systems"]}
    assert (told["stripe"]["twin"], told["stripe"]["well"]) == (False, True)
    assert told["stripe"]["latency_ms"] > 0
    assert abs(told["stripe"]["vitals"]["clock"]) < 60


def test_what_a_system_does_not_accept_is_not_kept(desk: Path, address: str) -> None:
    before = (desk / "desk.toml").read_text("utf-8")
    done = connect(desk, address, SECRETS | {"stripe_key": "rk_live_wrong"})

    assert done.code == 1
    assert "Stripe does not accept this" in done.err
    assert "Nothing was kept." in done.err
    assert "rk_live_wrong" not in done.err
    assert sealed(desk) == []
    assert (desk / "desk.toml").read_text("utf-8") == before


def test_a_system_that_is_not_there_is_told_and_nothing_is_kept(desk: Path) -> None:
    done = connect(desk, "http://127.0.0.1:9", SECRETS)

    assert done.code == 1
    assert "Nothing was kept." in done.err
    assert sealed(desk) == []


def test_another_key_does_not_write_over_secrets_that_it_cannot_read(desk: Path, address: str) -> None:
    found = re.search(r"DESKHAND_SECRETS_KEY=(\S+)", connect(desk, address, SECRETS).out)
    assert found
    (file,) = sealed(desk)
    before = file.read_bytes()

    assert "nothing was kept" in connect(desk, address, SECRETS).err
    assert file.read_bytes() == before
    assert connect(desk, address, SECRETS, key=found[1]).code == 0


def test_an_unknown_connector_or_secret_is_named(desk: Path, address: str) -> None:
    done = deskhand("connect", "zendsek", folder=desk)
    assert done.code != 0
    assert "no connector 'zendsek' is installed, so nothing was kept; name one of" in done.err

    assert "knows no secret 'key'" in connect(desk, address, {"key": "x"}).err


def test_a_desk_of_twins_is_well(desk: Path) -> None:
    done = deskhand("doctor", folder=desk)

    assert done.code == 0
    assert "Zendesk Support (twin)" in done.out
    assert "none yet" in done.out


@pytest.mark.parametrize(("program", "there"), [("sh", True), ("no-such-scan-program", False)])
def test_a_scan_program_that_is_not_on_this_machine_is_told(desk: Path, program: str, there: bool) -> None:
    file = desk / "desk.toml"
    file.write_text(f'{file.read_text("utf-8")}\n[attachments]\nscan = ["{program}", "-"]\n', "utf-8")
    checked, examined = deskhand("check", "--json", folder=desk), deskhand("doctor", "--json", folder=desk)
    told = f"the scan program {program} is not on this machine: every attachment is withheld until it is"

    assert checked.code == 0  # a desk works without: it withholds
    assert [told in one["what"] for one in checked.json["notes"] if "scan" in one["what"]] == ([] if there else [True])
    assert (examined.code, examined.json["ok"]) == ((0, True) if there else (1, False))
    assert [told in one for one in examined.json["attachments"]] == ([] if there else [True])
    assert there or told in " ".join(deskhand("doctor", folder=desk).out.split())


def test_a_desk_whose_system_is_silent_is_not_well(desk: Path) -> None:
    file = desk / "desk.toml"
    text = file.read_text("utf-8").replace(
        "[systems.stripe]\ntwin = true", '[systems.stripe]\naddress = "http://127.0.0.1:9"'
    )
    file.write_text(text, "utf-8")
    secrets = {f"DESKHAND_{name.upper()}": value for name, value in SECRETS.items()}
    done = deskhand("doctor", folder=desk, environment=secrets)

    assert done.code == 1
    assert "Stripe cannot be worked with" in done.out
    assert "Nothing was changed there." in done.out
