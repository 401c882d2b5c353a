"""A passkey in a real browser, whose device is its own: made under an account, and signed in by."""

import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest
from tests.stories.lumen import apart, opened
from tests.web.browser import Windows, violations
from tests.web.conftest import Workspace, served

from deskhand.domain.rights import Role
from deskhand.settings import Settings
from deskhand.settings.access import AccessTable

pytestmark = pytest.mark.browser
PASSWORD = "correct horse battery"
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture(scope="module")
def named(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """A desk that knows its own name: no browser makes passkeys for a number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    def change(settings: Settings) -> Settings:
        settings = apart(settings)
        own = {"access": AccessTable(address=f"http://localhost:{port}")}
        return replace(settings, table=settings.table.model_copy(update=own))

    folder = copytree(prepared, tmp_path_factory.mktemp("named") / "desk")
    with opened(folder, change) as lumen, served(lumen, port):
        yield Workspace(lumen, f"http://localhost:{port}")


def with_a_device(windows: Windows) -> Any:
    page = windows().new_page()
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    devices.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def test_made_once_and_signed_in_by_with_one_press(named: Workspace, windows: Windows) -> None:
    access, now = named.lumen.installation.access, named.lumen.clock()
    assert access.set_password(access.invite("kim", Role.AGENT, (), by="test", now=now), PASSWORD, now) == "kim"
    windows.allowed = ("401", "422")
    page = with_a_device(windows)
    page.goto(f"{named.address}/sign-in?next=/me")
    page.get_by_label("Name").fill("kim")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    form = page.locator("form[data-passkey]")
    form.get_by_label("What you call it").fill("this laptop")
    form.get_by_label("Your password").fill("not the password")
    form.get_by_role("button").click()
    form.get_by_text("The old password is not right.").wait_for()
    form.get_by_label("Your password").fill(PASSWORD)
    form.get_by_role("button").click()
    page.get_by_text("Recovery codes, shown this once").wait_for()
    page.get_by_text("this laptop").wait_for()
    assert violations(page) == []
    page.context.clear_cookies()
    page.goto(f"{named.address}/sign-in?next=/me")
    assert violations(page) == []
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("kim: agent").wait_for()
