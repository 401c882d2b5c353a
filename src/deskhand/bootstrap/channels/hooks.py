"""Generic webhooks of a desk: the doors through which messages come, and where events are posted."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from deskhand.bootstrap.connections.connectors import Clock, Through, guarded
from deskhand.connectors.webhook.mapping import Mapped
from deskhand.connectors.webhook.poster import WebhookPoster
from deskhand.connectors.webhook.standard import key_of, verify
from deskhand.domain.errors import DeskFault, Fault
from deskhand.domain.incoming import Challenge, Incoming
from deskhand.infrastructure.engine.engine import Engine
from deskhand.ports.threads import Threads
from deskhand.settings import HookTable, Settings
from deskhand.workflows.announce import STORY, Event, Hook, post_event
from deskhand.workflows.desk import Desk

ReadDelivery = Callable[[Mapping[str, str], bytes, datetime], Incoming | Challenge | None]


@dataclass(frozen=True)
class ChannelDoor:
    """`read` proves a delivery and reads it (a `Rejected` when it is not what it claims to be). `answer`: the media
    type and the body that a service wants to hear, where it is particular."""

    read: ReadDelivery
    answer: tuple[str, str] | None = None


def hook_doors(settings: Settings) -> dict[str, ChannelDoor]:
    """One for each hook of the desk, by its name."""
    return {name: ChannelDoor(_reader(settings, name, one)) for name, one in settings.table.channels.hooks.items()}


def connect_hooks(settings: Settings, clock: Clock, through: Through) -> dict[str, Hook]:
    """Those that are told of events."""
    made = {}
    for name, one in settings.table.channels.hooks.items():
        if one.address:
            keys = secret_keys(settings, f"hook_{name}_out_secret")
            private = [urlsplit(one.address).hostname or ""] if one.private else []
            way = guarded(settings, through, *private)(f"hook:{name}", None)
            poster = WebhookPoster(one.address, keys, clock, transport=way)
            made[name] = Hook(name, poster, frozenset(one.events), one.every_ticket, tuple(one.retry_seconds))
    return made


def register_events(engine: Engine, desk: Desk, hooks: Mapping[str, Hook], threads: Threads) -> None:
    """Posting an event is a durable run, and so is each further attempt."""

    def post(hook: str, told: str, tries: str) -> None:
        post_event(desk, hooks, threads, hook, Event(*json.loads(told)), int(tries))

    engine.register(STORY, post)


def secret_keys(settings: Settings, name: str) -> list[bytes]:
    """The keys in DESKHAND_<NAME>: one, or two with a comma between while one takes the other's place."""
    try:
        return [key_of(one.strip()) for one in settings.secret(name).split(",")]
    except ValueError as error:
        what = f"DESKHAND_{name.upper()}: {error}"
        raise DeskFault((Fault(str(settings.folder / "desk.toml"), 1, what),)) from error


def _reader(settings: Settings, name: str, table: HookTable) -> ReadDelivery:
    keys = secret_keys(settings, f"hook_{name}_secret")
    mapped = Mapped(table.thread, table.requester, table.text, table.name or "", table.subject or "", table.only)
    return partial(_read, keys, mapped, name)


def _read(
    keys: list[bytes], mapped: Mapped, name: str, headers: Mapping[str, str], body: bytes, now: datetime
) -> Incoming | None:
    return mapped.read(name, verify(keys, headers, body, now), body)
