"""`deskhand serve`: the workspace and the API."""

import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from deskhand.bootstrap import (
    Installation,
    closing,
    looking_after,
    open_desk,
    polling,
    reaching_out,
    refreshing,
    reporting,
)
from deskhand.entrypoints.api.app import create_app
from deskhand.entrypoints.cli.watched import for_people, telling
from deskhand.entrypoints.printing import aside
from deskhand.entrypoints.web.weekly_page import letter
from deskhand.settings import read_settings

LAST_CALLS = 10  # seconds for what is being answered when the server stops


class Server(uvicorn.Server):
    """Ends what would never end by itself: streams that are waited on. `close` tells them."""

    def __init__(self, config: uvicorn.Config, close: Callable[[], None]):
        super().__init__(config)
        self._close = close

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._close()
        await super().shutdown(sockets)


def run(folder: Path, *, host: str, port: int) -> None:
    """Until Ctrl-C."""
    settings = read_settings(folder)
    with (
        telling() as tell,
        open_desk(settings, tell=tell) as installation,
        refreshing(installation.knowledge, settings.table.knowledge.refresh_minutes),
        polling(installation.systems.connected.values(), installation.store, installation.desk.clock),
        reaching_out(installation.desk, installation.outreach, settings.table.proactive.every_minutes),
        closing(installation.desk, settings.table.outcomes.every_minutes),
        looking_after(installation),
        reporting(installation, partial(letter, settings)),
        installation.channels.listening(installation.desk),
    ):
        serve(installation, host=host, port=port)


def build(folder: Path, state: Path) -> tuple[ExitStack, FastAPI]:
    """What `serve` holds before its first visitor, with its state elsewhere; close the stack to end it."""
    stack = ExitStack()
    return stack, create_app(stack.enter_context(open_desk(read_settings(folder, state), tell=aside.print)))


def serve(installation: Installation, *, host: str, port: int) -> None:
    """Tell how to get in, then serve."""
    for line in ways_in(installation, f"http://{host}:{port}") if for_people() else ():
        aside.print(line, soft_wrap=True, highlight=False, markup=False)
    app = create_app(installation)
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        log_level="warning",
        log_config=None,  # its messages go where all others go
        access_log=False,  # addresses hold tokens
        timeout_graceful_shutdown=LAST_CALLS,
    )
    with suppress(KeyboardInterrupt):
        Server(config, app.state.end_streams).run()


def ways_in(installation: Installation, address: str) -> Iterator[str]:
    """On a desk of twins, a link for each person who has no account; and, as long as no admin has a password, a link by
    which the first one sets theirs."""
    access = installation.access
    for name, token in installation.tokens.items():
        if access.desk_token_of(token):
            yield f"Workspace for {name}: {address}/sign-in?token={token}"
    first = access.first_link(installation.desk.clock())
    if first:
        name, link = first
        yield f"First admin, {name}: set a password within 30 minutes: {address}/sign-in/new?link={link}"
    yield f"Everybody else: `deskhand people invite NAME`, then {address}/sign-in"
