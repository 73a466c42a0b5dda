"""What identifiers open is the same over another engine as over the service's own."""

import pytest
from flask.testing import FlaskClient
from rdflib import XSD, Graph, Literal
from rdflib.compare import to_isomorphic

PATHS = (
    "/doc/case/trafford",
    "/doc/measurement/trafford-contract-term",
    "/doc/organisation/lgiu",
    "/def",
    "/alignments",
    "/shapes",
    "/scheme/partner-role",
    "/scheme/sector/third",
    "/dataset/service",
    "/queries/commitments/case",
)
PAGES = (*PATHS, "/dataset", "/graph/data/cases.ttl", "/def/1.0.0", "/download")


def read(client: FlaskClient, path: str) -> Graph:
    """Return what a path opens as data, its literals by value: engines write numbers each in their own way."""
    reply = client.get(path, headers={"Accept": "application/n-triples"})
    assert (path, reply.status_code) == (path, 200)
    graph = Graph()
    for subject, predicate, value in Graph().parse(data=reply.data, format="nt"):
        if isinstance(value, Literal) and value.datatype not in {None, XSD.string} and value.value is not None:
            value = Literal(f"{float(value.value):g}" if isinstance(value.value, int) else str(value.value))  # noqa: PLW2901
        graph.add((subject, predicate, value))
    return graph


@pytest.mark.parametrize("path", PATHS)
def test_a_description_is_the_same(client: FlaskClient, remote_client: FlaskClient, path: str) -> None:
    """Statement by statement, blank nodes and lists included."""
    assert to_isomorphic(read(client, path)) == to_isomorphic(read(remote_client, path))


@pytest.mark.parametrize("path", PAGES)
def test_a_page_opens(remote_client: FlaskClient, path: str) -> None:
    """With labels, examples and what refers to it."""
    reply = remote_client.get(path, headers={"Accept": "text/html"})

    assert (path, reply.status_code, reply.mimetype) == (path, 200, "text/html")


def test_a_page_has_what_the_own_engine_gives(client: FlaskClient, remote_client: FlaskClient) -> None:
    """A thing's page is the same to the letter."""
    for path in ("/doc/case/trafford", "/scheme/partner-role", "/shapes"):
        own, other = (one.get(path, headers={"Accept": "text/html"}).text for one in (client, remote_client))
        assert own.partition("<main")[2] == other.partition("<main")[2]


def test_what_is_not_there_is_not_found(remote_client: FlaskClient) -> None:
    """An engine that holds nothing of a name says so."""
    assert remote_client.get("/doc/case/atlantis").status_code == 404
    assert remote_client.get("/graph/none.ttl").status_code == 404


@pytest.mark.parametrize("name", ["nt", "nq"])
def test_the_whole_is_downloaded(remote_client: FlaskClient, name: str) -> None:
    """It is written from the other engine."""
    with remote_client.get(f"/download/fsp.{name}") as reply:
        assert reply.status_code == 200
        assert b"<https://w3id.org/fsp/id/case/trafford>" in reply.data
