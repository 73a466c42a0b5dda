"""The specification's own JSON Schemas, and ways to ask the service."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

SUITES = Path(os.environ.get("FSP_W3C_TESTS", Path(__file__).parents[4] / "shared" / "w3c")).resolve()
SCHEMAS = SUITES / "reconciliation"


@pytest.fixture(scope="session")
def conforms() -> Callable[[str, Any], list[str]]:
    """What the specification's schema of a name finds wrong with an answer."""
    if not SCHEMAS.is_dir():
        pytest.skip(f"the schemas of the specification are not at {SCHEMAS}: set FSP_W3C_TESTS")
    loaded = {path.name: json.loads(path.read_text(encoding="utf-8")) for path in SCHEMAS.glob("*.json")}
    resources = [DRAFT7.create_resource(schema) for schema in loaded.values()]
    registry: Registry[Any] = Registry().with_resources((one.id() or "", one) for one in resources)

    def faults(name: str, answer: Any) -> list[str]:  # noqa: ANN401 - JSON
        validator = Draft7Validator(loaded[f"{name}.json"], registry=registry)
        return [error.message for error in validator.iter_errors(answer)]

    return faults


@pytest.fixture
def ask(client: FlaskClient) -> Callable[..., Any]:
    """Send one query, and return its candidates."""

    def send(query: str, **more: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - JSON
        body = urlencode({"queries": json.dumps({"q": {"query": query, **more}})})
        reply = client.post("/reconcile", data=body, content_type="application/x-www-form-urlencoded")
        assert reply.status_code == 200, reply.text
        found: list[dict[str, Any]] = reply.json["q"]["result"]  # type: ignore[index]
        return found

    return send
