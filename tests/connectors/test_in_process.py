"""HTTP without a socket: what the client sends arrives, and what the application answers comes back."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor

import httpx2
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from deskhand.connectors.http.in_process import InProcess


async def echo(request: Request) -> Response:
    said = {
        "method": request.method,
        "path": request.url.path,
        "query": request.query_params.multi_items(),
        "body": (await request.body()).decode(),
        "header": request.headers.get("x-mine"),
        "host": request.url.hostname,
        "thread": threading.current_thread().name,
    }
    return JSONResponse(said, 201, {"x-theirs": "yes"})


APP = Starlette(routes=[Route("/a path/{rest:path}", echo, methods=["GET", "POST"])])


def client() -> httpx2.Client:
    return httpx2.Client(transport=InProcess(APP), base_url="https://twin.example")


def test_a_request_arrives_as_it_was_sent() -> None:
    with client() as http:
        answer = http.post("/a path/x", params=[("a[]", "1"), ("a[]", "2")], content="ü", headers={"X-Mine": "here"})

    said = answer.json()
    assert (answer.status_code, answer.headers["x-theirs"]) == (201, "yes")
    assert said | {"thread": ""} == {
        "method": "POST",
        "path": "/a path/x",
        "query": [["a[]", "1"], ["a[]", "2"]],
        "body": "ü",
        "header": "here",
        "host": "twin.example",
        "thread": "",
    }


def test_what_is_not_there_is_404() -> None:
    with client() as http:
        assert http.get("/nothing").status_code == 404


def test_many_threads_share_one_loop() -> None:
    with client() as http, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda number: http.post("/a path/x", content=str(number)), range(100)))

    said = [json.loads(answer.content) for answer in answers]
    assert [one["body"] for one in said] == [str(number) for number in range(100)]
    assert len({one["thread"] for one in said}) == 1
