"""The workspace in other languages than English: all of it is translated, and pages come in the reader's language."""

import re
from collections.abc import Iterator
from configparser import ConfigParser
from datetime import datetime, timedelta
from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po
from tests.api.visitor import cookie
from tests.stories.conftest import shared
from tests.stories.lumen import Lumen

from deskhand.entrypoints.web.language import LANGUAGES, translations

__all__ = ["shared"]
WEB = Path(str(files("deskhand.entrypoints.web")))
PLACEHOLDER = re.compile(r"%(?:\((\w+)\)s|(%)|(.|$))")
OTHERS = sorted(set(LANGUAGES) - {"en"})
MONTHS = "Jan. Feb. März Apr. Mai Juni Juli Aug. Sept. Okt. Nov. Dez.".split()
SCREENS = {"/inbox?view=all": "Eingang", "/audit": "Audit", "/rollout": "Rollout", "/settings": "Optionen"}


@pytest.fixture(scope="module")
def marked() -> dict[str, str | tuple[str, ...]]:
    """Every string that a template marks, by its singular; found the way `make translations` finds them."""
    settings = ConfigParser()
    settings.read_string((WEB / "translations" / "babel.cfg").read_text("utf-8"))
    rules, options = [], {}
    for section in settings.sections():
        method, _, pattern = section.partition(":")
        rules.append((pattern.strip(), method))
        options[pattern.strip()] = dict(settings[section])
    found: dict[str, str | tuple[str, ...]] = {}
    for _, _, message, _, _ in extract_from_dir(WEB, rules, options):
        one = message if isinstance(message, str) else tuple(message)
        singular = one if isinstance(one, str) else one[0]
        assert found.setdefault(singular, one) == one, f"{singular!r} is marked with a plural and without"
    return found


def catalogue(language: str) -> Catalog:
    text = (WEB / "translations" / f"{language}.po").read_bytes()
    return read_po(BytesIO(text), locale=language, abort_invalid=True)


def messages(catalogue: Catalog) -> Iterator[Message]:
    return (one for one in catalogue if one.id)


def forms(text: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def test_every_language_has_a_file_and_every_file_is_a_language() -> None:
    assert OTHERS == sorted(file.stem for file in (WEB / "translations").glob("*.po")) == ["de"]


@pytest.mark.parametrize("language", OTHERS)
def test_what_the_templates_mark_is_translated_and_nothing_else(
    language: str, marked: dict[str, str | tuple[str, ...]]
) -> None:
    theirs = catalogue(language)
    assert len(marked) > 500
    assert {forms(one.id) for one in messages(theirs)} == {forms(one) for one in marked.values()}
    assert not theirs.obsolete
    assert [one.id for one in messages(theirs) if one.fuzzy] == []
    assert [one.id for one in messages(theirs) if not all(map(str.strip, forms(one.string) or [""]))] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_translation_fills_in_what_the_original_does(language: str) -> None:
    for one in messages(catalogue(language)):
        *_, most = forms(one.id)  # the plural names the number; "once" need not
        wanted = placeholders(most)
        first, *more = (placeholders(text) for text in forms(one.string))
        assert all(given == wanted for given in more), one.id
        assert first == wanted or (more and first == wanted - {"num"}), one.id


def placeholders(text: str) -> set[str]:
    """The names that are filled in; a % that is neither one of them nor doubled is a fault."""
    found = PLACEHOLDER.findall(text)
    assert not any(odd for _, _, odd in found), f"a lone % in {text!r}"
    return {name for name, _, _ in found if name}


@pytest.mark.parametrize("language", OTHERS)
def test_plurals_have_as_many_forms_as_the_language_and_choose_among_them(language: str) -> None:
    theirs, spoken = catalogue(language), translations(language)
    assert theirs.num_plurals == get_plural(language).num_plurals
    counted = [one for one in messages(theirs) if isinstance(one.id, tuple)]
    assert counted
    for one in counted:
        assert len(forms(one.string)) == theirs.num_plurals, one.id
        said = {spoken.ngettext(one.id[0], one.id[1], number) for number in range(0, 130)}
        assert said == set(forms(one.string))
    if language == "de":
        chosen = [spoken.ngettext("%(num)s ticket", "%(num)s tickets", n) % {"num": n} for n in (0, 1, 2)]
        assert chosen == ["0 Tickets", "1 Ticket", "2 Tickets"]


def test_what_begins_with_a_capital_letter_does_so_in_german() -> None:
    small = [
        (source, text)
        for one in messages(catalogue("de"))
        for source, text in zip(forms(one.id), forms(one.string), strict=True)
        if source[0].isupper() and text[0].islower()
    ]
    assert small == []


@pytest.mark.parametrize("given", [{"cookie": "language=de"}, {"accept-language": "de-AT,de;q=0.9,en;q=0.5"}])
def test_pages_come_in_german(shared: Lumen, given: dict[str, str]) -> None:
    shared.http.cookies.clear()
    told = shared.say(shared.customer("single_charge"), "I want to talk to a human.")
    for path, label in SCREENS.items():
        page = read(shared, path, **given)
        assert '<html lang="de"' in page
        assert f"<span>{label}</span>" in page
        assert "<span>Dashboard</span>" not in page
        assert '<button class="ghost stop" popovertarget="stop">' in page
        assert "<span>Stopp</span>" in page
    record = read(shared, f"/tickets/{told.ticket}", **given)
    assert f"Akte von {told.ticket}" in record


def test_days_and_times_are_written_as_the_language_writes_them(shared: Lumen) -> None:
    shared.http.cookies.clear()
    shared.clock.ahead += timedelta(days=3)  # further away than what is said without its day
    told = shared.say(shared.customer("single_charge"), "I want to talk to a human.")
    german, english = (read(shared, f"/tickets/{told.ticket}", cookie=f"language={one}") for one in ("de", "en"))
    moments = [datetime.fromisoformat(found) for found in re.findall(r'<time datetime="([^"]+)"', german)]
    assert moments
    for at in moments:
        assert f">{at.day}. {MONTHS[at.month - 1]}, {at:%H:%M}</time>" in german
        assert f">{at:%b} {at.day}, {at.hour % 12 or 12}:{at:%M}\N{NARROW NO-BREAK SPACE}{at:%p}</time>" in english


@pytest.mark.parametrize("given", [{"cookie": "language=xx"}, {"accept-language": "tlh, *"}, {}])
def test_an_unknown_language_is_english(shared: Lumen, given: dict[str, str]) -> None:
    shared.http.cookies.clear()
    page = read(shared, "/settings", **given)
    assert '<html lang="en"' in page
    assert "<span>Dashboard</span>" in page


def test_the_page_to_sign_in_asks_in_german_too(shared: Lumen) -> None:
    shared.http.cookies.clear()
    page = shared.http.get("/sign-in", headers={"accept-language": "de"})
    assert '<html lang="de"' in page.text
    assert "Anmelden" in page.text


def read(shared: Lumen, path: str, **headers: str) -> str:
    """A page for somebody who is signed in and reads with these headers."""
    cookies = f"{cookie(shared, 'mei')['cookie']}; {headers.pop('cookie', '')}"
    answer = shared.http.get(path, headers={"accept": "text/html", "cookie": cookies, **headers})
    assert answer.status_code == 200, answer.text
    return answer.text
