"""The page of going live: ten points, in the reader's language, for who may promote."""

from tests.api.visitor import cookie
from tests.stories.lumen import Lumen


def test_the_page_says_at_once_that_it_is_looking(shared: Lumen) -> None:
    page = shared.http.get("/golive", headers=cookie(shared, "mei"))

    assert page.status_code == 200, page.text
    assert 'data-load="/golive/items" aria-busy="true"' in page.text
    assert 'href="/golive"' in shared.http.get("/rollout", headers=cookie(shared, "mei")).text


def test_the_demo_company_is_told_what_it_is(shared: Lumen) -> None:
    """Its systems are twins, and no twin proves that anything real is connected."""
    part = shared.http.get("/golive/items", headers={**cookie(shared, "mei"), "x-fragment": "1"}).text

    assert part.count('<section class="card"') == 10
    assert "Stripe is a stand-in with made-up customers." in part
    assert "No CRM is connected." in part
    assert "10 of 10" not in part


def test_every_sentence_of_it_is_told_in_german(shared: Lumen) -> None:
    headers = {"cookie": f"{cookie(shared, 'mei')['cookie']}; language=de", "accept": "text/html"}
    page = shared.http.get("/golive/items", headers=headers).text

    assert "Stripe ist ein Ersatz mit erfundenen Kunden." in page
    assert "Das Journal ist vollständig" in page
    assert "Nach Stimmung:" in page
    for english in (" is ", " were ", "Nobody", "No customer", "not proven", "What to do"):
        assert english not in page.split("<main")[1].split("</main>")[0], english


def test_a_folder_with_a_fault_is_told_and_nothing_is_looked_at(shared: Lumen) -> None:
    file = shared.installation.settings.folder / "procedures" / "half.yaml"
    file.write_text("id: half\n", "utf-8")
    try:
        page = shared.http.get("/golive/items", headers=cookie(shared, "mei"))
    finally:
        file.unlink()

    assert page.status_code == 200
    assert "The desk folder has a fault, so nothing was looked at:" in page.text
    assert "not proven" not in page.text
