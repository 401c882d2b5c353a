"""What a mail program quotes is cut; what the writer added is not, wherever it stands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskhand.understanding.quoted import own_words, runs

OURS = "Hi Ada,\n\nWhich order is it? Please tell me its number.\n\nLumen Analytics Support"
MARKED = "\n".join(f"> {line}" for line in OURS.splitlines())
LEADS = [
    "On Tue, 3 Nov 2026 at 10:01, Lumen Support <support@lumen.example> wrote:",
    "Am Di., 3. Nov. 2026 um 10:01 Uhr schrieb Lumen Support <support@lumen.example>:",
    "Le mar. 3 nov. 2026 à 10:01, Lumen Support <support@lumen.example> a écrit :",
    "El mar, 3 nov 2026 a las 10:01, Lumen Support (<support@lumen.example>) escribió:",
    "Il giorno mar 3 nov 2026 alle ore 10:01 Lumen Support <support@lumen.example> ha scritto:",
    "Em ter., 3 de nov. de 2026 às 10:01, Lumen Support <support@lumen.example> escreveu:",
    "Op di 3 nov 2026 om 10:01 schreef Lumen Support <support@lumen.example>:",
    "wt., 3 lis 2026 o 10:01 Lumen Support <support@lumen.example> napisał(a):",
    "Den tirs. 3. nov. 2026 kl. 10.01 skrev Lumen Support <support@lumen.example>:",
    "ti 3. marrask. 2026 klo 10.01 Lumen Support <support@lumen.example> kirjoitti:",
    "út 3. 11. 2026 v 10:01 odesílatel Lumen Support <support@lumen.example> napsal:",
]


def cut(text: str) -> str:
    return own_words(text, [runs(OURS)]).strip()


@pytest.mark.parametrize("lead", LEADS)
def test_a_quotation_below_the_answer_is_cut_in_every_language(lead: str) -> None:
    assert cut(f"It is 5521.\n\n{lead}\n\n{MARKED}") == "It is 5521."


def test_a_lead_that_was_broken_in_two_lines_is_cut() -> None:
    first, second = LEADS[0].removesuffix(" wrote:"), "wrote:"

    assert cut(f"It is 5521.\n\n{first}\n{second}\n{MARKED}") == "It is 5521."


def test_answers_between_and_below_quoted_lines_are_kept() -> None:
    between = f"{LEADS[0]}\n> Which order is it? Please tell me its number.\n5521\n> Lumen Analytics Support\nthank you"

    assert cut(between) == "5521\nthank you"


@pytest.mark.parametrize(
    "rule", ["-----Original Message-----", "________________________________", "--- Weitergeleitet ---"]
)
def test_an_unmarked_copy_of_our_letter_is_cut_but_not_what_we_never_wrote(rule: str) -> None:
    head = "From: Lumen Support <support@lumen.example>\nSent: Tuesday\nTo: Ada\nSubject: Your order"
    text = f"See below.\n{rule}\n{head}\n\n{OURS}\n\nand my colleague ordered 7788, too"

    kept = cut(text)

    assert kept.startswith("See below.")
    assert "my colleague ordered 7788" in kept
    assert "Which order is it" not in kept
    assert "Subject" not in kept


@pytest.mark.parametrize(
    "text",
    [
        "On 3 November you wrote:\nthat it would arrive, and it did not",
        "> 50 seats do not work",
        "-----\nmy order is 5521",
        "My boss wrote on 3 November: cancel it",
        "From: Berlin\nTo: Paris\nis what I booked",
        "Which order is it? Please tell me its number.",
        MARKED,
        "",
    ],
)
def test_what_leads_to_no_quotation_of_ours_is_kept(text: str) -> None:
    assert own_words(text, [runs(OURS)]) == text


@given(
    st.lists(
        st.sampled_from(["5521", "thank you so much", *LEADS[:3], *MARKED.splitlines(), ">", "---", ""]), max_size=12
    )
)
def test_new_lines_without_a_mark_are_never_lost(lines: list[str]) -> None:
    new = [line for line in lines if line in ("5521", "thank you so much")]
    kept = own_words("\n".join(lines), [runs(OURS)]).split("\n")

    assert [line for line in kept if line in new] == new


@pytest.mark.parametrize(
    "unit", ["> ", "On 1 wrote:\n", "-", "_", "#-", "-- a --\n", "wrote ", ">\n", "a b c ", ":\n", " "]
)
def test_a_message_made_to_be_slow_is_cut_at_once(unit: str) -> None:
    text = unit * (40_000 // len(unit))

    assert own_words(text, [runs(text)] * 20) is not None
