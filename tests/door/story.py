"""One ticket of HelpDock from its signed event to a reply, told by a process that has the package: prints JSON."""

import json
import sys
from pathlib import Path

import httpx2

from deskhand.bootstrap import open_desk
from deskhand.connectors.http.in_process import InProcess
from deskhand.entrypoints.api.app import create_app
from deskhand.settings import read_settings
from deskhand.workflows.take_in import run_key


def main(folder: Path, text: str) -> None:
    with open_desk(read_settings(folder), tell=lambda what: None) as installation:
        twin = installation.systems.connected["helpdock"].twin
        headers, body = twin.receive("robin@example.com", text)  # type: ignore[union-attr]
        forged, _ = twin.signed(b"{}")  # type: ignore[union-attr]
        door = httpx2.Client(base_url="https://desk.example", transport=InProcess(create_app(installation)))
        answers = [
            door.post("/webhooks/helpdock", headers=one, content=body).status_code for one in (forged, headers, headers)
        ]
        delivery = installation.doors["helpdock"](headers, body, installation.desk.clock())
        assert delivery is not None
        result = installation.wait(run_key(delivery), 60)
        told = {"answers": answers, "outcome": str(result.outcome), "reply": result.reply}
        told |= {"said": twin.said(1, public=True), "package": type(twin).__module__}  # type: ignore[union-attr]
        print(json.dumps(told))


main(Path(sys.argv[1]), sys.argv[2])
