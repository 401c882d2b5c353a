"""Conversations with planted facts: what a customer states over one to five messages, in words of several languages."""

import random
from collections.abc import Callable
from dataclasses import dataclass

Value = Callable[[random.Random], str]
PRODUCTS = "Beacon Pro|Lumen Desk|Atlas Export|Trailhead|HarborSync".split("|")
FIRST = "maya jonas lucia pierre anna koen marta ines sven".split()
LAST = "chen holm rossi dubois weber visser nowak silva berg".split()


@dataclass(frozen=True)
class Tongue:
    """`says` holds, by kind, sentences with a place for the value; `person` asks for a person; `filler` states
    nothing. `tried` and `deadlines` are values themselves."""

    says: dict[str, tuple[str, ...]]
    tried: tuple[str, ...]
    deadlines: tuple[str, ...]
    filler: str
    person: str
    day: Callable[[int, int], str]
    money: Callable[[int, int], str]


def _months(names: str, form: str) -> Callable[[int, int], str]:
    months = names.split()
    return lambda day, month: form.format(day=day, month=months[month - 1])


TONGUES = {
    "en": Tongue(
        {
            "amount": ("You took {} from my account.", "the invoice says {} and that is wrong!", "I paid {}"),
            "date": ("It happened on {}.", "This started {} in the afternoon.", "we noticed it on {}"),
            "order": ("My order number is {}.", "order {} never arrived", "It is about order {}."),
            "invoice": ("Please look at invoice {}.", "The invoice is {}"),
            "email": ("The account belongs to {}.", "my other address is {}"),
            "phone": ("You can call me at {}.", "phone: {}"),
            "product": ("We use {} every day.", "The trouble is with {} only."),
            "tried": ("{}, and nothing changed.", "{} already."),
            "deadline": ("I need this {}.", "My manager wants an answer {}."),
        },
        ("I restarted the router", "I cleared the browser cache", "I asked our admin to reset my seat"),
        ("by Friday noon", "before the end of the month", "within two days"),
        "The weather has been fine here and the whole team is looking forward to the holidays. ",
        "I want to talk to a person, please.",
        _months(
            "January February March April May June July August September October November December", "{day} {month}"
        ),
        lambda whole, part: f"${whole}.{part:02}",
    ),
    "de": Tongue(
        {
            "amount": ("Sie haben {} von meinem Konto abgebucht.", "auf der Rechnung stehen {} und das ist falsch"),
            "date": ("Das ist am {} passiert.", "Begonnen hat es am {} nachmittags."),
            "order": ("Meine Bestellnummer lautet {}.", "Es geht um die Bestellung {}"),
            "invoice": ("Bitte prüfen Sie die Rechnung {}.", "Die Rechnung ist {}"),
            "email": ("Das Konto gehört zu {}.", "meine andere Adresse ist {}"),
            "phone": ("Sie erreichen mich unter {}.", "Telefon: {}"),
            "product": ("Wir arbeiten täglich mit {}.", "Das Problem gibt es nur mit {}."),
            "tried": ("{}, aber es hat nichts geholfen.", "{}, leider ohne Erfolg"),
            "deadline": ("Ich brauche das {}.", "Mein Chef will {} eine Antwort."),
        },
        ("Ich habe den Router neu gestartet", "Ich habe den Cache gelöscht", "Die Kollegin hat mein Kennwort geprüft"),
        ("bis Freitag", "bis zum Monatsende", "innerhalb von zwei Tagen"),
        "Das Wetter ist hier schön und die ganze Mannschaft freut sich schon sehr auf die freien Tage. ",
        "Ich möchte bitte mit einem Menschen sprechen.",
        _months(
            "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
            "{day}. {month}",
        ),
        lambda whole, part: f"{whole},{part:02} €",
    ),
    "fr": Tongue(
        {
            "amount": ("Vous avez prélevé {} sur mon compte.", "la facture indique {} et c'est faux"),
            "date": ("Cela s'est passé le {}.", "Tout a commencé le {} au matin."),
            "order": ("Mon numéro de commande est {}.", "Il s'agit de la commande {}"),
            "invoice": ("Merci de regarder la facture {}.", "La facture est {}"),
            "email": ("Le compte est au nom de {}.", "mon autre adresse est {}"),
            "phone": ("Vous pouvez m'appeler au {}.", "téléphone : {}"),
            "product": ("Nous utilisons {} tous les jours.", "Le problème ne concerne que {}."),
            "tried": ("{}, sans aucun résultat.", "{} plusieurs fois"),
            "deadline": ("Il me faut une solution {}.", "Mon chef attend une réponse {}."),
        },
        ("J'ai redémarré le routeur", "J'ai vidé le cache", "Notre administrateur a réinstallé le logiciel"),
        ("avant vendredi", "d'ici la fin du mois", "sous deux jours"),
        "Il fait très beau ici et toute l'équipe attend avec impatience les prochaines vacances. ",
        "Je voudrais parler à une personne, s'il vous plaît.",
        _months(
            "janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "{day} {month}"
        ),
        lambda whole, part: f"{whole},{part:02} euros",
    ),
    "es": Tongue(
        {
            "amount": ("Me han cobrado {} en la cuenta.", "la factura dice {} y no es correcto"),
            "date": ("Ocurrió el {}.", "Todo empezó el {} por la tarde."),
            "order": ("Mi número de pedido es {}.", "Se trata del pedido {}"),
            "invoice": ("Por favor, revisen la factura {}.", "La factura es {}"),
            "email": ("La cuenta está a nombre de {}.", "mi otra dirección es {}"),
            "phone": ("Pueden llamarme al {}.", "teléfono: {}"),
            "product": ("Usamos {} todos los días.", "El problema es solo con {}."),
            "tried": ("{}, pero no cambió nada.", "{} varias veces"),
            "deadline": ("Lo necesito {}.", "Mi jefa quiere una respuesta {}."),
        },
        ("He reiniciado el router", "He borrado la caché", "Nuestro técnico instaló otra vez el programa"),
        ("antes del viernes", "antes de fin de mes", "en dos días"),
        "Aquí hace muy buen tiempo y todo el equipo espera con ganas las próximas vacaciones. ",
        "Quiero hablar con una persona, por favor.",
        _months(
            "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
            "{day} de {month}",
        ),
        lambda whole, part: f"{whole},{part:02} €",
    ),
    "nl": Tongue(
        {
            "amount": ("U hebt {} van mijn rekening afgeschreven.", "op de factuur staat {} en dat klopt niet"),
            "date": ("Het gebeurde op {}.", "Het begon op {} in de middag."),
            "order": ("Mijn bestelnummer is {}.", "Het gaat om bestelling {}"),
            "invoice": ("Kijkt u alstublieft naar factuur {}.", "De factuur is {}"),
            "email": ("Het account hoort bij {}.", "mijn andere adres is {}"),
            "phone": ("U kunt mij bellen op {}.", "telefoon: {}"),
            "product": ("Wij gebruiken {} elke dag.", "Het probleem is er alleen met {}."),
            "tried": ("{}, maar het hielp niet.", "{} al een paar keer"),
            "deadline": ("Ik heb het {} nodig.", "Mijn baas wil {} een antwoord."),
        },
        ("Ik heb de router herstart", "Ik heb de cache gewist", "Onze beheerder heeft alles opnieuw ingesteld"),
        ("voor vrijdag", "voor het einde van de maand", "binnen twee dagen"),
        "Het is hier prachtig weer en het hele team kijkt uit naar de komende vakantie. ",
        "Ik wil graag met een mens spreken.",
        _months(
            "januari februari maart april mei juni juli augustus september oktober november december", "{day} {month}"
        ),
        lambda whole, part: f"€ {whole},{part:02}",
    ),
    "pl": Tongue(
        {
            "amount": ("Pobrano {} z mojego konta.", "na fakturze jest {} i to błąd"),
            "date": ("To się stało {}.", "Zaczęło się {} po południu."),
            "order": ("Mój numer zamówienia to {}.", "Chodzi o zamówienie {}"),
            "invoice": ("Proszę sprawdzić fakturę {}.", "Faktura to {}"),
            "email": ("Konto należy do {}.", "mój drugi adres to {}"),
            "phone": ("Można do mnie dzwonić pod {}.", "telefon: {}"),
            "product": ("Codziennie korzystamy z {}.", "Kłopot jest tylko z {}."),
            "tried": ("{}, ale nic to nie dało.", "{} już kilka razy"),
            "deadline": ("Potrzebuję tego {}.", "Szef chce odpowiedzi {}."),
        },
        ("Uruchomiłam router ponownie", "Próbowałam wyczyścić pamięć", "Nasz administrator zmienił ustawienia"),
        ("do piątku", "przed końcem miesiąca", "w ciągu dwóch dni"),
        "Pogoda jest u nas piękna i cały zespół bardzo czeka na zbliżające się wakacje. ",
        "Chcę rozmawiać z człowiekiem, proszę.",
        _months(
            "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
            "{day} {month}",
        ),
        lambda whole, part: f"{whole},{part:02} zł",
    ),
}


@dataclass(frozen=True)
class Planted:
    """One fact: its kind, and the words by which it is known again."""

    kind: str
    value: str


@dataclass(frozen=True)
class Conversation:
    """Messages in order with the facts planted in each; the last asks for a person."""

    language: str
    messages: tuple[tuple[str, tuple[Planted, ...]], ...]


def conversation(language: str, seed: int) -> Conversation:
    """The same one for the same seed."""
    rng, tongue = random.Random(f"{language}/{seed}"), TONGUES[language]
    kinds = list(tongue.says)
    rng.shuffle(kinds)
    messages = []
    for number in range(length := rng.randint(1, 5)):
        facts: list[Planted] = []
        sentences: list[str] = []
        for kind in kinds[number::length]:
            fact = Planted(kind, _value(kind, tongue, rng))
            facts.append(fact)
            sentences.append(rng.choice(tongue.says[kind]).format(fact.value))
        if number == length - 1:
            sentences.append(tongue.person)
        text = rng.choice((". ", "\n", "\n\n", " ")).join(one.rstrip(".") + "." for one in sentences)
        if rng.random() < 0.3:
            text = tongue.filler * rng.randint(1, 20) + "\n" + text
        messages.append((text, tuple(facts)))
    return Conversation(language, tuple(messages))


def _value(kind: str, tongue: Tongue, rng: random.Random) -> str:
    match kind:
        case "amount":
            return tongue.money(rng.randint(5, 999), rng.randint(0, 99))
        case "date":
            return tongue.day(rng.randint(1, 28), rng.randint(1, 12))
        case "order":
            return rng.choice(
                (f"LM-{rng.randint(10000, 99999)}", f"#{rng.randint(1000, 999999)}", f"A{rng.randint(100, 999)}-77")
            )
        case "invoice":
            return f"INV-2026-{rng.randint(1000, 9999)}"
        case "email":
            return f"{rng.choice(FIRST)}.{rng.choice(LAST)}{rng.randint(1, 99)}@example.net"
        case "phone":
            return rng.choice((f"+49 30 {rng.randint(100000, 999999)}", f"+1 415 555 {rng.randint(1000, 9999)}"))
        case "product":
            return rng.choice(PRODUCTS)
        case "tried":
            return rng.choice(tongue.tried)
        case _:
            return rng.choice(tongue.deadlines)
