"""Puts the tables of a run into a page."""

import re
from pathlib import Path

__all__ = ["put_into"]


def put_into(page: Path, name: str, markdown: str) -> None:
    """Replace what stands in a page between `<!-- begin NAME -->` and `<!-- end NAME -->`.

    Raises:
        ValueError: the page has no such place.
    """
    text = page.read_text(encoding="utf-8")
    place = re.compile(rf"(?<=<!-- begin {re.escape(name)} -->\n).*?(?=<!-- end {re.escape(name)} -->)", re.DOTALL)
    if not place.search(text):
        raise ValueError(f"{page} has no place for the results: write <!-- begin {name} --> and <!-- end {name} -->.")
    page.write_text(place.sub(lambda _: f"\n{markdown}\n", text), encoding="utf-8")
