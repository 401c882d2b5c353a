"""Policies and procedures for people: the rules in words beside their text, versions, tests, and past tickets."""

from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from tests.api.test_pages import no_foreign_script
from tests.api.visitor import cookie
from tests.stories.lumen import TWICE, Lumen

from deskhand.domain.stage import Stage
from deskhand.entrypoints.differing import differing
from deskhand.entrypoints.web.policies import snippet
from deskhand.infrastructure.storage import policy_texts
from deskhand.policy.render import rule_in_words

HOSTILE = "<script>alert('policy')</script>"


def get(shared: Lumen, path: str) -> str:
    answer = shared.http.get(path, headers=cookie(shared, "tom"))
    assert answer.status_code == 200, answer.text
    assert no_foreign_script(answer.text)
    return answer.text


def test_every_action_and_procedure_is_listed_and_can_be_read(shared: Lumen) -> None:
    page = get(shared, "/policies")
    assert "tests in policies/tests pass" in page
    desk = shared.installation.desk
    for action, chapter in desk.policy.chapters.items():
        assert f'href="/policies/actions/{action}"' in page
        told = get(shared, f"/policies/actions/{action}")
        assert all(f"<code>{rule.id}</code>" in told for rule in chapter.rules)
    for id, procedure in desk.procedures.items():
        assert f'href="/procedures/{id}"' in page
        told = get(shared, f"/procedures/{id}")
        assert f"id: {id}" in told
        assert procedure.digest in told
        assert "The file has changed" not in told


def test_a_rule_stands_in_words_beside_its_text(shared: Lumen) -> None:
    told = unescape(get(shared, "/policies/actions/refund_charge"))
    chapter = shared.installation.desk.policy.chapters["refund_charge"]
    assert all(rule_in_words(rule, chapter) in told for rule in chapter.rules)
    assert "require: [charge.customer == ticket.customer]" in told


def test_what_policy_said_lately_is_counted(shared: Lumen) -> None:
    shared.say(shared.customer("double_charge_small"), TWICE, stage=Stage.AUTONOMOUS)
    lines = [line for line in shared.installation.queries.lines() if line.kind in ("policy.asked", "policy.decided")]
    refunds = [line for line in lines if line.body["action"] == "refund_charge"]
    assert f"asked {len(refunds)} times in 30 days" in get(shared, "/policies/actions/refund_charge")
    assert len(refunds) >= 2


def test_past_decisions_are_taken_again_rule_by_rule(shared: Lumen) -> None:
    told = shared.say(shared.customer("double_charge_small"), TWICE, stage=Stage.AUTONOMOUS)
    before = shared.installation.queries.newest()
    page = get(shared, f"/policies/try?ticket={told.ticket}")
    assert page.count("comes out the same") >= 3
    assert "would come out otherwise" not in page
    assert "refund-own-charge" in page or "refund" in page
    assert shared.installation.queries.newest() == before, "nothing was written down"
    assert "Nothing was decided on nothing:such:1" in get(shared, "/policies/try?ticket=nothing:such:1")


def test_two_versions_are_compared_line_by_line(shared: Lumen) -> None:
    policy = shared.installation.desk.policy
    old = dict(policy.texts)
    old["policies/billing.yaml"] = old["policies/billing.yaml"].replace("alone: {USD: 50.00", "alone: {USD: 40.00")
    old["policies/gone.yaml"] = f"# {HOSTILE}\nrules: []"
    policy_texts.keep(shared.installation.queries.database, "a" * 64, old, shared.clock())
    page = get(shared, f"/policies/versions?old={'a' * 64}&new={policy.digest}")
    assert 'class="del">  alone: {USD: 40.00' in page
    assert 'class="add">  alone: {USD: 50.00' in page
    assert "limit alone" in page
    assert "&lt;script&gt;alert(&#39;policy&#39;)" in page
    assert "These two are the same." in get(shared, f"/policies/versions?old={policy.digest}&new={policy.digest}")


def test_files_that_changed_since_the_start_are_told(shared: Lumen) -> None:
    folder = Path(shared.installation.settings.folder)
    for name, path in (("policies/billing.yaml", "/policies"), ("procedures/sso-login.yaml", "/procedures/sso-login")):
        file = folder / name
        before = file.read_text()
        file.write_text(f"{before}\n# changed\n")
        try:
            assert "changed since this desk was started" in get(shared, path)
        finally:
            file.write_text(before)
        assert "changed since this desk was started" not in get(shared, path)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        (f"/policies/actions/{quote(HOSTILE, safe='')}", 404),
        (f"/procedures/{quote(HOSTILE, safe='')}", 404),
        (f"/policies/versions?old={quote(HOSTILE)}", 422),
        (f"/policies/versions?old={'b' * 64}", 404),
        (f"/policies/try?ticket={quote(HOSTILE)}", 200),
    ],
)
def test_hostile_words_are_shown_as_text(shared: Lumen, path: str, status: int) -> None:
    answer = shared.http.get(path, headers=cookie(shared, "tom"))
    assert answer.status_code == status
    assert no_foreign_script(answer.text) or answer.headers["content-type"] == "application/json"


def test_an_item_of_a_list_is_cut_out_of_its_file() -> None:
    text = "rules:\n  - id: a\n    when: [x]\n\n    say: >\n      one\n  # about b\n  - id: b\n"
    assert snippet(text, 2) == "- id: a\n  when: [x]\n\n  say: >\n    one"
    assert snippet(text, 8) == "- id: b"
    assert snippet(text, 99) == ""


def test_only_files_that_differ_are_told() -> None:
    (one,) = differing({"a": "1\n2", "b": "same"}, {"a": "1\n3", "b": "same"})
    assert (one.name, one.lines[1:]) == ("a", ((" ", "1"), ("-", "2"), ("+", "3")))
