"""A company's own site: the example page under a strict policy, and its server that signs for whoever is signed in."""

from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from tests.connectors.test_widget_token import token

from deskhand.bootstrap import now

PAGE = Path("examples/lumen/site")
SECRET = "n" * 40


@dataclass
class Site:
    """`email` is signed in; `age`: how old, in seconds, each token is when it is given, one after the other."""

    desk: str = ""
    email: str = ""
    ages: list[int] = field(default_factory=list)
    given: int = 0

    def token(self) -> str:
        self.given += 1
        at = int(now().timestamp()) - (self.ages.pop(0) if self.ages else 0)
        claims = {"sub": self.email, "name": "Ada Lovelace", "aud": "lumen", "iat": at, "exp": at + 300}
        return token(claims | {"jti": uuid4().hex}, secret=SECRET)

    def page(self, request: Request) -> HTMLResponse:
        own = " 'self'" if request.url.path == "/" else ""
        policy = f"default-src 'none'; img-src data:; script-src {self.desk}{own}; connect-src {self.desk}{own}"
        policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
        text = (PAGE / "index.html").read_text("utf-8").replace("http://localhost:8700", self.desk)
        if not own:  # nothing of this site's own runs: the token stands in the page
            text = text.replace('<script type="module" src="site.js"></script>', "")
            text = text.replace('site="lumen"', f'site="lumen" token="{self.token()}"')
        return HTMLResponse(text, headers={"content-security-policy": policy})

    def app(self) -> Starlette:
        def script(request: Request) -> Response:
            return Response((PAGE / "site.js").read_bytes(), media_type="text/javascript")

        def sign(request: Request) -> JSONResponse:
            return JSONResponse({"token": self.token()})

        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/strict", self.page),
                Route("/site.js", script),
                Route("/token", sign, methods=["POST"]),
            ]
        )
