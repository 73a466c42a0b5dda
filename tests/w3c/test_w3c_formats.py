"""The W3C's tests of result formats: the very bytes that the service sends, read with nothing of ours."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from manifests import FOLDER, EvaluationTest, evaluation_tests, params

from support import Serve, Service

GRAPH = "https://w3id.org/fsp/graph/"
FORMATS = {".csv": "csv", ".tsv": "tsv", ".srj": "json"}
TESTS = [test for test in evaluation_tests() if test.result.suffix in FORMATS]


@pytest.fixture(scope="module")
def data(serve: Serve) -> Iterator[Service]:
    """A service on the data of these tests."""
    with serve(str(FOLDER / "sparql11")) as service:
        yield service


def normalised(value: str) -> str:
    """Return what the engine stores for a number: it keeps values, not how they were written."""
    try:
        return repr(float(value))
    except ValueError:
        return value


def cell(term: Any) -> Any:  # noqa: ANN401
    """Return a term so that it compares by value: derived integer types are integers to the engine."""
    if isinstance(term, ox.BlankNode):
        return "a blank node"
    if isinstance(term, ox.Literal):
        datatype = term.datatype.value.replace("negativeInteger", "integer")
        return (normalised(term.value), datatype)
    return term and str(term)


def read(text: str, format_: str) -> list[dict[str, Any]]:
    """Return solutions as dictionaries, in a stable order."""
    if format_ == "csv":
        reader = csv.DictReader(io.StringIO(text))
        rows = [{name: "_:" if v.startswith("_:") else normalised(v) for name, v in row.items()} for row in reader]
        return sorted(rows, key=_order)
    results = ox.parse_query_results(
        text, ox.QueryResultsFormat.TSV if format_ == "tsv" else ox.QueryResultsFormat.JSON
    )
    if isinstance(results, ox.QueryBoolean):
        return [{"boolean": bool(results)}]
    names = [variable.value for variable in results.variables]
    return sorted(({name: cell(solution[name]) for name in names} for solution in results), key=_order)


def _order(row: dict[str, Any]) -> str:
    return str(sorted(row.items()))


@pytest.mark.parametrize("test", params(TESTS))
def test_result_format(data: Service, test: EvaluationTest) -> None:
    """The answer equals the suite's own file (SPARQL 1.1 Query Results CSV and TSV, and JSON, formats)."""
    format_ = FORMATS[test.result.suffix]
    graph = GRAPH + test.default[0].relative_to(FOLDER / "sparql11").as_posix()
    query = test.query.read_text(encoding="utf-8")
    target = f"/sparql?format={format_}&query={quote(query)}&default-graph-uri={quote(graph)}"
    reply = data.request(target)
    assert reply.status == 200
    assert read(reply.text, format_) == read(test.result.read_text(encoding="utf-8"), format_)
    if format_ == "json":
        assert set(json.loads(reply.body)) == {"head", "results"} or "boolean" in json.loads(reply.body)
