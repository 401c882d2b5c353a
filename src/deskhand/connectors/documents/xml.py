"""XML from strangers: no document type, so no entities, and no depth without end."""

from xml.etree import ElementTree
from xml.parsers import expat

from deskhand.domain.errors import Unreadable

DEEPEST, MOST = 250, 1_000_000


def parsed(data: bytes) -> ElementTree.Element:
    """Its root. `Unreadable` when it is broken, or declares a document type."""
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, count
        depth, count = depth + 1, count + 1
        if depth > DEEPEST or count > MOST:
            raise Unreadable("its XML is nested too deeply" if depth > DEEPEST else "its XML has no end")
        builder.start(_name(name), {_name(key): value for key, value in attributes.items()})

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_name(name))

    def refuse(*_: object) -> None:
        raise Unreadable("its XML declares a document type, as an entity bomb would")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Unreadable("its XML is broken") from error
    return builder.close()


def _name(name: str) -> str:
    return f"{{{name}" if "}" in name else name
