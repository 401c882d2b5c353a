"""Somebody at the desk's web address: with a token, a cookie, or nothing."""

import re

import httpx2
from tests.stories.lumen import Lumen

CALM = "default-src 'none'"


def bearer(lumen: Lumen, person: str) -> dict[str, str]:
    return {"authorization": f"Bearer {lumen.installation.tokens[person]}"}


def cookie(lumen: Lumen, person: str) -> dict[str, str]:
    return {"cookie": f"deskhand={lumen.installation.tokens[person]}"}


def form_token(page: httpx2.Response) -> str:
    """What the forms of this page carry."""
    found = re.search(r'name="form" value="([0-9a-f]+)"', page.text)
    assert found is not None, "the page has no form"
    return found[1]
