"""When somebody is there again, as customers are told it in each of our languages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from deskhand.domain.phrases import ENGLISH


@dataclass(frozen=True)
class OpeningPhrases:
    """One language. `there_again` holds {day}, {date}, {time} and {zone}; `date` holds {number} and {month}. `days`
    begin with Monday, each as it follows "again" ("on Monday"); `months` as they follow the number of a day."""

    there_again: str
    date: str
    days: tuple[str, ...]
    months: tuple[str, ...]


OPENING: Mapping[str, OpeningPhrases] = {
    "cs": OpeningPhrases(
        there_again="Naši kolegové tu budou opět {day} {date} od {time} ({zone}).",
        date="{number}. {month}",
        days=("v pondělí", "v úterý", "ve středu", "ve čtvrtek", "v pátek", "v sobotu", "v neděli"),
        months=tuple("ledna února března dubna května června července srpna září října listopadu prosince".split()),
    ),
    "da": OpeningPhrases(
        there_again="Der er en kollega til stede igen {day} {date} fra kl. {time} ({zone}).",
        date="{number}. {month}",
        days=tuple(f"{one} den" for one in "mandag tirsdag onsdag torsdag fredag lørdag søndag".split()),
        months=tuple("januar februar marts april maj juni juli august september oktober november december".split()),
    ),
    "de": OpeningPhrases(
        there_again="Am {day}, dem {date}, ab {time} Uhr ({zone}) ist wieder jemand für Sie da.",
        date="{number}. {month}",
        days=tuple("Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()),
        months=tuple("Januar Februar März April Mai Juni Juli August September Oktober November Dezember".split()),
    ),
    "en": OpeningPhrases(
        there_again="A colleague will be here again {day} {date} from {time} ({zone}).",
        date="{number} {month}",
        days=tuple(f"on {one}" for one in "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()),
        months=tuple("January February March April May June July August September October November December".split()),
    ),
    "es": OpeningPhrases(
        there_again="Volverá a haber alguien de nuestro equipo {day} {date} a partir de las {time} ({zone}).",
        date="{number} de {month}",
        days=tuple(f"el {one}" for one in "lunes martes miércoles jueves viernes sábado domingo".split()),
        months=tuple(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split()
        ),
    ),
    "fi": OpeningPhrases(
        there_again="Asiakaspalvelijamme ovat taas paikalla {day} {date} kello {time} alkaen ({zone}).",
        date="{number}. {month}",
        days=tuple("maanantaina tiistaina keskiviikkona torstaina perjantaina lauantaina sunnuntaina".split()),
        months=tuple(
            f"{one}kuuta" for one in "tammi helmi maalis huhti touko kesä heinä elo syys loka marras joulu".split()
        ),
    ),
    "fr": OpeningPhrases(
        there_again="Un collègue sera de nouveau présent {day} {date} à partir de {time} ({zone}).",
        date="{number} {month}",
        days=tuple(f"le {one}" for one in "lundi mardi mercredi jeudi vendredi samedi dimanche".split()),
        months=tuple("janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()),
    ),
    "it": OpeningPhrases(
        there_again="Un collega sarà di nuovo presente {day} {date} dalle ore {time} ({zone}).",
        date="{number} {month}",
        days=tuple("lunedì martedì mercoledì giovedì venerdì sabato domenica".split()),
        months=tuple(
            "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
        ),
    ),
    "nl": OpeningPhrases(
        there_again="Er is {day} {date} vanaf {time} uur ({zone}) weer een collega aanwezig.",
        date="{number} {month}",
        days=tuple(f"op {one}" for one in "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag".split()),
        months=tuple("januari februari maart april mei juni juli augustus september oktober november december".split()),
    ),
    "pl": OpeningPhrases(
        there_again="Nasi pracownicy będą ponownie dostępni {day} {date} od godziny {time} ({zone}).",
        date="{number} {month}",
        days=("w poniedziałek", "we wtorek", "w środę", "w czwartek", "w piątek", "w sobotę", "w niedzielę"),
        months=tuple(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
        ),
    ),
    "pt": OpeningPhrases(
        there_again="Um colega estará novamente disponível {day} {date} a partir das {time} ({zone}).",
        date="{number} de {month}",
        days=(
            "na segunda-feira,",
            "na terça-feira,",
            "na quarta-feira,",
            "na quinta-feira,",
            "na sexta-feira,",
            "no sábado,",
            "no domingo,",
        ),
        months=tuple(
            "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro".split()
        ),
    ),
    "sv": OpeningPhrases(
        there_again="En kollega är på plats igen {day} {date} från kl. {time} ({zone}).",
        date="{number} {month}",
        days=tuple(f"{one} den" for one in "måndag tisdag onsdag torsdag fredag lördag söndag".split()),
        months=tuple("januari februari mars april maj juni juli augusti september oktober november december".split()),
    ),
}


def there_again(at: datetime, zone: str, language: str) -> str:
    """A sentence that names this moment by the clock of `zone`; in English where we lack the language's words."""
    words, local = OPENING.get(language, OPENING[ENGLISH]), at.astimezone(ZoneInfo(zone))
    return words.there_again.format(
        day=words.days[local.weekday()],
        date=words.date.format(number=local.day, month=words.months[local.month - 1]),
        time=f"{local:%H:%M}",
        zone=_named(local),
    )


def _named(local: datetime) -> str:
    """CET, or UTC+05:30 where the zone has no name of letters."""
    name = local.tzname() or ""
    return name if name.isalpha() else f"UTC{local.isoformat()[-6:]}"
