"""How a process tells what it does to whoever watches it: from the environment, before any desk is open."""

import os
from dataclasses import dataclass
from enum import StrEnum

from deskhand.domain.errors import DeskFault, Fault

COLLECTOR = ("OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT")


class LogForm(StrEnum):
    TEXT = "text"
    JSON = "json"


@dataclass(frozen=True)
class Watching:
    """`collector`: whether an address is set that OpenTelemetry's own exporter sends to (it reads the rest itself)."""

    log: LogForm = LogForm.TEXT
    collector: bool = False


def read_watching() -> Watching:
    """DESKHAND_LOG, "text" (the default) or "json", and whether OTEL_EXPORTER_OTLP_ENDPOINT or its like is set."""
    given = os.environ.get("DESKHAND_LOG") or LogForm.TEXT  # noqa: TID251  (settings read the environment)
    if given not in set(LogForm):
        raise DeskFault((Fault("DESKHAND_LOG", 1, f"is {given!r}; it may be text or json"),))
    sent = any(os.environ.get(name) for name in COLLECTOR)  # noqa: TID251
    off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"  # noqa: TID251
    return Watching(LogForm(given), sent and not off)
