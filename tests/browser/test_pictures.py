"""Pictures and the pages of cases in a real browser: nothing overlaps, nothing is cut off, and axe finds no fault."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_folder
from support import Service

DRAWN = [query.name for query in Catalogue.load(project_folder() / "queries") if query.picture]
WIDTHS = (360, 768, 1280)
PAGES = [
    "/cases",
    "/cases/trafford",
    "/cases/barnsley",
    "/compare?case=trafford&case=hounslow&case=peterborough",
    "/network",
    "/queries/timeline",
    "/queries/places",
    "/queries/savings",
]
# Two texts overlap where their boxes do by more than the space between lines; a text is cut off beyond the edge.
FAULTS = """() => {
  const texts = [...document.querySelectorAll('svg.picture text')]
    .map(text => [text.textContent, text.getBoundingClientRect()]);
  const faults = texts.filter(([, box]) => box.left < -0.5 || box.right > innerWidth + 0.5)
    .map(([text]) => 'cut off: ' + text);
  texts.forEach(([one, a], number) => texts.slice(number + 1).forEach(([other, b]) => {
    if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 2 && b.top < a.bottom - 2)
      faults.push(one + ' overlaps ' + other);
  }));
  return [texts.length > 0, faults];
}"""
# The least contrast of any text of a picture with its paper (WCAG 2.2, success criterion 1.4.3).
CONTRAST = """() => {
  const light = colour => { const [r, g, b] = colour.match(/[0-9.]+/g).map(Number).map(part => part / 255)
    .map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const paper = light(getComputedStyle(document.querySelector('.paper')).fill);
  return Math.min(...[...document.querySelectorAll('text')].map(text => light(getComputedStyle(text).fill))
    .map(ink => (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05)));
}"""

Open = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, service: Service) -> Open:
    """Open an address at a width, in a theme, without JavaScript."""

    def opened(target: str, width: int, scheme: str = "light") -> Page:
        context = browser.new_context(
            base_url=service.url,
            java_script_enabled=False,
            viewport={"width": width, "height": 800},
            color_scheme="dark" if scheme == "dark" else "light",
        )
        page = context.new_page()
        page.goto(target)
        return page

    return opened


@pytest.mark.parametrize("name", DRAWN)
def test_no_texts_of_a_picture_overlap(open_page: Open, name: str) -> None:
    """From phone to wide screen, in its page."""
    for width in WIDTHS:
        page = open_page(f"/queries/{name}", width)
        assert page.evaluate(FAULTS) == [True, []], width
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["timeline", "places", "who-works-with-whom", "savings"])
def test_a_picture_alone_is_readable_in_both_themes(open_page: Open, name: str, scheme: str) -> None:
    """It brings its own paper and ink: at least 4.5 to 1, whatever the browser's own canvas is."""
    for width in WIDTHS:
        page = open_page(f"/queries/{name}.svg", width, scheme)
        assert page.evaluate(FAULTS) == [True, []], width
        assert page.evaluate(CONTRAST) >= 4.5
        page.context.close()


@pytest.mark.parametrize("target", PAGES)
def test_axe_finds_no_fault(browser: Browser, service: Service, target: str) -> None:
    """In light and dark, narrow and wide, and the page never scrolls sideways as a whole."""
    for width, scheme in ((360, "dark"), (1280, "light")):
        context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(service.url.rstrip("/") + target)
        violations = [(found["id"], found["nodes"][0]["html"]) for found in Axe().run(page).response["violations"]]
        sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert (violations, sideways) == ([], 0)
        context.close()


def test_cases_are_compared_by_keyboard(open_page: Open) -> None:
    """Two boxes are ticked with the space bar, and Enter on the button leads to the comparison."""
    page = open_page("/cases", 1280)
    for name in ("trafford", "hounslow"):
        page.locator(f"input[value={name}]").focus()
        page.keyboard.press("Space")
    page.get_by_role("button", name="Compare").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/compare?case=hounslow&case=trafford")
    assert page.get_by_role("columnheader").all_inner_texts()[1:] == [
        "Hounslow: a charitable trust and young volunteers in libraries",
        "Trafford: a waste contract, changed and extended",
    ]
    page.context.close()


def test_a_case_prints_whole(open_page: Open) -> None:
    """Without navigation and forms, with the address of the case, and no table cut off at the right."""
    page = open_page("/cases/peterborough", 794)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation").first.is_visible()
    assert page.get_by_text("https://w3id.org/fsp/id/case/peterborough").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= 794")
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.context.close()
