"""Every canned query has the same answer over another engine as over the service's own."""

import json
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox
import pytest

import fsp.cases
from expected import EXPECTED, Row, read, read_table
from fsp.catalogue.parameters import Term
from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.dataset.files import project_dataset, project_folder
from fsp.dataset.load import load
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import QueryRequest
from fsp.execution.remote import RemoteExecutor
from fsp.namespaces import THING

CATALOGUE = Catalogue.load(project_folder() / "queries")
OF_PAGES = Catalogue.load(Path(fsp.cases.__file__).with_name("queries"))
CASES = tuple(ox.NamedNode(THING[f"case/{name}"]) for name in ("barnsley", "peterborough"))

each_select = pytest.mark.parametrize(
    "query", [query for query in CATALOGUE if query.form == "SELECT"], ids=lambda query: query.name
)


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The published data in the service's own engine."""
    return load(project_dataset())


def ask(executor: RemoteExecutor, text: str) -> tuple[list[str], list[dict[str, dict[str, str]]]]:
    """Return the names and the solutions of an answer."""
    with executor.execute(QueryRequest(text, BY_NAME["json"], None)) as answer:
        content = json.loads(b"".join(answer))
    return content["head"]["vars"], content["results"]["bindings"]


def row(names: Sequence[str], solution: dict[str, dict[str, str]]) -> Row:
    """Return the values of a solution."""
    terms = [solution.get(name, {}) for name in names]
    return tuple(read(term.get("value"), term.get("datatype")) for term in terms)


@each_select
def test_answer_is_the_expected_table(executor: RemoteExecutor, query: CannedQuery) -> None:
    """With its defaults a query gives the expected table: columns, rows, order, and values by their types."""
    header, lines = read_table(query.name)
    names, solutions = ask(executor, query.bind({}))

    assert header == names
    assert len(lines) == len(solutions)
    for line, solution in zip(lines, solutions, strict=True):
        types = [solution.get(name, {}).get("datatype") for name in names]
        assert tuple(read(cell or None, kind) for cell, kind in zip(line, types, strict=True)) == row(names, solution)


@each_select
def test_open_parameters_give_the_same_rows(executor: RemoteExecutor, store: ox.Store, query: CannedQuery) -> None:
    """With every optional parameter left open, the rows and their order are those of the service's own engine."""
    anything: dict[str, tuple[Term, ...]] = {
        name: () for name, parameter in query.parameters.items() if not parameter.required
    }
    text = query.bind(anything)
    own = store.query(text).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
    names, solutions = ask(executor, text)

    assert [row(names, solution) for solution in json.loads(own or b"")["results"]["bindings"]] == [
        row(names, solution) for solution in solutions
    ]


@pytest.mark.parametrize("query", list(OF_PAGES), ids=lambda query: query.name)
@pytest.mark.parametrize("cases", [(), CASES], ids=["any", "two"])
def test_queries_of_pages_give_the_same_rows(
    executor: RemoteExecutor, store: ox.Store, query: CannedQuery, cases: tuple[ox.NamedNode, ...]
) -> None:
    """For all cases and for two of them, where they can be chosen, as the pages of cases ask."""
    text = query.bind({"case": cases} if "case" in query.parameters else {})
    own = store.query(text).serialize(format=ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
    names, solutions = ask(executor, text)
    rows = [row(names, solution) for solution in json.loads(own or b"")["results"]["bindings"]]

    assert rows
    assert sorted(map(repr, rows)) == sorted(repr(row(names, solution)) for solution in solutions)


def test_case_as_graph_is_the_expected_graph(executor: RemoteExecutor) -> None:
    """The graph of one case has the expected triples, literals by value."""
    text = CATALOGUE.get("case-as-graph").bind({})
    with executor.execute(QueryRequest(text, None, BY_NAME["nt"])) as answer:
        triples = {quad.triple for quad in ox.parse(b"".join(answer), ox.RdfFormat.N_TRIPLES)}
    expected = ox.parse((EXPECTED / "case-as-graph.nt").read_bytes(), ox.RdfFormat.N_TRIPLES)

    assert {quad.triple for quad in expected} == triples
