"""Somebody's browser between a desk and an identity provider."""

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx2
from tests.stories.lumen import Lumen

ADDRESS = "http://127.0.0.1:8700"  # what the provider knows the desk by; the tests ask it in this process


@dataclass(frozen=True)
class Provider:
    address: str

    def let_in(self, who: str, at: str) -> str:
        """Where the browser is sent back to, once the provider knows that it is `who`."""
        with httpx2.Client(cookies={"who": who}) as browser:
            for _ in range(10):
                answer = browser.get(at)
                at = str(answer.next_request.url) if answer.next_request else ""
                if not at.startswith(self.address):
                    return at
        raise AssertionError("the provider never sent the browser back")


@dataclass
class Browser:
    """`trip`: the cookie of a sign-in under way."""

    desk: Lumen
    provider: Provider
    trip: str = ""

    def set_out(self, next: str = "/") -> str:
        """Where the desk sends it."""
        self.desk.http.cookies.clear()
        answer = self.desk.http.get("/sign-in/oidc", params={"next": next})
        assert answer.status_code == 303, answer.text
        self.trip = answer.cookies["deskhand_trip"]
        self.desk.http.cookies.clear()
        return answer.headers["location"]

    def come_back(self, at: str) -> httpx2.Response:
        self.desk.http.cookies.clear()
        answer = self.desk.http.get(at.removeprefix(ADDRESS), headers={"cookie": f"deskhand_trip={self.trip}"})
        self.desk.http.cookies.clear()
        return answer

    def sign_in(self, who: str, next: str = "/") -> httpx2.Response:
        back = self.provider.let_in(who, self.set_out(next))
        assert urlsplit(back).path == "/sign-in/oidc/back", back
        return self.come_back(back)
