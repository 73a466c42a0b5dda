"""The pages about identifiers in a real browser: light and dark, narrow and wide, without JavaScript."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from support import Service

PAGES = (
    "/doc/case/trafford",
    "/doc/source/case-studies?page=2",
    "/doc/contract/trafford-waste",
    "/def",
    "/shapes",
    "/alignments",
    "/scheme/partner-role",
    "/scheme/sector/third",
    "/dataset",
    "/download",
    "/graph/data/cases.ttl",
    "/queries/commitments/case",
    "/doc/case/atlantis",
)
OPTIONS = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
MOST_BYTES = 150_000


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page of the service."""
    context = browser.new_context(base_url=service.url)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_in_every_look(page: Page, path: str) -> None:
    """No violation of WCAG 2.2 AA in either colour scheme; nothing wider than a phone; light enough for a slow line."""
    reply = page.goto(path)
    assert reply is not None
    assert int(reply.headers["content-length"]) < MOST_BYTES
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page, options=OPTIONS).response["violations"]
        assert [(one["id"], [node["html"][:200] for node in one["nodes"]]) for one in found] == []


def test_the_picture_leads_to_the_terms_by_keyboard(page: Page) -> None:
    """Each class of the picture is a link to its place in the page, and the table says what the picture shows."""
    page.goto("/def")
    page.locator(".model a", has_text="partnership").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#Partnership")).to_be_in_viewport()
    summary = page.locator(".model summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".model td", has_text="formed during")).to_be_visible()


def test_a_reader_goes_from_case_to_passage_to_term(page: Page) -> None:
    """By links alone: what it is, on what it rests, and the next page of what refers to the source."""
    page.goto("/id/case/trafford")
    expect(page).to_have_url(f"{page.url.split('/doc')[0]}/doc/case/trafford")
    page.get_by_role("link", name="characters 3822 to 3925").click()
    page.get_by_role("link", name="The case studies page").click()
    page.get_by_role("link", name="Next page").click()
    expect(page.get_by_role("heading", name="What refers to it")).to_be_visible()
    page.go_back()
    page.get_by_role("link", name="source text").first.click()
    expect(page.locator("#SourceText")).to_be_in_viewport()


def test_structured_data_is_no_script(page: Page) -> None:
    """The description in the page breaks no rule of its policy."""
    told: list[str] = []
    page.on("console", lambda message: told.append(message.text))
    page.goto("/dataset")

    assert (
        page.evaluate("JSON.parse(document.querySelector('script').textContent)['@id']")
        == "https://w3id.org/fsp/dataset"
    )
    assert told == []
