"""Values go to JSON and come back equal, whatever could be mistaken for something else on the way."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic_core import PydanticSerializationError, ValidationError
from tests.storage.values import NOW, RESOLUTION, RESULT, SUGGESTION

from deskhand.domain.attachment import Attachment
from deskhand.domain.customer import Ambiguous, Customer, Identity, Matched, Strength, Unknown
from deskhand.domain.dossier import Dossier
from deskhand.domain.finding import Finding, Value
from deskhand.domain.money import Money
from deskhand.domain.outcome import RunResult
from deskhand.domain.read import Read
from deskhand.domain.ref import Ref
from deskhand.domain.resolution import GiveUp, Plan
from deskhand.domain.suggestion import Suggestion
from deskhand.domain.verdict import Allow, Approve, Confirm, Deny, Escalate, Verdict
from deskhand.infrastructure.typed_json import codec

CUSTOMER = Customer(Ref("stripe", "customer", "cus_1"), "Ada", "ada@example.com", "gold", False, NOW)
values = st.one_of(
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.text(),
    st.sampled_from(["2026-03-01T12:30:15Z", "P3D", "PT72H", "29.00 USD", "1", "true", "null", ""]),
    st.builds(Money, st.integers(0, 10**12), st.sampled_from(["USD", "JPY"])),
    st.datetimes(timezones=st.just(UTC)),
    st.timedeltas(),
    st.lists(st.text(), max_size=3),
)


def test_an_attachment_that_was_kept_as_a_name_is_read_as_one() -> None:
    kept = codec(Suggestion).dump(SUGGESTION)
    now = json.loads(kept)
    now["heard"]["attachments"] = ["bill.pdf (application/pdf)", "a (b).png", "file 1 (of unknown type)"]
    found = codec(Suggestion).load(json.dumps(now)).heard.attachments

    assert found == (
        Attachment("bill.pdf", "application/pdf"),
        Attachment("a (b).png"),
        Attachment("file 1 (of unknown type)"),
    )


def there_and_back(kind: Any, value: object) -> object:
    text = codec(kind).dump(value)
    json.loads(text)
    return codec(kind).load(text)


@given(st.dictionaries(st.text(), values, max_size=4), st.lists(st.dictionaries(st.text(), values, max_size=3)))
def test_a_finding_comes_back_with_every_value_of_its_kind(
    fields: dict[str, Value], rows: list[dict[str, Value]]
) -> None:
    finding = Finding("billing.charges", fields, tuple(rows), "stripe", NOW)
    back = there_and_back(Finding, finding)
    assert back == finding
    assert isinstance(back, Finding)
    assert [type(value) for value in back.fields.values()] == [type(value) for value in fields.values()]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Verdict, Allow("a")),
        (Verdict, Approve("a", ("lead",))),
        (Verdict, Confirm("a", "Sure?")),
        (Verdict, Deny("a", "No.")),
        (Verdict, Escalate("a", "billing", "Wait.")),
        (Identity, Matched(CUSTOMER, Strength.ATTESTED, "email")),
        (Identity, Ambiguous((CUSTOMER.ref, CUSTOMER.ref), "email")),
        (Identity, Unknown()),
        (Plan, RESOLUTION),
        (Plan, GiveUp("no_source", "nothing fits")),
        (Dossier, Dossier(Unknown(), (), ("stripe",))),
        (Read[tuple[Ref, ...]], Read((CUSTOMER.ref,), "stripe", NOW)),
        (Suggestion, SUGGESTION),
        (RunResult | None, RESULT),
        (RunResult | None, None),
        (type(None), None),
        (datetime, NOW),
        (timedelta, timedelta(days=-1, microseconds=1)),
    ],
)
def test_a_value_comes_back_as_what_it_was(kind: Any, value: object) -> None:
    back = there_and_back(kind, value)
    assert back == value
    assert type(back) is type(value)


def test_a_value_of_another_type_than_declared_is_refused() -> None:
    with pytest.raises(PydanticSerializationError):
        codec(Dossier).dump("no dossier")
    with pytest.raises(ValidationError):
        codec(Dossier).load('"no dossier"')
