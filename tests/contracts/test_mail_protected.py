"""Letters go over protected connections only: with certificates made for the test, against a real handshake."""

import ssl
from pathlib import Path

import pytest
from tests.contracts.certificate import certificate_in
from tests.contracts.rigs import clock
from tests.contracts.test_mail import SENDER

from deskhand.connectors.smtp.mailer import Guard, Server, SmtpMailer
from deskhand.connectors.smtp.twin import SmtpTwin
from deskhand.domain.errors import Refused


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate_in(tmp_path_factory.mktemp("tls"))


def twin_of(certificate: Path) -> SmtpTwin:
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate)
    return SmtpTwin(":memory:", clock, tls=tls)


def mailer(twin: SmtpTwin, trust: ssl.SSLContext | None = None) -> SmtpMailer:
    at = Server("127.0.0.1", twin.start(), Guard.STARTTLS)
    return SmtpMailer(lambda: at, SENDER, clock, trust=trust, patience=5)


def test_a_letter_is_sent_after_the_handshake(certificate: Path) -> None:
    twin = twin_of(certificate)
    mailer(twin, ssl.create_default_context(cafile=str(certificate))).send("ada@example.com", "Hi", "Text", key="m/1")

    (taken,) = twin.letters()
    assert taken["protected"] is True
    twin.stop()


def test_whoever_cannot_prove_who_they_are_gets_nothing(certificate: Path) -> None:
    twin = twin_of(certificate)
    with pytest.raises(Refused, match="certificate"):
        mailer(twin).send("ada@example.com", "Hi", "Text", key="m/1")

    assert twin.letters() == []
    twin.stop()


def test_a_server_that_offers_no_protection_gets_nothing() -> None:
    """Also when somebody in between has cut the offer out."""
    twin = SmtpTwin(":memory:", clock)
    with pytest.raises(Refused, match="no STARTTLS, so nothing was sent"):
        mailer(twin).send("ada@example.com", "Hi", "Text", key="m/1")

    assert twin.letters() == []
    twin.stop()
