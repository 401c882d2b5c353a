"""What opens something here: seals, codes, tokens of conversations and of receipts."""

from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import texts
from tests.fuzz.signing import NOW

from deskhand.infrastructure import passwords
from deskhand.infrastructure.thread_token import thread_of, thread_token

SECRET = b"s" * 32
SEAL = passwords.sealed(b"t" * 20, SECRET, "ana")
THREAD = thread_token("email.0123456789abcdef0123", SECRET)


def opened(given: str) -> object:
    found = passwords.opened(given, SECRET, "ana")
    assert found in (None, b"t" * 20)
    return None


def code(given: str) -> object:
    """Nothing that is made up is a code of this moment, but one in a million."""
    passwords.step_of(b"t" * 20, given, NOW, 0)
    passwords.plain_code(given)
    return passwords.digest(given)


DOORS = [
    Door("seal of a second factor", texts([SEAL], ["=", "-", "_"]), opened, (ValueError,), once=("", "AA==", "\ud800")),
    Door("code of an authenticator", texts(["123456", "abcd-efgh-ijkl-mnop"]) | st.text(max_size=30), code),
    Door(
        "token of a conversation",
        texts([THREAD], [".", "t"]),
        lambda given: thread_of(given, SECRET),
        once=(THREAD.upper(), "t" * 1_000),
        long=("t" + "0" * 3_000_000,),
    ),
]
