"""The JSON Schema of files of the desk folder, for editors, made from the tables that their loaders read."""

from typing import Any

from deskhand.procedures.keys import PROCEDURE, Key, Keys, Shape

TEXT: dict[str, Any] = {"type": "string", "minLength": 1}
TEXTS: dict[str, Any] = {"type": "array", "items": TEXT}


def json_schema() -> dict[str, Any]:
    """Draft 2020-12. It knows shapes only: names, types and the order of steps are the loader's to check."""
    return schema_of("Deskhand procedure", PROCEDURE)


def schema_of(title: str, keys: Keys) -> dict[str, Any]:
    """The same for any file that is one table of keys."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title} | _table(keys)


def _table(keys: Keys) -> dict[str, Any]:
    return {
        "type": "object",
        "additionalProperties": False,
        "required": [name for name, key in keys.items() if key.needed],
        "properties": {name: _value(key) | {"description": key.meaning} for name, key in keys.items()},
    }


def _value(key: Key) -> dict[str, Any]:
    match key.shape:
        case Shape.TEXT if key.one_of:
            return {"enum": [str(one) for one in key.one_of]}
        case Shape.TEXT:
            return TEXT | ({"pattern": f"^{key.pattern}$"} if key.pattern else {})
        case Shape.TEXTS:
            return TEXTS | _least(key)
        case Shape.TEXT_OR_TEXTS:
            return {"anyOf": [TEXT, TEXTS | _least(key)]}
        case Shape.TEXT_BY_NAME:
            return {"type": "object", "additionalProperties": TEXT}
        case Shape.TABLE:
            return _table(key.inner)
        case Shape.TABLE_BY_NAME:
            return {"type": "object", "additionalProperties": _table(key.inner)}
        case Shape.TABLES:
            return {"type": "array", "items": _table(key.inner)} | _least(key)
        case Shape.TREE:
            return {"type": "object"}


def _least(key: Key) -> dict[str, int]:
    return {"minItems": key.least} if key.least else {}
