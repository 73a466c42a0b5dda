"""The pages of validation in a real browser: without JavaScript, by keyboard alone, and for assistive technology."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from form_sample import CASE
from support import Service

SOUND = Path(__file__).parents[1] / "sound-case.ttl"
FAULTY = "@prefix fsp: <https://w3id.org/fsp/def#> .\n<https://example.org/p> a fsp:Partnership .\n"
SECONDS = 60_000
"""Longest wait for an answer, in milliseconds: the first check loads what all need."""


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(
        base_url=service.url, java_script_enabled=False, viewport={"width": 1200, "height": 900}
    )
    context.set_default_timeout(SECONDS)
    yield context.new_page()
    context.close()


def focused(page: Page) -> str:
    """Return the id of what has the focus; playwright's own scripts run where the page's may not."""
    return str(page.evaluate("document.activeElement.id"))


def tab_to(page: Page, target: str) -> None:
    """Press Tab until a field or button has the focus."""
    for _ in range(200):
        if focused(page) == target:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"Tab never comes to {target}")


def press(page: Page, button: str) -> None:
    """Press Tab until the focus is on a button with this text, then Enter."""
    for _ in range(250):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName + document.activeElement.textContent") == f"BUTTON{button}":
            page.keyboard.press("Enter")
            return
    pytest.fail(f"Tab never comes to the button {button}")


def test_a_file_is_checked(page: Page) -> None:
    """Chosen and sent; the reader starts at the report."""
    page.goto("/validate")
    page.get_by_label("File", exact=True).set_input_files(SOUND)
    page.get_by_role("button", name="Check the file").click()

    expect(page.locator(".verdict")).to_have_text("Conforms: 17 things were checked.", timeout=SECONDS)
    expect(page.locator("#the-report")).to_be_focused()


def test_text_is_pasted_and_checked_by_keyboard(page: Page) -> None:
    """It stays there to be mended; the report shows its lines."""
    page.goto("/validate")
    tab_to(page, "text")
    page.keyboard.insert_text(FAULTY)
    press(page, "Check the text")

    expect(page.locator(".verdict")).to_contain_text("Does not conform", timeout=SECONDS)
    expect(page.get_by_label("Text", exact=True)).to_have_value(FAULTY)
    expect(page.locator(".report .place").first).to_have_text("pasted.ttl:2:1")


def test_a_whole_case_is_described_by_keyboard_alone(page: Page, tmp_path: Path, service: Service) -> None:
    """From the start page to the Turtle on disk, which conforms: no mouse, no JavaScript."""
    page.goto("/")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.pathname") == "/validate/form":
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Describe a case", timeout=SECONDS)
    fill(page, {name: value for name, value in CASE.items() if not name.startswith("measurement-2")})
    press(page, "Add another measurement")
    expect(page.locator("#measurement-2-of")).to_be_focused(timeout=SECONDS)
    fill(page, {name: value for name, value in CASE.items() if name.startswith("measurement-2")})
    press(page, "Check the case")
    expect(page.locator("#outcome")).to_contain_text("Conforms:", timeout=SECONDS)
    with page.expect_download() as download:
        press(page, "Download as Turtle")
    download.value.save_as(tmp_path / "case.ttl")

    turtle = (tmp_path / "case.ttl").read_bytes()
    reply = service.request("/validate", method="POST", body=turtle, headers={"Content-Type": "text/turtle"})
    assert download.value.suggested_filename == "anytown.ttl"
    assert reply.headers["Fsp-Conforms"] == "true"


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill in fields by Tab and by typing; in a list, the first letters choose."""
    for name in [
        name for name in page.evaluate("[...document.querySelectorAll('[name]')].map(e => e.name)") if name in values
    ]:
        tab_to(page, name)
        if page.evaluate("document.activeElement.tagName") == "SELECT":
            option = page.locator(f'#{name} option[value="{values[name]}"]').text_content()
            page.keyboard.type(option or "")
            expect(page.locator(f"#{name}")).to_have_value(values[name])
        else:
            page.keyboard.insert_text(values[name])


def test_an_error_leads_to_its_field(page: Page) -> None:
    """The summary has the focus; its link moves the focus on."""
    page.goto("/validate/form")
    page.locator("#case-1-label").fill("Anytown")
    page.locator("#contract-1-label").fill("Parks")
    page.locator("#case-1-label").press("Enter")
    expect(page.locator(".summary")).to_be_focused(timeout=SECONDS)
    page.locator(".summary a", has_text="Source, text").press("Enter")

    expect(page.locator("#source-1-text")).to_be_focused()
    expect(page.locator("#case-1-label")).to_have_value("Anytown")
    expect(page.locator("#source-1-text")).to_have_attribute("aria-invalid", "true")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1200])
def test_assistive_technology_finds_no_fault(browser: Browser, service: Service, width: int, scheme: str) -> None:
    """Axe has no violation on any of the pages, and nothing is wider than a telephone."""
    context = browser.new_context(
        base_url=service.url,
        viewport={"width": width, "height": 800},
        color_scheme=scheme,  # type: ignore[arg-type]
    )
    context.set_default_timeout(SECONDS)
    page = context.new_page()
    page.goto("/validate")
    check_page(page)
    page.get_by_label("Text", exact=True).fill(FAULTY)
    page.get_by_role("button", name="Check the text").click()
    page.locator(".verdict").wait_for()
    check_page(page)
    page.goto("/validate/form")
    check_page(page)
    page.locator("#case-1-label").fill("Anytown")
    page.locator("#case-1-label").press("Enter")
    page.locator(".summary").wait_for()
    check_page(page)
    context.close()


def check_page(page: Page) -> None:
    """See that axe ran and found nothing, and that the page is no wider than its window."""
    result = Axe().run(page).response
    assert len(result["passes"]) > 15
    assert [(one["id"], one["nodes"][0]["html"]) for one in result["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
