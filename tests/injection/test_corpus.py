"""The corpus is what it says it is: large, varied, and each attack one of its own."""

import base64
import re
from collections import Counter

from tests.injection.attack import NOT_READ, READ, corpus
from tests.injection.lies import LIES

BASE64 = re.compile(r"[A-Za-z0-9+/=]{40,}")


def test_there_are_at_least_240_different_attacks() -> None:
    assert len({one.text for one in corpus()}) >= 240
    assert len({one.id for one in corpus()}) == len(corpus())


def test_every_place_and_every_goal_is_attacked_often() -> None:
    places = Counter(one.place for one in corpus())
    goals = Counter(one.goal for one in corpus())

    assert set(places) == {*READ, *NOT_READ}
    assert set(goals) == set(LIES)
    assert min(places.values()) >= 20
    assert min(goals.values()) >= 15


def test_many_languages_and_many_disguises_are_among_them() -> None:
    assert len({one.language for one in corpus()}) >= 20
    assert len({one.encoding for one in corpus()}) >= 15
    assert sum(one.language != "en" for one in corpus()) >= 80


def test_what_is_encoded_says_something_when_it_is_decoded() -> None:
    hidden = [one for one in corpus() if one.encoding == "base64"]

    assert len(hidden) >= 5
    for one in hidden:
        (code,) = BASE64.findall(one.text)
        assert len(base64.b64decode(code).decode().split()) >= 1
