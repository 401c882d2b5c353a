"""One rule as it is written: its keys, then what they name, then its conditions and its words."""

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from deskhand.domain.calendar import DAY, Span
from deskhand.domain.errors import Fault
from deskhand.domain.expression import Expression, Faulty, Language
from deskhand.domain.finding import LookupSpec
from deskhand.domain.lined_yaml import Items, Map, Text
from deskhand.domain.phrases import PHRASES
from deskhand.proactive.events import COMMON, EVENTS, RECORD, EventKind, Source
from deskhand.proactive.rule import Caps, Consent, Rule
from deskhand.proactive.slots import places

NEEDED = ("id", "on", "channel", "message", "caps", "quiet_hours")
TEXTS = ("id", "family", "on", "from", "window", "within", "service", "channel", "holdout")
MAPS = ("message", "caps")
KEYS = frozenset({*NEEDED, *TEXTS, "when", "about", "consent"})
CHANNELS = ("email", "ticket")
ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SHARE = re.compile(r"([0-9]{1,2}(?:\.[0-9]+)?)%")
LENGTH = re.compile(r"([1-9][0-9]{0,3})([mhd])")
UNITS = {"m": "minutes", "h": "hours", "d": "days"}
LATE = timedelta(days=3)
LONGEST = timedelta(days=365)
NOBODY = "opt_out_list"
RECORD_FIELD = re.compile(r"customer\.[a-z]\w*(\.\w+)*", re.ASCII)
SPEAKABLE = "a yes or no, and a length of time, have no words of their own"


class Reading:
    """What is sound in one file; whatever is wrong with it is in `faults`."""

    def __init__(
        self,
        raw: Map,
        file: str,
        questions: Mapping[str, Mapping[str, type]],
        look_ups: Mapping[str, LookupSpec],
        procedures: frozenset[str],
    ):
        self.faults: list[Fault] = []
        self._raw, self._file = raw, file
        self._questions, self._look_ups, self._procedures = questions, look_ups, procedures

    def rule(self) -> Rule | None:
        """None when anything is wrong."""
        self._keys()
        kind = EVENTS.get(self._text("on"))
        if "on" in self._raw and kind is None and not self.faults:
            self._fault(self._raw["on"], f"unknown event {self._text('on')!r}; known are {', '.join(sorted(EVENTS))}")
        if kind is None or self.faults:
            return None
        question = self._question(kind)
        types = {**COMMON, **({} if question else kind.facts), **self._columns(question)}
        language = Language(types)
        subject, text, spoken = self._message(types)
        quiet, zone = self._quiet()
        made = Rule(
            id=self._id("id"),
            family=self._id("family") if "family" in self._raw else self._id("id"),
            on=self._text("on"),
            question=question,
            window=self._window(kind),
            within=self._length("within") if "within" in self._raw else LATE,
            when=self._conditions(language),
            about=self._about(),
            service=self._service(kind),
            consent=self._consent(),
            channel=self._channel(),
            subject=subject,
            text=text,
            spoken=spoken,
            caps=self._caps(),
            quiet=quiet,
            zone=zone,
            holdout=self._holdout(),
            language=language,
            types=types,
        )
        if made.consent is None and not made.service and not self.faults:
            what = "no consent source: say `consent`, or `service: true` for what is about the customer's own money"
            self._fault(self._raw, what)
        return None if self.faults else made

    def _fault(self, at: Any, what: str) -> None:
        self.faults.append(Fault(self._file, getattr(at, "line", self._raw.line), what))

    def _text(self, key: str) -> str:
        value = self._raw.get(key)
        return str(value) if isinstance(value, Text) else ""

    def _keys(self) -> None:
        for key, value in self._raw.items():
            if key not in KEYS:
                self._fault(key, f"unknown key {str(key)!r}; known are {', '.join(sorted(KEYS))}")
            elif key in TEXTS and not (isinstance(value, Text) and value.strip()):
                self._fault(key, f"`{key}` is to be a text")
            elif key in MAPS and not isinstance(value, Map):
                self._fault(key, f"`{key}` is to be a table")
        for key in NEEDED:
            if key not in self._raw:
                self._fault(self._raw, f"a rule needs `{key}`")

    def _id(self, key: str) -> str:
        value: Text = self._raw[key]
        if not ID.fullmatch(value) or len(value) > 60:
            self._fault(value, f"`{key}` is small letters, digits and single hyphens, 60 at most")
        stem = self._file.rpartition("/")[2].removesuffix(".yaml").removesuffix(".yml")
        if key == "id" and str(value) != stem:
            self._fault(value, f"the id {str(value)!r} is not the name of the file")
        return value

    def _question(self, kind: EventKind) -> str:
        name = self._text("from")
        if kind.source is not Source.RECORDS:
            if name:
                self._fault(self._raw["from"], f"`from` has no meaning on {self._text('on')}")
            return ""
        if not name:
            if not kind.by_hand:
                self._fault(self._raw, f"{self._text('on')} needs `from`: a question of [records.events] in desk.toml")
            return ""
        columns = self._questions.get(name)
        if columns is None:
            known = ", ".join(sorted(self._questions)) or "none"
            self._fault(self._raw["from"], f"unknown question {name!r} of [records.events]; there is {known}")
            return ""
        for column, wanted in {"id": str, "email": str, **(kind.columns or {})}.items():
            if columns.get(column) is not wanted:
                what = f"{self._text('on')} needs the column `{column}` ({wanted.__name__}) of {name}"
                self._fault(self._raw["from"], what)
        return name

    def _columns(self, question: str) -> dict[str, type]:
        """The address is no fact: no message needs to tell people their own."""
        return {f"{RECORD}{name}": kind for name, kind in self._questions.get(question, {}).items() if name != "email"}

    def _window(self, kind: EventKind) -> timedelta:
        if kind.window and "window" not in self._raw:
            self._fault(self._raw, f"{self._text('on')} needs `window`: {kind.window}, such as 14d")
        elif not kind.window and "window" in self._raw:
            self._fault(self._raw["window"], f"`window` has no meaning on {self._text('on')}")
        elif kind.window:
            return self._length("window")
        return timedelta()

    def _length(self, key: str) -> timedelta:
        found = LENGTH.fullmatch(self._raw[key])
        length = timedelta(**{UNITS[found[2]]: int(found[1])}) if found else LONGEST + LATE
        if length > LONGEST:
            self._fault(self._raw[key], f"`{key}` is a length such as 30m, 12h or 14d, a year at most")
        return length

    def _conditions(self, language: Language) -> tuple[Expression, ...]:
        found = []
        for source in self._list("when"):
            try:
                found.append(language.compile(source))
            except Faulty as fault:
                self._fault(source, f"when: {fault}; the facts are {', '.join(language.types)}")
        return tuple(found)

    def _list(self, key: str) -> list[Text]:
        value = self._raw.get(key, Items())
        listed = [value] if isinstance(value, Text) else value
        if not isinstance(listed, list) or not all(isinstance(one, Text) for one in listed):
            self._fault(self._raw, f"`{key}` is to be a text or a list of texts")
            return []
        return listed

    def _about(self) -> tuple[str, ...]:
        for one in self._list("about"):
            if one not in self._procedures:
                self._fault(one, f"about: there is no procedure {str(one)!r}")
        return tuple(map(str, self._list("about")))

    def _service(self, kind: EventKind) -> bool:
        said = self._text("service")
        if said not in ("", "true", "false"):
            self._fault(self._raw["service"], "`service` is `true` or `false`")
        if said == "true" and not kind.service:
            what = f"{self._text('on')} is no service: only what is about the customer's own money or order is"
            self._fault(self._raw["service"], what)
        return said == "true"

    def _consent(self) -> Consent | None:
        raw = self._raw.get("consent")
        if raw is None:
            return None
        if isinstance(raw, Text) and raw == NOBODY:
            return Consent()
        if not isinstance(raw, Map) or not {"field"} <= set(raw) <= {"field", "is"} or not _texts(raw):
            self._fault(self._raw, f"`consent` is {NOBODY}, or a table with `field` and perhaps `is`")
            return None
        says = str(raw.get("is", ""))
        self._field(raw["field"], str if says else bool, "consent")
        return Consent(str(raw["field"]), says)

    def _field(self, name: Text, wanted: type, what: str) -> None:
        """A field of the customer's own record, which is a text, or of a look-up that asks for nothing more."""
        if RECORD_FIELD.fullmatch(name):
            if wanted is not str:
                self._fault(name, f"{what}: {str(name)!r} is a text: say with `is` which one is a yes")
            return
        spec, _, column = name.rpartition(".")
        found = self._look_ups.get(spec)
        if found is None or found.arguments or found.fields.get(column) is not wanted:
            kind = {bool: "a yes or no", str: "a text"}[wanted]
            self._fault(name, f"{what}: {str(name)!r} is not {kind} that a look-up tells")

    def _channel(self) -> str:
        if self._text("channel") not in CHANNELS:
            self._fault(self._raw["channel"], f"`channel` is one of {', '.join(CHANNELS)}")
        return self._text("channel")

    def _message(self, types: Mapping[str, type]) -> tuple[str, str, str]:
        raw = self._raw["message"]
        if not {"subject", "text"} <= set(raw) <= {"subject", "text", "language"} or not _texts(raw):
            self._fault(raw, "`message` has `subject`, `text` and perhaps `language`")
            return "", "", ""
        for key in ("subject", "text"):
            if not raw[key].strip():
                self._fault(raw[key], f"message: `{key}` is empty")
            for name in places(raw[key]):
                if name not in types:
                    self._fault(raw[key], f"message: unknown fact {name!r}; the facts are {', '.join(types)}")
                elif types[name] in (bool, timedelta):
                    self._fault(raw[key], f"message: {name} cannot be said: {SPEAKABLE}")
            if "{{" in (rest := re.sub(r"\{\{[^{}]*\}\}", "", raw[key])) or "}}" in rest:
                self._fault(raw[key], f"message: braces in `{key}` that are no place such as {{{{ charge.amount }}}}")
        spoken = str(raw.get("language", ""))
        if spoken and spoken not in PHRASES:
            self._fault(raw["language"], f"message: there are no phrases in {spoken!r}; there is {', '.join(PHRASES)}")
        return " ".join(raw["subject"].split()), str(raw["text"]), spoken

    def _caps(self) -> Caps:
        raw, names = self._raw["caps"], ("per_customer", "days", "desk_per_day")
        if set(raw) != set(names) or not _texts(raw):
            self._fault(raw, f"`caps` needs {', '.join(names)}, and nothing else")
            return Caps(1, 1, 1)
        given = {name: self._number(raw[name], name) for name in names}
        return Caps(**given)

    def _number(self, text: Text, name: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text)):
            self._fault(text, f"caps: `{name}` is a whole number from 1")
            return 1
        return int(text)

    def _quiet(self) -> tuple[Span | None, str]:
        raw, zone = self._raw["quiet_hours"], ""
        if isinstance(raw, Text) and raw == "none":
            return None, ""
        if isinstance(raw, Map) and {"hours"} <= set(raw) <= {"hours", "zone"} and _texts(raw):
            if "zone" in raw:
                self._field(raw["zone"], str, "quiet_hours")
                zone = str(raw["zone"])
            raw = raw["hours"]
        try:
            span = Span.parse(raw if isinstance(raw, Text) else "")
            if span.end - span.start < DAY:
                return span, zone
            self._fault(raw, "`quiet_hours` of the whole day leave no time for a message")
            return None, ""
        except ValueError:
            what = '`quiet_hours` is `none`, a span such as "21:00-08:00", or a table with `hours` and perhaps `zone`'
            self._fault(raw, what)
            return None, ""

    def _holdout(self) -> float:
        found = SHARE.fullmatch(self._text("holdout") or "0%")
        if not found or float(found[1]) > 50:
            self._fault(self._raw["holdout"], "`holdout` is a share such as 5%, 50% at most")
        return float(found[1]) / 100 if found else 0.0


def _texts(raw: Map) -> bool:
    return all(isinstance(one, Text) for one in raw.values())
