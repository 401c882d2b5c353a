"""Somebody at the desk's web address: with a token, a cookie, or nothing."""

import re
from weakref import WeakKeyDictionary

import httpx2
from tests.stories.lumen import Lumen

from deskhand.bootstrap import Access

BROWSERS: WeakKeyDictionary[Access, dict[str, str]] = WeakKeyDictionary()
CALM = "default-src 'none'"


def bearer(lumen: Lumen, person: str) -> dict[str, str]:
    return {"authorization": f"Bearer {lumen.installation.tokens[person]}"}


def cookie(lumen: Lumen, person: str) -> dict[str, str]:
    """The session of their browser, begun anew once it has ended: forms are of one session."""
    access, now = lumen.installation.access, lumen.clock()
    browsers = BROWSERS.setdefault(access, {})
    if access.by_session(browsers.get(person, ""), now) is None:
        browsers[person] = access.begin(person, agent="test", address="127.0.0.1", now=now)
    return {"cookie": f"deskhand={browsers[person]}"}


def form_token(page: httpx2.Response) -> str:
    """What the forms of this page carry."""
    found = re.search(r'name="form" value="([0-9a-f]+)"', page.text)
    assert found is not None, "the page has no form"
    return found[1]
