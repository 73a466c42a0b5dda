"""The description in OpenAPI 3.1: valid, whole, and the same as what is answered."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from flask import Flask, Response
from flask.testing import FlaskClient
from openapi_spec_validator import validate

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_folder
from fsp.execution.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from fsp.settings import Settings
from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.web.apidocument import UndescribedError, describe_api, path_of
from fsp.web.operations import OPERATIONS
from fsp.web.queries.formats import formats_of
from fsp.web.uploads import MEDIA_TYPES

PAGE = {"Accept": "text/html"}
TYPES = {"integer": "integer", "decimal": "number", "boolean": "boolean"}
"""What JSON calls the types of parameters; the others are texts."""


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    """The description, as a program reads it."""
    content: dict[str, Any] = client.get("/openapi.json").get_json()
    return content


def test_it_is_valid(document: dict[str, Any]) -> None:
    """As the OpenAPI Initiative's schema of 3.1 has it; identifiers of operations are each its own."""
    validate(document)
    identifiers = [operation["operationId"] for methods in document["paths"].values() for operation in methods.values()]

    assert document["openapi"].startswith("3.1")
    assert len(identifiers) == len(set(identifiers))


def test_every_route_is_in_it(app: Flask, document: dict[str, Any]) -> None:
    """Each rule and method of the application, as it stands or as the paths that it is written out in."""
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            expand = getattr(app.view_functions[rule.endpoint], OPERATIONS)[0].expand
            paths = [variant.path for variant in expand(path_of(rule))] if expand else [path_of(rule)]
            for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
                assert [path for path in paths if method.lower() not in document["paths"].get(path, {})] == []


def test_every_operation_says_what_it_is(document: dict[str, Any]) -> None:
    """A summary that is a sentence, a tag that is explained, an answer, and the error of last resort."""
    tags = {tag["name"]: tag["description"] for tag in document["tags"]}
    for path, methods in document["paths"].items():
        for operation in methods.values():
            assert (path, operation["summary"][-1]) in {(path, "."), (path, "?")}
            assert tags[operation["tags"][0]] != ""
            assert {"500"} < set(operation["responses"])


def test_a_route_without_a_description_is_an_error(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a new route cannot be forgotten."""
    monkeypatch.setitem(app.view_functions, "pages.start", lambda: "")
    with app.app_context(), pytest.raises(UndescribedError, match="GET /: "):
        describe_api(app)


def test_each_query_is_a_path_of_its_own(document: dict[str, Any]) -> None:
    """With its question, each of its parameters by type, and the columns of its answer."""
    for query in Catalogue.load(project_folder() / "queries"):
        operation = document["paths"][f"/queries/{query.name}"]["get"]
        given = {one["name"]: one for one in operation["parameters"]}

        assert operation["summary"] == query.summary
        assert set(query.parameters) <= set(given)
        for name, parameter in query.parameters.items():
            assert parameter.description in given[name]["description"]
            assert given[name].get("required", False) == (parameter.required and not parameter.default)
            assert given[name]["schema"]["items"]["type"] == TYPES.get(parameter.type.value, "string")


def test_the_columns_of_a_query_are_those_of_its_answer(client: FlaskClient, document: dict[str, Any]) -> None:
    """What the description promises is what comes."""
    content = document["paths"]["/queries/charitable-arms"]["get"]["responses"]["200"]["content"]
    schema = content["application/sparql-results+json"]["schema"]["allOf"][1]
    answer = client.get("/queries/charitable-arms").get_json()

    assert schema["properties"]["head"]["properties"]["vars"]["const"] == answer["head"]["vars"]
    query = Catalogue.load(project_folder() / "queries").get("charitable-arms")
    assert set(content) == {format_.media_type for format_ in formats_of(query)} | {"text/html"}


def test_the_endpoint_has_all_of_the_protocol(document: dict[str, Any]) -> None:
    """Parameters, both kinds of body, and every format (SPARQL 1.1 Protocol, section 2.1)."""
    get, post = document["paths"]["/sparql"]["get"], document["paths"]["/sparql"]["post"]

    assert {"query", "default-graph-uri", "named-graph-uri", "timeout", "format"} <= {
        one["name"] for one in get["parameters"]
    }
    assert set(post["requestBody"]["content"]) == {"application/sparql-query", "application/x-www-form-urlencoded"}
    assert {format_.media_type for format_ in (*SOLUTION_FORMATS, *GRAPH_FORMATS)} < set(
        get["responses"]["200"]["content"]
    )
    assert "Retry-After" in document["components"]["responses"]["Error503"]["headers"]


def test_validation_is_described_as_it_answers(client: FlaskClient, document: dict[str, Any]) -> None:
    """What is read, what reports there are, and what the one in JSON has."""
    operation = document["paths"]["/validate"]["post"]
    faulty = b"@prefix fsp: <https://w3id.org/fsp/def#> .\n<https://example.org/p> a fsp:Partnership .\n"
    report = client.post("/validate", data=faulty, content_type="text/turtle").get_json()
    schema = document["components"]["schemas"]["Report"]

    assert set(MEDIA_TYPES) < set(operation["requestBody"]["content"])
    assert {one.media_type for one in REPORT_FORMATS.values()} == set(operation["responses"]["200"]["content"])
    assert set(schema["required"]) == set(report) == set(schema["properties"])
    assert f"{Settings().upload} MiB" in document["info"]["description"]


def test_yaml_says_the_same(client: FlaskClient, document: dict[str, Any]) -> None:
    """One description in two notations."""
    reply = client.get("/openapi.yaml")

    assert reply.mimetype == "application/yaml"
    assert yaml.safe_load(reply.text) == document


def test_the_pages_show_every_operation(client: FlaskClient, document: dict[str, Any]) -> None:
    """Listed on the first page, and told in full on the page of its group."""
    index = client.get("/api", headers=PAGE).text
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            page = client.get(f"/api/{operation['tags'][0]}", headers=PAGE).text
            assert f"<code>{path}</code>" in index
            assert f"<code>{method.upper()} {path}</code>" in page


def test_a_group_that_is_not_there_is_404(client: FlaskClient) -> None:
    """And says which there are."""
    reply = client.get("/api/nonsense")

    assert reply.status_code == 404
    assert "sparql" in json.loads(reply.text)["error"]


@pytest.mark.parametrize("path", ["/openapi.json", "/openapi.yaml", "/api", "/api/sparql"])
def test_a_copy_that_is_still_right_is_not_sent_again(client: FlaskClient, path: str) -> None:
    """304 (RFC 9110, section 13.1.2)."""
    ask: Callable[..., Response] = client.get
    tag = ask(path).headers["ETag"]

    assert ask(path, headers={"If-None-Match": tag}).status_code == 304
