"""A desk whose people sign in by somebody else's identity provider, where there is Node."""

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest
from tests.contracts.rigs import ROOT
from tests.sign_on.browser import ADDRESS, Provider
from tests.stories.conftest import impatient, prepared
from tests.stories.lumen import Lumen, apart, opened

from deskhand.domain.rights import Role
from deskhand.settings import Settings
from deskhand.settings.access import AccessTable, OidcTable
from deskhand.settings.egress import EgressTable

__all__ = ["impatient", "prepared"]
PROGRAM = ROOT / ".emulators" / "node_modules" / "oidc-provider" / "lib" / "index.js"
SECRET = "k" * 40
PEOPLE = {
    "sub-kim": {"email": "kim@lumen.example", "email_verified": True, "groups": ["support", "support-leads"]},
    "sub-ana": {"email": "a@elsewhere.example", "email_verified": False, "groups": []},
    "sub-out": {"email": "out@lumen.example", "email_verified": True, "groups": ["sales"]},
    "sub-mail": {"email": "boss@lumen.example", "email_verified": False, "groups": ["support"]},
    "sub-taken": {"email": "taken@lumen.example", "email_verified": True, "groups": ["support"]},
    "sub-gone": {"email": "gone@lumen.example", "email_verified": True, "groups": ["support"]},
}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    node = shutil.which("node")
    if node is None or not PROGRAM.is_file():
        pytest.skip("oidc-provider is not installed: it needs Node and npm, then run `make emulators`")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    client = {
        "client_id": "desk",
        "client_secret": SECRET,
        "token_endpoint_auth_method": "client_secret_post",
        "redirect_uris": [f"{ADDRESS}/sign-in/oidc/back"],
        "post_logout_redirect_uris": [f"{ADDRESS}/sign-in?out=true"],
    }
    told = json.dumps({"port": port, "program": PROGRAM.as_uri(), "clients": [client], "people": PEOPLE})
    quiet = subprocess.DEVNULL
    script = Path(__file__).with_name("provider.mjs")
    process = subprocess.Popen([node, script, told], env={"PATH": os.defpath}, stdout=quiet, stderr=quiet)
    try:
        until = time.monotonic() + 30
        while True:
            assert process.poll() is None, "the identity provider ended while it started"
            assert time.monotonic() < until, "the identity provider did not start in time"
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.05)
        yield Provider(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


@pytest.fixture(scope="module")
def desk(prepared: Path, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lumen]:
    def joined(settings: Settings) -> Settings:
        oidc = OidcTable(
            issuer=provider.address,
            client_id="desk",
            address=ADDRESS,
            roles={"support": Role.AGENT, "support-leads": Role.LEAD},
            subjects={"ana": "sub-ana"},
        )
        own = {"access": AccessTable(oidc=oidc), "egress": EgressTable(private=["127.0.0.1"])}
        table = apart(settings).table.model_copy(update=own)
        return replace(apart(settings), table=table, secrets={"DESKHAND_OIDC_SECRET": SECRET})

    with opened(copytree(prepared, tmp_path_factory.mktemp("sign_on") / "desk"), joined, finished=True) as made:
        yield made
