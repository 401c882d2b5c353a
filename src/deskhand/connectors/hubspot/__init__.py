"""HubSpot: contacts with their companies, open deals, notes and tasks."""

SYSTEM = "hubspot"
ADDRESS = "https://api.hubapi.com"
