"""Clicks on Approve in a real browser: how long until the page has painted what came of it.

Reads what there is to click as JSON on standard input, and writes milliseconds, a click each. Needs Playwright, which
`make test-web` installs, and Debian's Chromium.
"""

import json
import sys
from typing import Any
from urllib.parse import quote

CHROMIUM = "/usr/bin/chromium"
ARGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync"]
BETWEEN = 500  # ms between two clicks
PATIENCE = 30_000  # ms
# From the moment of the press to the frame after the one in which the told line came in: by then it is on the screen.
WATCH = """() => { window.took = new Promise((done) => {
  let pressed;
  addEventListener("click", (event) => { pressed ??= event.timeStamp; }, { capture: true });
  new MutationObserver((_, watcher) => {
    if (pressed === undefined || !document.querySelector("#suggestion .told")) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - pressed)));
  }).observe(document.body, { childList: true, subtree: true });
}); }"""


def clicks(told: dict[str, Any]) -> list[float]:
    from playwright.sync_api import sync_playwright  # no package of ours needs it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        context = browser.new_context(viewport={"width": 1440, "height": 900})
        context.set_default_timeout(PATIENCE)
        context.add_cookies([{"name": "deskhand", "value": told["session"], "url": told["address"]}])
        page, took = context.new_page(), []
        for ticket in told["tickets"]:
            page.goto(f"{told['address']}/inbox/{quote(ticket)}?view=decide")
            page.locator("#messages:not([aria-busy])").wait_for()
            page.evaluate(WATCH)
            page.locator("#suggestion .approve").click()
            took.append(float(page.evaluate("window.took")))
            page.wait_for_timeout(BETWEEN)
        browser.close()
    return took


if __name__ == "__main__":
    print(json.dumps(clicks(json.load(sys.stdin))))
