"""Salesforce: contacts with their accounts, open deals, notes and tasks."""

SYSTEM = "salesforce"
