"""Somebody at the desk's web address: with a token, a cookie, or nothing."""

import re

import httpx2
from tests.stories.lumen import Lumen

CALM = "default-src 'none'"


def bearer(lumen: Lumen, person: str) -> dict[str, str]:
    return {"authorization": f"Bearer {lumen.installation.tokens[person]}"}


def cookie(lumen: Lumen, person: str) -> dict[str, str]:
    """A session of theirs, as signing in makes one."""
    access = lumen.installation.access
    return {"cookie": f"deskhand={access.begin(person, agent='test', address='127.0.0.1', now=lumen.clock())}"}


def form_token(page: httpx2.Response) -> str:
    """What the forms of this page carry."""
    found = re.search(r'name="form" value="([0-9a-f]+)"', page.text)
    assert found is not None, "the page has no form"
    return found[1]
