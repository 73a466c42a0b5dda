"""Queries that need a link: to imported data in one service, and to a second service."""

import csv
import io
from urllib.parse import urlencode

import pyoxigraph as ox
from rdflib.plugins.sparql import prepareQuery

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_dataset, project_folder
from fsp.dataset.load import load
from support import Serve, Service

FEDERATED = (project_folder() / "docs" / "examples" / "federated.rq").read_text(encoding="utf-8")
ADDRESS = "http://127.0.0.1:8001/sparql"
REVIEWED = "https://w3id.org/fsp/graph/data/reviewed-links.ttl"
ANOTHER_CONTRACT = """
PREFIX fsp: <https://w3id.org/fsp/def#>
PREFIX organisation: <https://w3id.org/fsp/id/organisation/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {
  GRAPH <http://example.org/contracts> {
    <http://example.org/contract> a fsp:Contract ; rdfs:label "Bins" ; fsp:buyer <http://example.org/buyer> ;
      fsp:supplier <http://example.org/supplier> .
    <http://example.org/supplier> rdfs:label "Veolia" .
  }
  GRAPH <REVIEWED> {
    <http://example.org/buyer> owl:sameAs organisation:trafford-council .
    <http://example.org/supplier> owl:sameAs organisation:veolia-environmental-services .
  }
}
""".replace("REVIEWED", REVIEWED)


def asked(service: Service, query: str) -> list[dict[str, str]]:
    """Return the rows of an answer."""
    reply = service.request(f"/sparql?{urlencode({'query': query, 'format': 'csv'})}")
    assert reply.status == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.text)))


def test_a_supplier_that_a_case_tells_of_is_found_in_other_contracts() -> None:
    """Where buyer and supplier are linked to those of a case, the case's own contract stands beside the other."""
    store = load(project_dataset())
    store.update(ANOTHER_CONTRACT)
    query = Catalogue.load(project_folder() / "queries").get("contracts-of-a-council").text
    solutions = store.query(query)
    assert isinstance(solutions, ox.QuerySolutions)
    rows = [
        (solution["contractLabel"].value, solution["supplierLabel"].value, solution["inCase"].value)
        for solution in solutions
        if solution["inCase"] is not None
    ]
    assert rows == [("Bins", "Veolia", "https://w3id.org/fsp/id/contract/trafford-waste")]


def test_a_second_endpoint_is_asked_where_the_operator_allows_it(serve: Serve) -> None:
    """Two services on loopback: one has cases and links, the other grants; the sum over the years is 555."""
    with (
        serve(str(project_folder() / "data" / "imports")) as other,
        serve("--service", f"{other.url.rstrip('/')}/sparql") as service,
    ):
        rows = asked(service, FEDERATED.replace(ADDRESS, f"{other.url.rstrip('/')}/sparql"))
        refused = service.request(f"/sparql?{urlencode({'query': FEDERATED})}")
    assert {(row["councilLabel"], row["orgId"]) for row in rows} == {("Trafford Council", "GB-LAE-TRF")}
    assert sum(int(row["grants"]) for row in rows) == 555
    assert refused.status == 403
    assert ADDRESS in refused.text


def test_the_federated_query_is_sparql_for_two_parsers() -> None:
    """As it stands."""
    assert prepareQuery(FEDERATED).algebra is not None
    assert ADDRESS in FEDERATED
