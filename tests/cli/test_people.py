"""`deskhand people`, `tokens` and `access`: who gets in, changed and told on the command line."""

import csv
import io
import shutil
from pathlib import Path

import pytest
from tests.cli.script import Done, deskhand


@pytest.fixture(scope="module")
def desk(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(starter, tmp_path_factory.mktemp("people") / "desk"))


def people(desk: Path, *words: str) -> Done:
    return deskhand("people", *words, "--desk", desk, "--json")


def test_who_is_invited_reset_and_kept_out_is_told(desk: Path) -> None:
    made = people(desk, "invite", "lea", "--role", "viewer", "--queue", "billing").json
    assert made["link"].startswith("http://127.0.0.1:8700/sign-in/new?link=")
    assert "Say with which role" in people(desk, "invite", "max").err
    assert "roles and queues stand in desk.toml" in people(desk, "invite", "kim", "--role", "admin").err
    rows = {one["person"]: one for one in people(desk, "list").json["people"]}
    assert (rows["lea"]["role"], rows["lea"]["queues"], rows["lea"]["state"]) == ("viewer", ["billing"], "invited")
    assert (rows["kim"]["role"], rows["kim"]["queues"], rows["kim"]["state"]) == ("lead", "all", "no account")
    assert people(desk, "reset", "lea").json["link"] != made["link"]
    assert people(desk, "disable", "lea").json == {"person": "lea", "disabled": True}
    assert people(desk, "disable", "lea").code == 1
    assert "nobody here" in people(desk, "disable", "nobody").err


def test_a_token_is_made_listed_without_itself_and_revoked(desk: Path) -> None:
    made = deskhand("tokens", "make", "ci", "--for", "kim", "--role", "agent", "--expires", "30d", "--desk", desk)
    assert made.out.startswith("dh_")
    told = deskhand("tokens", "list", "--desk", desk, "--json")
    assert made.out.split()[0] not in told.out
    (one,) = told.json["tokens"]
    assert deskhand("tokens", "revoke", one["id"], "--desk", desk).code == 0
    assert deskhand("tokens", "revoke", one["id"], "--desk", desk).code == 1
    assert (
        "no token holds more" in deskhand("tokens", "make", "x", "--for", "sam", "--role", "lead", "--desk", desk).err
    )
    assert deskhand("tokens", "make", "x", "--for", "kim", "--expires", "400d", "--desk", desk).code == 1


def test_a_review_comes_as_json_and_as_csv(desk: Path) -> None:
    found = deskhand("access", "review", "--desk", desk, "--json").json["people"]
    rows = list(csv.DictReader(io.StringIO(deskhand("access", "review", "--desk", desk, "--csv").out)))
    assert [one["person"] for one in rows] == [one["person"] for one in found]
    assert rows[0].keys() == found[0].keys()


def test_glass_is_broken_for_a_reason_and_tells_a_link(desk: Path) -> None:
    made = people(desk, "break-glass", "--why", "nobody can sign in").json
    assert made["link"].startswith("http://127.0.0.1:8700/sign-in/glass?link=")
    assert made["minutes"] == 15
    assert "Say why" in people(desk, "break-glass", "--why", " ").err


def test_the_directorys_token_is_nobodys(desk: Path) -> None:
    made = deskhand("tokens", "make", "okta", "--scim", "--desk", desk, "--json").json
    assert made["token"].startswith("dh_")
    for words in (("--scim", "--for", "kim"), ()):
        assert deskhand("tokens", "make", "okta", *words, "--desk", desk).code == 2
