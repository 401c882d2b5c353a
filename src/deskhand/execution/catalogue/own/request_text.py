"""How an action calls its system, as it is written: over HTTP or as a tool, with places for its arguments."""

from collections.abc import Collection, Mapping
from functools import partial

from deskhand.domain.lined_yaml import Map
from deskhand.execution.catalogue.own.arguments import Argument, ArgumentKind
from deskhand.execution.catalogue.own.field_text import path_fault
from deskhand.execution.catalogue.own.spec import HttpRequest, Request, ToolRequest
from deskhand.execution.catalogue.own.templates import Path, Tree
from deskhand.procedures.shaped import Complain

HTTP, MCP = "http", "mcp"
ROOT = Path((), ())


class Requests:
    """`kind` of the system, or "" where that is not known."""

    def __init__(self, kind: str, arguments: Mapping[str, Argument], complain: Complain):
        self._kind, self._arguments, self._complain = kind, arguments, complain
        self._sent = [part for name, one in arguments.items() for part in one.parts(name)]

    def read(self, table: Map, what: str, *, key: bool = False) -> Request:
        """Of `look` and `find`; in the latter {key} is our key."""
        names = [*self._sent, "key"] if key else self._sent
        if self._is_tool(table, what):
            return ToolRequest(str(table.get("tool", "")), self._tree(table, "with", what, names))
        return HttpRequest("GET", self._path(table, what, names))

    def act(self, table: Map, *, bare: bool) -> Request:
        """`bare`: the answer proves nothing but by its status."""
        names = [*self._sent, "key"]
        key_in = str(table.get("key_in", ""))
        if key_in and (what := path_fault(key_in)):
            self._complain(table["key_in"].line, f"act: key_in: {what}")
        if self._is_tool(table, "act"):
            for option in ("method", "body"):
                if option in table:
                    self._complain(table[option].line, f"act: `{option}` goes with `path`, not with `tool`")
            self._check_free(table, "with", key_in)
            return ToolRequest(str(table.get("tool", "")), self._tree(table, "with", "act", names), key_in)
        if table and "method" not in table:
            self._complain(table.line, "act needs `method`: POST, PUT, PATCH or DELETE")
        self._check_free(table, "body", key_in)
        body = self._tree(table, "body", "act", names) if "body" in table else None
        return HttpRequest(str(table.get("method", "POST")), self._path(table, "act", names), body, key_in, bare)

    def _is_tool(self, table: Map, what: str) -> bool:
        if not table:
            return False
        if ("path" in table) == ("tool" in table):
            self._complain(table.line, f"{what} has either `path`, or `tool` with `with`")
            return "tool" in table
        if "path" in table and self._kind == MCP:
            self._complain(table["path"].line, f"{what}: its system speaks MCP, so it needs `tool`, not `path`")
        if "tool" in table and self._kind == HTTP:
            self._complain(table["tool"].line, f"{what}: its system speaks HTTP, so it needs `path`, not `tool`")
        if "with" in table and "path" in table:
            self._complain(table["with"].line, f"{what}: `with` goes with `tool`, not with `path`")
        return "tool" in table

    def _path(self, table: Map, what: str, names: Collection[str]) -> Path:
        text = table.get("path")
        if text is None:
            return ROOT
        try:
            path = Path.parse(str(text))
        except ValueError as error:
            self._complain(text.line, f"{what}: {error}")
            return ROOT
        for name in path.names:
            self._known(name, text.line, what, names)
        for name in path.in_path:
            one = self._arguments.get(name)
            if name == "key" or (name in names and (one is None or not one.kind.names)):
                kind = f"a {one.kind}" if one and one.kind is ArgumentKind.TEXT else "no id"
                self._complain(
                    text.line, f"{what}: {{{name}}} cannot be part of a path, being {kind}; put it behind the ?"
                )
        return path

    def _tree(self, table: Map, key: str, what: str, names: Collection[str]) -> Tree:
        tree = Tree.parse(table.get(key, Map()), partial(self._in, f"{what}: {key}"))
        for name, line in tree.names:
            self._known(name, line, f"{what}: {key}", names)
        return tree

    def _known(self, name: str, line: int, what: str, names: Collection[str]) -> None:
        if name not in names:
            self._complain(line, f"{what}: {{{name}}} is not known here; there are {', '.join(names) or 'none'}")

    def _in(self, what: str, line: int, fault: str) -> None:
        self._complain(line, f"{what}: {fault}")

    def _check_free(self, table: Map, key: str, path: str) -> None:
        """Our key has a place of its own."""
        node = table.get(key, Map())
        for step in path.split(".") if path else ():
            if not isinstance(node, Map):
                break
            if step not in node:
                return
            node = node[step]
        else:
            if not path:
                return
        self._complain(table["key_in"].line, f"act: key_in: something else stands at {path} already")
