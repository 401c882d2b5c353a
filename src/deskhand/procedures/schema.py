"""The JSON Schema of procedure files, for editors, made from the table that the loader reads."""

from collections.abc import Mapping
from typing import Any

from deskhand.domain.resolution import End
from deskhand.procedures.keys import PROCEDURE, SLOT, STEP, Key, Shape
from deskhand.procedures.procedure import SlotKind

TEXT: Mapping[str, Any] = {"type": "string"}
TEXTS: Mapping[str, Any] = {"type": "array", "items": TEXT}
HAND_OFF = {
    "type": "object",
    "additionalProperties": False,
    "required": ["because"],
    "properties": {"to": TEXT, "because": TEXT},
}


def json_schema() -> dict[str, Any]:
    """Draft 2020-12."""
    slot = _object(SLOT, {"kind": {"enum": [str(kind) for kind in SlotKind]}})
    step = _object(STEP, {"hand_off": HAND_OFF, "end": {"enum": [str(end) for end in End]}})
    slots = {"type": "object", "additionalProperties": slot}
    steps = {"type": "array", "items": step, "minItems": 1}
    examples = {**TEXTS, "minItems": 3}
    root = _object(PROCEDURE, {"slots": slots, "steps": steps, "examples": examples})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "Deskhand procedure", **root}


def _object(keys: Mapping[str, Key], special: Mapping[str, Any]) -> dict[str, Any]:
    properties = {
        name: {**special.get(name, _shape(key.shape)), "description": key.about} for name, key in keys.items()
    }
    needed = [name for name, key in keys.items() if key.needed]
    return {"type": "object", "additionalProperties": False, "required": needed, "properties": properties}


def _shape(shape: Shape) -> Mapping[str, Any]:
    match shape:
        case Shape.TEXT:
            return TEXT
        case Shape.TEXTS:
            return TEXTS
        case Shape.TEXT_OR_TEXTS:
            return {"anyOf": [TEXT, TEXTS]}
        case Shape.TEXT_TABLE:
            return {"type": "object", "additionalProperties": TEXT}
        case Shape.TABLE | Shape.STEPS:
            return {}
