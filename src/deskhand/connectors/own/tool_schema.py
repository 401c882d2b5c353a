"""Whether what an action sends to a tool fits what the tool says that it takes."""

from collections.abc import Iterator, Mapping
from typing import Any

TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int,),
    "boolean": (bool,),
    "object": (dict,),
    "array": (list,),
    "null": (type(None),),
}


def misfits(sample: Mapping[str, Any], schema: Mapping[str, Any], where: str = "") -> Iterator[str]:
    """`sample`: arguments as they would be sent. Only names and types are looked at; other words of the schema pass."""
    known = schema.get("properties") or {}
    for name in schema.get("required") or ():
        if name not in sample:
            yield f"it needs {where}{name}"
    for name, value in sample.items():
        if name not in known:
            if known or schema.get("additionalProperties") is False:
                yield f"it takes no {where}{name}"
            continue
        wanted = known[name].get("type") or ()
        kinds = tuple(kind for one in ([wanted] if isinstance(wanted, str) else wanted) for kind in TYPES.get(one, ()))
        if kinds and type(value) not in kinds:
            yield f"{where}{name} is sent as {type(value).__name__}, and it takes {wanted}"
        elif isinstance(value, dict):
            yield from misfits(value, known[name], f"{where}{name}.")
