"""Who a user of Slack is: their name and address, as their profile says."""

from deskhand.connectors.slack.client import SlackClient
from deskhand.domain.errors import ConnectorError
from deskhand.domain.ticket import Requester


class SlackPeople:
    """An address in a profile is claimed. Where Slack does not answer in time, it is unknown: filing cannot wait."""

    def __init__(self, client: SlackClient):
        self._client = client

    def who(self, user: str) -> Requester:
        try:
            found = self._client.read("users.info", user=user)["user"]
            profile = found.get("profile") or {}
            name = profile.get("real_name") or found.get("real_name") or user
            return Requester(str(name)[:200], str(profile.get("email") or ""), verified=False)
        except (ConnectorError, KeyError, TypeError, AttributeError):
            return Requester(user, "", verified=False)
