"""A small desk to read messages for: eight procedures and five articles of an invented software company."""

from datetime import UTC, datetime

from deskhand.domain.article import Article
from deskhand.domain.digest import digest
from deskhand.domain.expression import Language
from deskhand.procedures.procedure import Procedure

EXAMPLES = {
    "duplicate-charge": (
        "The customer says that one thing was charged more than once.",
        "I was charged twice for my subscription",
        "there are two payments of 29 on my card",
        "you billed me double this month",
        "duplicate charge on my statement",
        "why did you take the money two times",
        "the same amount left my account twice",
        "I paid once but see two identical transactions",
        "please refund the second payment, it is a duplicate",
        "double billed again for November",
        "my card shows your company twice on the same day",
    ),
    "refund-status": (
        "The customer was promised a refund and asks where it is.",
        "where is my refund",
        "when will the refund arrive on my card",
        "you refunded me last week but the money is not there",
        "has my refund been sent",
        "still waiting for the refund you promised",
        "what is the status of my refund",
        "how long until I see the refund",
        "my money has not come back yet",
        "I was told I would get my money back, it is not on my statement",
        "can you check whether the refund went through",
    ),
    "failed-payment": (
        "The customer says that a payment failed or a card was declined.",
        "my payment failed",
        "my card was declined",
        "I get an error when I try to pay",
        "the payment for my subscription did not go through",
        "why was my credit card rejected",
        "it says payment unsuccessful but there is money on the account",
        "your system does not accept my card",
        "you could not charge my card",
        "I received a mail that my last payment failed",
        "the renewal could not be paid",
    ),
    "resend-invoice": (
        "The customer needs an invoice or receipt once more.",
        "please send me my invoice again",
        "I did not get an invoice for last month",
        "I need a copy of the receipt",
        "can you resend the invoice for October",
        "my accountant needs the latest invoice",
        "I lost my invoice, please mail it again",
        "where is the bill for my last payment",
        "no receipt arrived this month",
        "could you email the invoice to me",
        "we need the invoice as a PDF",
    ),
    "cancel-subscription": (
        "The customer wants to end the subscription.",
        "please cancel my subscription",
        "I want to cancel my plan",
        "end my membership at the end of the month",
        "stop charging me, I do not need it any more",
        "how can I unsubscribe from the paid plan",
        "do not renew my subscription",
        "I would like to close my paid account",
        "we no longer use your product, please end the contract",
        "terminate our plan",
        "cancel everything before the next billing date",
    ),
    "password-reset": (
        "The customer forgot the password or the link does not come.",
        "I forgot my password",
        "how do I reset my password",
        "the password reset mail does not arrive",
        "the link to set a new password has expired",
        "I cannot remember my login details",
        "please send me a new password",
        "my password does not work any more",
        "reset link is broken",
        "I need to change the password but do not know the old one",
        "can't log in, password forgotten",
    ),
    "account-locked": (
        "The customer is locked out after too many attempts.",
        "my account is locked",
        "I am locked out of my account",
        "too many attempts, now I cannot sign in",
        "please unlock my account",
        "it says my account has been blocked",
        "how long does the lock last",
        "I typed the wrong password too often and now I am blocked",
        "account temporarily disabled after failed logins",
        "your system locked me out",
        "can you lift the block on my login",
    ),
    "export-status": (
        "The customer waits for an export, or it failed.",
        "my export is stuck",
        "where is the CSV export I requested",
        "the export has been running for hours",
        "I asked for a data export yesterday and got nothing",
        "is my export ready",
        "the download link of my export does not work",
        "export failed, what happened",
        "when will the report export be finished",
        "my spreadsheet export never arrived",
        "status of the data export please",
    ),
}
TEXTS = {
    "refund-times": (
        "How long does a refund take?",
        "A refund takes 5 to 10 business days until it is on your statement. Weekends and holidays do not count.\n\n"
        "## By bank transfer\n\nRefunds by bank transfer take 2 business days.",
    ),
    "invite-people": (
        "How do I invite people to my workspace?",
        "Owners and admins can invite people. An invitation is valid for 7 days.\n\n"
        "1. Open **Settings > People**.\n2. Choose **Invite** and type the addresses.\n3. Choose a role for each.\n",
    ),
    "google-sheets": (
        "How do I connect Google Sheets?",
        "Google Sheets works on all plans. We only read your sheets.\n\n"
        "1. Choose **Data > Connect**.\n2. Choose **Google Sheets** and sign in.\n3. Pick the sheet.\n\n"
        "See also [time zones](time-zone.md).",
    ),
    "prices": (
        "How much do the plans cost?",
        "Starter costs 29.00 USD a month and Team costs 79.00 USD a month. Prices do not include taxes.",
    ),
    "browsers": (
        "Which browsers are supported?",
        "The two newest versions of Chrome, Edge, Firefox and Safari are supported. "
        "Internet Explorer is not supported.",
    ),
}


def _procedure(id: str, about: str, *examples: str) -> Procedure:
    title = id.replace("-", " ").capitalize()
    return Procedure(id, title, about, examples, (), (), (), (), (), Language({}), digest(examples))


def _article(source: str, title: str, text: str) -> Article:
    return Article(source, title, text, "public", datetime(2026, 11, 1, tzinfo=UTC), digest(text))


PROCEDURES = tuple(_procedure(id, *texts) for id, texts in EXAMPLES.items())
ARTICLES = tuple(_article(source, *texts) for source, texts in TEXTS.items())
WRITTEN = tuple(f"{one.title}\n{one.text}" for one in ARTICLES)
