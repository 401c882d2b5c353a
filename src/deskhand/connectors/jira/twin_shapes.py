"""What the twin keeps, in the shapes that Jira's two APIs and its events have for it."""

from datetime import datetime
from typing import Any

from deskhand.connectors.jira.adf import to_text
from deskhand.connectors.jira.twin_workflow import STATUSES, Way

Json = dict[str, Any]
NAMED = ("summary", "description", "labels", "reporter", "creator", "assignee", "created", "updated")


def moment(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 1000:03}{at:%z}"


def user(id: str, name: str, email: str, kind: str) -> Json:
    return {"accountId": id, "accountType": kind, "displayName": name, "emailAddress": email, "active": True}


def issue(kept: Json, fields: str, server: str) -> Json:
    """With the fields that were asked for, by a list with commas."""
    told = {name: kept[name] for name in NAMED} | kept["custom"]
    told |= {"status": status(kept["status"]), "priority": {"name": kept["priority"]}}
    content = f"{server}/rest/api/3/attachment/content"
    told["attachment"] = [one | {"content": f"{content}/{one['id']}"} for one in kept["attachment"]]
    wanted = set(fields.split(","))
    picked = told if "*all" in wanted else {name: value for name, value in told.items() if name in wanted}
    here = f"{server}/rest/api/3/issue/{kept['key']}"
    return {"id": str(10_000 + kept["place"]), "key": kept["key"], "self": here, "fields": picked}


def status(name: str) -> Json:
    return {"name": name, "id": name, "statusCategory": {"key": STATUSES[name]}}


def comment(kept: Json, server: str) -> Json:
    return {
        "id": kept["id"],
        "self": f"{server}/rest/api/3/issue/{kept['issue']}/comment/{kept['id']}",
        "author": kept["author"],
        "body": kept["body"],
        "created": kept["created"],
        "updated": kept["created"],
        "jsdPublic": kept["public"],
        "properties": kept["properties"],
    }


def way(kept: Way, fields: bool) -> Json:
    told: Json = {"id": kept.id, "name": kept.name, "to": status(kept.to), "hasScreen": kept.asks, "isAvailable": True}
    if fields and kept.asks:
        values = [{"name": "Won't do"}, {"name": "Done"}]
        asked = {"key": "resolution", "name": "Resolution", "required": True, "operations": ["set"]}
        told["fields"] = {"resolution": asked | {"schema": {"type": "resolution"}, "allowedValues": values}}
    elif fields:
        told["fields"] = {}
    return told


def shown_user(kept: Json) -> Json:
    """The service desk does not tell the type of an account."""
    return {name: value for name, value in kept.items() if name != "accountType"}


def shown_comment(kept: Json, files: bool, server: str) -> Json:
    """Here a text is plain."""
    told = {
        "id": kept["id"],
        "body": to_text(kept["body"]),
        "author": shown_user(kept["author"]),
        "created": date(kept["created"]),
        "public": kept["public"],
    }
    if files:
        values = [shown_file(one, server) for one in kept["files"]]
        told["attachments"] = {"size": len(values), "start": 0, "limit": 50, "isLastPage": True, "values": values}
    return told


def shown_file(kept: Json, server: str) -> Json:
    """Its id stands in its links only."""
    told = {"filename": kept["filename"], "size": kept["size"], "mimeType": kept["mimeType"]}
    here = f"{server}/rest/api/2/attachment"
    return told | {"_links": {"jiraRest": f"{here}/{kept['id']}", "content": f"{here}/content/{kept['id']}"}}


def request(kept: Json, text: str, server: str) -> Json:
    values = [{"fieldId": "summary", "value": kept["summary"]}, {"fieldId": "description", "value": text}]
    category = STATUSES[kept["status"]].upper()
    return {
        "issueId": str(10_000 + kept["place"]),
        "issueKey": kept["key"],
        "requestTypeId": "25",
        "serviceDeskId": "1",
        "createdDate": date(kept["created"]),
        "reporter": shown_user(kept["reporter"]),
        "requestFieldValues": values,
        "currentStatus": {"status": kept["status"], "statusCategory": category, "statusDate": date(kept["created"])},
        "_links": {"web": f"{server}/servicedesk/customer/portal/1/{kept['key']}"},
    }


def date(told: str) -> Json:
    return {"iso8601": told, "jira": told, "epochMillis": int(datetime.fromisoformat(told).timestamp() * 1000)}


def told_issue(kept: Json) -> Json:
    """In an event: only what it is about."""
    fields = {"summary": kept["summary"], "status": status(kept["status"]), "reporter": kept["reporter"]}
    fields |= {"creator": kept["creator"], "created": kept["created"], "updated": kept["updated"]}
    return {"id": str(10_000 + kept["place"]), "key": kept["key"], "fields": fields}


def told_comment(kept: Json, text: str) -> Json:
    return {
        "id": kept["id"],
        "author": kept["author"],
        "body": text,
        "jsdPublic": kept["public"],
        "created": kept["created"],
    }
