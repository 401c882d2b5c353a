"""`deskhand doctor`: the set-up faults that people most likely make, each planted and found with what to do."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.cli.script import deskhand

ZENDESK, STRIPE = "[systems.zendesk]\ntwin = true", "[systems.stripe]\ntwin = true"
NOBODY = 'sam = ["agent"]\nkim = ["lead", "team_lead"]           # `team_lead` is a role of policies/billing.yaml\n'
ACME = '[systems.zendesk]\naddress = "{}"'
KEYED = {"DESKHAND_STRIPE_KEY": "rk_x", "DESKHAND_STRIPE_WEBHOOK_SECRET": "whsec_x"}


@dataclass(frozen=True)
class Fault:
    """`was` in `file` becomes `now`; without `was` the file holds `now` alone, and is gone where that is None."""

    told: str
    do: str
    file: str = "desk.toml"
    was: str = ""
    now: str | None = ""
    environment: dict[str, str] = field(default_factory=dict)
    stops: bool = True


FAULTS = {
    "no desk": Fault("there is no desk here", "make one with `deskhand init`", now=None),
    "slip in TOML": Fault("TOML:", "desk.toml:", was="[people]", now="[people"),
    "unknown key": Fault("companny", "Extra inputs", was="company = ", now="companny = 1\ncompany = "),
    "unknown system": Fault(
        "no connector of that name is installed",
        "there are freshdesk",
        was="[systems.zendesk]",
        now="[systems.zendsek]",
    ),
    "unknown zone": Fault(
        "is no time zone such as",
        "install tzdata",
        was="[breakers]",
        now='[calendar]\nzone = "Berlin"\nhours = {}\n[breakers]',
    ),
    "alerts without a way": Fault(
        "there is no [systems.mail]",
        "alerts.email",
        was="[breakers]",
        now='[alerts]\nemail = "a@b.example"\n[breakers]',
    ),
    "unknown queue": Fault("'suport' is a queue of no policy file", "default_queue", was='"support" ', now='"suport" '),
    "slip in a procedure": Fault(
        "refunds.cuont",
        "procedures/refund-status.yaml:",
        "procedures/refund-status.yaml",
        "refunds.count",
        "refunds.cuont",
    ),
    "slip in a policy": Fault(
        "aprove", "policies/billing.yaml:", "policies/billing.yaml", "effect: approve", "effect: aprove"
    ),
    "article without a title": Fault("has no title", "articles/odd.md:1", "articles/odd.md", now="words"),
    "twin without customers": Fault("needs this recipe", "twins.toml", "twins.toml", now=None),
    "secret not set": Fault(
        "set DESKHAND_ZENDESK_CLIENT_ID", "desk.toml", was=ZENDESK, now=ACME.format("http://127.0.0.1:9")
    ),
    "system not there": Fault(
        "Stripe cannot be worked with",
        "Nothing was changed there",
        was=STRIPE,
        now='[egress]\nprivate = ["127.0.0.1"]\n[systems.stripe]\naddress = "http://127.0.0.1:9"',
        environment=KEYED,
    ),
    "private address": Fault(
        "Stripe cannot be worked with",
        "private",
        was=STRIPE,
        now='[systems.stripe]\naddress = "https://127.0.0.1:9"',
        environment=KEYED,
    ),
    "secrets by another key": Fault(
        "DESKHAND_SECRETS_KEY is no key",
        "`deskhand connect` makes one",
        was="[people]",
        now="[people]",
        environment={"DESKHAND_SECRETS_KEY": "A" * 43, "DESKHAND_SECRETS_FILE": __file__},
    ),
    "scan program missing": Fault(
        "no-such-scan",
        "every attachment is withheld",
        was="[breakers]",
        now='[attachments]\nscan = ["no-such-scan"]\n[breakers]',
    ),
    "no database": Fault(
        "does not answer",
        "Start it, or correct the address",
        environment={"DESKHAND_DATABASE_URL": "postgresql+psycopg://127.0.0.1:9/none"},
        was="[people]",
        now="[people]",
    ),
    "state in the way": Fault("no folder that this process may write", "remove what stands", ".deskhand", now="x"),
    "short secret": Fault(
        "DESKHAND_METRICS_TOKEN needs",
        "openssl rand",
        was="[people]",
        now="[people]",
        environment={"DESKHAND_METRICS_TOKEN": "x"},
    ),
    "model without a key": Fault(
        "set the environment variable OPENAI_API_KEY",
        "take the model out",
        was="languages",
        now='model = "openai:gpt-5"\nlanguages',
    ),
    "language without a model": Fault(
        "Messages in de go to people", "Name a language model", was='["en"]', now='["en", "de"]', stops=False
    ),
    "nobody to sign in": Fault("Nobody may sign in", "deskhand people invite", was=NOBODY, now="", stops=False),
    "nobody to promote": Fault(
        "nobody may promote", 'the role "lead"', was='["lead", "team_lead"]', now='["agent"]', stops=False
    ),
    "questions without an address": Fault(
        "no customer is ever asked",
        "Set [receipts] address",
        was="[breakers]",
        now="[csat]\nask = true\n[breakers]",
        stops=False,
    ),
    "variables that nothing reads": Fault("nothing reads it", "deskhand connect", ".env", now="A=b", stops=False),
    "secrets in the example": Fault(
        "holds values", "Take them out", ".env.example", now="DESKHAND_STRIPE_KEY=rk_live", stops=False
    ),
}


def test_there_are_at_least_the_twenty_most_likely() -> None:
    assert len(FAULTS) >= 20


@pytest.fixture(scope="module")
def sound(starter: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A desk with nothing wrong; its twins are filled once for all of these."""
    folder = Path(shutil.copytree(starter, tmp_path_factory.mktemp("sound") / "desk"))
    done = deskhand("doctor", "--json", folder=folder, environment={"DESKHAND_SECRET": "s" * 40})
    assert (done.code, done.json["faults"], done.json["setup"]) == (0, [], [])
    return folder


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_found_with_what_to_do(sound: Path, tmp_path: Path, name: str) -> None:
    fault, folder = FAULTS[name], Path(shutil.copytree(sound, tmp_path / "desk"))
    file = folder / fault.file
    if fault.file in (".deskhand", "twins.toml"):
        shutil.rmtree(folder / ".deskhand")
    if fault.now is None:
        file.unlink()
    elif fault.was:
        text = file.read_text("utf-8")
        assert fault.was in text
        file.write_text(text.replace(fault.was, fault.now, 1), "utf-8")
    else:
        file.write_text(fault.now, "utf-8")

    done = deskhand("doctor", folder=folder, environment={"XDG_CONFIG_HOME": str(tmp_path), **fault.environment})

    told = done.out + done.err
    assert done.code == fault.stops, told
    assert fault.told in told
    assert fault.do in told
    assert "Traceback" not in told
