"""The company's own site: who is signed in there is attested, and anybody else is turned away with nothing filed."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import httpx2
import pytest
from tests.connectors.test_widget_token import token
from tests.stories.asking import FOR_A_PERSON
from tests.stories.lumen import TWICE, Lumen, apart, opened
from tests.stories.mailbox import Mailbox

from deskhand.domain.errors import DeskFault
from deskhand.domain.phrases import PHRASES
from deskhand.domain.ref import Ref
from deskhand.settings import Settings, WidgetTable, read_settings

SECRET, OLD = "n" * 40, "w" * 40
MOVE = "Please change the billing e-mail of our account to accounting@new-owner.example"


def with_widget(settings: Settings) -> Settings:
    settings = apart(settings)
    table = settings.table.model_copy(update={"widget": WidgetTable(audience="lumen")})
    return replace(settings, table=table, secrets={"DESKHAND_WIDGET_SECRET": f"{SECRET},{OLD}"})


@pytest.fixture(scope="module")
def site(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    with opened(copytree(prepared, tmp_path_factory.mktemp("site") / "desk"), with_widget, Mailbox()) as lumen:
        yield lumen


def signed(lumen: Lumen, email: str, *, secret: str = SECRET, audience: str = "lumen", age: int = 0) -> str:
    at = int(lumen.clock().timestamp()) - age
    claims = {"sub": email, "name": "Somebody", "aud": audience, "iat": at, "exp": at + 300, "jti": uuid4().hex}
    return token(claims, secret=secret)


def post(lumen: Lumen, given: str, text: str, talk: str = "", message: str = "") -> httpx2.Response:
    body = {"conversation": talk or uuid4().hex, "message": message or uuid4().hex, "text": text}
    return lumen.http.post("/widget/messages", json=body, headers={"authorization": f"Bearer {given}"})


def answered(lumen: Lumen, email: str, talk: str, replies: int) -> list[str]:
    """What we said in this conversation, once we have said so much."""
    until = time.monotonic() + 30
    while True:
        got = lumen.http.get(
            f"/widget/conversations/{talk}", headers={"authorization": f"Bearer {signed(lumen, email)}"}
        )
        assert got.status_code == 200
        ours = [one["text"] for one in got.json()["messages"] if one["author"] == "assistant"]
        if len(ours) >= replies:
            return ours
        assert time.monotonic() < until, "no answer came"
        time.sleep(0.02)


@pytest.mark.parametrize("secret", [SECRET, OLD])
def test_a_signed_in_customer_is_helped_as_an_attested_one(site: Lumen, secret: str) -> None:
    email, talk = site.customer("double_charge_small"), uuid4().hex
    got = post(site, signed(site, email, secret=secret), TWICE, talk)
    assert (got.status_code, got.json()["filed"]) == (202, True)
    assert "refunded" in answered(site, email, talk, 1)[0]
    assert len(site.refunds(email)) == 1


def test_the_same_message_again_is_filed_once(site: Lumen) -> None:
    email, talk, message = site.customer("double_charge_small"), uuid4().hex, uuid4().hex
    assert post(site, signed(site, email), TWICE, talk, message).status_code == 202
    again = post(site, signed(site, email), TWICE, talk, message)
    assert (again.status_code, again.json()["filed"]) == (200, False)
    answered(site, email, talk, 1)
    assert len(site.refunds(email)) == 1


@pytest.mark.parametrize("wrong", ["none", "key", "audience", "expired", "nothing", "a claim"])
def test_a_bad_token_is_told_so_and_nothing_is_filed(site: Lumen, wrong: str) -> None:
    email, talk = site.customer("double_charge_small"), uuid4().hex
    good = signed(site, email)
    header, claims, _ = good.split(".")
    given = {
        "none": f"eyJhbGciOiJub25lIn0.{claims}.",
        "key": signed(site, email, secret="x" * 40),
        "audience": signed(site, email, audience="another"),
        "expired": signed(site, email, age=301),
        "nothing": "",
        "a claim": f"{header}.{claims}.I-am-verified",
    }[wrong]
    got = post(site, given, TWICE, talk)
    assert got.status_code == 401
    assert "Nothing was filed" in got.json()["detail"]
    assert site.kinds(f"deskhand:ticket:{talk}") == []
    read = site.http.get(f"/widget/conversations/{talk}", headers={"authorization": f"Bearer {good}"})
    assert read.status_code == 404


def test_nobody_writes_or_reads_in_the_conversation_of_another(site: Lumen) -> None:
    email, other, talk = site.customer("single_charge"), site.customer("single_charge"), uuid4().hex
    post(site, signed(site, email), "How big can a CSV file be?", talk)
    answered(site, email, talk, 1)
    assert post(site, signed(site, other), TWICE, talk).status_code == 404
    given = {"authorization": f"Bearer {signed(site, other)}"}
    assert site.http.get(f"/widget/conversations/{talk}", headers=given).status_code == 404
    assert len(answered(site, email, talk, 1)) == 1


def test_a_code_is_taken_out_before_a_message_is_kept(site: Lumen) -> None:
    email, talk = site.customer("single_charge"), uuid4().hex
    post(site, signed(site, email), MOVE, talk)
    answered(site, email, talk, 1)
    code = site.mailbox.code(email)
    post(site, signed(site, email), f"my verification code is {code}", talk)
    said = answered(site, email, talk, 2)
    assert "changed the address" in said[-1]
    kept = site.installation.conversations.ticket(Ref("deskhand", "ticket", talk)).value
    assert all(code not in one.text for one in kept.messages)


def test_a_desk_without_a_secret_has_no_widget(shared: Lumen) -> None:
    assert post(shared, "anything", TWICE).status_code == 404


def test_a_secret_that_can_be_guessed_is_refused(folder: Path) -> None:
    settings = replace(read_settings(folder), secrets={"DESKHAND_WIDGET_SECRET": "short"})
    with pytest.raises(DeskFault, match="32 characters"):
        _ = settings.widget_secrets


@pytest.mark.parametrize("language", ["de", "fr", "es", "it", "nl"])
def test_a_person_is_given_to_whoever_asks_in_the_chat(site: Lumen, language: str) -> None:
    email, talk = site.customer("double_charge_small"), uuid4().hex
    assert post(site, signed(site, email), FOR_A_PERSON[language][1], talk).status_code == 202
    assert PHRASES[language].passing_on in answered(site, email, talk, 1)[0]
    assert site.refunds(email) == []
