"""The promises of a CRM and of a directory, at each of those we speak to."""

from collections.abc import Iterator

import pytest
from tests.contracts.crms import AsDirectory, HubspotCrm, SalesforceCrm, StripeDirectory

from deskhand.testing.directory import CustomerDirectoryContract
from deskhand.testing.relations import RelationsContract, RelationsWriterContract


@pytest.fixture
def salesforce() -> Iterator[SalesforceCrm]:
    rig = SalesforceCrm()
    yield rig
    rig.twin.store.close()


@pytest.fixture
def hubspot() -> Iterator[HubspotCrm]:
    rig = HubspotCrm()
    yield rig
    rig.twin.store.close()


@pytest.fixture
def stripe() -> Iterator[StripeDirectory]:
    rig = StripeDirectory()
    yield rig
    rig.twin.store.close()


class TestSalesforceCustomers(CustomerDirectoryContract):
    nullable = ("Phone", "MobilePhone", "Account", "AccountId", "Owner", "Tier__c", "Flagged__c", "Stripe_Id__c")

    @pytest.fixture
    def rig(self, salesforce: SalesforceCrm) -> AsDirectory:
        return AsDirectory(salesforce)


class TestHubspotCustomers(CustomerDirectoryContract):
    shares_addresses = False
    nullable = ("firstname", "phone", "mobilephone", "associatedcompanyid", "customer_tier", "flagged", "stripe_id")

    @pytest.fixture
    def rig(self, hubspot: HubspotCrm) -> AsDirectory:
        return AsDirectory(hubspot)


class TestStripeCustomers(CustomerDirectoryContract):
    many = 120
    nullable = ("name", "phone", "address", "description")

    @pytest.fixture
    def rig(self, stripe: StripeDirectory) -> AsDirectory:
        return AsDirectory(stripe)


class TestSalesforceRelations(RelationsContract):
    nullable = ("Account", "AccountId", "Owner", "Tier__c", "Title", "Amount", "CloseDate", "StageName", "Health__c")
    unknown = ("Tier__c", "Health__c", "Subscription_Status__c", "StageName")

    @pytest.fixture
    def crm(self, salesforce: SalesforceCrm) -> SalesforceCrm:
        return salesforce


class TestHubspotRelations(RelationsContract):
    nullable = ("associatedcompanyid", "hubspot_owner_id", "customer_tier", "jobtitle", "amount", "closedate", "paging")
    unknown = ("customer_tier", "health", "subscription_status", "dealstage")

    @pytest.fixture
    def crm(self, hubspot: HubspotCrm) -> HubspotCrm:
        return hubspot


class TestSalesforceWriter(RelationsWriterContract):
    @pytest.fixture
    def crm(self, salesforce: SalesforceCrm) -> SalesforceCrm:
        return salesforce


class TestHubspotWriter(RelationsWriterContract):
    @pytest.fixture
    def crm(self, hubspot: HubspotCrm) -> HubspotCrm:
        return hubspot
