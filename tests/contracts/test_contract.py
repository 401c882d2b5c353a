"""The checker itself: what a document does not allow is an error on both sides, and so is what it does not know."""

import json
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from openapi_core.exceptions import OpenAPIError
from tests.contracts import rigs
from tests.contracts.contract import Checked, Undocumented

TICKET = {"requester_id": 5, "id": 1, "subject": "x", "status": "open", "tags": []}


def answering(body: dict[str, Any], document: str = "zendesk-support.json", *, answers: bool = True) -> httpx2.Client:
    """A client whose every request is answered with this body, between the two checks."""
    inner = httpx2.MockTransport(lambda request: httpx2.Response(200, json=body))
    checked = Checked(inner, rigs.contract(document), answers=answers)
    return httpx2.Client(transport=checked, base_url=rigs.SERVER)


def test_what_the_document_says_passes() -> None:
    with answering({"ticket": TICKET}) as client:
        assert client.get("/api/v2/tickets/1").json() == {"ticket": TICKET}


@pytest.mark.parametrize(
    ("send", "named"),
    [
        (lambda client: client.put("/api/v2/tickets/1", json={"ticket": {"colour": "red"}}), "body.ticket.colour"),
        (lambda client: client.get("/api/v2/tickets/1/comments", params={"fancy": 1}), r"\?fancy"),
        (lambda client: client.get("/api/v2/nothing"), "no such call"),
        (lambda client: client.put("/api/v2/users/me", json={}), "no such call"),
    ],
)
def test_a_stranger_in_a_request_is_named(send: Callable[[httpx2.Client], object], named: str) -> None:
    with answering({"ticket": TICKET}) as client, pytest.raises(Undocumented, match=named):
        send(client)


def test_a_wrong_value_in_a_request_is_an_error() -> None:
    with answering({"ticket": TICKET}) as client, pytest.raises(OpenAPIError):
        client.put("/api/v2/tickets/1", json={"ticket": {"priority": "super"}})


def test_a_stranger_in_an_answer_is_named() -> None:
    with answering({"ticket": TICKET | {"mood": "grim"}}) as client, pytest.raises(Undocumented, match=r"answer.*mood"):
        client.get("/api/v2/tickets/1")


@pytest.mark.parametrize("wrong", [{"status": "sleeping"}, {"requester_id": "five"}])
def test_a_wrong_value_in_an_answer_is_an_error(wrong: dict[str, object]) -> None:
    with answering({"ticket": TICKET | wrong}) as client, pytest.raises(OpenAPIError):
        client.get("/api/v2/tickets/1")


def test_a_form_is_held_to_the_schema_it_stands_for() -> None:
    with answering({}, "stripe-2022-04.json", answers=False) as client:
        client.post("/v1/refunds", data={"charge": "ch_1", "amount": "2900", "metadata[deskhand_effect]": "k"})
        for wrong in ({"amount": "29.00"}, {"colour": "red"}):
            with pytest.raises(OpenAPIError):
                client.post("/v1/refunds", data={"charge": "ch_1", **wrong})


def test_the_documents_hold_only_what_their_licences_let_us_publish() -> None:
    for name in ("zendesk-support.json", "stripe-2022-04.json"):
        document = json.loads((rigs.SPECS / name).read_text("utf-8"))
        assert document["info"]["x-origin"].split("/")[0] in ("ballerina-platform", "stripe")
    for name in ("salesforce-rest-subset.json", "hubspot-crm-subset.json"):
        document = json.loads((rigs.SPECS / name).read_text("utf-8"))
        assert document["info"]["description"].startswith("Written by this project")
    assert (rigs.SPECS / "Apache-2.0.txt").read_text("utf-8").lstrip().startswith("Apache License")
    assert "The MIT License" in (rigs.SPECS / "stripe-MIT.txt").read_text("utf-8")
