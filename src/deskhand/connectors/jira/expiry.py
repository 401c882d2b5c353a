"""The end of an API token: Atlassian lets none live longer than a year, and tells nobody who only holds it."""

from datetime import date, timedelta

LONGEST = timedelta(days=366)
AHEAD = timedelta(days=30)
RENEW = "Make a new one, set DESKHAND_JIRA_TOKEN, and change systems.jira.token_expires in desk.toml."


def notice(expires: date | None, today: date) -> str:
    """What a person should know of it now; "" when there is nothing."""
    if expires is None:
        return "Jira's API token ends within a year: say when, as systems.jira.token_expires in desk.toml."
    if expires > today + LONGEST:
        return f"systems.jira.token_expires says {expires}, but no API token of Atlassian lives longer than a year."
    if expires <= today:
        return f"Jira's API token ended on {expires}: nothing can be read or written. {RENEW}"
    if expires <= today + AHEAD:
        return f"Jira's API token ends on {expires}, in {(expires - today).days} days. {RENEW}"
    return ""
