"""A small stand-in of Jira Service Management: keeps issues, comments and promises, and knocks with signed events."""

import base64
import hmac
import json
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from deskhand.connectors.http.twin_files import Upload, sent
from deskhand.connectors.http.twin_store import TwinStore
from deskhand.connectors.jira import twin_shapes as shapes
from deskhand.connectors.jira.adf import to_adf, to_text
from deskhand.connectors.jira.twin_kept import KINDS, OWN, OWN_EMAIL, PLACE, Kept, NotLikeThat
from deskhand.connectors.jira.twin_workflow import WAYS
from deskhand.connectors.world import World

Json = dict[str, Any]
TOKEN, SECRET, SERVER = "twin-token", "twin-webhook-secret", "https://twin.atlassian.net"
CHANGED = re.compile(r'project = "(\w+)"(?: AND updated >= "(\d{4}-\d\d-\d\d \d\d:\d\d)")? ORDER BY updated ASC')
MARKED = re.compile(r'project = "(\w+)" AND \(labels = "([^"]+)"(?: OR cf\[(\d+)\] ~ "[^"]+")?\)')
NEWEST = re.compile(r'project = "(\w+)" ORDER BY key DESC')
ILLEGAL = "It seems that you have tried to perform a workflow operation that is not valid for the state of this issue"


class Answer(JSONResponse):
    """In ASCII: half of a surrogate pair, which a customer may well send, cannot be put on the wire otherwise."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content).encode("ascii")


class JiraTwin:
    """`app` answers as Jira would, with the state in the file `path`; one project, one service desk.

    `kept.lags`: the index does not yet know what is created. `zone`: our account's clock.
    """

    secrets: Mapping[str, str] = {"jira_user": OWN_EMAIL, "jira_token": TOKEN, "jira_webhook_secret": SECRET}

    def __init__(self, path: str, clock: Callable[[], datetime], server: str = SERVER, zone: str | None = "UTC"):
        self.store, self.clock, self.server, self.zone = TwinStore(path), clock, server, zone
        self.kept = Kept(self.store, clock)
        self.answer_within: timedelta | None = None
        desk, issue = "/rest/servicedeskapi", "/rest/api/3/issue"
        routes = [
            Route("/rest/api/3/myself", self._answering(self.myself)),
            Route("/rest/api/3/search/jql", self._answering(self.search)),
            Route(issue, self._answering(self.create), methods=["POST"]),
            Route(f"{issue}/{{key}}", self._answering(self.show), methods=["GET"]),
            Route(f"{issue}/{{key}}", self._answering(self.edit), methods=["PUT"]),
            Route(f"{issue}/{{key}}/comment", self._answering(self.comments), methods=["GET"]),
            Route(f"{issue}/{{key}}/comment", self._answering(self.comment), methods=["POST"]),
            Route(f"{issue}/{{key}}/transitions", self._answering(self.ways), methods=["GET"]),
            Route(f"{issue}/{{key}}/transitions", self._answering(self.go), methods=["POST"]),
            Route("/rest/api/3/attachment/content/{id}", self._answering(self.content)),
            Route(f"{desk}/request", self._answering(self.request), methods=["POST"]),
            Route(f"{desk}/request/{{key}}/sla", self._answering(self.clocks)),
            Route(f"{desk}/request/{{key}}/comment", self._answering(self.shown)),
            Route(f"{desk}/servicedesk/{{desk}}/customer", self._answering(self.customers)),
            Route(f"{desk}/servicedesk/{{desk}}/requesttype/{{type}}/field", self._answering(self.form)),
        ]
        self.app = Starlette(routes=[*routes, Mount("/ex/jira/{cloud}", routes=routes)])

    def seeded(self) -> bool:
        return self.store.count("user") > 0

    def seed(self, world: World) -> None:
        """Every customer of the made-up company has an Atlassian account."""
        own = shapes.user(OWN, "Assistant", OWN_EMAIL, "atlassian")
        people = [shapes.user(f"712020:{one.id}", one.name, one.email, "atlassian") for one in world.people]
        with self.store.change():
            self.kept.people([own, *people])

    # -- the customer's side ------------------------------------------------------------------------

    def receive(
        self,
        email: str,
        text: str,
        key: str = "",
        *,
        files: Sequence[Upload] = (),
        agent: bool = False,
        channel: str = "portal",
    ) -> tuple[dict[str, str], bytes]:
        """A customer writes, a new request or on theirs: the headers and the body of the signed event about it.

        With `agent`, one of them opens the request in the customer's name.
        """
        with self.store.change():
            user = self.kept.user(email)
            if key:
                comment = self.kept.add(key, user, to_adf(text), public=True, files=files)
                event = {"webhookEvent": "comment_created", "comment": shapes.told_comment(comment, text)}
            else:
                creator = self.kept.agent() if agent else user
                values = {"summary": _first_line(text), "description": to_adf(text)}
                key = self.kept.open(user, creator, values, channel=channel, files=files)
                event = {"webhookEvent": "jira:issue_created", "user": creator}
            issue = self.kept.issue(key)
            assert issue is not None
            body = event | {"timestamp": int(self.clock().timestamp() * 1000), "issue": shapes.told_issue(issue)}
        return self.signed(json.dumps(body).encode())

    def signed(self, body: bytes) -> tuple[dict[str, str], bytes]:
        """The headers that make this body a delivery of ours."""
        signature = hmac.digest(SECRET.encode(), body, "sha256").hex()
        return {
            "x-hub-signature": f"sha256={signature}",
            "x-atlassian-webhook-identifier": secrets.token_hex(12),
            "content-type": "application/json",
        }, body

    def answer(self, key: str, text: str, *, public: bool = True, adf: Json | None = None) -> None:
        """An agent writes."""
        with self.store.change():
            self.kept.add(key, self.kept.agent(), adf or to_adf(text), public=public)

    def resolve(self, key: str, text: str) -> None:
        """An agent answers, and the request is resolved."""
        self.answer(key, text)
        with self.store.change():
            issue = self.kept.issue(key)
            assert issue is not None
            issue["status"] = "Resolved"
            self.kept.put(issue)

    def hide(self, key: str) -> None:
        """Our account may not see this issue any more."""
        with self.store.change():
            issue = self.kept.issue(key)
            assert issue is not None
            self.kept.put(issue | {"hidden": True})

    def said(self, key: str, *, public: bool, author: str = "") -> list[str]:
        """The comments that are there, oldest first: of everybody, or of one account."""
        found = [one for one in self.kept.comments(key) if author in ("", one["author"]["accountId"])]
        return [to_text(one["body"]) for one in found if one["public"] is public]

    # -- the platform -------------------------------------------------------------------------------

    def myself(self, request: Request, asked: Json) -> Response:
        own = self.store.get("user", OWN)
        return Answer((own or shapes.user(OWN, "Assistant", OWN_EMAIL, "atlassian")) | {"timeZone": self.zone})

    def search(self, request: Request, asked: Json) -> Response:
        """Only what we ask is understood."""
        jql, fields = request.query_params.get("jql", ""), request.query_params.get("fields", "id")
        issues = [
            one
            for one in self.store.every("issue", 100_000)
            if (one["indexed"] or not self.kept.lags) and not one["hidden"]
        ]
        if found := CHANGED.fullmatch(jql):
            zone = ZoneInfo(self.zone or "UTC")
            since = datetime.fromisoformat(found[2]).replace(tzinfo=zone) if found[2] else None
            issues = [one for one in issues if since is None or datetime.fromisoformat(one["updated"]) >= since]
            issues.sort(key=lambda one: (one["updated"], one["place"]))
        elif found := MARKED.fullmatch(jql):
            field = f"customfield_{found[3]}"
            issues = [one for one in issues if found[2] in (*one["labels"], one["custom"].get(field))]
        elif found := NEWEST.fullmatch(jql):
            issues.sort(key=lambda one: -int(one["place"]))
        else:
            raise NotLikeThat(jql="cannot be understood")
        if found[1] != PLACE.project:
            raise NotLikeThat(project=f"The value '{found[1]}' does not exist for the field 'project'.")
        start, size = int(request.query_params.get("nextPageToken", "0")), _whole(request, "maxResults", 50)
        part, last = issues[start : start + size], len(issues) <= start + size
        body: Json = {"issues": [shapes.issue(one, fields, self.server) for one in part], "isLast": last}
        return Answer(body if last else body | {"nextPageToken": str(start + size)})

    def show(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        body = shapes.issue(issue, request.query_params.get("fields", "*all"), self.server)
        if request.query_params.get("properties") == "request-channel.type" and issue["request"]:
            body["properties"] = {"request-channel.type": {"value": issue["channel"]}}
        if request.query_params.get("expand") == "schema":
            body["schema"] = KINDS
        return Answer(body)

    def create(self, request: Request, asked: Json) -> Response:
        """An issue that is no request."""
        fields = asked["fields"]
        reporter = self.store.get("user", fields.get("reporter", {}).get("accountId", ""))
        if fields["project"]["key"] != PLACE.project or fields["issuetype"]["id"] != PLACE.issue_type:
            raise NotLikeThat(project="valid project and issue type are required")
        if not fields.get("summary") or "\n" in fields["summary"] or reporter is None:
            raise NotLikeThat(summary="You must specify a summary of the issue.")
        key = self.kept.open(reporter, self.kept.own(), fields, request=False)
        return Answer({"id": "10000", "key": key, "self": f"{self.server}/rest/api/3/issue/{key}"}, 201)

    def edit(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        for name, value in asked.get("fields", {}).items():
            self.kept.set(issue, name, value)
        for deed in asked.get("update", {}).get("labels", ()):
            self.kept.label(issue, deed)
        self.kept.put(issue)
        return Response(status_code=204)

    def comments(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        start, size, found = (
            _whole(request, "startAt", 0),
            _whole(request, "maxResults", 100),
            self.kept.comments(issue["key"]),
        )
        part = [shapes.comment(one, self.server) for one in found[start : start + size]]
        if "properties" not in request.query_params.get("expand", ""):
            part = [{name: value for name, value in one.items() if name != "properties"} for one in part]
        return Answer({"comments": part, "startAt": start, "maxResults": size, "total": len(found)})

    def comment(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        if asked["body"].get("type") != "doc" or not to_text(asked["body"]).strip():
            raise NotLikeThat(comment="Comment body can not be empty!")
        properties = asked.get("properties", [])
        internal = any(one["key"] == "sd.public.comment" and one["value"].get("internal") for one in properties)
        made = self.kept.add(issue["key"], self.kept.own(), asked["body"], public=not internal, properties=properties)
        return Answer(shapes.comment(made, self.server), 201)

    def ways(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        fields = "transitions.fields" in request.query_params.get("expand", "")
        ways = [shapes.way(one, fields) for one in WAYS if issue["status"] in one.here]
        return Answer({"expand": "transitions", "transitions": ways})

    def go(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None:
            return _missing()
        way = next((one for one in WAYS if one.id == asked["transition"]["id"] and issue["status"] in one.here), None)
        if way is None:
            return Answer({"errorMessages": [ILLEGAL], "errors": {}}, 400)
        if way.asks and not asked.get("fields", {}).get("resolution"):
            raise NotLikeThat(resolution="Resolution is required.")
        issue["status"], issue["gone"] = way.to, issue["gone"] + 1
        self.kept.put(issue)
        return Response(status_code=204)

    def content(self, request: Request, asked: Json) -> Response:
        """Unless asked for the file itself, Jira leads to a store elsewhere."""
        if request.query_params.get("redirect") != "false":
            return Response(status_code=303, headers={"location": "https://twin-media.example/file"})
        return sent(self.store, request.path_params["id"])

    # -- the service desk ---------------------------------------------------------------------------

    def request(self, request: Request, asked: Json) -> Response:
        """Plain text becomes a document; fields that are not on the form are refused."""
        customer = self.store.get("user", asked.get("raiseOnBehalfOf") or OWN)
        values = dict(asked["requestFieldValues"])
        if (asked["serviceDeskId"], asked["requestTypeId"]) != (PLACE.service_desk, PLACE.request_type):
            return Answer({"errorMessage": "There is no such request type."}, 400)
        if customer is None or not values.get("summary") or set(values) - {"summary", "description", *KINDS}:
            return Answer({"errorMessage": "Your request could not be created."}, 400)
        text = values.get("description", "")
        key = self.kept.open(customer, self.kept.own(), values | {"description": to_adf(text)}, channel="api")
        issue = self.kept.issue(key)
        assert issue is not None
        return Answer(shapes.request(issue, text, self.server), 201)

    def shown(self, request: Request, asked: Json) -> Response:
        issue = self._visible(request)
        if issue is None or not issue["request"]:
            return Answer({"errorMessage": "The request you are trying to view does not exist."}, 404)
        wanted = {True: request.query_params.get("public", "true"), False: request.query_params.get("internal", "true")}
        found = [one for one in self.kept.comments(issue["key"]) if wanted[one["public"]] == "true"]
        files = "attachment" in request.query_params.get("expand", "")
        return _page(request, [shapes.shown_comment(one, files, self.server) for one in found])

    def clocks(self, request: Request, asked: Json) -> Response:
        """One, for the first answer, where `answer_within` says so: it runs until an agent or we answered in public."""
        issue = self._visible(request)
        if issue is None or not issue["request"]:
            return Answer({"errorMessage": "The request you are trying to view does not exist."}, 404)
        if self.answer_within is None:
            return _page(request, [])
        began = datetime.fromisoformat(issue["created"])
        ends, reporter = began + self.answer_within, issue["reporter"]["accountId"]
        times = {"startTime": _told(began), "breachTime": _told(ends), "breached": self.clock() > ends}
        answered = any(
            one["public"] and one["author"]["accountId"] != reporter for one in self.kept.comments(issue["key"])
        )
        cycle = times | {"paused": False, "withinCalendarHours": True}
        clock: Json = {"id": "10030", "name": "Time to first response", "completedCycles": []}
        clock |= {"completedCycles": [times]} if answered else {"ongoingCycle": cycle}
        return _page(request, [clock])

    def customers(self, request: Request, asked: Json) -> Response:
        if request.path_params["desk"] != PLACE.service_desk:
            return Answer({"errorMessage": "There is no such service desk."}, 404)
        query = request.query_params.get("query", "").casefold()
        users = [one for one in self.store.every("user", 100_000) if one["accountId"] != OWN]
        found = [
            one for one in users if query in one["emailAddress"].casefold() or query in one["displayName"].casefold()
        ]
        return _page(request, [shapes.shown_user(one) for one in found])

    def form(self, request: Request, asked: Json) -> Response:
        if (request.path_params["desk"], request.path_params["type"]) != (PLACE.service_desk, PLACE.request_type):
            return Answer({"errorMessage": "There is no such request type."}, 404)
        fields = [{"fieldId": id, "name": id, "required": id == "summary"} for id in ("summary", "description", *KINDS)]
        return Answer({"requestTypeFields": fields, "canRaiseOnBehalfOf": True, "canAddRequestParticipants": True})

    # -- inside -------------------------------------------------------------------------------------

    def _answering(self, answer: Callable[[Request, Json], Response]) -> Callable[[Request], Any]:
        """401 to whoever is not our account, 400 to what cannot be done; everything in one transaction."""

        async def endpoint(request: Request) -> Response:
            known = base64.b64encode(f"{OWN_EMAIL}:{TOKEN}".encode()).decode()
            if request.headers.get("authorization") != f"Basic {known}":
                return Answer({"errorMessages": ["Client must be authenticated to access this resource."]}, 401)
            body = await request.body()
            try:
                with self.store.change():
                    return answer(request, json.loads(body) if body else {})
            except NotLikeThat as wrong:
                return Answer({"errorMessages": [], "errors": wrong.errors}, 400)

        return endpoint

    def _visible(self, request: Request) -> Json | None:
        issue = self.kept.issue(request.path_params["key"])
        return None if issue is None or issue["hidden"] else issue


def _missing() -> Response:
    return Answer({"errorMessages": ["Issue does not exist or you do not have permission to see it."]}, 404)


def _page(request: Request, values: list[Json]) -> Response:
    start, size = _whole(request, "start", 0), _whole(request, "limit", 50)
    part = values[start : start + size]
    last = len(values) <= start + size
    return Answer({"size": len(part), "start": start, "limit": size, "isLastPage": last, "values": part})


def _told(at: datetime) -> Json:
    return {"iso8601": at.strftime("%Y-%m-%dT%H:%M:%S%z"), "epochMillis": int(at.timestamp() * 1000)}


def _whole(request: Request, name: str, otherwise: int) -> int:
    return int(request.query_params.get(name, otherwise))


def _first_line(text: str) -> str:
    return " ".join(text.split())[:60] or "(no subject)"
