"""What others may have written in, articles and fields of systems, is a source only for what they may decide."""

from datetime import UTC, datetime

import pytest

from deskhand.domain.finding import Finding
from deskhand.domain.resolution import End, Resolution
from deskhand.planning.grounding import Sources, ungrounded
from deskhand.planning.places import host

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
HOSTS = frozenset({"lumen.example"})
ADDRESSES = (
    "https://status.lumen.example/now",
    "help@lumen.example",
    "https://lumen.example@evil.example/a",
    "https://evil.example/lumen.example",
    "https://evil.example\\@lumen.example",
    "https://notlumen.example",
    "lumen.example.evil.net",
    "//evil.zip/lumen.example",
    "javascript:alert.lumen.example",
)


def stopped(said: str, own: str = "", published: str = "", **fields: str) -> tuple[str, ...]:
    letter = Resolution(said, End.ANSWERED, (), (), (), ())
    found = Finding("billing.charges", fields, (), "stripe", NOW)
    return ungrounded(letter, Sources((found,), (own,), frozenset(), published=(published,), hosts=HOSTS))


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_link_of_an_article_leads_to_a_host_of_the_desk_or_is_not_told(address: str) -> None:
    said = f"See [this]({address})."

    faults = stopped(said, published=said)

    assert bool(faults) == (address not in ADDRESSES[:2])
    assert all("(not one of the hosts in [replies] hosts)" in fault for fault in faults)


@pytest.mark.parametrize("address", ["https://bank.example/a", "jo@bank.example"])
def test_what_the_company_itself_names_may_be_told(address: str) -> None:
    said = f"See {address} for more."

    assert stopped(said, own=said) == ()
    assert stopped(said, published=said) != ()
    assert stopped(said, note=said) != ()
    assert stopped(said, reference=address) != ()


@pytest.mark.parametrize("target", ["reset-password.md", "../billing/refund-policy.md#when", "#top", "/help/refunds"])
def test_pages_that_lead_to_each_other_name_no_host(target: str) -> None:
    said = f"See [this page]({target})."

    assert stopped(said, published=said) == ()
    assert stopped(f"See https://{target.strip('./#')}.com.", published=said) != ()


def test_a_host_of_the_desk_makes_no_address_true() -> None:
    assert stopped("Write to anna@lumen.example.", published="Write to help@lumen.example.") != ()


@pytest.mark.parametrize("id", ["ch_0000000b", "cus_4Fh2kLw9", "sub_000002", "pi_AbcDefGhij"])
def test_an_id_of_a_record_comes_from_a_record(id: str) -> None:
    said = f"The payment was {id}."

    assert stopped(said, payment=id) == ()
    assert stopped(said, published=said) != ()
    assert stopped(said, description=said) != ()


def test_a_word_with_a_line_in_it_is_no_id_of_a_record() -> None:
    said = "Use count_distinct in the formula of lumen_reader."

    assert stopped(said, published=said) == ()


def test_an_amount_in_a_note_is_no_amount_of_this_customer() -> None:
    said = "That customer paid 31.37 USD."

    assert stopped(said, description=said) != ()
    assert stopped(said, published=said) == ()


@pytest.mark.parametrize(
    ("address", "there"),
    [
        ("https://www.Lumen.example/a?b=c", "lumen.example"),
        ("mailto:help@lumen.example", "lumen.example"),
        ("https://lumen.example:8443/a", "lumen.example"),
        ("https://lumen.example:a@evil.net", ""),
        ("https://lum\u0435n.example", ""),
        ("https://evil.net%2Flumen.example", ""),
        ("tel:+4930901820", ""),
    ],
)
def test_a_host_that_cannot_be_told_for_sure_is_none(address: str, there: str) -> None:
    assert host(address) == there
