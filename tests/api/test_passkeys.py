"""Passkeys: made by whoever knows the password, good for one person at one address, once for each question."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta

import httpx2
import pytest
from tests.api.authenticator import THERE, Authenticator, written
from tests.api.visitor import form_token
from tests.stories.lumen import Lumen

from deskhand.bootstrap import Access
from deskhand.connectors.http.in_process import InProcess
from deskhand.domain.journal_line import Verified
from deskhand.domain.rights import Role
from deskhand.entrypoints.access_review import review
from deskhand.entrypoints.api.app import create_app
from deskhand.infrastructure.storage.passkeys import LIVES
from deskhand.infrastructure.storage.sign_ins import WINDOW
from deskhand.settings.access import AccessTable

PASSWORD, ORIGIN, SITE = "correct horse battery", "http://localhost:8700", "localhost"


@dataclass(frozen=True)
class Desk:
    """The same desk under an address for which devices make passkeys."""

    lumen: Lumen
    access: Access
    http: httpx2.Client

    def member(self, name: str) -> str:
        now = self.lumen.clock()
        assert self.access.set_password(self.access.invite(name, Role.AGENT, (), by="test", now=now), PASSWORD, now)
        return name

    def session(self, name: str) -> dict[str, str]:
        begun = self.access.begin(name, agent="test", address="127.0.0.1", now=self.lumen.clock())
        return {"cookie": f"deskhand={begun}"}

    def make(self, name: str, device: Authenticator, session: dict[str, str] | None = None) -> httpx2.Response:
        held = session or self.session(name)
        own = {"form": form_token(self.http.get("/me", headers=held))}
        asked = self.http.post("/me/passkeys/options", data=own | {"old": PASSWORD}, headers=held)
        assert asked.status_code == 200, asked.text
        cookies = {"cookie": f"{held['cookie']}; deskhand_passkey={asked.cookies['deskhand_passkey']}"}
        self.http.cookies.clear()
        told = own | {"name": "my key", "credential": device.make(asked.json())}
        return self.http.post("/me/passkeys", data=told, headers=cookies)

    def asked(self) -> httpx2.Response:
        answer = self.http.post("/sign-in/passkey/options")
        self.http.cookies.clear()
        return answer

    def answer(self, credential: str, cookie: str) -> httpx2.Response:
        sent = {"cookie": f"deskhand_passkey={cookie}"}
        answer = self.http.post("/sign-in/passkey", data={"credential": credential}, headers=sent)
        self.http.cookies.clear()
        return answer

    def sign_in(self, device: Authenticator) -> httpx2.Response:
        asked = self.asked()
        return self.answer(device.sign(asked.json()), asked.cookies["deskhand_passkey"])

    def password(self, name: str, code: str = "") -> int:
        answer = self.http.post("/sign-in", data={"name": name, "password": PASSWORD, "code": code})
        self.http.cookies.clear()
        return answer.status_code


@pytest.fixture
def desk(shared: Lumen) -> Iterator[Desk]:
    shared.clock.ahead += WINDOW + timedelta(seconds=1)
    settings = shared.installation.settings
    table = settings.table.model_copy(update={"access": AccessTable(address=ORIGIN)})
    there = replace(shared.installation, settings=replace(settings, table=table))
    with closing(httpx2.Client(transport=InProcess(create_app(there)), base_url="http://desk.test")) as http:
        yield Desk(shared, there.access, http)


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(ORIGIN, SITE)


def test_a_passkey_signs_its_person_in_and_their_password_alone_no_more(desk: Desk, device: Authenticator) -> None:
    name = desk.member("kim")
    page = desk.make(name, device)
    codes = [one.partition("</code>")[0] for one in page.text.split("<li><code>")[1:]]
    assert len(codes) == 10, page.text
    answer = desk.sign_in(device)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    held = {"cookie": f"deskhand={answer.cookies['deskhand']}"}
    assert "my key" in desk.http.get("/me", headers=held).text
    assert [desk.password(name), desk.password(name, "123456")] == [401, 401]
    assert [desk.password(name, codes[0]), desk.password(name, codes[0])] == [303, 401], "a recovery code, once"
    assert [
        one["second_factor"] for one in review(desk.access.members(desk.lumen.clock())) if one["person"] == name
    ] == [True]
    (line,) = desk.lumen.installation.queries.of_kinds(["access.passkey_added"])
    assert line.body["person"] == name
    assert isinstance(desk.lumen.installation.queries.verify(), Verified)


Change = Callable[[Authenticator], None]


def elsewhere(device: Authenticator) -> None:
    device.origin = "https://evil.example"


def another_site(device: Authenticator) -> None:
    device.site = "evil.example"


def locked(device: Authenticator) -> None:
    device.flags = THERE


def copied(device: Authenticator) -> None:
    device.count -= 2


def of_another_person(device: Authenticator) -> None:
    device.handle = "c29tZWJvZHkgZWxzZQ"


def by_another_key(device: Authenticator) -> None:
    device.key = Authenticator("", "").key


def unknown(device: Authenticator) -> None:
    device.id = b"nobody's"


HOSTILE = (elsewhere, another_site, locked, copied, of_another_person, by_another_key, unknown)


@pytest.mark.parametrize("change", HOSTILE, ids=lambda one: one.__name__)
def test_what_its_device_did_not_sign_for_this_desk_opens_nothing(
    desk: Desk, device: Authenticator, change: Change
) -> None:
    desk.make(desk.member(f"hostile {change.__name__}"), device)
    assert desk.sign_in(device).status_code == 303
    change(device)
    answer = desk.sign_in(device)
    assert (answer.status_code, "deskhand" in answer.cookies) == (401, False)
    assert "This opens nothing." in answer.text


def test_each_question_counts_once_in_one_browser_and_not_for_long(desk: Desk, device: Authenticator) -> None:
    desk.make(desk.member("lee"), device)
    asked = desk.asked()
    mine, answer = asked.cookies["deskhand_passkey"], device.sign(asked.json())
    assert desk.answer(answer, "of another browser").status_code == 401
    assert desk.answer(answer, mine).status_code == 303
    assert desk.answer(answer, mine).status_code == 401, "a replay"
    late = desk.asked()
    desk.lumen.clock.ahead += LIVES
    assert desk.answer(device.sign(late.json()), late.cookies["deskhand_passkey"]).status_code == 401
    assert desk.sign_in(device).status_code == 303


@pytest.mark.parametrize("credential", ["", "{}", "[]", "null", '{"id": 7}', '{"id": "x", "response": 7}', "[" * 9_000])
def test_what_is_no_answer_opens_nothing(desk: Desk, credential: str) -> None:
    asked = desk.asked()
    assert desk.answer(credential, asked.cookies["deskhand_passkey"]).status_code == 401


def test_a_passkey_is_made_and_removed_by_whoever_knows_the_password(desk: Desk, device: Authenticator) -> None:
    name, other = desk.member("max"), desk.member("mia")
    held = desk.session(name)
    own = {"form": form_token(desk.http.get("/me", headers=held))}
    assert desk.http.post("/me/passkeys/options", data=own | {"old": "wrong"}, headers=held).status_code == 422
    assert desk.make(name, device, held).status_code == 200
    again = desk.make(other, device)
    assert (again.status_code, "known here already" in again.text) == (422, True), "it is of one person"
    *_, kept = desk.lumen.installation.queries.of_kinds(["access.passkey_added"])
    assert kept.body["person"] == name
    gone = own | {"id": device_id(device), "old": PASSWORD}
    hers = desk.session(other)
    theirs = {"form": form_token(desk.http.get("/me", headers=hers)), "id": device_id(device), "old": PASSWORD}
    assert desk.http.post("/me/passkeys/remove", data=theirs, headers=hers).status_code == 404
    assert desk.http.post("/me/passkeys/remove", data=gone | {"old": "wrong"}, headers=held).status_code == 422
    assert desk.http.post("/me/passkeys/remove", data=gone, headers=held).status_code == 303
    assert desk.sign_in(device).status_code == 401
    assert desk.password(name) == 303, "the password alone again"


def device_id(device: Authenticator) -> str:
    return written(device.id)


def test_who_is_kept_out_or_reset_is_out_with_any_passkey(desk: Desk) -> None:
    first, second = Authenticator(ORIGIN, SITE), Authenticator(ORIGIN, SITE)
    desk.make(desk.member("out"), first)
    desk.make(desk.member("anew"), second)
    assert desk.access.accounts.disable("out", by="test", now=desk.lumen.clock())
    assert desk.access.accounts.reset("anew", by="test", now=desk.lumen.clock())
    assert [desk.sign_in(one).status_code for one in (first, second)] == [401, 401]


def test_without_an_address_there_are_no_passkeys(shared: Lumen) -> None:
    assert shared.http.post("/sign-in/passkey/options").status_code == 404
    assert "passkey" not in shared.http.get("/sign-in").text


@pytest.mark.parametrize("address", ["http://127.0.0.1:8600", "https://[::1]", "http://desk.example.com"])
def test_an_address_for_which_no_browser_makes_passkeys_is_a_fault(address: str) -> None:
    with pytest.raises(ValueError, match=r"address"):
        AccessTable(address=address)
