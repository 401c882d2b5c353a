"""What a person may do at this desk: a ladder of roles, and the lowest rung that each right wants."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from deskhand.domain.suggestion import Person


class Role(StrEnum):
    """Roles that give access, the least first; each holds the rights of those before it. Any other name in `[people]`
    is a role of policy: it approves what policy wants approved, and opens no page."""

    VIEWER = "viewer"
    AGENT = "agent"
    LEAD = "lead"
    POLICY_OWNER = "policy_owner"
    ADMIN = "admin"

    @property
    def rank(self) -> int:
        return LADDER.index(self)


LADDER = tuple(Role)


class Right(StrEnum):
    """What a route of the workspace or the API wants."""

    READ = "read"
    DECIDE = "decide"
    PAUSE = "pause"
    BULK = "bulk"
    GRADE = "grade"
    PROMOTE = "promote"
    APPROVE = "approve"
    SETTINGS = "settings"
    PEOPLE = "people"


LEAST: Mapping[Right, Role] = {
    Right.READ: Role.VIEWER,
    Right.DECIDE: Role.AGENT,
    Right.PAUSE: Role.AGENT,
    Right.BULK: Role.LEAD,
    Right.GRADE: Role.LEAD,
    Right.PROMOTE: Role.LEAD,
    Right.APPROVE: Role.POLICY_OWNER,
    Right.SETTINGS: Role.ADMIN,
    Right.PEOPLE: Role.ADMIN,
}
MEANS: Mapping[Right, str] = {
    Right.READ: "read tickets and pages, and open attachments",
    Right.DECIDE: "decide suggestions, reply, take over, whisper, merge, undo, close",
    Right.PAUSE: "pause the assistant, let it go on, and step a procedure back",
    Right.BULK: "approve several suggestions at once",
    Right.GRADE: "grade answers, and settle findings and alarms of drift",
    Right.PROMOTE: "ask for a promotion, and withdraw one",
    Right.APPROVE: "approve a promotion or a change of the desk that somebody else asked for",
    Right.SETTINGS: "read how the desk is set up",
    Right.PEOPLE: "invite and disable people, end their sessions, see and end API tokens",
}


def role_of(roles: Collection[str]) -> Role:
    """The highest that is named; an agent where none is, so that approvers who are named in `[people]` can work."""
    named = [one for one in LADDER if one in roles]
    return named[-1] if named else Role.AGENT


def may(person: Person, right: Right) -> bool:
    return role_of(person.roles).rank >= LEAST[right].rank


def holders(right: Right) -> tuple[Role, ...]:
    """Who has this right, the least first."""
    return LADDER[LEAST[right].rank :]


def refusal(right: Right) -> str:
    """Why somebody may not, and who may."""
    who = ", ".join(one.replace("_", " ") for one in holders(right))
    return f"You may not {MEANS[right]}: that takes one of the roles {who}. Nothing was done."


def narrowed(person: Person, role: Role) -> Person:
    """The same person with the rights of `role` and no more: never more than they have, and no role of policy."""
    least = min(role_of(person.roles), role, key=lambda one: one.rank)
    return Person(person.id, frozenset({least}))
