"""Accounts: invited by a link that works once, signed in by password and second factor, and kept out at once."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx2
import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from tests.api.visitor import form_token
from tests.stories.lumen import Lumen

from deskhand.bootstrap import Access, Tried
from deskhand.domain.errors import NotGranted
from deskhand.domain.journal_line import Broken, Verified
from deskhand.domain.rights import Role
from deskhand.entrypoints.access_review import review
from deskhand.entrypoints.cli.serve import ways_in
from deskhand.infrastructure import passwords
from deskhand.infrastructure.storage.accounts import FREE, LONGEST_WAIT, wait_after
from deskhand.infrastructure.storage.sign_ins import WINDOW

PASSWORD, OTHER = "correct horse battery", "another staple entirely"


@pytest.fixture(autouse=True)
def rested(shared: Lumen) -> Iterator[None]:
    shared.clock.ahead += WINDOW + timedelta(seconds=1)
    yield
    shared.http.cookies.clear()


def access(shared: Lumen) -> Access:
    return shared.installation.access


def member(shared: Lumen, name: str, role: Role = Role.AGENT) -> str:
    link = access(shared).invite(name, role, (), by="test", now=shared.clock())
    assert access(shared).set_password(link, PASSWORD, shared.clock()) == name
    return name


def sign_in(shared: Lumen, name: str, password: str = PASSWORD, code: str = "") -> httpx2.Response:
    shared.http.cookies.clear()
    return shared.http.post("/sign-in", data={"name": name, "password": password, "code": code})


def session(answer: httpx2.Response) -> dict[str, str]:
    assert answer.status_code == 303, answer.text
    return {"cookie": answer.headers["set-cookie"].partition(";")[0]}


def lines(shared: Lumen, kind: str) -> list[dict[str, object]]:
    return [dict(one.body) for one in shared.installation.queries.of_kinds([kind])]


def code_of(totp: bytes, now: datetime) -> str:
    return TOTP(totp, 6, SHA1(), 30).generate(int(now.timestamp())).decode()


def test_the_first_admin_gets_a_link_and_there_is_no_password_before(shared: Lumen) -> None:
    told = "\n".join(ways_in(shared.installation, "http://desk.test"))
    assert "First admin, mei: set a password within 30 minutes" in told
    link = told.partition("/sign-in/new?link=")[2].split()[0]
    assert sign_in(shared, "mei", "").status_code == 401
    for _ in range(2):
        assert shared.http.get("/sign-in/new", params={"link": link}).status_code == 200, "a look uses nothing"
    fields = {"link": link, "password": PASSWORD, "again": PASSWORD}
    assert shared.http.post("/sign-in/new", data={**fields, "again": OTHER}).status_code == 422
    assert shared.http.post("/sign-in/new", data={**fields, "password": "short", "again": "short"}).status_code == 422
    first = shared.http.post("/sign-in/new", data=fields)
    assert shared.http.get("/settings/people", headers=session(first)).status_code == 200
    shared.http.cookies.clear()
    assert shared.http.post("/sign-in/new", data=fields).status_code == 404, "it works once"
    assert "First admin" not in "\n".join(ways_in(shared.installation, "http://desk.test"))
    token = shared.installation.tokens["mei"]
    assert shared.http.get("/api/tickets", headers={"authorization": f"Bearer {token}"}).status_code == 401
    assert "Workspace for mei" not in "\n".join(ways_in(shared.installation, "http://desk.test"))


def test_a_link_ends_by_itself_and_with_its_person(shared: Lumen) -> None:
    now = shared.clock()
    link = access(shared).invite("lea", Role.VIEWER, (), by="test", now=now)
    assert access(shared).set_password(link, PASSWORD, now + timedelta(hours=24)) is None
    again = access(shared).invite("lea", None, (), by="test", now=now)
    access(shared).accounts.disable("lea", by="test", now=now)
    assert access(shared).set_password(again, PASSWORD, now) is None


def test_whichever_was_wrong_the_answer_is_the_same(shared: Lumen) -> None:
    name = member(shared, "kit")
    told = {sign_in(shared, *given).text for given in ((name, OTHER), ("nobody", PASSWORD), ("nobody", ""))}
    assert len(told) == 1
    assert "Name, password or code is wrong" in told.pop()
    assert session(sign_in(shared, name))


def test_a_name_waits_longer_after_each_wrong_try_and_the_address_too(shared: Lumen) -> None:
    name, now = member(shared, "uma"), shared.clock()
    gate = access(shared)

    def tried(password: str, address: str, at: datetime) -> Tried:
        return gate.by_password(name, password, "", agent="", address=address, now=at)

    for number in range(FREE):
        assert not tried(OTHER, f"10.0.{number}.1", now).session
    held = tried(PASSWORD, "10.9.9.9", now)
    assert (held.session, held.until) == ("", now + wait_after(FREE))
    assert tried(PASSWORD, "10.9.9.9", now + wait_after(FREE)).session
    waits = [wait_after(number) for number in range(FREE, FREE + 12)]
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT
    (line,) = lines(shared, "access.refused")[-1:]
    assert (line["person"], line["from"]) == (name, "10.0.4.0/24"), "not the whole address"


def test_what_is_typed_as_a_name_of_nobody_stands_in_no_line(shared: Lumen) -> None:
    for number in range(FREE):
        at = f"10.1.{number}.1"
        access(shared).by_password("my-password-by-mistake", "x", "", agent="", address=at, now=shared.clock())
    assert "my-password" not in json.dumps(lines(shared, "access.refused"))


def test_a_code_works_once_and_a_recovery_code_too(shared: Lumen) -> None:
    name, gate, now = member(shared, "ivo"), access(shared), shared.clock()
    who = session(sign_in(shared, name))
    page = shared.http.get("/me", headers=who)
    seal = page.text.partition('name="seal" value="')[2].partition('"')[0]
    totp = passwords.opened(seal, shared.installation.store.secret, name)
    assert totp is not None
    fields = {"form": form_token(page), "seal": seal, "old": PASSWORD}
    assert shared.http.post("/me/second-factor", data={**fields, "code": "000000x"}, headers=who).status_code == 422
    done = shared.http.post("/me/second-factor", data={**fields, "code": code_of(totp, now)}, headers=who)
    recovery = done.text.partition("Recovery codes")[2].partition("<code>")[2].partition("</code>")[0]
    assert sign_in(shared, name).status_code == 401, "the password alone is not enough"
    assert sign_in(shared, name, code=code_of(totp, now)).status_code == 401, "it was used to set it up"
    shared.clock.ahead += timedelta(seconds=60)
    fresh = code_of(totp, shared.clock())
    assert sign_in(shared, name, code=fresh).status_code == 303
    assert sign_in(shared, name, code=fresh).status_code == 401
    assert sign_in(shared, name, code=recovery).status_code == 303
    assert sign_in(shared, name, code=recovery).status_code == 401
    account = gate.accounts.get(name)
    assert account is not None
    assert account.codes_left == passwords.CODES - 1


def test_the_vectors_of_rfc_6238_fit() -> None:
    seed = b"12345678901234567890"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (2000000000, "279037")):
        at = datetime.fromisoformat("1970-01-01T00:00:00+00:00") + timedelta(seconds=seconds)
        assert passwords.step_of(seed, code, at, 0) == seconds // 30
        assert passwords.step_of(seed, code, at, seconds // 30) is None


def test_a_session_ends_by_quiet_by_age_and_by_hand(shared: Lumen) -> None:
    name, gate, now = member(shared, "ole"), access(shared), shared.clock()
    quiet, old, ended = (gate.begin(name, agent="", address="", now=now) for _ in range(3))
    assert gate.by_session(quiet, now + timedelta(hours=11, minutes=59))
    assert gate.by_session(quiet, now + timedelta(hours=23)), "it was used in between"
    assert gate.by_session(quiet, now + timedelta(hours=36)) is None
    for hours in range(6, 7 * 24, 6):
        assert gate.by_session(old, now + timedelta(hours=hours))
    assert gate.by_session(old, now + timedelta(days=7)) is None
    found = gate.by_session(ended, now)
    assert found is not None
    assert not gate.sessions.revoke(found.session, by="x", now=now, of="somebody else")
    assert gate.sessions.revoke(found.session, by=name, now=now, of=name)
    assert gate.by_session(ended, now) is None


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(shared: Lumen) -> None:
    who = session(sign_in(shared, member(shared, "pia")))
    form = form_token(shared.http.get("/inbox", headers=who))
    shared.http.post("/sign-out", data={"form": form}, headers=who)
    assert shared.http.get("/inbox", headers=who).status_code == 401


def test_a_new_password_and_being_kept_out_end_every_session_and_token(shared: Lumen) -> None:
    name, gate = member(shared, "rex"), access(shared)
    who = session(sign_in(shared, name))
    fields = {"form": form_token(shared.http.get("/me", headers=who)), "new": OTHER, "again": OTHER}
    assert shared.http.post("/me/password", data={**fields, "old": OTHER}, headers=who).status_code == 422
    assert shared.http.post("/me/password", data={**fields, "old": PASSWORD}, headers=who).status_code == 303
    assert shared.http.get("/inbox", headers=who).status_code == 401
    assert sign_in(shared, name, PASSWORD).status_code == 401
    who = session(sign_in(shared, name, OTHER))
    made = gate.make_token("ci", name, Role.AGENT, timedelta(days=1), by="test", now=shared.clock())
    bearer = {"authorization": f"Bearer {made}"}
    assert shared.http.get("/api/tickets", headers=bearer).status_code == 200
    assert gate.accounts.disable(name, by="test", now=shared.clock())
    for headers in (who, bearer):
        assert shared.http.get("/api/tickets", headers=headers).status_code == 401
    assert sign_in(shared, name, OTHER).status_code == 401


def test_an_admin_keeps_somebody_of_desk_toml_out_and_never_themselves(shared: Lumen) -> None:
    who = session(sign_in(shared, member(shared, "ada", Role.ADMIN)))
    form = form_token(shared.http.get("/settings/people", headers=who))
    token = {"authorization": f"Bearer {shared.installation.tokens['tom']}"}
    assert shared.http.get("/api/tickets", headers=token).status_code == 200
    deed = "/settings/people/disable"
    assert shared.http.post(deed, data={"form": form, "name": "tom"}, headers=who).status_code == 303
    assert shared.http.get("/api/tickets", headers=token).status_code == 401
    assert shared.http.post(deed, data={"form": form, "name": "ada"}, headers=who).status_code == 409
    made = shared.http.post("/settings/people", data={"form": form, "name": "eve", "role": "viewer"}, headers=who)
    assert "/sign-in/new?link=" in made.text
    assert "/sign-in/new?link=" not in shared.http.get("/settings/people", headers=who).text, "shown once"
    assert shared.http.get("/settings/people", headers=token).status_code == 401


def test_a_token_holds_no_more_than_its_role_its_person_and_its_time(shared: Lumen) -> None:
    gate, now = access(shared), shared.clock()
    member(shared, "bot", Role.AGENT)
    day = timedelta(days=1)
    for name, person, role, life in (
        ("x", "bot", Role.LEAD, day),
        ("x", "nobody", Role.VIEWER, day),
        ("x", "bot", Role.AGENT, timedelta(days=367)),
        ("x", "bot", Role.AGENT, timedelta(0)),
        (" ", "bot", Role.AGENT, day),
    ):
        with pytest.raises(NotGranted, match="made"):
            gate.make_token(name, person, role, life, by="test", now=now)
    made = gate.make_token("reading", "bot", Role.VIEWER, day, by="test", now=now)
    bearer = {"authorization": f"Bearer {made}"}
    assert made.startswith("dh_")
    assert shared.http.get("/api/tickets", headers=bearer).status_code == 200
    assert shared.http.post("/api/pauses", json={}, headers=bearer).status_code == 403
    assert shared.http.get("/api/tickets", headers={"cookie": f"deskhand={made}"}).status_code == 401
    assert gate.by_token(made, now + day) is None
    (kept,) = [one for one in gate.tokens.all() if one.name == "reading"]
    assert not gate.tokens.revoke(kept.id[:3], by="test", now=now), "too little to say which"
    assert gate.tokens.revoke(kept.id[:12], by="test", now=now)
    assert shared.http.get("/api/tickets", headers=bearer).status_code == 401


@pytest.mark.parametrize("name", ["", "assistant", "a\nb", "<b>", "x" * 65])
def test_odd_names_are_nobodys(shared: Lumen, name: str) -> None:
    with pytest.raises(NotGranted, match="Nobody was invited"):
        access(shared).invite(name, Role.AGENT, (), by="test", now=shared.clock())


@pytest.mark.parametrize("weak", ["short", "aaaaaaaaaaaaaa", "x" * 201])
def test_weak_passwords_are_refused_and_use_no_link(shared: Lumen, weak: str) -> None:
    link = access(shared).invite("wim", Role.AGENT, (), by="test", now=shared.clock())
    with pytest.raises(NotGranted, match="Nothing was changed"):
        access(shared).set_password(link, weak, shared.clock())
    assert access(shared).set_password(link, PASSWORD, shared.clock()) == "wim"


def test_nothing_that_opens_anything_is_kept_or_told(shared: Lumen) -> None:
    name, gate, now = member(shared, "zoe"), access(shared), shared.clock()
    link = gate.invite(name, None, (), by="test", now=now)
    cookie = session(sign_in(shared, name))["cookie"].partition("=")[2]
    token = gate.make_token("ci", name, Role.VIEWER, timedelta(days=1), by="test", now=now)
    told = json.dumps(review(gate.members(now)), default=str)
    with shared.installation.queries.database.connect() as connection:
        raw = b"\n".join(
            repr(row).encode()
            for table in ("account", "session", "api_token", "sign_in_link", "journal")
            for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        )
    for secret in (PASSWORD, link, cookie, token):
        assert secret.encode() not in raw
        assert secret not in told
    (row,) = [one for one in review(gate.members(now)) if one["person"] == name]
    assert (row["role"], row["state"], row["sessions"], row["second_factor"]) == (Role.AGENT, "active", 1, False)


def test_a_line_about_access_that_was_edited_is_found(shared: Lumen) -> None:
    queries = shared.installation.queries
    member(shared, "max")
    assert isinstance(queries.verify(), Verified)
    with queries.database.begin() as connection:
        kept = connection.exec_driver_sql("SELECT seal FROM stage_head WHERE number = 4").scalar()
        connection.exec_driver_sql("UPDATE stage_head SET seal = 'x' WHERE number = 4")
    broken = queries.verify()
    with queries.database.begin() as connection:
        connection.exec_driver_sql(f"UPDATE stage_head SET seal = '{kept}' WHERE number = 4")
    assert isinstance(broken, Broken)
    assert "access" in broken.why
