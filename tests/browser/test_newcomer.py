"""The newcomer's journey in a real browser, by keyboard alone: find, narrow, take home, cite."""

import io
import re
from collections.abc import Iterator

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect

from support import Service

SECONDS = 60_000
"""Longest wait for an answer, in milliseconds."""
IN_HAND = "document.activeElement.textContent.trim() || document.activeElement.id"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def page(request: pytest.FixtureRequest, browser: Browser, service: Service) -> Iterator[Page]:
    """A page with JavaScript and one without: the journey is the same."""
    context = browser.new_context(base_url=service.url, java_script_enabled=request.param)
    context.set_default_timeout(SECONDS)
    yield context.new_page()
    context.close()


def tab_to(page: Page, words: str, key: str = "Tab") -> None:
    """Press a key until what has the focus has these words, or this id where it has none."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate(IN_HAND) == words or page.evaluate("document.activeElement.id") == words:
            return
    pytest.fail(f"{key} never comes to {words}: it is at {page.evaluate(IN_HAND)[:80]!r} of {page.url}")


def test_the_charitable_arms_are_found_narrowed_taken_home_and_cited(page: Page, service: Service) -> None:
    """From the start page to a spreadsheet and a link that still answers, without a mouse."""
    page.goto("/")
    tab_to(page, "Which company has a charitable arm, and where does it act?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Rows")).to_contain_text("John Laing Charitable Trust")

    tab_to(page, "sector")
    page.keyboard.type("Private")
    tab_to(page, "Ask")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"sector=[^&]*private"))
    expect(page.get_by_role("region", name="Rows")).to_contain_text("John Laing Charitable Trust")

    tab_to(page, "Excel")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    content = download.value.path().read_bytes()
    sheets = load_workbook(io.BytesIO(content)).worksheets
    cells = {cell.value for row in sheets[0].iter_rows() for cell in row}

    tab_to(page, "Cite this", "Shift+Tab")  # the page's own list of contents: fewer keys than through the rows
    page.keyboard.press("Enter")
    tab_to(page, "Permanent link")
    link = str(page.evaluate("document.activeElement.href"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Since this was cited")).to_be_visible()

    assert "John Laing Charitable Trust" in cells
    assert len(sheets) > 1
    assert "sector=" in link
    assert service.request(link.removeprefix(service.url.rstrip("/"))).headers["Fsp-Changed"] == "none"


def test_a_sector_without_charitable_arms_is_told(page: Page) -> None:
    """Narrowed to what the data do not have, the page says so and stays whole."""
    page.goto("/queries/charitable-arms")
    tab_to(page, "sector")
    page.keyboard.type("Public")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.locator("#answer + p")).to_contain_text("No row fits what is chosen.")
