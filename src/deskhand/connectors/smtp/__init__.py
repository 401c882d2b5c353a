"""E-mail going out, over SMTP."""

SYSTEM = "mail"
