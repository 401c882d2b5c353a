"""A customer's former tickets in a few words: what they asked, how it ended, and what was done."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskhand.domain.customer import Matched
from deskhand.domain.dossier import Dossier
from deskhand.domain.outcome import RunResult, ToldAction
from deskhand.domain.standing import Standing
from deskhand.domain.thread import Former
from deskhand.ports.store import Store

Row = tuple[str, datetime, RunResult, Standing]
MOST = 5  # tickets
WITHIN = timedelta(days=180)
WISHES = 4  # of one ticket
LONGEST = 160  # characters of one wish


def former_tickets(store: Store, dossier: Dossier, *, but: str, now: datetime) -> tuple[Former, ...]:
    """The last ones, newest first, without the ticket `but`. Nothing unless we know for sure who is writing."""
    if not dossier.verified or not isinstance(dossier.identity, Matched):
        return ()
    customer = str(dossier.identity.customer.ref)
    with store.look() as tx:
        rows = tx.results.former(customer, but=but, since=now - WITHIN, tickets=MOST)
    by_ticket: dict[str, list[Row]] = {}
    for row in rows:
        by_ticket.setdefault(row[0], []).append(row)
    return tuple(_summary(ticket, told) for ticket, told in by_ticket.items())


def _summary(ticket: str, told: Sequence[Row]) -> Former:
    """`told` is newest first. The words are those of the standing: a result holds them unmasked, for people."""
    results = [result for _, _, result, _ in reversed(told)]
    wishes = [one.quote for _, _, _, standing in reversed(told) for one in standing.requests]
    asked = [_short(quote) for quote in wishes if quote.strip()]
    done = [_words(action) for result in results for action in result.actions if action.receipt]
    return Former(
        ticket=ticket,
        at=told[0][1],
        asked=tuple(dict.fromkeys(asked))[:WISHES],
        outcome=str(results[-1].outcome),
        done=tuple(dict.fromkeys(done)),
        procedures=tuple(sorted({one.procedure for row in told for one in row[3].requests if one.procedure})),
    )


def _short(quote: str) -> str:
    words = " ".join(quote.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}\u2026"


def _words(action: ToldAction) -> str:
    """Such as "refund charge on 2026-11-03, reference re_1 (amount 29.00 USD)"."""
    assert action.receipt
    told = ", ".join(f"{name} {value}" for name, value in sorted(action.receipt.details.items()))
    proof = f"reference {action.receipt.id}" + (f" ({told})" if told else "")
    return f"{action.name.replace('_', ' ')} on {action.receipt.at:%Y-%m-%d}, {proof}"
