"""A page of a query's solutions is cut from the query's own order."""

import pyoxigraph as ox
import pytest

from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.slicing import count_solutions, slice_solutions
from fsp.dataset.files import project_dataset, project_folder
from fsp.dataset.load import load

SELECTS = [query for query in Catalogue.load(project_folder() / "queries") if query.form == "SELECT"]
NUMBERS = "SELECT ?n WHERE { VALUES ?n { 5 3 1 4 2 } } ORDER BY ?n"


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The published data."""
    return load(project_dataset())


def ask(store: ox.Store, text: str) -> list[tuple[str, ...]]:
    """Return the rows of an answer."""
    results = store.query(text)
    assert isinstance(results, ox.QuerySolutions)
    return [tuple(str(term) for term in solution) for solution in results]


def numbers(text: str, offset: int, limit: int) -> list[int]:
    """Return a slice of a query of numbers."""
    results = ox.Store().query(slice_solutions(text, offset, limit))
    assert isinstance(results, ox.QuerySolutions)
    return [int(solution[0].value) for solution in results]


@pytest.mark.parametrize(
    ("modifiers", "offset", "limit", "expected"),
    [
        ("", 0, 2, [1, 2]),
        ("", 3, 10, [4, 5]),
        ("", 9, 2, []),
        (" LIMIT 3", 2, 2, [3]),
        (" LIMIT 3", 3, 2, []),
        (" LIMIT 3", 7, 2, []),
        (" OFFSET 1", 1, 2, [3, 4]),
        (" LIMIT 3 OFFSET 1", 1, 5, [3, 4]),
        (" offset 1 limit 3", 0, 2, [2, 3]),
        (" LIMIT 4 # LIMIT 1", 1, 2, [2, 3]),
        (" LIMIT 4 VALUES ?n { 1 3 4 }", 0, 2, [1, 3]),
        (" VALUES (?n) { (1) (3) (4) } # the end", 1, 5, [3, 4]),
    ],
)
def test_slice_of_a_slice(modifiers: str, offset: int, limit: int, expected: list[int]) -> None:
    """A slice counts from the query's own OFFSET and stays within its LIMIT (SPARQL 1.1, section 18.5, Slice)."""
    assert numbers(NUMBERS + modifiers, offset, limit) == expected


def test_inner_slice_stays() -> None:
    """The slice of a sub-select, and what only looks like one in a string, are none of the query's own."""
    text = 'SELECT ?n WHERE { { SELECT ?n { VALUES ?n { 5 3 1 4 2 } } ORDER BY ?n LIMIT 4 } BIND("LIMIT 1" AS ?x) }'
    assert sorted(numbers(text, 0, 10)) == [1, 2, 3, 4]


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_pages_together_are_the_answer(store: ox.Store, query: CannedQuery) -> None:
    """The pages of every canned query, one after the other, are its answer: no row twice, none missing, in order."""
    text = query.bind({name: () for name, parameter in query.parameters.items() if not parameter.required})
    whole = ask(store, text)
    pages = [ask(store, slice_solutions(text, start, 7)) for start in range(0, len(whole) + 1, 7)]
    assert [row for page in pages for row in page] == whole


@pytest.mark.parametrize("query", SELECTS, ids=lambda query: query.name)
def test_count_is_that_of_the_rows(store: ox.Store, query: CannedQuery) -> None:
    """What is counted is what is answered."""
    [(count,)] = ask(store, count_solutions(query.bind({})))
    assert int(count.split('"')[1]) == len(ask(store, query.bind({})))
