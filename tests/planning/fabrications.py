"""Makes replies that are true of a scene, and plants one untruth in each: the same ones for the same seed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from types import ModuleType
from typing import Any

from tests.planning.scenes import MAKERS, Scene, scene

from deskhand.domain.money import DIGITS, Money

Value = str | Money | datetime
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
}
SIGNS = {"USD": "$", "EUR": "€"}
NAMES = {"USD": ("dollars", "bucks"), "EUR": ("euros", "euros")}


@dataclass(frozen=True)
class Reply:
    """`kind` is empty for a true reply; `untrue` is what was planted."""

    scene: Scene
    text: str
    language: str
    kind: str = ""
    untrue: str = ""


def clean(wordings: ModuleType, seed: int, count: int) -> list[Reply]:
    """So many different true replies, every third of them not in English where the scene has such wordings."""
    random = Random(seed)
    found: dict[str, Reply] = {}
    while len(found) < count:
        reply = _true(wordings, random)
        found.setdefault(reply.text, reply)
    return list(found.values())


def planted(wordings: ModuleType, seed: int, each: int) -> Iterator[Reply]:
    """So many replies with an untruth of each kind."""
    random = Random(seed)
    for kind in (*MUTATED, *wordings.UNTRUE, "turned"):
        made = 0
        while made < each:
            if reply := _false(wordings, kind, random):
                made += 1
                yield reply


def _true(wordings: ModuleType, random: Random) -> Reply:
    found = scene(random.choice(sorted(MAKERS)), random)
    abroad = [code for code in sorted(wordings.ABROAD) if found.name in wordings.ABROAD[code]]
    language = random.choice(abroad) if abroad and random.random() < 0.4 else "en"
    return Reply(found, _said(wordings, found, found.values, language, random), language)


def _said(wordings: ModuleType, found: Scene, values: Mapping[str, Value], language: str, random: Random) -> str:
    slots = wordings.CLEAN[found.name] if language == "en" else wordings.ABROAD[language][found.name]
    sentences = [random.choice(slot) for slot in slots]
    if language == "en":
        sentences = [random.choice((random.choice(wordings.OPENINGS), "")), *sentences]
        sentences += [random.choice((random.choice(wordings.CLOSINGS), ""))]
    return filled(random.choice((" ", "\n\n")).join(filter(None, sentences)), values, language, random)


def filled(text: str, values: Mapping[str, Value], language: str, random: Random) -> str:
    """The wording with its places filled, each value spoken in one of its ways."""
    for name, value in values.items():
        while f"{{{name}}}" in text:
            text = text.replace(f"{{{name}}}", _spoken(value, language, random), 1)
    return text


def _spoken(value: Value, language: str, random: Random) -> str:
    if isinstance(value, Money):
        return random.choice(_money(value, language))
    if isinstance(value, datetime):
        return random.choice(_dates(value, language))
    return value


def _money(value: Money, language: str) -> list[str]:
    whole, cents = divmod(value.minor, 10 ** DIGITS[value.currency])
    sign = SIGNS.get(value.currency, value.currency)
    if language == "en":
        told = [
            f"{sign}{whole}.{cents:02}",
            f"{whole}.{cents:02} {value.currency}",
            f"{value.currency} {whole}.{cents:02}",
        ]
        word = NAMES.get(value.currency)
        return [*told, f"{sign}{whole}", *(f"{whole} {one}" for one in word or ())] if not cents else told
    told = [f"{whole},{cents:02} {sign}", f"{whole},{cents:02} {value.currency}", f"{whole},{cents:02}\u00a0{sign}"]
    return [*told, f"{whole} {sign}"] if not cents else told


def _dates(at: datetime, language: str) -> list[str]:
    month = MONTHS[language].split()[at.month - 1]
    match language:
        case "en":
            told = [
                f"{at.day} {month} {at.year}",
                f"{month} {at.day}, {at.year}",
                f"{month} {at.day}",
                f"{at:%Y-%m-%d}",
            ]
            return [*told, f"{at:%A}, {at.day} {month}", f"{at.day} {month[:3]}"]
        case "de" | "da":
            return [
                f"{at.day}. {month} {at.year}",
                f"{at.day}. {month}",
                f"{at.day}.{at.month}.{at.year}",
                f"{at:%d.%m.}",
            ]
        case "es" | "pt":
            return [f"{at.day} de {month} de {at.year}", f"{at.day} de {month}", f"{at:%d/%m/%Y}"]
        case "sv":
            return [f"{at.day} {month} {at.year}", f"{at.day} {month}", f"{at:%Y-%m-%d}"]
        case _:
            return [f"{at.day} {month} {at.year}", f"{at.day} {month}", f"{at:%d-%m-%Y}"]


def _false(wordings: ModuleType, kind: str, random: Random) -> Reply | None:
    true = _true(wordings, random)
    if kind in MUTATED:
        return _mutated(wordings, kind, true, random)
    if kind == "turned":
        sentences = wordings.TURNED.get(true.scene.name, [])
        if not sentences or true.language != "en":
            return None
        untrue = random.choice(sentences)
    else:
        fitting = [one for one in wordings.UNTRUE[kind] if true.language in ("en", one.partition("|")[0])]
        if not fitting:
            return None
        untrue = random.choice(fitting).rpartition("|")[2]
    place = random.choice((f"{true.text} {untrue}", f"{true.text}\n\n{untrue}", f"{untrue} {true.text}"))
    return replace(true, text=place, kind=kind, untrue=untrue)


def _mutated(wordings: ModuleType, kind: str, true: Reply, random: Random) -> Reply | None:
    """The same wording with one value that is wrong."""
    fitting = [name for name, value in true.scene.values.items() if isinstance(value, MUTATED[kind][0])]
    fitting = [name for name in fitting if kind != "id" or name in ("charge", "number")]
    fitting = [name for name in fitting if kind != "count" or name in ("used", "total", "storage", "room")]
    if not fitting:
        return None
    name = random.choice(fitting)
    wrong = MUTATED[kind][1](true.scene.values[name], random)
    if wrong in true.scene.values.values():
        return None
    seed = random.random()
    right = _said(wordings, true.scene, true.scene.values, true.language, Random(seed))
    text = _said(wordings, true.scene, {**true.scene.values, name: wrong}, true.language, Random(seed))
    return None if text == right else replace(true, text=text, kind=kind, untrue=f"{name}: {wrong}")


def _other_amount(value: Money, random: Random) -> Money:
    return Money(value.minor + random.choice((-900, -100, 100, 300, 1000, 9000)), value.currency)


def _other_currency(value: Money, random: Random) -> Money:
    return Money(value.minor, random.choice([one for one in ("USD", "EUR", "GBP", "CHF") if one != value.currency]))


def _other_day(value: datetime, random: Random) -> datetime:
    return value + timedelta(days=random.choice((-40, -7, 2, 3, 14, 33)))


def _other_id(value: str, random: Random) -> str:
    place = random.randrange(4, len(value))
    digit = random.choice([one for one in "23456789" if one != value[place]])
    return random.choice((value[:place] + digit + value[place + 1 :], value[:-6]))


def _other_count(value: str, random: Random) -> str:
    return str(int(value) + random.choice((1, 3, 7, 11)))


MUTATED: dict[str, tuple[type, Callable[[Any, Random], Value]]] = {
    "amount": (Money, _other_amount),
    "currency": (Money, _other_currency),
    "date": (datetime, _other_day),
    "id": (str, _other_id),
    "count": (str, _other_count),
}
