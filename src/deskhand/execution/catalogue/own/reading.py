"""One action file as it is written: what is sound in it, and a word on whatever is not."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from deskhand.domain.lined_yaml import Map, Text
from deskhand.execution.catalogue.own import keys
from deskhand.execution.catalogue.own.action import TICKET, OwnAction
from deskhand.execution.catalogue.own.argument_text import argument, name_fault
from deskhand.execution.catalogue.own.arguments import Argument, ArgumentKind
from deskhand.execution.catalogue.own.field_text import fact_fault, field_of, path_fault
from deskhand.execution.catalogue.own.fields import WHOLE, Field
from deskhand.execution.catalogue.own.request_text import Requests
from deskhand.execution.catalogue.own.spec import Find, HttpRequest, Look, Owner, OwnSpec, Proof, Request, WayBack
from deskhand.execution.catalogue.own.templates import Words
from deskhand.execution.kind import Nature, Recovery
from deskhand.procedures.shaped import Complain, shaped

WINDOW = re.compile(r"([1-9][0-9]{0,3})([mhdw])")
UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
DEED = re.compile(r"[a-z]{2,30}(?:-[a-z]{1,30})*")
OF = re.compile(r"([a-z][a-z0-9_]*):([a-z][a-z0-9_]*)")
QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
DETAIL = re.compile(r"[a-z_][a-z0-9_]*")
Systems = Mapping[str, str]  # the kind of each, by its name: http or mcp


def own_action(document: Map, file: str, systems: Systems | None, complain: Complain) -> OwnAction:
    """Whatever is wrong with it goes to `complain`; then what comes back is not to be used. `systems`: those of the
    desk, or None where nothing will be called."""
    raw = shaped(document, keys.ACTION, "an action", complain)
    stem = file.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
    if "id" in raw and str(raw["id"]) != stem:
        complain(raw["id"].line, f"the id {str(raw['id'])!r} is not the name of the file")
    if systems is not None and "system" in raw and raw["system"] not in systems:
        there = f"there are {', '.join(sorted(systems))}" if systems else "desk.toml has none"
        complain(raw["system"].line, f"system {str(raw['system'])!r} is not in [systems.own]; {there}")
    return _Reading(raw, (systems or {}).get(raw.get("system", ""), ""), complain).action()


@dataclass
class _Reading:
    """`kind` of its system is "" where that is not known."""

    raw: Map
    kind: str
    complain: Complain
    arguments: dict[str, Argument] = field(default_factory=dict)

    def action(self) -> OwnAction:
        raw = self.raw
        self.arguments = self._arguments()
        requests = Requests(self.kind, self.arguments, self.complain)
        receipt = self._receipt()
        look = self._look(requests)
        facts, shows = self._fields("facts", look), self._fields("shows", look)
        act = requests.act(raw.get("act", Map()), bare=receipt is None)
        recovery = Recovery(raw["recovery"]) if "recovery" in raw else Recovery.PERSON
        return OwnAction(
            OwnSpec(
                id=str(raw.get("id", "")),
                title=str(raw.get("title", "")),
                about=str(raw.get("about", "")),
                nature=Nature(raw["nature"]) if "nature" in raw else Nature.ADVERSE,
                system=str(raw.get("system", "")),
                arguments=self.arguments,
                money=self._money(),
                look=look,
                facts=facts,
                shows=shows,
                owner=self._owner(look),
                key=self._key(),
                subject=self._words("subject", [name for name, one in self.arguments.items() if one.kind.names]),
                sets=self.raw.get("sets") == "yes",
                preview=self._words("preview", [*self._open(), *facts, *shows]),
                act=act,
                recovery=recovery,
                find=self._find(requests, recovery, act, receipt),
                receipt=receipt,
                deeds=self._deeds(),
                undo=self._undo(receipt),
            )
        )

    def _arguments(self) -> dict[str, Argument]:
        found = {}
        for name, table in self.raw.get("arguments", Map()).items():
            if what := name_fault(name):
                self.complain(_line(name, table), what)
            elif one := argument(name, table, self.complain):
                found[str(name)] = one
        return found

    def _open(self) -> list[str]:
        """What may stand where a reply rests on it."""
        known = {name: one for name, one in self.arguments.items() if not one.kind.private}
        return [part for name, one in known.items() for part in one.parts(name)]

    def _money(self) -> str:
        if "money" not in self.raw:
            return ""
        name = self.raw["money"]
        one = self.arguments.get(name)
        if one is None or one.kind is not ArgumentKind.AMOUNT:
            self.complain(name.line, f"money: {str(name)!r} is no argument of the type amount")
        return str(name)

    def _look(self, requests: Requests) -> Look | None:
        if "look" not in self.raw:
            return None
        table = self.raw["look"]
        self._path(table, "found")
        return Look(requests.read(table, "look"), str(table.get("found", "")))

    def _fields(self, key: str, look: Look | None) -> dict[str, Field]:
        """Of `facts` and of `shows`."""
        table, found = self.raw.get(key, Map()), {}
        if table and look is None:
            self.complain(table.line, f"{key} are read from what `look` brings; say how to look, or leave them out")
        for name, one in table.items():
            if what := fact_fault(name):
                self.complain(_line(name, one), what)
            elif key == "shows" and name in self.raw.get("facts", ()):
                self.complain(_line(name, one), f"{name} is a fact already; the preview may show it as it is")
            elif known := field_of(f"{key}: {name}", one, self.complain):
                found[str(name)] = known
        return found

    def _owner(self, look: Look | None) -> Owner | None:
        table = self.raw.get("owner")
        if table is None:
            return None
        if look is None:
            self.complain(table.line, "owner is read from what `look` brings; say how to look, or leave it out")
        if ("email" in table) == ("id" in table):
            self.complain(table.line, "owner has either `email`, or `id` with `of`")
            return None
        self._path(table, "email")
        self._path(table, "id")
        if "email" in table:
            return Owner(str(table["email"]))
        of = OF.fullmatch(table.get("of", ""))
        if of is None:
            self.complain(table.line, "owner: `id` needs `of`, the system and kind of that id, such as stripe:customer")
            return None
        return Owner(str(table["id"]), (of[1], of[2]))

    def _key(self) -> tuple[str, ...]:
        listed = self.raw.get("key", [])
        for name in listed:
            one = self.arguments.get(name)
            if name != TICKET and one is None:
                self.complain(name.line, f"key: {str(name)!r} is neither `ticket` nor an argument")
            elif one and (one.kind.private or not one.kind.names):
                what = f"key: the type {one.kind} can be told in many ways, or is personal"
                self.complain(name.line, f"{what}; name the effect by ids, and by `ticket`")
        ids = {name for name, one in self.arguments.items() if one.kind is ArgumentKind.ID}
        if listed and not ({TICKET} | ids) & set(listed):
            self.complain(
                listed.line,
                "key: it names neither `ticket` nor an object by its id, so it would be done once for all",
            )
        return tuple(map(str, listed))

    def _words(self, key: str, names: Collection[str]) -> Words:
        text = self.raw.get(key)
        if text is None:
            return Words(())
        try:
            words = Words.parse(str(text))
        except ValueError as error:
            self.complain(text.line, f"{key}: {error}")
            return Words(())
        for name in words.names:
            if name not in names:
                there = ", ".join(names) or "none"
                self.complain(text.line, f"{key}: {{{name}}} is not known here; there are {there}")
        return words

    def _receipt(self) -> Proof | None:
        if "receipt" not in self.raw:
            return None
        table = self.raw["receipt"]
        self._path(table, "id")
        details = {}
        for name, one in table.get("details", Map()).items():
            if name == "id" or not DETAIL.fullmatch(name):
                self.complain(_line(name, one), f"receipt: {str(name)!r} is no name for a detail")
            elif known := field_of(f"receipt: {name}", one, self.complain):
                details[str(name)] = known
        return Proof(str(table.get("id", "")), details)

    def _find(self, requests: Requests, recovery: Recovery, act: Request, receipt: Proof | None) -> Find | None:
        table, because = self.raw.get("find"), self.raw.get("because")
        line = self.raw["recovery"].line if "recovery" in self.raw else self.raw.line
        if recovery in (Recovery.REPEAT, Recovery.PERSON):
            if because is None:
                self.complain(line, f"recovery: {recovery} needs `because`: why there is no looking")
            if table is not None:
                self.complain(table.line, f"find is for `recovery: keyed` and `look`, and this one is {recovery}")
            return None
        if because is not None:
            self.complain(because.line, "because is for `recovery: repeat` and `person`")
        if table is None:
            self.complain(line, f"recovery: {recovery} needs `find`: how an effect with our key is recognised")
            return None
        if not isinstance(act, HttpRequest) and not act.key_in:
            self.complain(line, f"recovery: {recovery} needs `key_in` in `act`: a tool has no other place for our key")
        if receipt is None:
            self.complain(line, f"recovery: {recovery} needs `receipt`: what is found has to prove something")
        for name in ("list", "key"):
            self._path(table, name, whole=name == "list")
        return Find(requests.read(table, "find", key=True), str(table.get("list", "")), str(table.get("key", "")))

    def _deeds(self) -> tuple[str, ...]:
        for one in self.raw.get("deeds", ()):
            if not DEED.fullmatch(one):
                self.complain(
                    one.line, f"deeds: {str(one)!r} is no past participle in small letters, such as cancelled"
                )
        return tuple(map(str, self.raw.get("deeds", ())))

    def _undo(self, receipt: Proof | None) -> WayBack | str:
        table = self.raw.get("undo", Map())
        if not table:
            return ""
        if ("action" in table) == ("never" in table):
            self.complain(table.line, "undo has either `action` with `with` and `within`, or `never` with the reason")
            return ""
        if "never" in table:
            for name in ("with", "within"):
                if name in table:
                    self.complain(table[name].line, f"undo: `{name}` goes with `action`")
            return str(table["never"])
        window = WINDOW.fullmatch(table.get("within", ""))
        if window is None:
            line = table["within"].line if "within" in table else table.line
            self.complain(line, "undo: `within` is a length of time such as 30m, 72h, 30d or 2w")
        within = timedelta(**{UNITS[window[2]]: int(window[1])}) if window else timedelta()
        known = {*self.arguments, "receipt.id", *(f"receipt.{name}" for name in (receipt.details if receipt else ()))}
        given = {str(name): source for name, source in table.get("with", Map()).items()}
        for name, source in given.items():
            if source not in known and not QUOTED.fullmatch(source):
                what = f"undo: {name}: {str(source)!r} is no argument, nothing of the receipt, and no text in quotes"
                self.complain(source.line, what)
        return WayBack(str(table["action"]), {name: str(source) for name, source in given.items()}, within)

    def _path(self, table: Map, name: str, *, whole: bool = False) -> None:
        """Complains of a path into an answer that is none."""
        if name in table and (what := path_fault(table[name])) and not (whole and table[name] == WHOLE):
            self.complain(table[name].line, f"{name}: {what}")


def _line(name: Any, table: Map) -> int:
    return name.line if isinstance(name, Text) else table.line
