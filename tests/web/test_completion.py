"""What an editor completes from: the terms of the dataset that is served, whichever that is."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from fsp.web import completion
from support import Serve

URL = "/sparql/vocabulary.json"


def names(client: FlaskClient, kind: str, **parameters: str) -> list[str]:
    """Return the names of the terms of one kind."""
    terms = client.get(URL, query_string=parameters).get_json()["terms"]
    return [term["name"] for term in terms if term["kind"] == kind]


def test_it_lists_the_terms_of_the_dataset(client: FlaskClient) -> None:
    """Classes, properties, concepts, things and graphs, as a query writes them."""
    assert "fsp:CaseStudy" in names(client, "class")
    assert {"fsp:restsOn", "rdf:type", "dcterms:title"} <= set(names(client, "property"))
    assert "principle:charitable-arms" in names(client, "concept")
    assert "organisation:trafford-council" in names(client, "thing")
    assert "<https://w3id.org/fsp/graph/data/cases.ttl>" in names(client, "graph")


def test_a_term_is_told_in_words(client: FlaskClient) -> None:
    """By its label and, where there is one, its definition."""
    terms = {term["name"]: term for term in client.get(URL).get_json()["terms"]}
    case = terms["fsp:CaseStudy"]
    assert case["label"] == "case study"
    assert case["definition"].endswith(".")
    assert terms["organisation:trafford-council"]["label"] == "Trafford Council"
    assert "definition" not in terms["dcterms:title"]


def test_every_name_means_its_term(client: FlaskClient) -> None:
    """With the prefixes that come with it, each name is SPARQL, and is the IRI of one term only."""
    document = client.get(URL).get_json()
    prologue = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in document["prefixes"].items())
    written = " ".join(term["name"] for term in document["terms"])
    results = ox.Store().query(f"{prologue}SELECT ?term WHERE {{ VALUES ?term {{ {written} }} }}")
    assert isinstance(results, ox.QuerySolutions)
    iris = [str(solution["term"]) for solution in results]
    assert len(iris) == len(set(iris)) == len(document["terms"])
    assert "<https://w3id.org/fsp/id/organisation/trafford-council>" in iris


def test_a_copy_that_is_still_right_is_not_sent_again(client: FlaskClient) -> None:
    """By its entity tag (RFC 9110, section 13.1.2), compressed or not."""
    for coding in ("identity", "gzip"):
        first = client.get(URL, headers={"Accept-Encoding": coding})
        again = client.get(URL, headers={"Accept-Encoding": coding, "If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_text_finds_terms_by_their_labels(client: FlaskClient) -> None:
    """Whatever its case; it is a term of the query, and never a part of its text."""
    found = names(client, "thing", text="TRAFFORD COUNCIL")
    assert "organisation:trafford-council" in found
    assert "organisation:john-laing" not in found
    assert client.get(URL, query_string={"text": '") } #\\'}).get_json()["terms"] == []


def test_a_long_list_is_cut_and_says_so(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rest is found by what is typed."""
    assert client.get(URL).get_json()["complete"] is True
    monkeypatch.setattr(completion, "_MOST", 20)
    document = client.get(URL).get_json()
    assert document["complete"] is False
    assert len(document["terms"]) <= 5 * 20
    found = names(client, "thing", text="john laing charitable trust")
    assert "organisation:john-laing-charitable-trust" in found


def test_it_is_that_of_the_files_that_are_served(serve: Serve, tmp_path: Path) -> None:
    """Terms of no prefix of ours are written as IRIs; English labels come before others."""
    data = tmp_path / "data.ttl"
    data.write_text(
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . <https://example.org/a/b> a <https://example.org/C> ; "
        'rdfs:label "Caerdydd"@cy, "Cardiff"@en-GB, "Cardiff city"@fr .',
        encoding="utf-8",
    )
    with serve(str(data)) as service:
        text = service.request(URL).text
    assert {"name": "<https://example.org/a/b>", "label": "Cardiff", "kind": "thing"} in json.loads(text)["terms"]
    assert '"name":"<https://example.org/C>"' in text
