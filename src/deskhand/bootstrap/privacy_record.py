"""The record of processing, and the facts of an impact assessment, read from the configuration and the catalogue."""

from typing import Any

from deskhand.bootstrap.connections.connectors import named
from deskhand.domain.privacy import DataClass
from deskhand.infrastructure.storage.personal_data import CATALOGUE, Stays
from deskhand.settings import Settings


def record(settings: Settings) -> dict[str, Any]:
    """Art. 30. Who is responsible, and on what legal ground, is for the company to add."""
    table = settings.table
    channels = [name for name, one in table.channels if one]
    classes = {
        str(data): sorted(name for name, entry in CATALOGUE.items() if entry.data is data and entry.personal)
        for data in DataClass
    }
    days = table.retention.model_dump()
    return {
        "controller": table.company,
        "purpose": "to answer what customers write, within written policy, and to prove what was done",
        "systems": {name: one.connector.title for name, one in sorted(named(settings).items())},
        "company_systems": sorted(table.systems.own),
        "records": [table.records.address or "a twin"] if table.records else [],
        "mail": ["[systems.mail]"] if table.systems.mail else [],
        "channels": sorted(channels),
        "models": list(table.chain),
        "data": {data: tables for data, tables in classes.items() if tables},
        "retention_days": {name: one or "kept" for name, one in days.items()},
        "masked_before_models": sorted(str(one) for one in table.privacy.mask),
    }


def dpia(settings: Settings) -> dict[str, Any]:
    """Art. 35: the record, and by risk what this desk's own configuration does about it."""
    table = settings.table
    alone = sorted(name for name, stage in table.rollout.procedures.items() if str(stage) == "autonomous")
    return record(settings) | {
        "decisions_without_a_person": alone or ["none is given in desk.toml; promotions: `deskhand rollout show`"],
        "what_stays_after_erasure": {
            name: entry.ends.why for name, entry in CATALOGUE.items() if isinstance(entry.ends, Stays) and entry.ticket
        },
        "measures": {
            "adverse decisions": "a built-in rule leaves them to a person, whatever a policy file says",
            "what models read": "addresses and numbers are masked" if table.privacy.mask else "nothing is masked",
            "objection": "`deskhand customer restrict`: no assistant reads what they write",
            "erasure and access": "`deskhand forget`, `deskhand export`",
            "proof": "every decision is a line of a hash chain, with its rule and inputs",
        },
    }
