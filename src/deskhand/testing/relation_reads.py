"""What whoever asks a CRM can rely on: what it says in full."""

from dataclasses import replace

import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.errors import Busy, ConnectorError, Down, Missing, Refused
from deskhand.domain.money import Money
from deskhand.domain.profile import Profile
from deskhand.testing.crm import DEALS, REQUESTS, Relations, RelationsTests, profile
from deskhand.testing.directory import untold
from deskhand.testing.weather import EXPIRED, STORM, changed


class RelationsContract(RelationsTests):
    """`nullable`: those of its answers that may be null at any time. `unknown`: those with words of a company's own."""

    nullable: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    def test_a_profile_tells_who_somebody_is_to_the_company(self, crm: Relations) -> None:
        read = crm.relations.profile(crm.contact)
        told = read.value

        assert (read.source, told.contact) == (crm.relations.system, crm.contact)
        assert (told.name, told.email.lower()) == ("Maya Chen", "maya.chen@example.com")
        assert told.account is not None
        assert told.account.system == crm.relations.system
        assert all((told.account_name, told.owner, told.tier, told.subscription, told.health))
        assert [told.tier, told.subscription, told.health] == [
            one.lower() for one in (told.tier, told.subscription, told.health)
        ]
        assert told.fields == {"title": crm.title()}
        assert told.deals == ()

    @pytest.mark.parametrize(
        ("amount", "currency", "told"),
        [
            ("1200.50", "USD", Money(120050, "USD")),
            ("1200", "EUR", Money(120000, "EUR")),
            ("120000", "JPY", Money(120000, "JPY")),
            ("1.234", "KWD", Money(1234, "KWD")),
            ("0.10", "USD", Money(10, "USD")),
            ("0", "USD", Money(0, "USD")),
            (None, "USD", None),
            ("10.005", "USD", None),
            ("-5", "USD", None),
            ("5", "XXX", None),
        ],
    )
    def test_a_deal_is_told_to_the_smallest_unit_or_without_an_amount(
        self, crm: Relations, amount: str | None, currency: str, told: Money | None
    ) -> None:
        crm.deal("More seats", amount, currency)
        (deal,) = profile(crm).deals

        assert (deal.name, deal.stage.lower(), deal.amount) == ("More seats", "proposal", told)
        assert deal.closes is not None

    def test_deals_that_are_closed_are_left_out_and_the_newest_comes_first(self, crm: Relations) -> None:
        for name, closed in (("first", False), ("second", True), ("third", False)):
            crm.deal(name, "10", "USD", closed=closed)

        assert [one.name for one in profile(crm).deals] == ["third", "first"]

    def test_every_deal_comes(self, crm: Relations) -> None:
        names = {f"deal {number}" for number in range(DEALS)}
        for name in sorted(names):
            crm.deal(name, "10", "USD")

        assert {one.name for one in profile(crm).deals} == names

    def test_a_page_that_repeats_is_an_error_and_no_endless_story(self, crm: Relations) -> None:
        for number in range(DEALS):
            crm.deal(f"deal {number}", "10", "USD")
        crm.loop()
        with pytest.raises(Down):
            crm.relations.profile(crm.contact)

    def test_who_has_nothing_is_told_with_nothing(self, crm: Relations) -> None:
        ref = crm.alone()
        told = crm.relations.profile(ref).value

        assert replace(told, name="", email="") == Profile(ref, "", None, "", "", "", "", "", (), "", {"title": ""})

    def test_who_is_not_there_is_missing(self, crm: Relations) -> None:
        with pytest.raises(Missing):
            crm.relations.profile(crm.nowhere())

    @pytest.mark.parametrize("id", ["../users", "x' OR Id != '", "?a=b", ""])
    def test_what_is_no_id_is_missing(self, crm: Relations, id: str) -> None:
        with pytest.raises(Missing):
            crm.relations.profile(replace(crm.contact, id=id))

    def test_a_field_that_nobody_knows_changes_nothing(self, crm: Relations) -> None:
        crm.deal("More seats", "10", "USD")
        before = profile(crm)
        crm.weather.drift = lambda answer: changed(answer, instead=lambda name, value: value, more=True)

        assert profile(crm) == before

    def test_a_word_that_is_new_to_us_breaks_nothing(self, crm: Relations) -> None:
        crm.deal("More seats", "10", "USD")
        for name in self.unknown:
            crm.weather.drift = lambda answer, name=name: changed(
                answer, instead=lambda field, value: "Never Heard" if field == name else value
            )
            told = profile(crm)

            words = (told.tier, told.subscription, told.health, *(one.stage.lower() for one in told.deals))
            assert "never heard" in words, name

    def test_what_may_be_null_breaks_nothing(self, crm: Relations) -> None:
        crm.deal("More seats", "10", "USD")
        for gone in self.nullable:
            crm.weather.drift = lambda answer, gone=gone: changed(
                answer, instead=lambda name, value: None if name == gone else value
            )

            assert profile(crm).contact == crm.contact, gone

    @pytest.mark.parametrize("fault", FAULTS)
    def test_a_read_survives(self, crm: Relations, fault: str) -> None:
        crm.deal("More seats", "10", "USD")
        before = profile(crm)
        for place in range(REQUESTS):
            crm.weather.faults.extend([""] * place + [fault])

            assert profile(crm) == before
            crm.weather.clear()

    def test_a_key_that_is_not_accepted_is_refused(self, crm: Relations) -> None:
        with pytest.raises(Refused) as caught:
            crm.stranger.profile(crm.contact)
        untold(crm.secrets, caught.value)
        crm.weather.faults.extend(["401"] * 8)
        with pytest.raises(Refused) as caught:
            crm.relations.profile(crm.contact)
        untold(crm.secrets, caught.value)

    def test_a_storm_of_429_is_told_and_over_when_it_is_over(self, crm: Relations) -> None:
        before = profile(crm)
        crm.weather.faults.extend(STORM)
        with pytest.raises(Busy):
            profile(crm)
        crm.weather.clear()

        assert profile(crm) == before

    def test_a_key_that_ends_in_the_middle_of_a_look_tells_everything_or_nothing(self, crm: Relations) -> None:
        before, refused = profile(crm), 0
        for place in range(REQUESTS):
            crm.weather.faults.extend([""] * place + list(EXPIRED))
            try:
                assert profile(crm) == before
            except Refused:
                refused += 1
            crm.weather.clear()

        assert refused

    @pytest.mark.parametrize("fault", FAULTS)
    def test_no_error_tells_a_secret_or_a_person(self, crm: Relations, fault: str) -> None:
        crm.weather.faults.extend([fault] * 12)
        with pytest.raises(ConnectorError) as caught:
            crm.relations.profile(crm.contact)

        untold(crm.secrets, caught.value)
