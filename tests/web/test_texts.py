"""Every text of a page is marked for translation, and another language can join by a catalogue alone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import get_babel

import fsp.web
from fsp.execution.solutions import solutions
from sitepages import PAGE, pages

WEB = Path(fsp.web.__file__).parent
TEMPLATE = WEB / "translations" / "messages.pot"
LANGUAGE = "eo"
SHOWN = ("aria-label", "alt", "placeholder", "title")
"""The attributes that readers see or hear."""
UNTRANSLATED = {"code", "pre", "script", "style", "textarea", "option"}
"""Elements that hold code; the choices of a list are labels of the data, but for those that are marked."""
NAMES = re.compile(
    r"\b(CSV|HTML|JSON|JSON-LD|JUnit|N-Quads|N-Triples|OpenAPI|RDF|RDF/XML|SARIF|SPARQL|TSV|TriG|Turtle|XLSX|XML|YAML|MIT)\b"
)
"""Names that every language writes the same."""


def template() -> Catalog:
    """Read the list of all texts."""
    with TEMPLATE.open("rb") as file:
        return read_po(file)


def test_the_list_of_texts_is_that_of_the_pages(tmp_path: Path) -> None:
    """As `make texts` would write it."""
    fresh = tmp_path / "fresh.pot"
    command = [
        *(str(Path(sys.executable).parent / "pybabel"), "-q", "extract", "-F", "babel.cfg", "-k", "lazy_gettext"),
        *("-o", str(fresh), "."),
    ]
    subprocess.run(command, cwd=WEB, check=True)
    with fresh.open("rb") as file:
        expected = {message.id for message in read_po(file)}

    assert expected == {message.id for message in template()}


@pytest.fixture
def strange(app: Flask, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of the site in a language whose every text is in brackets: made of the list of texts."""
    catalog = Catalog(locale=LANGUAGE)
    for message in template():
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            told = tuple(f"⟦{form}⟧" for form in (*forms, *forms[-1:])[:2])
            catalog.add(message.id, told if len(forms) > 1 else told[0])
    folder = tmp_path / LANGUAGE / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalog)
    with app.app_context():
        babel = get_babel()
    babel.translation_directories.append(str(tmp_path))
    yield app.test_client()
    babel.translation_directories.remove(str(tmp_path))


class Texts(HTMLParser):
    """Gathers the texts of a page that stand outside brackets, and outside what is said to be English or is code."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.language: str | None = None
        self._depth = 0
        self._open: list[tuple[str, bool]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what is said of the element, and read its attributes."""
        named = dict(attrs)
        if tag == "html":
            self.language = named.get("lang")
        spared = tag in UNTRANSLATED or (tag != "html" and "lang" in named)
        if not spared and not self._spared:
            self.found += [value for name in SHOWN if (value := named.get(name)) and not value.startswith("⟦")]
        if tag not in {"br", "input", "link", "meta", "img", "hr", "circle", "line", "path", "rect", "use", "image"}:
            self._open.append((tag, spared))

    def handle_endtag(self, tag: str) -> None:
        """Leave the element."""
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Keep what stands outside brackets."""
        outside = ""
        for character in data:
            self._depth += {"⟦": 1, "⟧": -1}.get(character, 0)
            outside += character if self._depth == 0 and character != "⟧" else " "
        if not self._spared:
            self.found.append(outside)

    @property
    def _spared(self) -> bool:
        return any(spared for _, spared in self._open)


@pytest.fixture(scope="session")
def data(app: Flask) -> set[str]:
    """The literals of the data, and the names of its graphs."""
    executor = app.extensions["fsp"].executor
    query = "SELECT DISTINCT ?text { { ?s ?p ?text } UNION { GRAPH ?g { ?s ?p ?text } } FILTER(isLiteral(?text)) }"
    return {" ".join(str(row["text"]).split()) for row in solutions(executor, query)}


def test_every_text_is_marked(app: Flask, strange: FlaskClient, data: set[str]) -> None:
    """In a language of brackets, no page has an English word outside them that is not of the data or a name."""
    unmarked = []
    for address in pages(app):
        reader = Texts()
        reader.feed(strange.get(address, headers=PAGE | {"Accept-Language": LANGUAGE}).text)
        assert (address, reader.language) == (address, LANGUAGE)
        texts = [text for text in reader.found if " ".join(text.split()) not in data]
        unmarked += [(address, text.strip()) for text in texts if re.search(r"[A-Za-z]{3}", NAMES.sub("", text))]

    assert unmarked == []


def test_english_is_the_language_unless_another_is_asked_for(strange: FlaskClient) -> None:
    """`Accept-Language` chooses among the catalogues (RFC 9110, section 12.5.4), and `Vary` says so."""
    plain = strange.get("/", headers=PAGE)
    other = strange.get("/", headers=PAGE | {"Accept-Language": f"fr, {LANGUAGE};q=0.8, en;q=0.5"})

    assert '<html lang="en-GB">' in plain.text
    assert "⟦" not in plain.text
    assert f'<html lang="{LANGUAGE}">' in other.text
    assert "Accept-Language" in plain.headers["Vary"]


def test_with_english_alone_nothing_depends_on_the_language(client: FlaskClient) -> None:
    """So that a cache keeps one copy."""
    assert "Accept-Language" not in client.get("/", headers=PAGE).headers.get("Vary", "")
