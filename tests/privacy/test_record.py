"""The record of processing says what is connected, and nothing else."""

from pathlib import Path

from deskhand.bootstrap.connections.connectors import named
from deskhand.bootstrap.privacy_record import dpia, record
from deskhand.infrastructure.storage.personal_data import CATALOGUE
from deskhand.settings import read_settings

LUMEN = Path(__file__).parents[2] / "examples" / "lumen"


def test_the_record_names_the_systems_that_are_connected() -> None:
    settings = read_settings(LUMEN)
    told = record(settings)
    assert set(told["systems"]) == set(named(settings))
    assert told["company_systems"] == sorted(settings.table.systems.own)
    assert told["models"] == list(settings.table.chain)
    assert told["retention_days"]["models"] == settings.table.retention.models


def test_the_record_names_every_table_with_personal_data() -> None:
    told = record(read_settings(LUMEN))
    assert {name for tables in told["data"].values() for name in tables} == {
        name for name, one in CATALOGUE.items() if one.personal
    }


def test_the_facts_of_an_assessment_are_the_record_and_more() -> None:
    settings = read_settings(LUMEN)
    assert record(settings).items() <= dpia(settings).items()
