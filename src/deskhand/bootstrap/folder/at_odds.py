"""Where two parts of a desk folder do not fit each other, though each is sound by itself."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from deskhand.domain.article import Article
from deskhand.domain.errors import Fault
from deskhand.domain.finding import LookupSpec
from deskhand.domain.stage import Stage
from deskhand.execution.catalogue.own.action import OwnAction
from deskhand.infrastructure.brain.signs import TOPICS
from deskhand.planning.places import addresses, leads_to
from deskhand.policy.policy import Policy, RuleEffect
from deskhand.proactive.rule import Rule
from deskhand.settings import Settings


def anybodys(policy: Policy, own: Mapping[str, OwnAction]) -> Iterator[Fault]:
    """Own actions that a rule allows while none asks whose the object is."""
    for name, one in own.items():
        chapter = policy.chapters[name]
        allowed = any(rule.effect is RuleEffect.ALLOW for rule in chapter.rules)
        if allowed and one.spec.owner and "action.own" not in chapter.asks:
            yield Fault(f"actions/{name}.yaml", 1, "no rule on it asks action.own: anybody's object would do")
        elif allowed and one.spec.look and not one.spec.owner:
            yield Fault(f"actions/{name}.yaml", 1, "it has no `owner`, so no rule can tell whose the object is")


def foreign_links(settings: Settings, articles: Iterable[Article]) -> list[Fault]:
    """Links and e-mail addresses of articles that no reply will name, unless a procedure or a policy does, too."""
    folder, trusted = settings.folder / settings.table.articles, settings.table.replies.trusted
    found = []
    for one in articles:
        links = dict.fromkeys(claim.text for claim in addresses(one.text)) if one.audience != "internal" else ()
        for link in (link for link in links if not leads_to(link, trusted)):
            what = f"no reply will name {link.rstrip('.,;:!?')}: not one of the hosts in [replies] hosts of desk.toml"
            found.append(Fault(f"{folder.name}/{one.source}.md", _line_of(link, folder / f"{one.source}.md"), what))
    return found


def _line_of(words: str, file: Path) -> int:
    lines = enumerate(file.read_text("utf-8-sig").splitlines(), 1)
    return next((number for number, line in lines if words in line), 1)


def change_faults(settings: Settings, specs: Mapping[str, LookupSpec]) -> list[Fault]:
    """Of [identity] changes: each has to lead to a moment that can be looked up for a customer, without an argument."""
    file, found = str(settings.folder / "desk.toml"), []
    for sign, place in settings.table.identity.changes.items():
        name, _, field = place.rpartition(".")
        spec = specs.get(name)
        if spec is None or spec.arguments or spec.fields.get(field) is not datetime:
            found.append(Fault(file, 1, f"identity.changes.{sign}: {place!r} is no time that a look-up tells"))
    return found


def rollout_faults(settings: Settings, procedures: set[str]) -> list[Fault]:
    table, file = settings.table.rollout, str(settings.folder / "desk.toml")
    unknown = sorted(table.names - procedures - {"answers"})
    roles = {role for roles in settings.table.people.values() for role in roles}
    nobody = sorted(set(table.promoters) - roles)
    return [
        *(Fault(file, 1, f"rollout: there is no procedure {name!r}") for name in unknown),
        *(Fault(file, 1, f"rollout.promoters: nobody has the role {role!r}") for role in nobody),
    ]


def routing_faults(settings: Settings, procedures: set[str], queues: Collection[str]) -> list[Fault]:
    """Of [routing]: a skill or a queue with a slip of the pen would never get anything."""
    routing, found = settings.table.routing, []
    for name, one in routing.queues.items():
        at = f"routing.queues.{name}"
        if name not in queues:
            found.append(settings.fault(at, f"{at}: is a queue of no policy file"))
        if one.fallback and one.fallback not in queues:
            found.append(
                settings.fault(f"{at}.fallback", f"{at}.fallback: {one.fallback!r} is a queue of no policy file")
            )
    tables = {f"routing.queues.{name}.skills": one.skills for name, one in routing.queues.items()}
    tables |= {f"routing.people.{name}.skills": one.skills for name, one in routing.people.items()}
    for at, skills in tables.items():
        for skill in sorted(set(skills) - procedures - set(TOPICS)):
            what = f"{at}: {skill!r} is no procedure and no topic ({', '.join(TOPICS)})"
            found.append(settings.fault(at, what))
    return found


def proactive_faults(settings: Settings, rules: Iterable[Rule]) -> list[Fault]:
    """A rule that may write needs a way to stop it, and a way out."""
    file, table = str(settings.folder / "desk.toml"), settings.table
    families = {str(one.family): one for one in rules}
    found = [
        Fault(file, 1, f"rollout.proactive: no rule in proactive/ has the family {name!r}")
        for name in sorted(set(table.rollout.proactive) - set(families))
    ]
    for name, stage in table.rollout.proactive.items():
        rule = families.get(name)
        if rule is None or stage is Stage.READ_ONLY:
            continue
        if not table.receipts.address:
            what = "so no message can say how to stop such messages: set [receipts] address, or leave it read-only"
            found.append(Fault(file, 1, f"rollout.proactive.{name}: this desk has no address, {what}"))
        if rule.channel == "email" and table.systems.mail is None:
            found.append(
                Fault(file, 1, f"rollout.proactive.{name}: it writes by e-mail, and there is no [systems.mail]")
            )
    return found
