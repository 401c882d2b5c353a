"""The ways by which a week's report reaches people, and the run that takes it there."""

import hashlib

from deskhand.connectors.smtp.alerts import MailAlerts
from deskhand.infrastructure.engine.engine import Engine
from deskhand.ports.writes import AlertWriter, Mailer
from deskhand.settings import Settings
from deskhand.workflows.desk import Desk
from deskhand.workflows.send_report import STORY, send_report


def report_ways(settings: Settings, mailer: Mailer | None) -> dict[str, AlertWriter]:
    """One for each address of `[reports]`. Their names hold no address: they stand in the ledger."""
    return {way_of(to): MailAlerts(mailer, to) for to in settings.table.reports.to} if mailer else {}


def way_of(address: str) -> str:
    return f"report-{hashlib.sha256(address.lower().encode()).hexdigest()[:12]}"


def register_reports(engine: Engine, desk: Desk) -> None:
    """Sending a report is a durable run."""

    def send(way: str, week: str, subject: str, text: str) -> None:
        send_report(desk, way, week, subject, text)

    engine.register(STORY, send)
