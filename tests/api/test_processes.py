"""Several processes behind one address: no page, form, stream or chat depends on which of them answers."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from shutil import copytree
from uuid import uuid4

import httpx2
import pytest
from tests.measurement.histories import History
from tests.storage import postgres

from deskhand.bootstrap import now, open_store
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.measurement.weekly import Week
from deskhand.settings import read_settings

pytestmark = pytest.mark.postgres
PROCESSES = 3
PATIENCE = 60.0  # seconds for whatever is waited for
RUN = "from deskhand.entrypoints.cli import main; main()"
ORIGIN = "https://shop.example"
SITE = f"""
[widget]
audience = "lumen"
[widget.sites.shop]
origins = ["{ORIGIN}"]
anonymous = true
"""
TO = ["lead@lumen.example", "board@lumen.example"]
REPORTS = """
[reports]
to = ["lead@lumen.example", "board@lumen.example"]
hour = 0
"""


class Address:
    """One address with several processes behind it: each request goes to the next one."""

    def __init__(self, ports: list[int]):
        self.each = [httpx2.Client(base_url=f"http://127.0.0.1:{port}", timeout=30) for port in ports]
        self._next = cycle(self.each)

    def __call__(self, method: str, path: str, **more: object) -> httpx2.Response:
        return next(self._next).request(method, path, **more)  # type: ignore[arg-type]

    def close(self) -> None:
        for one in self.each:
            one.close()

    def every(self, path: str, **more: object) -> list[httpx2.Response]:
        return [one.get(path, **more) for one in self.each]  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def mail() -> Iterator[SmtpTwin]:
    twin = SmtpTwin(":memory:", now)
    yield twin
    twin.stop()


def a_ticket_of_last_week(folder: Path, database: str) -> None:
    """So that there is a week to report."""
    history = History(at=Week.last(now()).ends - timedelta(days=2)).wrote("zendesk:ticket:1").closed("zendesk:ticket:1")
    with open_store(replace(read_settings(folder), database_url=database)) as store, store.begin() as tx:
        for line in history.lines:
            tx.journal.append(line.kind, line.ticket, line.body, line.at)


@pytest.fixture(scope="module")
def desk(prepared: Path, tmp_path_factory: pytest.TempPathFactory, mail: SmtpTwin) -> Iterator[tuple[Address, str]]:
    """The address, and the session of an agent, begun at one of the processes."""
    if why := postgres.missing():
        pytest.skip(why)
    folder = copytree(prepared, tmp_path_factory.mktemp("processes") / "desk")
    settings = folder / "desk.toml"
    alone = re.sub(r'(?m)^default = "read-only"', 'default = "autonomous"', settings.read_text("utf-8"))
    alone = alone.replace(
        "[systems.mail]\ntwin = true", f'[systems.mail]\naddress = "smtp-plain://127.0.0.1:{mail.start()}"'
    )
    settings.write_text(alone + SITE + REPORTS, "utf-8")
    ports = [postgres.free_port() for _ in range(PROCESSES)]
    running: list[subprocess.Popen[str]] = []
    with postgres.server() as server:
        database = postgres.new_database(server, "desk")
        environment = {**os.environ, "DESKHAND_DATABASE_URL": database}  # noqa: TID251
        a_ticket_of_last_week(folder, database)
        try:
            for port in ports:
                command = [sys.executable, "-c", RUN, "serve", "--desk", str(folder)]
                process = subprocess.Popen(
                    [*command, "--port", str(port)], env=environment, stderr=subprocess.PIPE, text=True
                )
                running.append(process)
                token = signed_in(process)
            address = Address(ports)
            eventually(lambda: all(one.status_code == 200 for one in address.every("/health")))
            answer = address("GET", "/sign-in", params={"token": token})
            for one in address.each:
                one.cookies.clear()
            yield address, answer.headers["set-cookie"].partition(";")[0].removeprefix("deskhand=")
            address.close()
        finally:
            for process in running:
                process.terminate()
            for process in running:
                process.communicate(timeout=PATIENCE)


def signed_in(process: "subprocess.Popen[str]") -> str:
    """The token of ana, as the process tells it while it starts."""
    assert process.stderr is not None
    seen = []
    for line in process.stderr:
        seen.append(line)
        if found := re.search(r"Workspace for ana: \S+token=(\w+)", line):
            return found[1]
    raise AssertionError(f"the process ended while it started: {''.join(seen)[-2000:]}")


def eventually(true: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            if true():
                return
        except httpx2.ConnectError:
            pass
        assert time.monotonic() < until, "it never came true"
        time.sleep(0.1)


def test_a_chat_and_a_workspace_work_whichever_process_answers(desk: tuple[Address, str]) -> None:
    address, session_of_ana = desk
    origin = {"origin": ORIGIN}
    session = address("POST", "/widget/shop/session", headers=origin).json()["token"]
    visitor, talk = {**origin, "authorization": f"Bearer {session}"}, uuid4().hex
    first = {"conversation": talk, "message": uuid4().hex, "text": "I want to talk to a person, please."}
    codes = [address("POST", "/widget/messages?site=shop", json=first, headers=visitor).status_code for _ in range(4)]
    assert sorted(codes) == [200, 200, 200, 202], "the same message again is filed once"

    def handed_over() -> bool:
        shown = address("GET", f"/widget/conversations/{talk}?site=shop", headers=visitor).json()
        return bool(shown["people"])

    eventually(handed_over)

    cookie = {"cookie": f"deskhand={session_of_ana}"}
    pages = [one.text for one in address.every("/inbox?view=people", headers=cookie)]
    tickets = [set(re.findall(r'id="row-(deskhand:ticket:[^"]+)"', page)) for page in pages]
    (ticket,) = tickets[0]
    assert tickets == [tickets[0]] * PROCESSES

    forms = [re.search(r'name="form" value="(\w+)"', page) for page in pages]
    assert len({one[1] for one in forms if one}) == 1, "a form of one process is a form of all"
    form = forms[0]
    assert form is not None
    data = {"form": form[1], "deed": "take-over"}
    assert address("POST", f"/tickets/{ticket}/owner", data=data, headers=cookie).status_code == 303
    for page in address.every(f"/inbox/{ticket}?view=mine", headers=cookie):
        assert "You have this conversation." in page.text
        assert "I want to talk to a person, please." in page.text


def test_what_one_process_does_is_heard_at_another_within_a_moment(desk: tuple[Address, str]) -> None:
    address, session_of_ana = desk
    cookie = {"cookie": f"deskhand={session_of_ana}"}
    page = address("GET", "/inbox?view=all", headers=cookie).text
    ticket, form = re.search(r'id="row-([^"]+)"', page), re.search(r'name="form" value="(\w+)"', page)
    after = re.search(r'data-event="(\d+)"', page)
    assert ticket
    assert form
    assert after
    heard: list[str] = []
    for one in address.each:
        with one.stream("GET", f"/events?after={after[1]}", headers=cookie) as feed:
            assert "frame-ancestors 'none'" in feed.headers["content-security-policy"]
            assert feed.headers["x-content-type-options"] == "nosniff"
            lines = feed.iter_lines()
            assert next(lines).startswith("retry:")
            if not heard:
                data = {"form": form[1], "deed": "give-back"}
                assert address("POST", f"/tickets/{ticket[1]}/owner", data=data, headers=cookie).status_code == 303
            heard.append(next(line for line in lines if line.startswith("data: ")))
    assert len(set(heard)) == 1
    assert ticket[1] in heard[0]


def test_the_week_goes_out_once_to_each_although_every_process_has_a_round(
    desk: tuple[Address, str], mail: SmtpTwin
) -> None:
    """A round comes at once when a process starts: by now each of them has seen that the week was due."""
    eventually(lambda: len(mail.letters()) >= len(TO))
    for one in desk[0].each:
        assert one.get("/health").status_code == 200
    assert sorted(one for letter in mail.letters() for one in letter["recipients"]) == sorted(TO)


def test_who_signs_out_at_one_process_is_out_at_all(desk: tuple[Address, str]) -> None:
    address, session_of_ana = desk
    cookie = {"cookie": f"deskhand={session_of_ana}"}
    form = re.search(r'name="form" value="(\w+)"', address("GET", "/inbox", headers=cookie).text)
    assert form
    assert address("POST", "/sign-out", data={"form": form[1]}, headers=cookie).status_code == 303
    assert [one.status_code for one in address.every("/api/tickets", headers=cookie)] == [401] * PROCESSES
