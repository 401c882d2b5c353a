"""A model that cannot be asked is told at once; one that answers nonsense is told first."""

import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.script import SCRIPT, deskhand
from tests.llm.served import served
from tests.model_check.desks import starter

from deskhand.bootstrap import probe
from deskhand.domain.errors import DeskhandError
from deskhand.infrastructure.llm.twin import ModelTwin
from deskhand.settings import Settings, read_settings


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return starter(tmp_path_factory.mktemp("starter") / "desk")


@pytest.fixture
def settings(desk: Path) -> Settings:
    return replace(read_settings(desk), secrets={})


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with served(ModelTwin().app) as address:
        yield address


def nobody() -> str:
    """An address at which nobody listens."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{door.getsockname()[1]}/v1"


def refusal(settings: Settings, model: str) -> str:
    with pytest.raises(DeskhandError) as caught:
        probe(settings, model)
    return str(caught.value)


@pytest.mark.parametrize("model", ["gpt-5", "nobody:model", "openai:", "@http://127.0.0.1/v1", ""])
def test_a_name_that_names_no_model_is_told(settings: Settings, model: str) -> None:
    assert f"{model!r} names no model: write provider:name" in refusal(settings, model)


@pytest.mark.parametrize(
    ("model", "variable"),
    [
        ("openai:m", "OPENAI_API_KEY"),
        ("anthropic:m", "ANTHROPIC_API_KEY"),
        ("google:m", "GEMINI_API_KEY"),
        ("mistral:m", "MISTRAL_API_KEY"),
    ],
)
def test_a_key_that_is_not_set_is_told_by_the_name_of_its_variable(
    settings: Settings, model: str, variable: str
) -> None:
    assert refusal(settings, model) == f"{model}: set the environment variable {variable}."


@pytest.mark.parametrize(
    ("mood", "why"),
    [
        ("away", "the key is not accepted (status 401)."),
        ("down", "it cannot be used now (status 503)."),
        ("busy", "it cannot be used now (status 429)."),
        ("garbage", "what answers at {url}/garbage/v1 does not speak as a model's server does."),
        ("cut", "nothing answers at {url}/cut/v1."),
    ],
)
def test_what_a_server_has_against_us_is_told(settings: Settings, url: str, mood: str, why: str) -> None:
    model = f"m@{url}/{mood}/v1"

    assert refusal(settings, model) == f"{model}: {why.format(url=url)}"


def test_a_server_that_knows_no_such_model_is_told(settings: Settings, url: str) -> None:
    model = f"m@{url}/ok/elsewhere/v1"

    assert refusal(settings, model) == f"{model}: there is no model of this name (status 404)."


@pytest.mark.parametrize("mood", ["ok", "chatty", "empty", "short", "prose"])
def test_whoever_answers_anything_is_let_in(settings: Settings, url: str, mood: str) -> None:
    probe(settings, f"m@{url}/{mood}/v1")


def test_an_unreachable_server_ends_the_check_before_it_begins(desk: Path) -> None:
    model = f"m@{nobody()}"

    began = time.monotonic()
    done = deskhand("model-check", model, "--desk", desk)

    assert (done.code, done.out) == (1, "")
    assert done.err == f"{model}: nothing answers at {model.removeprefix('m@')}.\n"
    assert time.monotonic() - began < 30
    assert not (desk / ".deskhand").exists()


def test_a_desk_with_a_real_system_is_never_checked_on(desk: Path, tmp_path: Path, url: str) -> None:
    real = starter(tmp_path / "desk")
    table = real / "desk.toml"
    text = table.read_text("utf-8").replace("[systems.stripe]\ntwin = true", '[systems.stripe]\naddress = "http://x"')
    table.write_text(text, "utf-8")

    done = deskhand("model-check", f"m@{url}/ok/v1", "--desk", real)

    assert (done.code, done.out) == (1, "")
    assert "every system of the desk must be a twin" in done.err


def test_a_report_on_a_model_that_talks_nonsense_says_so_in_its_first_line(desk: Path, url: str) -> None:
    done = deskhand("model-check", f"m@{url}/chatty/v1", "--desk", desk)

    assert done.code == 0, done.err[-2000:]
    assert done.out.startswith("The built-in brain answered 3 of 3 messages in place of m@")
    assert "nonsense" in done.out


def test_a_report_for_scripts_is_one_object_and_the_desk_is_left_as_it_was(desk: Path, url: str) -> None:
    before = sorted(desk.rglob("*"))
    done = deskhand("model-check", f"m@{url}/ok/v1", "--desk", desk, "--json")

    assert done.code == 0, done.err[-2000:]
    found = done.json
    assert (found["cases"], found["warning"], found["figures"]["messages"]) == (3, "", 3)
    assert found["figures"]["calls"]["total"] == 6
    assert found["figures"]["dollars"]["total"] is None
    assert sorted(desk.rglob("*")) == before


def test_prices_of_the_desk_are_those_of_the_report(tmp_path: Path, url: str) -> None:
    desk = starter(tmp_path / "desk")
    with (desk / "desk.toml").open("a", encoding="utf-8") as table:
        table.write('\n[models.prices."openai-compatible:m"]\ninput = 2\noutput = 8\nas_of = 2026-11-01\n')

    found = deskhand("model-check", f"m@{url}/ok/v1", "--desk", desk, "--json").json["figures"]

    tokens = found["input_tokens"]["total"] * 2 + found["output_tokens"]["total"] * 8
    assert found["dollars"]["total"] == pytest.approx(tokens / 1_000_000, abs=1e-5)
    assert found["prices"] == ["desk.toml 2026-11-01"]


def test_make_names_the_model_it_wants() -> None:
    root = Path(__file__).parents[2]
    made = subprocess.run(
        ["make", "-n", "model-check", "MODEL=m@http://x/v1"], cwd=root, capture_output=True, text=True
    )

    assert made.returncode == 0
    assert f'{Path(SCRIPT).name} model-check "m@http://x/v1" --desk examples/lumen' in made.stdout
