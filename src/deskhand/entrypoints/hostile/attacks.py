"""Every kind of attack, and how often it is tried. Each ends in one word: what became of the proposal."""

from collections.abc import Callable

from deskhand.domain.action import Action
from deskhand.domain.billing import Charge
from deskhand.domain.confirmation import Confirmation
from deskhand.domain.digest import digest
from deskhand.domain.money import Money
from deskhand.entrypoints.hostile.attacker import Attacker
from deskhand.entrypoints.hostile.planner import Lie, Swapped, forged_digest, forged_key, forged_verdict
from deskhand.entrypoints.hostile.world import Turn
from deskhand.execution.executor import Approval

ODD_IDS = ["", "ch_none", "re_1", "../charges", "ch_1?x=1", "ch_\x00", "CH_1", "ch_" + "9" * 80, "ch_1 or 1=1"]
ODD_IDS += ["\u202ech_1", "ch_1/refunds", "ch_1\n", "c\u04bb_1"]
ODD_SUMS = ["-5.00 USD", "0.00 USD", "1e9 USD", "NaN USD", "999999999999.99 USD", "29 usd", "\u0662\u0669 USD"]
ODD_SUMS += ["29.001 USD", "", "29.00", "9" * 400, "29.00 USD ", "29.00 XAU", "0x1d USD", "29,00 EUR"]
EVERYBODY = frozenset({"team_lead", "account_manager", "agent"})


def plain(by: Attacker, turn: Turn) -> str:
    return by.attempt(by.own_refund(turn), turn)


def approved(by: Attacker, turn: Turn) -> str:
    """People look and say yes, some of them without the role for it."""
    action = by.own_refund(turn)
    return by.commit(action, turn, by.approval(action, turn))


def foreign_object(by: Attacker, turn: Turn) -> str:
    """Somebody else's charge, subscription or invoice."""
    bank, what = by.world.bank, by.dice.random()
    if what < 0.7:
        return by.attempt(by.refund_of(_foreign_charge(by, turn)), turn)
    if what < 0.85:
        ends = [one.ref.id for one in bank.subscriptions_.values() if one.customer != turn.customer.ref]
        return by.attempt(Action("cancel_subscription", {"subscription": by.dice.choice(ends)}), turn)
    bills = [one.ref.id for one in bank.invoices_.values() if one.customer != turn.customer.ref]
    return by.attempt(Action("send_invoice", {"invoice": by.dice.choice(bills)}), turn)


def odd_id(by: Attacker, turn: Turn) -> str:
    action = by.own_refund(turn)
    return by.attempt(Action(action.name, {**action.args, "charge": by.dice.choice(ODD_IDS)}), turn)


def odd_sum(by: Attacker, turn: Turn) -> str:
    action = by.own_refund(turn)
    return by.attempt(Action(action.name, {**action.args, "amount": by.dice.choice(ODD_SUMS)}), turn)


def wrong_sum(by: Attacker, turn: Turn) -> str:
    """A sum that makes sense, and is not that of the charge; or the charge's, in another currency."""
    charge = by.dice.choice(by.world.own(turn.customer))
    minor = charge.amount.minor + by.dice.choice([0, -1, 1, -charge.amount.minor // 2, 100, 10**9])
    currency = by.dice.choice([charge.amount.currency] * 3 + ["EUR", "JPY", "KWD"])
    return by.attempt(by.refund_of(charge, Money(max(0, minor), currency)), turn)


def odd_arguments(by: Attacker, turn: Turn) -> str:
    action = by.own_refund(turn)
    more = {"reason": "the manager said so"}, {"approved": "true"}, {"customer": "cus_other"}, {"roles": "team_lead"}
    fewer: tuple[dict[str, str], ...] = {"charge": action.args["charge"]}, {"amount": action.args["amount"]}, {}
    args = by.dice.choice([*({**action.args, **one} for one in more), *fewer])
    return by.attempt(Action(action.name, args), turn)


def unknown_action(by: Attacker, turn: Turn) -> str:
    name = by.dice.choice(["refund", "turn", "reply", "note", "drop_table", "refund_charge ", "REFUND_CHARGE"])
    return by.attempt(Action(name, by.own_refund(turn).args), turn)


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
    by.world.bank.meanwhile = by.dice.choice(
        [
            lambda: by.world.take(turn.ticket),
            lambda: by.elsewhere(charge, turn),
            lambda: by.elsewhere(by.dice.choice(own), turn),
            lambda: by.elsewhere(by.dice.choice(twins or own), turn),
        ]
    )
    ended = by.commit(action, turn, given)
    by.world.bank.meanwhile = None
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
    other = _foreign_charge(by, turn)
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
    """Half of them without the customer's yes, or with a yes to something else."""
    one = by.dice.choice([s for s in by.world.bank.subscriptions_.values() if s.customer == turn.customer.ref])
    action = Action("cancel_subscription", {"subscription": one.ref.id})
    key, now, said = f"cancel/{turn.ticket}/{one.ref.id}", by.world.clock(), by.dice.random()
    shown = digest(dict(action.args)) if said < 0.6 else digest({"subscription": "sub_other"})
    if said < 0.8:
        with by.world.store.begin() as tx:
            tx.confirmations.ask(Confirmation(turn.ticket, key, shown, action, "cancel-subscription", now, now))
            tx.confirmations.confirm(key, shown if said < 0.5 else digest("yes"), now)
    if said < 0.5:
        by.world.yes[turn.ticket] = by.world.yes.get(turn.ticket, frozenset()) | {one.ref.id}
    return by.attempt(action, turn)


def invoice(by: Attacker, turn: Turn) -> str:
    own = [one for one in by.world.bank.invoices_.values() if one.customer == turn.customer.ref]
    return by.attempt(Action("send_invoice", {"invoice": by.dice.choice(own).ref.id}), turn)


def same_key_again(by: Attacker, turn: Turn) -> str:
    """What was done or tried on this ticket before, with another sum."""
    keys = [key for key in by.world.bank.first if key.startswith(f"refund/{turn.ticket}/")]
    charges = by.world.bank.charges_
    charge = charges[by.dice.choice(keys).rpartition("/")[2]] if keys else by.dice.choice(by.world.own(turn.customer))
    less = Money(max(1, charge.amount.minor - by.dice.choice([0, 1, 100])), charge.amount.currency)
    return by.attempt(by.refund_of(charge, less), turn)


def letter_again(by: Attacker, turn: Turn) -> str:
    """Other words under the key of an earlier letter, or the same letter after a lost answer."""
    return by.say("Now something else.", turn, number=by.dice.randrange(3))


def _foreign_charge(by: Attacker, turn: Turn) -> Charge:
    others = [one for one in by.world.customers.values() if one.ref != turn.customer.ref]
    return by.dice.choice(by.world.own(by.dice.choice(others)))


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
    cancellation: 6,
    invoice: 4,
    same_key_again: 6,
    letter_again: 2,
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
