"""The W3C's tests of query evaluation and result formats, asked through the service."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from manifests import FOLDER, EvaluationTest, evaluation_tests, params

from fsp.dataset.files import dataset_of
from fsp.dataset.load import load
from support import Serve, Service

GRAPH = "https://w3id.org/fsp/graph/"
FOLDERS = (FOLDER / "sparql10", FOLDER / "sparql11")


@pytest.fixture(scope="module")
def suite(serve: Serve) -> Iterator[Service]:
    """A service on every file of data of the suites; a test chooses its graphs by the protocol."""
    with serve(*map(str, FOLDERS)) as service:
        yield service


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The same data in the engine alone."""
    return load(dataset_of(FOLDERS))


def graph(path: Any) -> str:  # noqa: ANN401
    """Return the graph of a file."""
    return GRAPH + path.relative_to(FOLDER).as_posix()


def query_of(test: EvaluationTest) -> str:
    """Return the query with the base that its file has among the graphs."""
    text = test.query.read_text(encoding="utf-8")
    return f"BASE <{graph(test.query)}>\n{text}"


def dataset(test: EvaluationTest) -> dict[str, list[str]]:
    """Return the parameters that choose the test's dataset; none where the query itself does."""
    chosen = {
        "default-graph-uri": [graph(path) for path in test.default],
        "named-graph-uri": [graph(path) for path in test.named],
    }
    return {name: graphs for name, graphs in chosen.items() if graphs}


def without_labels(rows: list[str]) -> Counter[str]:
    """Count rows, whatever their blank nodes are called."""
    return Counter(re.sub(r"_:\w+", "_:", row) for row in rows)


def rows_of(result: Any) -> list[str]:  # noqa: ANN401
    """Return an answer as lines."""
    if isinstance(result, ox.QueryBoolean):
        return [str(bool(result))]
    if isinstance(result, ox.QuerySolutions):
        names = [variable.value for variable in result.variables]
        return [" ".join(f"{name}={solution[name]}" for name in sorted(names)) for solution in result]
    return sorted({str(getattr(statement, "triple", statement)) for statement in result})


def expected_of(store: ox.Store, test: EvaluationTest) -> list[str] | None:
    """Evaluate in the engine alone; None where it cannot."""
    chosen = dataset(test)
    nodes = {name: [ox.NamedNode(iri) for iri in graphs] for name, graphs in chosen.items()}
    arguments: dict[str, Any] = {}
    if nodes:
        arguments = {
            "default_graph": nodes.get("default-graph-uri", []),
            "named_graphs": nodes.get("named-graph-uri", []),
        }
    try:
        return rows_of(store.query(query_of(test), **arguments))
    except (SyntaxError, ValueError, RuntimeError):
        return None


@pytest.mark.parametrize("test", params(evaluation_tests()))
def test_the_service_answers_as_the_engine_does(suite: Service, store: ox.Store, test: EvaluationTest) -> None:
    """No test fails through the service that passes in the engine (SPARQL 1.1 Query)."""
    expected = expected_of(store, test)
    parameters = [("query", query_of(test)), *((name, iri) for name, iris in dataset(test).items() for iri in iris)]
    body = "&".join(f"{name}={quote(value)}" for name, value in parameters).encode()
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json, application/n-triples",
    }
    reply = suite.request("/sparql", method="POST", body=body, headers=headers)
    if expected is None:
        assert reply.status == 400
        return
    assert (reply.status, reply.text) == (200, reply.text)
    if reply.headers["Content-Type"] == "application/n-triples":
        answer = rows_of(ox.parse(reply.body, ox.RdfFormat.N_TRIPLES))
    else:
        answer = rows_of(ox.parse_query_results(reply.body, ox.QueryResultsFormat.JSON))
    if "ORDER BY" in query_of(test).upper():
        assert [re.sub(r"_:\w+", "_:", row) for row in answer] == [re.sub(r"_:\w+", "_:", row) for row in expected]
    assert without_labels(answer) == without_labels(expected)
