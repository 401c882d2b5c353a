"""What whoever fetches the files of a help desk can rely on."""

import httpx2
import pytest

from deskhand.connectors.http.faulty import FAULTS
from deskhand.domain.attachment import Attachment
from deskhand.domain.errors import ConnectorError, Missing, TooLarge
from deskhand.domain.ref import Ref
from deskhand.testing.help_desk import FiledDesk, HelpDeskContract

BYTES = bytes(range(256)) * 40
UNTOLD = ("cut json", "slow")  # faults that no size betrays, or that only take long
NO_REFS = ("", "http://files.example/1", "file:///etc/passwd", "no address\n", "//", "../1")


class AttachmentContract(HelpDeskContract):
    """A file comes whole or not at all, and only the help desk itself is told who asks."""

    def test_a_file_is_named_on_its_message(self, desk: FiledDesk) -> None:
        ref = desk.customer_attaches("bill.pdf", BYTES, "application/pdf")
        desk.customer_attaches("proof.png", b"1", "image/png", ref)

        told = [[(file.name, file.type, file.size) for file in one] for one in attached(desk, ref)]
        assert told == [[("bill.pdf", "application/pdf", len(BYTES))], [("proof.png", "image/png", 1)]]

    def test_a_file_comes_back_as_it_was_sent(self, desk: FiledDesk) -> None:
        ref = desk.customer_attaches("bill.pdf", BYTES, "application/pdf")
        desk.customer_attaches("empty.txt", b"", "text/plain", ref)
        (first,), (second,) = attached(desk, ref)

        assert desk.attachments.fetch(first.ref, len(BYTES)) == BYTES
        assert desk.attachments.fetch(second.ref, 10) == b""

    def test_a_file_beyond_the_limit_is_not_taken(self, desk: FiledDesk) -> None:
        (file,) = attached(desk, desk.customer_attaches("bill.pdf", BYTES, "application/pdf"))[0]
        with pytest.raises(TooLarge):
            desk.attachments.fetch(file.ref, len(BYTES) - 1)

    def test_a_file_that_was_deleted_is_missing(self, desk: FiledDesk) -> None:
        (file,) = attached(desk, desk.customer_attaches("bill.pdf", BYTES, "application/pdf"))[0]
        desk.files_are_deleted()
        with pytest.raises(Missing):
            desk.attachments.fetch(file.ref, len(BYTES))

    def test_no_other_host_is_told_who_asks(self, desk: FiledDesk) -> None:
        asked: list[httpx2.Request] = []
        desk.weather.hears = asked.append
        (file,) = attached(desk, desk.customer_attaches("bill.pdf", BYTES, "application/pdf"))[0]
        own = {one.url.host for one in asked}
        desk.attachments.fetch(file.ref, len(BYTES))

        for one in (one for one in asked if one.url.host not in own):
            told = f"{one.url} {' '.join(one.headers.values())}"
            assert "authorization" not in one.headers
            assert not [secret for secret in desk.secrets if secret in told]

    @pytest.mark.parametrize("ref", NO_REFS)
    def test_what_is_no_ref_of_theirs_is_asked_of_nobody(self, desk: FiledDesk, ref: str) -> None:
        before = desk.weather.requests
        with pytest.raises(ConnectorError):
            desk.attachments.fetch(ref, 100)

        assert desk.weather.requests == before

    @pytest.mark.parametrize("fault", [one for one in FAULTS if one not in UNTOLD])
    def test_a_fetch_survives(self, desk: FiledDesk, fault: str) -> None:
        (file,) = attached(desk, desk.customer_attaches("bill.pdf", BYTES, "application/pdf"))[0]
        for place in range(2):
            desk.weather.faults.extend([""] * place + [fault])

            assert desk.attachments.fetch(file.ref, len(BYTES)) == BYTES
            desk.weather.clear()

    def test_no_error_tells_a_secret_or_where_the_file_is(self, desk: FiledDesk) -> None:
        (file,) = attached(desk, desk.customer_attaches("bill.pdf", BYTES, "application/pdf"))[0]
        for fault in FAULTS[:4]:
            desk.weather.faults.extend([fault] * 12)
            with pytest.raises(ConnectorError) as caught:
                desk.attachments.fetch(file.ref, len(BYTES))
            desk.weather.clear()

            told = str(caught.value)
            assert file.ref not in told
            assert not [secret for secret in desk.secrets if secret in told]


def attached(desk: FiledDesk, ref: Ref) -> list[tuple[Attachment, ...]]:
    """What hangs on each message of a ticket."""
    return [one.attachments for one in desk.tickets.ticket(ref).value.messages]
