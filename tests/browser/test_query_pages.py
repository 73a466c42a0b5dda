"""The pages of the canned queries in a real browser: both themes, two widths, by keyboard, without JavaScript."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support import Service

PAGES = (
    "/queries?search=money",
    "/queries/contracts",
    "/queries/what-happened-where?page=2",
    "/queries/case-as-graph",
    "/queries/events-by-year?year=MMIX",
    "/queries/jobs?version=a&dataset=b&rows=c",
)


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(base_url=service.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_pages_are_accessible_and_fit(
    browser: Browser, service: Service, theme: Literal["light", "dark"], width: int
) -> None:
    """No axe-core rule is broken, with every part opened, and only a table scrolls sideways (WCAG 2.2, 1.4.10)."""
    # axe-core is a script of the test's, which the pages' own policy would not let in.
    context = browser.new_context(
        base_url=service.url, bypass_csp=True, color_scheme=theme, viewport={"width": width, "height": 900}
    )
    page = context.new_page()
    for target in PAGES:
        page.goto(target)
        page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
        violations = Axe().run(page).response["violations"]
        assert [(rule["id"], rule["nodes"][0]["html"]) for rule in violations] == [], target
        assert page.evaluate("document.documentElement.scrollWidth") <= width, target
    context.close()


def test_question_is_found_narrowed_and_cited(page: Page) -> None:
    """From the list by a search, through the form, to the permanent link, which says that nothing has changed."""
    page.goto("/queries")
    page.get_by_label("Find a question").fill("contracts term")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Which contracts are there").click()
    page.get_by_label("Supplier").select_option("Serco")
    page.get_by_role("button", name="Ask").click()

    expect(page.get_by_label("Supplier")).to_have_value("https://w3id.org/fsp/id/organisation/serco")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody")).to_contain_text("17,000,000")
    page.get_by_role("link", name="Permanent link").click()
    expect(page.locator(".summary.good")).to_contain_text("Nothing that the link pins has changed.")


def test_evidence_is_one_key_away(page: Page) -> None:
    """A number in a row leads by Enter to its note, and Tab goes on from there to the citation."""
    page.goto("/queries/jobs?phase=promise")
    reference = page.locator("td.notes a").first
    number = reference.inner_text()
    reference.focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#e{number}:target")).to_be_visible()
    page.keyboard.press("Tab")
    focused = page.evaluate("document.activeElement.closest('li').id")
    assert focused == f"e{number}"


def test_pages_of_an_answer_are_turned(page: Page) -> None:
    """The controls under the table lead on and back."""
    page.goto("/queries/achieved-or-intended")
    controls = page.get_by_role("navigation", name="Pages of the answer")
    expect(controls).to_contain_text("Page 1 of 3")
    controls.get_by_role("link", name="Next").click()
    expect(page.locator("#answer + p")).to_contain_text("Rows 51 to 100 of 115")
    controls.get_by_role("link", name="Last").click()
    expect(page.locator("tbody tr")).to_have_count(15)
    expect(controls.get_by_role("link", name="Next")).to_have_count(0)
