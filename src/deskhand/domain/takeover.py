"""Signs that somebody else may have an account: read from systems of record and from our own memory, never opinions."""

from collections.abc import Collection
from datetime import timedelta

WATCHED = timedelta(days=7)  # how long our own memory of such a sign counts

WRONG_CODES = "wrong_codes"  # as many wrong codes as were allowed
FOREIGN_CODE = "foreign_code"  # a code that was sent for another ticket
SEVERAL_CUSTOMERS = "several_customers"  # one ticket was the request of more than one customer
CONTACT_CHANGED = "contact_changed"  # we changed where they are reached

# Actions that change where a customer is reached: what is asked for after one of them may be asked by another.
CONTACT_ACTIONS: Collection[str] = frozenset({"change_email", "update_contact", "update_address", "crm_update_contact"})
