"""How a person can be reached or told: what a desk may hide from brains, and give back in the reply."""

from enum import StrEnum


class Contact(StrEnum):
    """The word that stands in brackets, with a number, in place of it."""

    EMAIL = "email"
    PHONE = "phone"
    IP = "ip"
    NAME = "name"
