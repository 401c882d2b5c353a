"""A desk that writes first, under test: what happens to customers, and what they can read of ours at the twins."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_string, policy
from pathlib import Path

from tests.stories.lumen import Lumen, opened

from deskhand.domain.outreach import Contact
from deskhand.domain.stage import Stage
from deskhand.settings import ReceiptsTable, RolloutTable, Settings
from deskhand.workflows.preview_contacts import Seen, preview
from deskhand.workflows.reach_out import Came, reach_out

WHAT = "Lumen Analytics Team, December 2026"
ADDRESS = "https://desk.lumen.example"
FAMILY = "failed-payment"
RULE = """\
id: failed-payment
on: payment_failed
service: true
channel: ticket
message:
  subject: "Your payment of {{ charge.amount }}"
  text: |
    Your payment of {{ charge.amount }} for {{ charge.description }} did not go through.
caps: {per_customer: 1, days: 7, desk_per_day: 50}
quiet_hours: none
"""


def stages(**families: Stage) -> Callable[[Settings], Settings]:
    """A desk with an address, whose families of rules have these stages."""

    def change(settings: Settings) -> Settings:
        rollout = RolloutTable(
            default=Stage.AUTONOMOUS, proactive={name.replace("_", "-"): one for name, one in families.items()}
        )
        update = {"rollout": rollout, "receipts": ReceiptsTable(address=ADDRESS)}
        return replace(settings, table=settings.table.model_copy(update=update))

    return change


@dataclass(frozen=True)
class Writing:
    """A desk that writes first, and the words for what happens and what is looked at."""

    lumen: Lumen

    def customer(self, situation: str = "single_charge") -> str:
        return self.lumen.customer(situation)

    def ref(self, email: str) -> str:
        (found,) = self.lumen.installation.systems.directories[0].by_email(email)
        return str(found.value.ref)

    def fails(self, email: str, minor: int = 2900) -> tuple[dict[str, str], bytes]:
        """A card is declined now: the signed event about it."""
        return self.pays(email, minor, failure="Your card was declined.")

    def pays(self, email: str, minor: int = 2900, failure: str = "") -> tuple[dict[str, str], bytes]:
        twin = self.lumen.installation.systems.stripe_twin
        assert twin is not None
        return twin.take(self.ref(email).rpartition(":")[2], minor, WHAT, failure=failure)

    def told(self, signed: tuple[dict[str, str], bytes]) -> int:
        headers, body = signed
        return self.lumen.http.post("/webhooks/stripe", headers=headers, content=body).status_code

    def round(self) -> Came:
        return reach_out(self.lumen.installation.desk, self.lumen.installation.outreach)

    def preview(self) -> list[Seen]:
        outreach = self.lumen.installation.outreach
        return [seen for rule in outreach.rules for seen in preview(self.lumen.installation.desk, outreach, rule)[0]]

    def tickets(self, email: str) -> list[int]:
        """Those that we opened for them, by number."""
        twin = self.lumen.installation.systems.zendesk_twin
        assert twin is not None
        ours = [one for one in twin.store.every("ticket", 10_000) if one["submitter_id"] == 1]
        users = {one["id"] for one in twin.store.named("user", email)}
        return sorted(one["id"] for one in ours if one["requester_id"] in users)

    def read(self, email: str) -> list[str]:
        """What they read of ours, oldest first."""
        return [text for number in self.tickets(email) for text in self.lumen.replies(number)]

    def letters(self, email: str) -> list[str]:
        """Those that went to this address by e-mail."""
        twin = self.lumen.installation.systems.mail_twin
        assert twin is not None
        mine = [str(one["text"]) for one in twin.letters() if one["recipients"] == [email]]
        return [message_from_string(one, policy=policy.default).get_content() for one in mine]

    def contacts(self) -> list[Contact]:
        with self.lumen.installation.store.begin() as tx:
            return list(tx.contacts.every())

    def contact(self) -> Contact:
        (found,) = self.contacts()
        return found

    def link(self, email: str) -> str:
        """The path of the link in the last message."""
        (path,) = re.findall(rf"{ADDRESS}(/unsubscribe/\S+)", self.read(email)[-1])
        return str(path)


def write_rule(folder: Path, text: str = RULE, name: str = FAMILY) -> None:
    """The only rule of this desk."""
    for old in (folder / "proactive").glob("*.yaml"):
        old.unlink()
    (folder / "proactive").mkdir(exist_ok=True)
    (folder / "proactive" / f"{name}.yaml").write_text(text, "utf-8")


@contextmanager
def writing(
    folder: Path,
    rule: str = RULE,
    name: str = FAMILY,
    change: Callable[[Settings], Settings] | None = None,
    notice: bool = False,
) -> Iterator[Writing]:
    if rule:
        write_rule(folder, rule, name)
    with opened(folder, change or stages(**{FAMILY.replace("-", "_"): Stage.AUTONOMOUS}), notice=notice) as lumen:
        yield Writing(lumen)
