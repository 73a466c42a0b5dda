"""Pictures of every page in both themes and three widths, to look at: `make screenshots`, into build/screenshots."""

import re
import sys
from functools import partial
from itertools import product
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from fsp.catalogue.rdf import published_dataset
from fsp.dataset.load import load
from fsp.execution.embedded import EmbeddedExecutor
from fsp.settings import Settings
from fsp.web.app import create_app
from fsp.web.validate import make_guard
from sitepages import pages
from support import running

FOLDER = Path("build/screenshots")
THEMES = ("light", "dark")
WIDTHS = (360, 768, 1280)
CHROMIUM = "/usr/bin/chromium"


def addresses() -> list[str]:
    """Return the address of every page."""
    dataset, settings = published_dataset(), Settings(workers=1)
    executor = EmbeddedExecutor(partial(load, dataset), dataset.digest, settings.limits)
    guard = make_guard(settings)
    try:
        return list(pages(create_app(executor, settings, default_graphs=dataset.default_graphs, guard=guard)))
    finally:
        guard.close()
        executor.close()


def main(wanted: str = "") -> None:
    """Take the pictures of the pages whose address matches a pattern; of all where none is given."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = [address for address in addresses() if re.search(wanted, address)]
    with running() as service, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(base_url=service.url).new_page()
        for address, theme, width in product(found, THEMES, WIDTHS):
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            name = re.sub(r"\W+", "-", address).strip("-")[:60] or "start"
            page.screenshot(path=FOLDER / f"{name}-{theme}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:2])
