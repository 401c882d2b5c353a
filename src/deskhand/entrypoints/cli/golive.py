"""`deskhand golive`: the ten points before customers meet it, each with what proves it or what is missing."""

from pathlib import Path

from deskhand.bootstrap import now
from deskhand.bootstrap.golive import Item, golive_here
from deskhand.entrypoints.printing import console, print_json
from deskhand.settings import read_settings

TITLES = {
    "crm": "The CRM is connected, with live data",
    "ticketing": "Ticketing is connected",
    "billing-and-orders": "Billing and orders are connected",
    "knowledge": "Knowledge can be searched",
    "escalation": "Escalation follows rules with thresholds",
    "override": "People have tried to stop it",
    "quality": "Quality is monitored",
    "csat": "Customers are asked how satisfied they are",
    "privacy": "Privacy is verified",
    "rollout": "The plan of the rollout is written",
}


def run(folder: Path, *, as_json: bool) -> None:
    """Exit with 1 unless all ten are proven."""
    items = golive_here(read_settings(folder), now)
    proven = sum(one.proven for one in items)
    if as_json:
        print_json({"ok": proven == len(items), "items": [told(one) for one in items]})
    else:
        for number, one in enumerate(items, 1):
            style = "green" if one.proven else "red"
            console.print(f"{number:>2}. {TITLES[one.name]}: {'proven' if one.proven else 'not proven'}", style=style)
            for line in (*one.evidence, *([f"-> {one.mend}"] if one.mend else [])):
                console.print(f"    {line}", markup=False, highlight=False, soft_wrap=True)
        console.print(f"{proven} of {len(items)} are proven.", highlight=False)
    if proven < len(items):
        raise SystemExit(1)


def told(one: Item) -> dict[str, object]:
    """For scripts."""
    return {"name": one.name, "proven": one.proven, "evidence": " ".join(one.evidence), "mend": one.mend}
