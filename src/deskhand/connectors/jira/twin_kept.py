"""What the twin of Jira keeps: people, issues and comments, each change at a time of its own."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from deskhand.connectors.http.twin_files import Upload, keep
from deskhand.connectors.http.twin_store import Row, TwinStore
from deskhand.connectors.jira import twin_shapes as shapes
from deskhand.connectors.jira.new_tickets import Place
from deskhand.connectors.jira.twin_workflow import BEGINNING, PRIORITIES

Json = dict[str, Any]
OWN, OWN_EMAIL = "712020:assistant", "assistant@lumen.example"
PLACE = Place("DESK", service_desk="1", request_type="25", issue_type="10010", key_field="customfield_10199")
KINDS: dict[str, Json] = {"customfield_10100": {"type": "string"}, "customfield_10101": {"type": "option"}}
KINDS |= {"customfield_10102": {"type": "number"}, "customfield_10199": {"type": "string"}}


class NotLikeThat(Exception):
    """400: what is wrong, by field."""

    def __init__(self, **errors: str):
        self.errors = errors
        super().__init__(str(errors))


class Kept:
    """`lags`: the index does not yet know what is created, until it is false again."""

    def __init__(self, store: TwinStore, clock: Callable[[], datetime]):
        self.store, self.clock, self.lags = store, clock, False

    def people(self, users: Iterable[Json]) -> None:
        self.store.put(_user_row(one) for one in users)

    def issue(self, key: str) -> Json | None:
        return self.store.get("issue", key)

    def own(self) -> Json:
        return self.store.get("user", OWN) or shapes.user(OWN, "Assistant", OWN_EMAIL, "atlassian")

    def agent(self) -> Json:
        agent = shapes.user("712020:agent", "Agent", "agent@agents.example", "atlassian")
        self.store.put([_user_row(agent)])
        return agent

    def user(self, email: str) -> Json:
        """Whoever writes from an address that nobody has becomes a customer who has no Atlassian account."""
        if found := self.store.named("user", email.lower()):
            return found[0]
        id = f"qm:twin:{self.store.count('user')}"
        user = shapes.user(id, email.partition("@")[0], email.lower(), "customer")
        self.store.put([_user_row(user)])
        return user

    def open(
        self,
        reporter: Json,
        creator: Json,
        values: Json,
        *,
        request: bool = True,
        channel: str = "portal",
        files: Sequence[Upload] = (),
    ) -> str:
        place = 1 + self.store.count("issue")
        key, at = f"{PLACE.project}-{place}", self._stamp()
        issue = {
            "key": key,
            "place": place,
            "summary": values["summary"],
            "description": values.get("description"),
            "status": BEGINNING,
            "priority": "Medium",
            "labels": list(values.get("labels", ())),
            "reporter": reporter,
            "creator": creator,
            "assignee": None,
            "custom": {name: value for name, value in values.items() if name in KINDS},
            "attachment": self._attached(files, reporter),
            "created": at,
            "updated": at,
            "request": request,
            "channel": channel,
            "indexed": not self.lags,
            "hidden": False,
            "gone": 0,
        }
        self.store.put([("issue", key, "", "", place, issue)])
        return key

    def add(
        self,
        key: str,
        author: Json,
        body: Json,
        *,
        public: bool,
        properties: Sequence[Json] = (),
        files: Sequence[Upload] = (),
    ) -> Json:
        issue = self.issue(key)
        assert issue is not None
        place = self.store.count("comment")
        id = str(10_100 + place)
        comment: Json = {
            "id": id,
            "issue": key,
            "author": author,
            "body": body,
            "public": public,
            "properties": list(properties),
            "files": self._attached(files, author),
        }
        issue["attachment"] += comment["files"]
        self.put(issue)
        comment["created"] = issue["updated"]
        self.store.put([("comment", id, key, "", place, comment)])
        return comment

    def _attached(self, files: Sequence[Upload], author: Json) -> list[Json]:
        return [
            {"id": str(id), "filename": one.name, "author": author, "size": one.told, "mimeType": one.type}
            for id, one in keep(self.store, files)
        ]

    def comments(self, key: str) -> list[Json]:
        return self.store.owned("comment", key)[::-1]

    def set(self, issue: Json, name: str, value: Any) -> None:
        if name == "priority" and value["name"] in PRIORITIES:
            issue["priority"] = value["name"]
        elif name == "assignee":
            issue["assignee"] = value["accountId"] and shapes.user(value["accountId"], "Agent", "", "atlassian")
        elif name in KINDS and _fits(KINDS[name]["type"], value):
            issue["custom"][name] = value
        else:
            raise NotLikeThat(**{name: "Field cannot be set, or not so."})

    def put(self, issue: Json) -> None:
        issue["updated"] = self._stamp()
        self.store.put([("issue", issue["key"], "", "", issue["place"], issue)])

    def label(self, issue: Json, deed: Json) -> None:
        labels, added, gone = issue["labels"], deed.get("add"), deed.get("remove")
        if added is not None and " " in added:
            raise NotLikeThat(labels=f"The label '{added}' contains spaces which is invalid.")
        if added is not None and added not in labels:
            labels.append(added)
        if gone in labels:
            labels.remove(gone)

    def _stamp(self) -> str:
        """Later than every one before, also within one millisecond."""
        now = self.clock()
        if latest := self.store.get("clock", "latest"):
            now = max(now, datetime.fromisoformat(latest["at"]) + timedelta(milliseconds=1))
        self.store.put([("clock", "latest", "", "", 0, {"at": now.isoformat()})])
        return shapes.moment(now)


def _user_row(user: Json) -> Row:
    return ("user", user["accountId"], "", user["emailAddress"], 0, user)


def _fits(kind: str, value: Any) -> bool:
    shape: type = {"string": str, "number": float, "option": dict}[kind]
    return value is None or (isinstance(value, shape) and (not isinstance(value, dict) or "value" in value))
