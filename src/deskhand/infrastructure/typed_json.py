"""Frozen values to JSON text and back, by their declared type: what comes back equals what went in."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from typing import Any, cast

from pydantic import TypeAdapter
from pydantic_core import CoreSchema, SchemaSerializer, SchemaValidator, core_schema

from deskhand.domain.attachment import Attachment

NAME_AND_TYPE = re.compile(r"(.*) \(([a-z0-9.+-]+/[a-z0-9.+-]+)\)")


class Codec:
    """Writes and reads values of one type; raises when a value is not of that type."""

    def __init__(self, kind: Any):
        schema = cast(CoreSchema, _mark_times(TypeAdapter(kind).core_schema))
        self._serializer = SchemaSerializer(schema)
        self._validator = SchemaValidator(schema)

    def dump(self, value: object) -> str:
        return self._serializer.to_json(value, warnings="error").decode()

    def dump_brief(self, value: object) -> str:
        """Without what is as it would be by default."""
        return self._serializer.to_json(value, warnings="error", exclude_defaults=True).decode()

    def load(self, text: str) -> Any:
        return self._validator.validate_json(text)


@cache
def codec(kind: Any) -> Codec:
    """The codec of a type; kept, since making one takes milliseconds."""
    return Codec(kind)


def _mark_times(schema: Any) -> Any:
    """The schema, with times and spans marked wherever text may stand in their place."""
    if isinstance(schema, list | tuple):
        return type(schema)(_mark_times(item) for item in schema)
    if not isinstance(schema, dict):
        return schema
    marked = {name: _mark_times(value) for name, value in schema.items()}
    if marked.get("type") == "dataclass" and marked.get("cls") is Attachment:
        return core_schema.no_info_before_validator_function(_once_a_name, cast(CoreSchema, marked))
    if marked.get("type") == "union" and _mixes_text_and_times(marked["choices"]):
        # JSON has one kind of text: without a mark a time would come back as the text it was written as.
        return core_schema.no_info_before_validator_function(
            _unmark, cast(CoreSchema, marked), serialization=core_schema.wrap_serializer_function_ser_schema(_mark)
        )
    return marked


def _once_a_name(value: object) -> object:
    """An attachment that was kept when only its name was: "bill.pdf", or "bill.pdf (application/pdf)"."""
    if not isinstance(value, str):
        return value
    found = NAME_AND_TYPE.fullmatch(value)
    return {"name": found[1], "type": found[2]} if found else {"name": value}


def _mixes_text_and_times(choices: list[Any]) -> bool:
    kinds = {choice.get("type") for choice in choices if isinstance(choice, dict)}
    return "str" in kinds and bool(kinds & {"datetime", "timedelta"})


def _mark(value: object, serialize: Callable[[object], object]) -> object:
    if isinstance(value, datetime):
        return {"$time": value.isoformat()}
    if isinstance(value, timedelta):
        return {"$span": [value.days, value.seconds, value.microseconds]}
    return serialize(value)


def _unmark(value: object) -> object:
    match value:
        case {"$time": str(text)}:
            return datetime.fromisoformat(text)
        case {"$span": [int(days), int(seconds), int(microseconds)]}:
            return timedelta(days, seconds, microseconds)
        case _:
            return value
