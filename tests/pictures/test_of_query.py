"""The pictures of the canned queries over the published data: words, table and bytes."""

from collections.abc import Callable

import pytest
from defusedxml.ElementTree import fromstring

from fsp.catalogue.picture import PictureKind
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_folder
from fsp.execution.interface import Executor
from fsp.execution.preview import Preview
from fsp.pictures.canvas import Picture
from fsp.pictures.of_graph import draw_graph, read_triples
from fsp.pictures.of_query import draw_answer

Answered = Callable[[str], tuple[CannedQuery, Preview]]
CATALOGUE = Catalogue.load(project_folder() / "queries")
DRAWN = [query.name for query in CATALOGUE if query.picture and query.form == "SELECT"]


def draw(answered: Answered, name: str) -> Picture:
    """Draw the answer of a query."""
    picture = draw_answer(*answered(name), link=lambda iri: iri)
    assert picture is not None
    return picture


def test_every_query_with_a_suitable_answer_has_a_picture() -> None:
    """All but the two whose rows are places in a text, and those that list what registers and imports hold."""
    without = {query.name for query in CATALOGUE if query.picture is None}
    assert without == {
        "changes-of-councils",
        "contracts-of-a-council",
        "councils-of-the-same-kind",
        "evidence-for-a-thing",
        "grants-in-places-of-cases",
        "remarks",
    }


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_answer_gives_the_same_bytes(answered: Answered, name: str) -> None:
    """Also where rows come in another order than the engine happens to give them."""
    assert draw(answered, name).alone() == draw(answered, name).alone()


@pytest.mark.parametrize("name", DRAWN)
def test_a_picture_has_a_name_a_description_and_links_but_no_script(answered: Answered, name: str) -> None:
    """It is well-formed XML, and its accessible name is the query's question (WAI-ARIA 1.2)."""
    picture = draw(answered, name)
    root = fromstring(picture.alone())
    svg = root.tag.removesuffix("svg")
    ids = {element.get("id"): element.text for element in root if element.get("id")}
    assert ids[root.get("aria-labelledby")] == CATALOGUE.get(name).summary
    assert ids[root.get("aria-describedby")] == picture.description
    assert not list(root.iter(f"{svg}script"))
    hrefs = [link.get("href") or "" for link in root.iter(f"{svg}a")]
    assert hrefs == [href for href in hrefs if href.startswith("https://")]
    assert "prefers-color-scheme: dark" in picture.alone().decode()


@pytest.mark.parametrize("name", DRAWN)
def test_what_is_drawn_stands_in_the_table(answered: Answered, name: str) -> None:
    """Each linked thing of the picture is in a row of its table: the table says all that the picture does."""
    picture = draw(answered, name)
    root = fromstring(picture.alone())
    svg = root.tag.removesuffix("svg")
    linked = {link.get("href") for link in root.iter(f"{svg}a")}
    assert linked <= {cell.iri for row in picture.rows for cell in row}


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("savings", ("Savings on disposal in Trafford", "result", "Pounds sterling a year", "more than 1,000,000")),
        ("savings", ("Savings of Peterborough City Council", "target", "Pounds sterling", "at least 20,000,000")),
        ("outcomes-before-and-after", ("More recycling in Trafford", "Recycling rate, before", "Per cent", "25")),
        ("outcomes-before-and-after", ("More recycling in Trafford", "Recycling rate, after", "Per cent", "45")),
        ("jobs", ("Employing people under the Ideal Shopping contract", "People employed, promise", "exactly 160")),
        ("who-works-with-whom", ("Birmingham Council", "Capita", "Birmingham Council and Capita")),
        ("places", ("Barnsley", "", "", "1")),
        ("contract-value-by-sector", ("Private sector", "Private sector", "Pounds sterling", "17,000,000")),
    ],
)
def test_the_table_has_the_facts(answered: Answered, name: str, row: tuple[str, ...]) -> None:
    """As the answer has them, with bound, phase and unit."""
    assert row in [tuple(cell.text for cell in row) for row in draw(answered, name).rows]


def test_timeline_equals_the_answer(answered: Answered) -> None:
    """Every row of the answer is an event of the picture, with the same days."""
    _query, answer = answered("timeline")
    positions = [answer.names.index(name) for name in ("thingLabel", "earliest", "latest")]
    rows = sorted(tuple(getattr(row[position], "value", "") for position in positions) for row in answer.rows)
    assert sorted(tuple(cell.text for cell in row[:3]) for row in draw(answered, "timeline").rows) == rows


def test_bars_equal_the_answer(answered: Answered) -> None:
    """Every number of the answer is a bar."""
    _query, answer = answered("roles-by-sector")
    position = answer.names.index("organisations")
    numbers = sorted(str(getattr(row[position], "value", "")) for row in answer.rows)
    assert sorted(row[-1].text for row in draw(answered, "roles-by-sector").rows) == numbers


def test_a_graph_is_drawn_by_the_labels_of_its_things(executor: Executor) -> None:
    """Of the Trafford case, bounded, and the same for the same triples in any order."""
    triples = read_triples(executor, CATALOGUE.get("case-as-graph").bind({}))
    picture = draw_graph("The case", triples, lambda iri: iri)
    again = draw_graph("The case", reversed(triples), lambda iri: iri)
    assert picture is not None
    assert again is not None
    assert not [row for row in picture.rows for cell in row if "/citation/" in (cell.iri or "")]
    assert "Trafford Council" in {row[0].text for row in picture.rows} | {row[1].text for row in picture.rows}
    assert "It shows the 30 with the most neighbours" in picture.description
    assert picture.alone() == again.alone()


def test_every_kind_of_picture_is_used() -> None:
    """By some query at least."""
    assert {query.picture.kind for query in CATALOGUE if query.picture} == set(PictureKind)
