"""E-mail coming in, over IMAP."""

SYSTEM = "email"
