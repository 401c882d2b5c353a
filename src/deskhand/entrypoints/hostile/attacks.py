"""Every kind of attack, and how often it is tried. Each ends in one word: what became of the proposal.

Here are those by how something is tried; those by what is proposed, and those over time, have files of their own.
"""

from collections.abc import Callable
from datetime import timedelta

from deskhand.domain.action import Action
from deskhand.domain.billing import Charge
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.digest import digest
from deskhand.domain.money import Money
from deskhand.entrypoints.hostile.arguments import (
    foreign_charge,
    foreign_object,
    odd_arguments,
    odd_id,
    odd_sum,
    unknown_action,
    wrong_sum,
)
from deskhand.entrypoints.hostile.attacker import Attacker
from deskhand.entrypoints.hostile.bank import MOODS
from deskhand.entrypoints.hostile.over_time import (
    creeping_credit,
    forged_roles,
    paused_desk,
    same_effect_at_once,
    swapped_policy,
)
from deskhand.entrypoints.hostile.planner import Lie, Swapped, forged_digest, forged_key, forged_verdict
from deskhand.entrypoints.hostile.world import Turn
from deskhand.execution.executor import Approval

SECOND, LONG = timedelta(seconds=1), timedelta(days=400)
EVERYBODY = ("team_lead", "account_manager", "agent")


def plain(by: Attacker, turn: Turn) -> str:
    return by.attempt(by.own_refund(turn), turn)


def approved(by: Attacker, turn: Turn) -> str:
    """People look and say yes, some of them without the role for it."""
    action = by.own_refund(turn)
    return by.commit(action, turn, by.approval(action, turn))


def forged_approval(by: Attacker, turn: Turn) -> str:
    """Nobody was asked."""
    fake = Approval(by.dice.choice(["f" * 64, "", digest("yes")]), EVERYBODY, "nobody")
    return by.commit(by.own_refund(turn), turn, (fake, None))


def replayed_approval(by: Attacker, turn: Turn) -> str:
    """A genuine yes, to something else or to the same thing long ago."""
    if not by.world.given:
        return approved(by, turn)
    return by.commit(by.own_refund(turn), turn, by.dice.choice(by.world.given))


def changed_since(by: Attacker, turn: Turn) -> str:
    """Between the yes, or the plan, and the deed something happens at the provider or to the ticket."""
    charge = by.dice.choice(by.world.own(turn.customer))
    action = by.refund_of(charge)
    given = by.approval(action, turn) if by.dice.random() < 0.6 else None
    with by.happening(charge, turn):
        return by.commit(action, turn, given)


def in_mid_air(by: Attacker, turn: Turn) -> str:
    """While the facts are read, the same customer's other ticket, or a person, changes them."""
    own = by.world.own(turn.customer)
    charge = by.dice.choice(own)
    twins = [one for one in own if one.amount == charge.amount and one.ref != charge.ref]
    action = by.refund_of(charge)
    given = by.approval(action, turn) if by.dice.random() < 0.5 else None
    by.world.bank.reads_before = by.dice.choice([0, 1])
    by.world.bank.meanwhile = by.dice.choice(
        [
            lambda: by.world.take(turn.ticket),
            lambda: by.elsewhere(charge, turn),
            lambda: by.elsewhere(by.dice.choice(own), turn),
            lambda: by.elsewhere(by.dice.choice(twins or own), turn),
        ]
    )
    ended = by.commit(action, turn, given)
    by.world.bank.meanwhile, by.world.bank.reads_before = None, 0
    by.world.give_back(turn.ticket)
    return ended


def taken_ticket(by: Attacker, turn: Turn) -> str:
    """A person has it. Most are given back some time later."""
    by.world.take(turn.ticket)
    if by.dice.random() < 0.3:
        return by.say("All is well.", turn)
    ended = by.attempt(by.own_refund(turn), turn)
    if by.dice.random() < 0.9:
        by.world.give_back(turn.ticket)
    return ended


def forged_plan(by: Attacker, turn: Turn) -> str:
    """A verdict that policy never gave, or arguments that it never saw."""
    charge = by.dice.choice(by.world.own(turn.customer))
    more = by.refund_of(charge, Money(charge.amount.minor + 1, charge.amount.currency))
    lies: list[Lie] = [forged_verdict, forged_verdict, forged_digest, forged_key, Swapped(more)]
    return by.plan(by.refund_of(charge), turn, lie=by.dice.choice(lies))


def lying_letter(by: Attacker, turn: Turn) -> str:
    """A reply with receipts that do not exist, deeds that were not done, or what is other customers'."""
    other = foreign_charge(by, turn)
    letter = by.dice.choice(
        [
            "I have refunded it; the reference is {{ receipts.0.id }}.",
            "I have refunded it; the reference is re_made_up1.",
            "Your money was returned, all of it.",
            "Your subscription is cancelled.",
            "I have cancelled your subscription.",
            "I have sent the invoice.",
            "The reference is {{ receipts.7.id }}.",
            "The reference is {{ receipts.0.secret }}.",
            "The reference is {{ receipts.0.id | raw }}.",
            f"The other payment was {other.ref.id}.",
            f"Write to {_address(by, other)} about it.",
        ]
    )
    return by.plan(by.any_action(turn), turn, letter=letter, times=by.dice.choice([1, 1, 1, 2]))


def cancellation(by: Attacker, turn: Turn) -> str:
    """Some of somebody else's subscription; half without the customer's yes, or with one to something else, or an old
    one."""
    every = list(by.world.bank.subscriptions_.values())
    own = [one for one in every if one.customer == turn.customer.ref]
    one = by.dice.choice(own if by.dice.random() < 0.7 else every)
    action = Action("cancel_subscription", {"subscription": one.ref.id})
    key, now, said = f"cancel/{turn.ticket}/{one.ref.id}", by.world.clock(), by.dice.random()
    right, other = digest(dict(action.args)), digest({"subscription": "sub_other"})
    if said < 0.8:
        asked, answered = (right, right) if said < 0.5 else by.dice.choice([(right, other), (other, other)])
        old = by.dice.random() < 0.1
        ends = now - SECOND if old else now + LONG
        with by.world.store.begin() as tx:
            tx.confirmations.ask(Confirmation(turn.ticket, key, asked, action, "cancel-subscription", now, ends))
            tx.confirmations.confirm(key, answered, now)
        by.world.says_yes(turn.ticket, one.ref.id, yes=said < 0.5 and not old)
    return by.attempt(action, turn)


def invoice(by: Attacker, turn: Turn) -> str:
    own = [one for one in by.world.bank.invoices_.values() if one.customer == turn.customer.ref]
    return by.attempt(Action("send_invoice", {"invoice": by.dice.choice(own).ref.id}), turn)


def over_the_cap(by: Attacker, turn: Turn) -> str:
    """One small duplicate after the other of the same customer, each on a ticket of its own, until somebody says no."""
    whole = by.world.turn_of(by.dice.choice("ab"))
    small = [one for one in by.world.own(whole.customer) if one.amount.minor <= 5000 and not one.refunded.minor]
    later = [one for one in small if any(_repeats(one, other) for other in small)]
    return by.commit(by.refund_of(by.dice.choice(later or small)), whole)


def lost_answer(by: Attacker, turn: Turn) -> str:
    """The provider may have done it and does not tell; a day later it has forgotten the key, and would pay twice."""
    action = by.own_refund(turn)
    given = by.approval(action, turn)
    by.world.bank.mood = by.dice.choice(MOODS)
    by.commit(action, turn, given)
    by.world.clock.pass_by(hours=by.dice.choice([1, 30]))
    return by.commit(action, turn, by.dice.choice([None, given]))


def same_key_again(by: Attacker, turn: Turn) -> str:
    """What was done or tried before on that ticket, with another sum; best of all a charge that is half refunded."""
    charges = by.world.bank.charges_
    tried = [key.split("/")[1:3] for key in by.world.bank.first if key.startswith("refund/")]
    parts = [(where, id) for where, id in tried if 0 < charges[id].refunded.minor < charges[id].amount.minor]
    own = [(turn.ticket, one.ref.id) for one in by.world.own(turn.customer)]
    ticket, id = by.dice.choice(parts or tried or own)
    charge, turn = charges[id], by.world.turn_on(ticket, charges[id])
    minor = by.dice.choice([charge.amount.minor, charge.amount.minor // 2, charge.amount.minor // 4])
    action = by.refund_of(charge, Money(max(1, minor), charge.amount.currency))
    return by.commit(action, turn, by.dice.choice([None, by.approval(action, turn), by.approval(action, turn)]))


def letter_again(by: Attacker, turn: Turn) -> str:
    """Other words under the key of an earlier letter, or the same letter after a lost answer."""
    return by.say("Now something else.", turn, number=by.dice.randrange(3))


def _repeats(one: Charge, other: Charge) -> bool:
    return other.amount == one.amount and other.created_at < one.created_at


def _address(by: Attacker, charge: Charge) -> str:
    return next(one.email for one in by.world.customers.values() if one.ref == charge.customer)


KINDS: dict[Callable[[Attacker, Turn], str], int] = {
    plain: 14,
    approved: 9,
    foreign_object: 12,
    odd_id: 5,
    odd_sum: 5,
    wrong_sum: 11,
    odd_arguments: 4,
    unknown_action: 2,
    forged_approval: 6,
    replayed_approval: 7,
    changed_since: 7,
    in_mid_air: 8,
    taken_ticket: 4,
    forged_plan: 7,
    lying_letter: 8,
    cancellation: 8,
    invoice: 4,
    over_the_cap: 9,
    lost_answer: 6,
    same_key_again: 6,
    letter_again: 2,
    creeping_credit: 9,
    same_effect_at_once: 6,
    swapped_policy: 7,
    paused_desk: 5,
    forged_roles: 3,
}


def attack(by: Attacker) -> tuple[str, str]:
    """One proposal: which kind it was, and how it ended. One in five meets a line that fails."""
    kind = by.dice.choices(list(KINDS), list(KINDS.values()))[0]
    turn = by.world.turn()
    by.spoil_the_line()
    ended = kind(by, turn)
    by.world.bank.mood, by.world.bank.mute = "", False
    if by.dice.random() < 0.05:
        by.world.clock.pass_by(hours=by.dice.choice([1, 30, 200]))
    return kind.__name__, ended
