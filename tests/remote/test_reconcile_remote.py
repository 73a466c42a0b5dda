"""Reconciliation over engines of other makers: the same candidates as over the project's own."""

import json
from collections.abc import Callable
from urllib.parse import quote

from flask.testing import FlaskClient
from remote_engines import Engine

from support import Service

ServeRemote = Callable[..., Service]
QUERIES = {
    "a": {"query": "LB of Hounslow"},
    "b": {"query": "E08000016"},
    "c": {"query": "Somerset", "properties": [{"pid": "date", "v": "2012"}]},
    "d": {"query": "Serco", "properties": [{"pid": "org:classification", "v": "Service provider"}]},
    "e": {"properties": [{"pid": "org:classification", "v": "Bus company"}]},
}
EXTEND = {
    "ids": ["https://w3id.org/fsp/id/local-authority/BNS"],
    "properties": [{"id": "adms:identifier"}, {"id": "org:classification"}],
}


def test_the_same_is_found(engine: Engine, serve_remote: ServeRemote, client: FlaskClient) -> None:
    """Names, identifiers, properties and values, in registers and cases, from default graph and named graphs."""
    service = serve_remote("--endpoint", engine.endpoint)
    for name, value in (("queries", QUERIES), ("extend", EXTEND)):
        target = f"/reconcile?{name}={quote(json.dumps(value))}"
        assert json.loads(service.request(target).body) == client.get(target).json
