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
