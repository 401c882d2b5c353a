"""Debian's Chromium, and pages that fail a test with any error in the console."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
ARGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
TELL = """addEventListener("securitypolicyviolation",
  (event) => console.error("CSP " + event.violatedDirective + " " + event.blockedURI))"""
PATIENCE = 15_000  # ms for what a person would wait for


@contextmanager
def chromium() -> Iterator[Any]:
    """One browser for the tests of a file."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: no browser tests")
    if not CHROMIUM.exists():
        pytest.skip("there is no Chromium here: no browser tests")
    with playwright.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=str(CHROMIUM), args=ARGS)
        yield browser
        browser.close()


class Windows:
    """Opens windows that share nothing. `errors` is what their pages complained of; `allowed` in it is expected."""

    def __init__(self, browser: Any):
        self.browser = browser
        self.errors: list[str] = []
        self.allowed: tuple[str, ...] = ()
        self._open: list[Any] = []

    def __call__(self, **options: Any) -> Any:
        context = self.browser.new_context(**{"viewport": {"width": 1200, "height": 800}, **options})
        context.set_default_timeout(PATIENCE)
        context.add_init_script(TELL)
        context.on("console", lambda said: self.errors.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self._open.append(context)
        return context

    def close(self) -> list[str]:
        for one in self._open:
            one.close()
        return [one for one in self.errors if not any(word in one for word in self.allowed)]


def violations(page: Any) -> list[tuple[str, list[Any]]]:
    """What axe finds on this page, with where; nothing when it is well."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed")
    found = axe.Axe().run(page).response["violations"]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in found]
