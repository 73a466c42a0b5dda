"""The order of columns in the page's table."""

import pyoxigraph as ox
import pytest

from fsp.execution.preview import Preview
from fsp.web.columns import in_order_of_text


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("SELECT * { ?s ?p ?o }", "spo"),
        ("# ?o\nPREFIX select: <http://x/?o> select distinct*{ $s ?p ?o FILTER(?p != '?o') }", "spo"),
        ("SELECT REDUCED * { { SELECT ?s ?o { ?s ?q ?o } } BIND(1 AS ?p) } ORDER BY ?p", "sop"),
    ],
)
def test_all_columns_come_as_the_query_names_them(query: str, names: str) -> None:
    """Each with its terms. Comments, strings and prefixes name nothing; what a subquery keeps is no column."""
    sorted_by_name = Preview(names=tuple("ops"), rows=(tuple(ox.Literal(name) for name in "ops"),))
    result = in_order_of_text(sorted_by_name, query)
    assert result.names == tuple(names)
    assert result.rows == (tuple(ox.Literal(name) for name in names),)


@pytest.mark.parametrize(
    "query",
    ["SELECT (COUNT(?s) AS ?n) ?s { ?s ?p ?o } GROUP BY ?s", "SELECT ?n ?s { { SELECT * { ?s ?p ?n } } }"],
)
def test_columns_that_the_query_lists_stay(query: str) -> None:
    """Also where it counts by the last of them, or lists all columns of a subquery."""
    result = Preview(names=("n", "s"))
    assert in_order_of_text(result, query) == result
