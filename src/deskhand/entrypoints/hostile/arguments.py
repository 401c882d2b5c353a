"""Attacks by what is proposed: whose, how much, and with which words."""

from deskhand.domain.action import Action
from deskhand.domain.billing import Charge
from deskhand.domain.money import Money
from deskhand.entrypoints.hostile.attacker import Attacker
from deskhand.entrypoints.hostile.world import Turn

ODD_IDS = ["", "ch_none", "re_1", "../charges", "ch_1?x=1", "ch_\x00", "CH_1", "ch_" + "9" * 80, "ch_1 or 1=1"]
ODD_IDS += ["\u202ech_1", "ch_1/refunds", "ch_1\n", "c\u04bb_1"]
ODD_SUMS = ["-5.00 USD", "0.00 USD", "1e9 USD", "NaN USD", "999999999999.99 USD", "29 usd", "\u0662\u0669 USD"]
ODD_SUMS += ["29.001 USD", "", "29.00", "9" * 400, "29.00 USD ", "29.00 XAU", "0x1d USD", "29,00 EUR"]


def foreign_object(by: Attacker, turn: Turn) -> str:
    """Somebody else's charge or invoice."""
    bank = by.world.bank
    if by.dice.random() < 0.8:
        return by.attempt(by.refund_of(foreign_charge(by, turn)), turn)
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


def foreign_charge(by: Attacker, turn: Turn) -> Charge:
    others = [one for one in by.world.customers.values() if one.ref != turn.customer.ref]
    return by.dice.choice(by.world.own(by.dice.choice(others)))
