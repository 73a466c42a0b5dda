"""Every page, found by its route: for assistive technology, by keyboard, in both themes, narrow and wide, on paper."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page

from sitepages import EMBEDDED, PAGE, pages
from support import Service

SECONDS = 60_000
"""Longest wait for an answer, in milliseconds."""
MOST_BYTES = 150_000
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "rules": {"target-size": {"enabled": True}},
}
"""WCAG 2.2 AA and best practices; axe leaves target size (2.5.8) out unless it is asked for."""
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that a theme can break; the others have been tried in the light one."""
SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }
"""
"""The spacing of text of WCAG 2.2, 1.4.12."""
ADOPT = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [sheet];
}"""
"""Adds style as a reader's own style sheet does: the page's policy takes none from the page."""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
FOCUS = """async () => {
  let one = document.activeElement;
  const framed = [one];
  while (one.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  for (let part = one; part; part = part.parentElement) framed.push(part);
  const isFramed = () => framed.map(part => getComputedStyle(part)).some(
    style => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  for (let frames = 0; frames < 30 && !isFramed(); frames++) await new Promise(requestAnimationFrame);
  const box = one.getBoundingClientRect();
  return {
    place: [...document.querySelectorAll('*')].indexOf(one),
    name: one.tagName + '.' + one.className + ' ' + one.textContent.trim().slice(0, 40),
    isBody: one === document.body,
    seen: box.right > 0 && box.bottom > 0 && isFramed(),
  };
}"""
"""Tells what has the focus; the editor shows that it has it some frames later."""


@pytest.fixture(scope="session")
def addresses(app: Flask) -> list[str]:
    """The address of every page."""
    return list(pages(app))


@pytest.fixture(scope="session")
def navigable(addresses: list[str]) -> list[str]:
    """The address of every page of the site itself, which has its navigation."""
    return [address for address in addresses if not address.startswith(EMBEDDED)]


@pytest.fixture
def page(browser: Browser, service: Service) -> Iterator[Page]:
    """A page of the running service."""
    context = browser.new_context(base_url=service.url)
    context.set_default_timeout(SECONDS)
    yield context.new_page()
    context.close()


def test_axe_finds_no_fault(page: Page, addresses: list[str]) -> None:
    """WCAG 2.2 AA and best practices, light and dark, on a telephone and on a desk."""
    faults: list[tuple[str, str, str]] = []
    for address in addresses:
        page.goto(address)
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme="light")
            faults += violations(page, f"{address} light {width}", RULES)
            page.emulate_media(color_scheme="dark")
            faults += violations(page, f"{address} dark {width}", COLOURS)

    assert "\n".join(map(str, faults)) == ""


def violations(page: Page, where: str, options: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Run axe, and return each fault with its place."""
    found = Axe().run(page, options=options).response
    assert len(found["passes"]) > 0
    return [(where, one["id"], one["nodes"][0]["html"][:200]) for one in found["violations"]]


def test_no_page_is_wider_than_a_narrow_window(page: Page, addresses: list[str]) -> None:
    """At 320 pixels nothing but tables and code scrolls sideways (1.4.10), also with wide spacing (1.4.12)."""
    page.set_viewport_size({"width": 320, "height": 600})
    wide = []
    for address in addresses:
        page.goto(address)
        wide += [(address, "plain")] if page.evaluate(TOO_WIDE) > 0 else []
        page.evaluate(ADOPT, SPACING)
        wide += [(address, "spaced")] if page.evaluate(TOO_WIDE) > 0 else []

    assert wide == []


def test_the_keyboard_reaches_all_and_leaves(page: Page, navigable: list[str]) -> None:
    """Tab begins at the link that skips the navigation, shows where it is (2.4.7), and is never trapped (2.1.2)."""
    page.set_viewport_size({"width": 1280, "height": 800})
    faults = []
    for address in navigable:
        page.goto(address)
        stops: list[Any] = []
        page.evaluate("document.activeElement.blur()")
        for _ in range(60):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUS)
            if stop["isBody"]:
                break
            stops.append(stop)
        faults += [(address, stop["name"]) for stop in stops if not stop["seen"]]
        faults += [(address, "stays at", a["name"]) for a, b in pairwise(stops) if a["place"] == b["place"]]
        if "autofocus" not in page.content() and not stops[0]["name"].startswith("A.skip"):
            faults.append((address, "begins at", stops[0]["name"]))

    assert "\n".join(map(str, faults)) == ""


def test_no_animation_where_none_is_wanted_and_colours_can_be_forced(page: Page, navigable: list[str]) -> None:
    """With less motion nothing moves (2.3.3); with forced colours the page still shows its links."""
    for address in navigable:
        page.emulate_media(reduced_motion="reduce", forced_colors="active")
        page.goto(address)
        assert (address, page.evaluate("document.getAnimations().length")) == (address, 0)
        assert page.locator("nav a").first.is_visible()


def test_paper_holds_the_content_alone(page: Page, navigable: list[str]) -> None:
    """Printed, there is no navigation, and no table is cut at the edge."""
    page.emulate_media(media="print")
    for address in navigable:
        page.goto(address)
        assert page.locator("nav").first.is_hidden()
        cut = page.evaluate(
            "[...document.querySelectorAll('.scroll')].filter(e => getComputedStyle(e).overflowX != 'visible').length"
        )
        assert (address, cut) == (address, 0)


def test_no_page_is_heavy(app: Flask, addresses: list[str]) -> None:
    """Page, style sheets and pictures as they are, uncompressed, without the editor's own code: below 150 kB."""
    client = app.test_client()
    heavy = {}
    for address in addresses:
        html = client.get(address, headers=PAGE).text
        linked = set(re.findall(r'<link rel="stylesheet" href="([^"]+)"', html))
        linked |= set(re.findall(r'<img[^>]* src="(/[^"]+)"', html))
        weight = len(html.encode())
        for other in linked:
            with client.get(other.replace("&amp;", "&")) as reply:
                weight += len(reply.data)
        if weight > MOST_BYTES:
            heavy[address] = weight

    assert heavy == {}
