"""The answers of the canned queries on the published data.

Each expected table was written by the query itself, and then read row by row against the source text:

    fsp query NAME --format csv > tests/queries/expected/NAME.csv

Its lines end in a line feed alone. The graph of `case-as-graph` stands there as N-Triples, sorted by line, and was
read with the passages that it cites. When the data or a query change an answer, read it again.
"""

from collections.abc import Iterable
from decimal import Decimal

import pyoxigraph as ox
import pytest
import rdflib

from expected import EXPECTED, Row, read, read_table
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_folder

pytestmark = pytest.mark.filterwarnings("ignore:Dataset.(contexts|default_context|identifier) is:DeprecationWarning")
"""Inside rdflib, its own evaluator still uses them."""

CATALOGUE = Catalogue.load(project_folder() / "queries")

each_select = pytest.mark.parametrize(
    "query", [query for query in CATALOGUE if query.form == "SELECT"], ids=lambda query: query.name
)


def ask(store: ox.Store, text: str) -> tuple[list[str], list[Row], list[tuple[str | None, ...]]]:
    """Return names, rows and the datatypes of each row's cells."""
    results = store.query(text)
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    solutions = [[solution[name] for name in names] for solution in results]
    types = [tuple(term.datatype.value if isinstance(term, ox.Literal) else None for term in row) for row in solutions]
    rows = [
        tuple(read(getattr(term, "value", None), kind) for term, kind in zip(row, kinds, strict=True))
        for row, kinds in zip(solutions, types, strict=True)
    ]
    return names, rows, types


@pytest.fixture
def other(query: CannedQuery, request: pytest.FixtureRequest) -> rdflib.Graph:
    """The other engine: with the named graphs where the query asks them, which takes it longer."""
    graph: rdflib.Graph = request.getfixturevalue("dataset" if "GRAPH" in query.body else "graph")
    return graph


def ask_rdflib(graph: rdflib.Graph, text: str) -> list[Row]:
    """Return the rows of the other engine."""
    rows: list[Row] = []
    for row in graph.query(text):
        assert isinstance(row, rdflib.query.ResultRow)
        rows.append(
            tuple(
                read(
                    None if term is None else str(term),
                    str(term.datatype) if isinstance(term, rdflib.Literal) else None,
                )
                for term in row
            )
        )
    return rows


def in_order(rows: Iterable[Row]) -> list[str]:
    """Return rows in an order of their own, as texts."""
    return sorted(repr(tuple(cell.normalize() if isinstance(cell, Decimal) else cell for cell in row)) for row in rows)


@each_select
def test_answer_is_the_expected_table(store: ox.Store, query: CannedQuery) -> None:
    """The whole answer is the expected table: the same columns, rows, order, and values by their types."""
    names, rows, types = ask(store, query.text)
    header, lines = read_table(query.name)
    assert header == names
    assert len(lines) == len(rows)
    for line, row, kinds in zip(lines, rows, types, strict=True):
        assert row == tuple(read(cell or None, kind) for cell, kind in zip(line, kinds, strict=True))


@each_select
def test_answer_says_something(store: ox.Store, query: CannedQuery) -> None:
    """Every question has an answer in the published data as it stands, and no row comes twice."""
    _, rows, _ = ask(store, query.text)
    assert rows
    assert len(set(rows)) == len(rows)


@each_select
def test_two_engines_agree(store: ox.Store, other: rdflib.Graph, query: CannedQuery) -> None:
    """Another engine gives the same rows, by value."""
    _, rows, _ = ask(store, query.text)
    assert in_order(ask_rdflib(other, query.text)) == in_order(rows)


@each_select
def test_any_gives_all_that_choices_give(store: ox.Store, other: rdflib.Graph, query: CannedQuery) -> None:
    """With every optional parameter left open, the answer holds the default's rows, on both engines alike."""
    text = query.bind({name: () for name, parameter in query.parameters.items() if not parameter.required})
    _, rows, _ = ask(store, text)
    _, default, _ = ask(store, query.text)
    assert len(rows) >= len(default)
    assert in_order(ask_rdflib(other, text)) == in_order(rows)


@each_select
def test_rows_are_in_the_order_of_the_query(store: ox.Store, query: CannedQuery) -> None:
    """The order is total: a query without its parameters' blocks sorts the rows just so."""
    _, rows, _ = ask(store, query.text)
    _, again, _ = ask(store, query.bind({}))
    assert again == rows


def test_case_as_graph_is_the_expected_graph(store: ox.Store, graph: rdflib.Graph) -> None:
    """The graph of one case is the expected one, on both engines alike."""
    query = CATALOGUE.get("case-as-graph")
    triples = store.query(query.text)
    assert isinstance(triples, ox.QueryTriples)
    lines = sorted({f"{triple} .\n" for triple in triples})
    expected = (EXPECTED / "case-as-graph.nt").read_text(encoding="utf-8").splitlines(keepends=True)
    other = graph.query(query.text).graph
    assert lines == expected
    assert other is not None
    assert len(other) == len(expected)


def test_every_expected_table_has_a_query() -> None:
    """No table is left over from a query that is gone."""
    assert {path.stem for path in EXPECTED.iterdir()} == {query.name for query in CATALOGUE}


@pytest.mark.parametrize(
    ("name", "parameter", "column", "short_names"),
    [
        ("cases-by-principle", "principle", "case", {"hounslow"}),
        ("partners-and-roles", "case", "case", {"trafford"}),
        ("contracts", "supplier", "contract", {"ideal-shopping-customer-contact"}),
        ("savings", "phase", "outcome", {"trafford-further-saving", "trafford-disposal-saving"}),
        ("jobs", "phase", "thing", {"serco-employ-people"}),
        ("what-happened-where", "place", "thing", {"serco-contact-centre-india", "ideal-shopping-customer-contact"}),
        ("contract-changes", "type", "change", {"trafford-extension"}),
        ("who-works-with-whom", "organisation", "partner", {"ideal-shopping", "peterborough-city-council"}),
    ],
)
def test_parameter_narrows_the_answer(
    store: ox.Store, name: str, parameter: str, column: str, short_names: set[str]
) -> None:
    """A parameter leaves the rows that it is about, and no others."""
    chosen = {
        ("cases-by-principle", "principle"): "scheme/principle/charitable-arms",
        ("partners-and-roles", "case"): "id/case/trafford",
        ("contracts", "supplier"): "id/organisation/serco",
        ("savings", "phase"): "scheme/phase/result",
        ("jobs", "phase"): "scheme/phase/promise",
        ("what-happened-where", "place"): "id/place/india",
        ("contract-changes", "type"): "scheme/change-type/extension",
        ("who-works-with-whom", "organisation"): "id/organisation/serco",
    }
    term = ox.NamedNode("https://w3id.org/fsp/" + chosen[name, parameter])
    names, rows, _ = ask(store, CATALOGUE.get(name).bind({parameter: [term]}))
    assert {str(row[names.index(column)]).rsplit("/", 1)[1] for row in rows} == short_names


@pytest.mark.parametrize(
    ("year", "certain", "possible"),
    [
        (2003, set(), {"ideal-shopping-customer-contact"}),
        (2012, {"serco-announcement"}, {"peterborough-savings", "trafford-value-engineering"}),
    ],
)
def test_year_tells_certain_from_possible(store: ox.Store, year: int, certain: set[str], possible: set[str]) -> None:
    """A period within the year is certain; one that only overlaps it, or is open towards it, is possible."""
    names, rows, _ = ask(store, CATALOGUE.get("events-by-year").bind({"year": [ox.Literal(year)]}))
    found: dict[str, set[str]] = {"certain": set(), "possible": set()}
    for row in rows:
        found[str(row[names.index("certainty")])].add(str(row[names.index("thing")]).rsplit("/", 1)[1])
    assert found["certain"] >= certain
    assert found["possible"] >= possible
    assert not found["certain"] & found["possible"]
