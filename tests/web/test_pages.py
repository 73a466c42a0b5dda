"""The start page and health."""

import json
import logging
from importlib.metadata import version
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from fsp.catalogue.rdf import published_dataset


def test_health_says_what_is_served(client: FlaskClient) -> None:
    """Version, digest and size: enough to tell two services apart."""
    reply = client.get("/health")
    dataset = published_dataset()
    triples = client.get("/sparql", query_string={"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}).get_json()
    assert reply.get_json() == {
        "ok": True,
        "version": version("fsp"),
        "digest": dataset.digest,
        "triples": int(triples["results"]["bindings"][0]["n"]["value"]),
    }


def test_every_link_of_the_start_page_leads_somewhere(client: FlaskClient) -> None:
    """The page leads to all of the service."""
    page = client.get("/", headers={"Accept": "text/html"}).text
    links = [part.split('"')[0].replace("&amp;", "&") for part in page.split('href="/')[1:]]
    assert len(links) > 8
    for link in links:
        with client.get("/" + link) as reply:
            assert (link, reply.status_code) == (link, 200)


def test_a_page_loads_nothing_from_elsewhere(client: FlaskClient) -> None:
    """Its style sheet is the service's own, and its policy allows no other."""
    reply = client.get("/", headers={"Accept": "text/html"})
    assert 'rel="stylesheet" href="/assets/fsp.css"' in reply.text
    assert "style-src 'self'" in reply.headers["Content-Security-Policy"]
    assert reply.text.count("<script") == reply.text.count('<script type="application/ld+json">')
    with client.get("/assets/fsp.css") as style:
        assert style.mimetype == "text/css"


def test_an_unforeseen_failure_shows_nothing_of_itself(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """It answers 500 in the one body, and the log has the rest."""

    def fail(*_: Any) -> None:  # noqa: ANN401
        raise RuntimeError("secret of the house")

    monkeypatch.setattr(app.extensions["fsp"].executor, "execute", fail)
    monkeypatch.setattr(app, "testing", False)
    with caplog.at_level(logging.ERROR):
        reply = client.get("/sparql", query_string={"query": "ASK {}"})
    assert reply.status_code == 500
    assert json.loads(reply.data)["ok"] is False
    assert "secret" not in reply.text
    assert "secret of the house" in str(caplog.records[0].exc_info)


def test_a_strange_host_header_does_no_harm(client: FlaskClient) -> None:
    """What a caller calls the service cannot break its description."""
    reply = client.get("/sparql", headers={"Host": 'a"b<c>'})
    assert reply.status_code in {200, 400}


@pytest.mark.parametrize(
    ("target", "link"),
    [
        ("/queries/charitable-arm", '<a href="/queries/charitable-arms">charitable-arms</a>?'),
        ("/queries/timelin", '<a href="/queries/timeline">timeline</a>?'),
        ("/doc/case/nothing", '<a href="/sparql">/sparql</a>.'),
    ],
)
def test_an_error_page_leads_on(client: FlaskClient, target: str, link: str) -> None:
    """What a message names is a link; what is given stays text."""
    assert link in client.get(target, headers={"Accept": "text/html"}).text


def test_nothing_far_from_what_was_asked_is_suggested(client: FlaskClient) -> None:
    """A name that is like none gets no guess, and markup in one stays text."""
    assert "Did you mean" not in client.get("/queries/nope", headers={"Accept": "text/html"}).text
    assert "<b>" not in client.get("/queries/<b>", headers={"Accept": "text/html"}).text


@pytest.mark.parametrize(
    ("target", "section"),
    [
        ("/network", "Cases"),
        ("/compare?case=hounslow&case=trafford", "Cases"),
        ("/def", "Data"),
        ("/shapes", "Data"),
        ("/doc/case/trafford", "Data"),
        ("/reconcile/about", "For programs"),
    ],
)
def test_the_navigation_marks_the_section_of_a_page(client: FlaskClient, target: str, section: str) -> None:
    """Also of pages that stand below another address."""
    text = client.get(target, headers={"Accept": "text/html"}).text
    assert f'aria-current="true">{section}</a>' in text


def test_descriptions_lead_to_the_queries_that_they_name(client: FlaskClient) -> None:
    """A name of a query in quotes is a link, and a graph says how many statements it has."""
    text = client.get("/queries/charitable-arms", headers={"Accept": "text/html"}).text
    assert "'<a href=\"/queries/ties-of-a-company\">ties-of-a-company</a>' tells" in text.replace("&#39;", "'")
    graph = client.get("/queries/case-as-graph.nt").text
    page = client.get("/queries/case-as-graph", headers={"Accept": "text/html"}).text
    assert f"The whole graph: {len(graph.splitlines())} statements." in page or "The first part of the graph" in page
