"""Every text of a page is marked for translation, and another language can join by a catalogue alone."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import get_babel

import fsp
from fsp.catalogue.query import Catalogue as Queries
from fsp.dataset.files import project_folder
from fsp.execution.solutions import solutions
from sitepages import PAGE, pages

PACKAGE = Path(fsp.__file__).parent
TEMPLATE = PACKAGE / "web" / "translations" / "messages.pot"
LANGUAGE = "eo"
STRIPPED = " .,:;“”?—·/"
SHOWN = ("aria-label", "alt", "placeholder", "title")
"""The attributes that readers see or hear."""
UNTRANSLATED = {"code", "pre", "script", "style", "textarea", "option"}
"""Elements that hold code; the choices of a list are labels of the data, but for those that are marked."""
NAMES = re.compile(
    r"https?://\S+|\b[a-z]+:[A-Za-z]\w+|/[\w/-]+|\w+/|"
    r"[\w.-]+\.(?:ttl|rq|json|html|svg|trig|rdf|nt|nq|jsonld)(?:\.gz)?\b|"
    r"\b(Google Sheets|LibreOffice Calc|Power Query|curl|pandas|Python|R|SPARQLWrapper|Excel|BibTeX|SHA-256|SVG|"
    r"CSV|HTML|JSON|JSON-LD|JUnit|N-Quads|N-Triples|OpenAPI|RDF|RDF/XML|SARIF|SPARQL|TSV|TriG|Turtle|XLSX|XML|YAML|"
    r"MIT)\b|[£€$]?\d[\d.,]*(?:\s?%)?"
)
"""Addresses, names and numbers, which every language writes the same."""
CELLS = {"td", "th", "dd", "text", "tspan", "title", "li", "a"}
"""Elements that hold data, or a line of it."""


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
    subprocess.run(command, cwd=PACKAGE, check=True)
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
        self.found: list[tuple[str, bool]] = []
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
            values = [value for name in SHOWN if (value := named.get(name)) and not value.startswith("⟦")]
            self.found += [(re.sub(r"⟦[^⟧]*⟧", " ", value), True) for value in values]
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
            self.found.append((outside, bool(CELLS & {tag for tag, _ in self._open})))

    @property
    def _spared(self) -> bool:
        return any(spared for _, spared in self._open)


@dataclass
class Data:
    """What the data say: each literal by itself, and all of them in one."""

    literals: set[str]
    all: str

    def has(self, text: str, *, in_cell: bool) -> bool:
        """Tell whether every part of a text is of the data: a phrase as part of a literal, a word as a whole one."""
        if " " in text and text.casefold() in self.all:
            return True
        parts = [part.strip(STRIPPED) for part in re.split(r"—|·|[,:;()]\s|\s[()]|^[:,] ?", text.casefold())]
        return all(
            part in self.literals or ((in_cell or " " in part) and part in self.all)
            for part in parts
            if re.search(r"[a-z]{3}", part)
        )


@pytest.fixture(scope="session")
def data(app: Flask) -> Data:
    """The literals of the data, and the words of the queries' headers, which are data too."""
    query = "SELECT DISTINCT ?text { { ?s ?p ?text } UNION { GRAPH ?g { ?s ?p ?text } } FILTER(isLiteral(?text)) }"
    texts = {str(row["text"]) for row in solutions(app.extensions["fsp"].executor, query)}
    for one in (*Queries.load(project_folder() / "queries"), *Queries.load(PACKAGE / "cases" / "queries")):
        texts |= {one.summary, one.description, *one.tags, one.searched, one.body}
        texts |= {text for column in one.columns.values() for text in (column.label, column.description)}
        texts |= {covered.text for covered in one.coverage}
    literals = {" ".join(text.casefold().split()).strip(STRIPPED) for text in texts}
    return Data(literals, "\n".join(literals))


def test_every_text_is_marked(app: Flask, strange: FlaskClient, data: Data) -> None:
    """In a language of brackets, no page has an English word outside them that is not of the data or a name."""
    unmarked = []
    for address in pages(app):
        reader = Texts()
        reader.feed(strange.get(address, headers=PAGE | {"Accept-Language": LANGUAGE}).text)
        assert (address, reader.language) == (address, LANGUAGE)
        for text, in_cell in reader.found:
            whole, plain = (" ".join(some.split()).strip(STRIPPED) for some in (text, NAMES.sub(" ", text)))
            if not (data.has(whole, in_cell=in_cell) or data.has(plain, in_cell=in_cell)):
                unmarked.append((address, plain))

    assert "\n".join(map(str, unmarked)) == ""


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
