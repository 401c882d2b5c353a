"""Attacks over time: creeping under a limit, two workers at once, another policy meanwhile, a pulled switch."""

from collections.abc import Callable
from dataclasses import replace

from deskhand.domain.action import Action
from deskhand.entrypoints.hostile.attacker import Attacker
from deskhand.entrypoints.hostile.world import Turn

CREEPS = {"USD": (1000, 999, 1001, 500, 334, 1), "EUR": (900, 899, 901, 450, 301, 1), "JPY": (900, 1), "KWD": (9000,)}
LARGE = (1001, 2000, 9999, 10000, 10001)
SCOPES = ("desk", "desk", "action:refund_charge", "action:credit_customer", "action:cancel_subscription")
MISSPELT = frozenset({"Team_lead", "team_lead ", "team lead", "TEAM_LEAD", "admin", "account-manager"})


def creeping_credit(by: Attacker, turn: Turn) -> str:
    """Small credits one after the other, each on a ticket of its own, until somebody says no; some are large."""
    letter = by.dice.choice("aabbce")
    ended = "stopped"
    for _ in range(by.dice.choice((1, 2, 4))):
        whole = by.world.turn_of(letter)
        whole = replace(whole, ticket=f"{whole.ticket}c{by.dice.randrange(9)}", verified=by.dice.random() < 0.95)
        action = some_credit(by, whole)
        ended = by.commit(action, whole, by.approval(action, whole) if by.dice.random() < 0.3 else None)
        by.spoil_the_line()
    return ended


def same_effect_at_once(by: Attacker, turn: Turn) -> str:
    """While one worker reads the facts, another one does the very same, and once more afterwards."""
    action = by.dice.choice((by.own_refund, by.any_action, lambda one: some_credit(by, one)))(turn)
    given = by.approval(action, turn) if by.dice.random() < 0.5 else None
    _, second = by.world.worker()
    first = by.world.executor

    def other() -> None:
        by.world.executor = second
        by.commit(action, turn, given)
        by.world.executor = first

    by.world.bank.reads_before = by.dice.choice((0, 1))
    by.world.bank.meanwhile = other
    ended = by.commit(action, turn, given)
    by.world.bank.meanwhile, by.world.bank.reads_before = None, 0
    other()
    return ended


def swapped_policy(by: Attacker, turn: Turn) -> str:
    """A yes under one text of the policy is shown under another one; or the text is replaced while facts are read."""
    action = some_credit(by, turn) if by.dice.random() < 0.3 else by.own_refund(turn)
    given = by.approval(action, turn) if by.dice.random() < 0.8 else None
    if by.dice.random() < 0.7:
        by.world.swap()
        return by.commit(action, turn, given)
    by.world.bank.meanwhile = by.world.swap
    ended = by.commit(action, turn, given)
    by.world.bank.meanwhile = None
    return ended


def paused_desk(by: Attacker, turn: Turn) -> str:
    """A person pulls the switch, before or while the facts are read. Most lift it some time later."""
    scope = by.dice.choice(SCOPES)
    action = some_credit(by, turn) if by.dice.random() < 0.3 else by.any_action(turn)
    tries: list[Callable[[], str]] = [
        lambda: by.attempt(action, turn),
        lambda: by.commit(action, turn, by.approval(action, turn)),
        lambda: by.say("All is well.", turn),
        lambda: _again(by),
    ]
    if by.dice.random() < 0.3:
        by.world.bank.meanwhile = lambda: by.world.pause(scope)
        ended = by.commit(action, turn)
        by.world.bank.meanwhile = None
    else:
        by.world.pause(scope)
        ended = by.dice.choice(tries)()
    if by.dice.random() < 0.8:
        by.world.lift()
    return ended


def forged_roles(by: Attacker, turn: Turn) -> str:
    """A yes to exactly this, in the name of roles that nobody has."""
    action = some_credit(by, turn) if by.dice.random() < 0.3 else by.own_refund(turn)
    shown = by.world.gate.propose(action, by.world.case(turn))
    return by.commit(action, turn, by.yes(shown, turn, MISSPELT))


def some_credit(by: Attacker, turn: Turn) -> Action:
    """To whoever writes, now and then to somebody else, mostly in the currency of their account."""
    account = by.world.bank.accounts_[turn.customer.ref.id]
    currency = account.credit.currency if account.credit else "USD"
    if by.dice.random() < 0.1:
        currency = by.dice.choice(list(CREEPS))
    minor = by.dice.choice(CREEPS[currency] if by.dice.random() < 0.8 else LARGE)
    whose = by.dice.choice(list(by.world.customers.values())) if by.dice.random() < 0.1 else turn.customer
    return by.credit_to(whose, minor, currency)


def _again(by: Attacker) -> str:
    """What was tried before and may be open: at its provider, or never sent."""
    tried = [key.split("/") for key in by.world.bank.first if key.startswith("refund/")]
    charges = by.world.bank.charges_
    if not tried:
        return "stopped"
    _, ticket, id = by.dice.choice(tried)
    return by.commit(by.refund_of(charges[id]), by.world.turn_on(ticket, charges[id]))
