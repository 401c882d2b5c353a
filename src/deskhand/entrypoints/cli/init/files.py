"""The files of a new desk: those of the starter, cut and filled as somebody wishes."""

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

from deskhand.bootstrap import Connector
from deskhand.domain.calendar import DAYS
from deskhand.entrypoints.cli.init.wishes import NAME, SITE, Wishes
from deskhand.procedures.draft import DRAFTS

STARTER = Path(__file__).parent / "starter"
NAMED = ("desk.toml", "twins.toml")  # the files that name the company
MONEY = frozenset(
    {
        "policies/billing.yaml",
        "policies/tests/refunds.yaml",
        "procedures/duplicate-charge.yaml",
        "procedures/refund-status.yaml",
        "articles/charged-twice.md",
        "articles/refund-times.md",
        "articles/refunds-for-agents.md",
        "articles/update-card.md",
    }
)  # without a billing system these are about nothing
HOURS = "articles/support-hours.md"
Files = dict[str, str]


def starter() -> Files:
    """The text of each file of the starter desk, by its path."""
    files = (file for file in STARTER.rglob("*") if file.is_file())
    return {file.relative_to(STARTER).as_posix(): file.read_text("utf-8") for file in files}


def files_of(wishes: Wishes, connectors: Mapping[str, Connector]) -> Files:
    """The text of each file, by its path; articles that are copied come on top."""
    files = {name: _named(text, wishes) if name in NAMED else text for name, text in starter().items()}
    if not any("billing" in connectors[one].plays for one in wishes.systems):
        files = {name: text for name, text in files.items() if name not in MONEY}
    if wishes.articles:
        files = _without_examples(files)
    if wishes.hours:
        files[HOURS] = _hours_article(wishes)
    files = {name: _in_currency(name, text, wishes.currency) for name, text in files.items()}
    files["desk.toml"] = _desk(files["desk.toml"], wishes)
    files[".env.example"] = _variables(wishes, connectors)
    return files


def copy_articles(wishes: Wishes, to: Path) -> None:
    """The company's own, when they are a folder; what is hidden, and what is a link, stays where it is."""
    if not wishes.articles or SITE.fullmatch(wishes.articles):
        return
    source = Path(wishes.articles)

    def left_out(place: str, names: list[str]) -> list[str]:
        return [name for name in names if name.startswith(".") or (Path(place) / name).is_symlink()]

    shutil.copytree(source, to / "articles", ignore=left_out, dirs_exist_ok=True)


def _without_examples(files: Files) -> Files:
    """A company with articles of its own gets none of ours: customers would be told what is not so. Procedures that
    rest on ours become drafts."""
    kept = {name: text for name, text in files.items() if not name.startswith("articles/")}
    return {name.replace("procedures/", f"{DRAFTS}/", 1): text for name, text in kept.items()}


def _named(text: str, wishes: Wishes) -> str:
    signed = wishes.signature or f"{wishes.company} Support"
    text = text.replace(f'"{NAME} Support"', _toml(signed))
    return text.replace(f'"{NAME}"', _toml(wishes.company))


def _in_currency(name: str, text: str, currency: str) -> str:
    """Limits and their tests; the tests name a second currency, which must stay another one."""
    if name == "desk.toml":
        return text.replace('USD = "500.00"', f'{currency} = "500.00"')
    if name == "policies/billing.yaml" and currency != "USD":
        return text.replace("{USD: 100.00, EUR: 90.00}", f"{{{currency}: 100.00}}")
    if name == "policies/tests/refunds.yaml" and currency != "USD":
        other = text.replace("EUR", "\0").replace("USD", currency).replace("dollars", currency)
        return other.replace("\0", "USD")
    return text


def _desk(text: str, wishes: Wishes) -> str:
    text = text.replace('languages = ["en"]  ', f"languages = {json.dumps(list(wishes.languages))}  ")
    head, _, rest = text.partition("[systems.zendesk]\n")
    _, _, rest = rest.partition("[systems.stripe]\ntwin = true\n")
    systems = "\n".join(f"[systems.{name}]\ntwin = true\n" for name in wishes.systems)
    parts = [head + systems + (_own(wishes.own) if wishes.own else "") + rest]
    parts += [_calendar(wishes)] if wishes.hours else []
    parts += [_site(wishes.articles)] if SITE.fullmatch(wishes.articles) else []
    parts += [_records(wishes.records)] if wishes.records else []
    return "\n".join(parts)


def _own(name: str) -> str:
    return (
        f"\n# A system of the company's own, for actions/*.yaml (docs/actions.md of Deskhand). The real one has an\n"
        f"# address, such as https://api.example.com, and a secret: the name of DESKHAND_{name.upper()}_TOKEN.\n"
        f"[systems.own.{name}]\ntwin = true\n"
        f'# address = "https://api.example.com"\n# secret = "{name}_token"\n'
    )


def _calendar(wishes: Wishes) -> str:
    days = [f"{day} = {json.dumps(list(wishes.hours[day]))}" for day in DAYS if day in wishes.hours]
    lines = ["# When people are there: what waits for them is promised by these hours.", "[calendar]"]
    return "\n".join([*lines, f"zone = {_toml(wishes.zone or 'UTC')}", "", "[calendar.hours]", *days, ""])


def _site(address: str) -> str:
    lines = ["# `deskhand knowledge sync` reads it, and `deskhand serve` does so every hour.", "[knowledge.sites.help]"]
    return "\n".join([*lines, f"sitemap = {_toml(address)}", ""])


def _records(address: str) -> str:
    """Set, it would be asked at each start; so it waits until its password is known."""
    asked = (
        "# Questions to your own database, read-only, about the ticket's customer: docs/databases.md of Deskhand.",
        "# Take out the # when DESKHAND_RECORDS_PASSWORD is set, and ask what your tables know.",
        "# [records]",
        f"# address = {_toml(address)}",
        "# [records.questions.account]",
        '# about = "The account of this customer."',
        '# sql = "select plan, status from accounts where email = :email"',
        '# binds = { email = "customer.email" }',
        '# fields = { plan = "str", status = "str" }',
        "# rows = 1",
        "",
    )
    return "\n".join(asked)


def _variables(wishes: Wishes, connectors: Mapping[str, Connector]) -> str:
    lines = [
        "# The variables that this desk reads. Keep values out of this folder, which belongs into git.",
        "# `deskhand connect SYSTEM` proves the secrets of a system and keeps them encrypted elsewhere; then only",
        "# DESKHAND_SECRETS_KEY is to be set wherever the desk runs.",
        "DESKHAND_SECRETS_KEY=",
    ]
    for name in wishes.systems:
        lines += ["", f"# {connectors[name].title}: deskhand connect {name}"]
        for one in connectors[name].secrets:
            lines += [f"# {one.about}{' (can be left out)' if one.optional else ''}", f"DESKHAND_{one.name.upper()}="]
    if wishes.records:
        lines += ["", "# The database of [records]", "DESKHAND_RECORDS_PASSWORD="]
    if wishes.own:
        lines += ["", f"# [systems.own.{wishes.own}]", f"DESKHAND_{wishes.own.upper()}_TOKEN="]
    return "\n".join([*lines, ""])


def _hours_article(wishes: Wishes) -> str:
    told = "\n".join(f"- {day.capitalize()}: {' and '.join(spans)}" for day, spans in wishes.hours.items())
    zone = wishes.zone or "UTC"
    return (
        f"---\ntitle: When can I reach a person?\n---\n\nOur support team answers then ({zone}):\n\n{told}\n\n"
        "Ask for a person at any time: your message waits for them, and you need not write it again.\n"
    )


def _toml(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
