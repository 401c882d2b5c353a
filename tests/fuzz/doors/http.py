"""What all connectors stand on: is a delivery from whom it says, and is it fresh?"""

from hypothesis import strategies as st
from tests.fuzz.door import Door
from tests.fuzz.mutating import header_texts
from tests.fuzz.signing import NOW

from deskhand.connectors.http.signatures import fresh, one_fits
from deskhand.domain.errors import Rejected


def told(given: tuple[list[str], float]) -> object:
    one_fits(["x"], given[0])
    fresh(given[1], NOW)
    return None


DOORS = [Door("signature", st.tuples(st.lists(header_texts(), max_size=3), st.floats()), told, (Rejected,))]
