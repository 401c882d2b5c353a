"""Files on a request at Jira: what the platform and the service desk say of them, and their content."""

import re
from typing import Any

from deskhand.connectors.http.files import Files
from deskhand.domain.attachment import Attachment, claimed
from deskhand.domain.errors import Missing

ID = re.compile(r"[0-9]{1,19}")
IN_LINK = re.compile(r"/attachment/(?:content/)?([0-9]{1,19})(?:[/?]|$)")
Json = dict[str, Any]


class JiraFiles:
    """See `ports.reads.AttachmentReads`. A `ref` is the id of an attachment."""

    def __init__(self, files: Files):
        self._files = files

    def fetch(self, ref: str, limit: int) -> bytes:
        if not ID.fullmatch(ref):
            raise Missing("jira: that is no id of an attachment")
        # Without a redirect nobody but Jira's own host is asked.
        return self._files.fetch(f"/rest/api/3/attachment/content/{ref}?redirect=false", limit)


def of_issue(raw: Json) -> Attachment:
    """As the platform tells it."""
    return claimed(raw.get("filename"), raw.get("mimeType"), raw.get("size"), str(raw.get("id") or ""))


def of_comment(raw: Json) -> Attachment:
    """As the service desk tells it: its id stands in links only."""
    links = raw.get("_links") or {}
    found = (IN_LINK.search(str(links.get(name) or "")) for name in ("jiraRest", "content", "self"))
    ref = next((one[1] for one in found if one), "")
    return claimed(raw.get("filename"), raw.get("mimeType"), raw.get("size"), ref)
