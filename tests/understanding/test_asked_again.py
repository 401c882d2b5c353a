"""What an agent asks for is known by fixed English lists."""

import pytest

from deskhand.understanding.asked_again import HAPPENED, asks


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hi! Could you please send me your order number?", "number"),
        ("What is the invoice number?", "number"),
        ("Please provide the order or invoice number.", "number"),
        ("Can you tell me your booking reference number?", "number"),
        ("Which email address did you register with?", "email"),
        ("Could you confirm your e-mail address?", "email"),
        ("Please let us know the account email.", "email"),
        ("How much were you charged?", "amount"),
        ("What amount was taken?", "amount"),
        ("When did this happen?", "date"),
        ("On which date was the payment?", "date"),
        ("Please share your phone number.", "phone"),
        ("What happened exactly?", HAPPENED),
        ("Could you describe the issue?", HAPPENED),
        ("How can I help you today?", HAPPENED),
    ],
)
def test_a_question_for_a_particular_is_known(text: str, kind: str) -> None:
    assert kind in asks(text)


@pytest.mark.parametrize(
    "text",
    [
        "I have refunded your order LM-48213.",
        "Thank you for your order number, I found it.",
        "We sent you an e-mail with the link.",
        "Please check your inbox for our e-mail from this morning.",
        "Is there another order number that this could be about?",
        "The amount will be back on your card within five days.",
        "Please use the new form from now on.",
        "Your phone will show the message soon.",
        "Können Sie mir bitte Ihre Bestellnummer nennen?",
        "",
    ],
)
def test_what_asks_for_nothing_is_no_question(text: str) -> None:
    assert asks(text) == ()
