"""Where a desk says that its database is: what it can say, and what is told when it cannot be used."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization as form
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.contracts import rigs
from tests.policy.world import load

from deskhand.bootstrap.folder.folder import Folder
from deskhand.bootstrap.systems.systems import Systems, connect_systems
from deskhand.connectors.records.snowflake import Unusable, snowflake
from deskhand.domain.errors import DeskFault
from deskhand.settings import Settings, read_table

DESK = 'company = "C"\nsignature = "S"\ndefault_queue = "q"\n[records]\naddress = '
SHOP = "snowflake://desk_read@shop-eu/SHOP/PUBLIC?warehouse=small&role=desk_read"
OPEN = form.NoEncryption()


def pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, lock: form.KeySerializationEncryption = OPEN) -> str:
    return key.private_bytes(form.Encoding.PEM, form.PrivateFormat.PKCS8, lock).decode()


RSA = rsa.generate_private_key(65537, 2048)
KEY, SEALED = pem(RSA), pem(RSA, form.BestAvailableEncryption(b"sesame"))


def systems(folder: Path, address: str, **secrets: str) -> Systems:
    text = f'{DESK}"{address}"\n'
    (folder / "desk.toml").write_text(text, "utf-8")
    settings = Settings(folder, read_table(text, "desk.toml"), folder / "state", "", secrets)
    return connect_systems(settings, Folder(load({}), (), (), (), ()), rigs.clock, lambda text: None)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("snowflake://shop-eu/SHOP/PUBLIC?warehouse=small&role=desk_read", "is not of the form"),
        ("snowflake://desk_read@shop-eu/SHOP?warehouse=small&role=desk_read", "is not of the form"),
        ("snowflake://desk_read@shop-eu/SHOP/PUBLIC?warehouse", "is not of the form"),
        ("snowflake://desk_read@shop-eu/SHOP/PUBLIC?warehouse=small", "no warehouse or no role"),
        (SHOP + "&authenticator=oauth", "'authenticator' is nothing"),
        (SHOP + "&host=127.0.0.1&port=http", "is not of the form"),
        (SHOP.replace("desk_read@", "desk_read:open-sesame@"), "holds a password"),
    ],
)
def test_a_faulty_address_is_told_without_a_secret(address: str, told: str) -> None:
    with pytest.raises(Unusable, match=told) as caught:
        snowflake(address, KEY)
    assert "sesame" not in str(caught.value)


@pytest.mark.parametrize(
    ("key", "passphrase", "told"),
    [
        ("no key", "", "is no private key"),
        (KEY.replace("M", "N", 3), "", "is no private key"),
        (SEALED, "", "does not open it"),
        (SEALED, "open", "does not open it"),
        (KEY, "open", "does not open it"),
        (pem(ec.generate_private_key(ec.SECP256R1())), "", "no RSA key"),
    ],
)
def test_a_faulty_key_is_told_without_a_word_of_it(key: str, passphrase: str, told: str) -> None:
    with pytest.raises(Unusable, match=told) as caught:
        snowflake(SHOP, key, passphrase)
    assert not [line for line in key.splitlines() if line in str(caught.value)]
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None


@pytest.mark.skipif(find_spec("snowflake") is not None, reason="the driver of Snowflake is installed here")
@pytest.mark.parametrize(("key", "passphrase"), [(KEY, ""), (KEY.replace("\n", "\\n"), ""), (SEALED, "sesame")])
def test_a_desk_without_the_driver_is_told_how_to_get_it(tmp_path: Path, key: str, passphrase: str) -> None:
    """Address and key are as they should be."""
    secrets = {"DESKHAND_RECORDS_KEY": key, "DESKHAND_RECORDS_KEY_PASSPHRASE": passphrase}
    with pytest.raises(DeskFault, match=r'records\.address: needs the driver .* pip install "deskhand\[snowflake\]"'):
        systems(tmp_path, SHOP, **secrets)


def test_a_desk_without_a_key_is_told_which_variable_to_set(tmp_path: Path) -> None:
    with pytest.raises(DeskFault, match="DESKHAND_RECORDS_KEY"):
        systems(tmp_path, SHOP)


def test_no_secret_is_in_what_is_printed_of_a_connection(tmp_path: Path) -> None:
    made = systems(tmp_path, "postgresql://desk_read@127.0.0.1/shop", DESKHAND_RECORDS_PASSWORD="open-sesame")
    assert made.records is not None
    assert "sesame" not in repr(vars(made.records))
