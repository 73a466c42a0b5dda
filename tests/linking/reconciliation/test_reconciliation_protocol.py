"""The Reconciliation Service API 0.2, answer by answer against the specification's own JSON Schemas."""

import csv
import io
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from flask.testing import FlaskClient

THING = "https://w3id.org/fsp/id/"
TRAFFORD = THING + "organisation/trafford-council"
ORGANISATION = "http://www.w3.org/ns/org#Organization"
PLACE = "http://purl.org/dc/terms/Location"

Faults = Callable[[str, Any], list[str]]
Ask = Callable[..., list[dict[str, Any]]]


def post(client: FlaskClient, name: str, value: Any) -> Any:  # noqa: ANN401 - JSON
    """Send JSON as an element of a form."""
    return client.post("/reconcile", data={name: json.dumps(value)})


def test_without_parameters_the_manifest_is_returned(client: FlaskClient, conforms: Faults) -> None:
    """Section 3.1; its addresses lead to this service."""
    reply = client.get("/reconcile")
    manifest = reply.json

    assert conforms("manifest", manifest) == []
    assert (manifest["versions"], manifest["batchSize"]) == (["0.2"], 50)
    assert manifest["identifierSpace"] == "https://w3id.org/fsp/"
    assert [one["name"] for one in manifest["defaultTypes"]] == ["Organisation", "Place", "Concept"]
    assert sorted(manifest["suggest"]) == ["entity", "property", "type"]
    assert client.get(urlsplit(manifest["documentation"]).path).status_code == 200


def test_a_batch_is_answered_by_its_keys(client: FlaskClient, conforms: Faults) -> None:
    """By POST and by GET alike (section 4.3); candidates come by decreasing score, the match first."""
    batch = {"a": {"query": "Serco", "limit": 3}, "b": {"query": "Veolia"}, "c": {"query": "zzzzzz"}}
    assert conforms("reconciliation-query-batch", batch) == []
    answer = post(client, "queries", batch).json

    assert conforms("reconciliation-result-batch", answer) == []
    assert list(answer) == ["a", "b", "c"]
    assert answer["c"]["result"] == []
    best = answer["a"]["result"][0]
    assert (best["id"], best["match"], best["score"]) == (THING + "organisation/serco", True, 100.0)
    for one in answer.values():
        scores = [candidate["score"] for candidate in one["result"]]
        assert scores == sorted(scores, reverse=True)
        assert sum(candidate["match"] for candidate in one["result"]) <= 1
    assert client.get(f"/reconcile?queries={quote(json.dumps(batch))}").json == answer


def test_features_explain_the_score(ask: Ask) -> None:
    """Those of type and property only where they were asked for."""
    plain = {one["id"]: one["value"] for one in ask("The Serco")[0]["features"]}
    assert plain == {"name_similarity": 100.0, "same_name": True, "identifier": False, "kind": True, "time": True}

    typed = ask("Serco", type=ORGANISATION, properties=[{"pid": "dcterms:description", "v": "nothing such"}])[0]
    found = {one["id"]: one["value"] for one in typed["features"]}
    assert (found["type"], found["properties"]) == (True, 0.0)


def test_a_type_is_a_condition(ask: Ask) -> None:
    """As one, as a list, with all of them, by IRI or prefixed name, and of a classification; a place is no body."""
    place = THING + "place/isle-of-wight"

    assert ask("Isle of Wight", type=PLACE)[0]["id"] == place
    assert all(one["id"] != place for one in ask("Isle of Wight", type=[ORGANISATION]))
    assert ask("Isle of Wight", type="dcterms:Location")[0]["match"] is True
    assert ask("Serco", type=[ORGANISATION, PLACE], type_strict="all") == []
    assert ask("Serco", type=[ORGANISATION, PLACE], type_strict="any")[0]["match"] is True
    bus = "https://w3id.org/fsp/scheme/organisation-type/bus-company"
    assert [one["name"] for one in ask("Southern Vectis", type=bus)] == ["Southern Vectis"]
    assert ask("Serco", type="http://example.org/Unknown") == []


def test_a_type_can_be_preferred(ask: Ask) -> None:
    """With `should`, what has another type stays a candidate, with a lower score, and is never certain."""
    found = ask("Isle of Wight Council", type=PLACE, type_strict="should")
    council = next(one for one in found if one["id"] == THING + "local-authority/IOW")
    assert (council["match"], council["score"]) == (False, ask("Isle of Wight Council")[0]["score"] - 15)
    assert {"id": "type", "value": False} in council["features"]

    place = ask("Isle of Wight", type=PLACE, type_strict="should")
    assert (place[0]["id"], place[0]["match"]) == (THING + "place/isle-of-wight", True)
    assert THING + "local-authority/IOW" in [one["id"] for one in place[1:]]


def test_a_blank_query_has_no_candidates_and_the_others_are_answered(client: FlaskClient, conforms: Faults) -> None:
    """The schema of a batch allows an empty text and any number as the limit; a cell may be empty."""
    batch = {
        "blank": {"query": ""},
        "space": {"query": "  "},
        "none": {"query": "Serco", "limit": 0},
        "less": {"query": "Serco", "limit": -1},
        "serco": {"query": "Serco", "limit": 1},
    }
    assert conforms("reconciliation-query-batch", batch) == []
    answer = post(client, "queries", batch).json

    assert conforms("reconciliation-result-batch", answer) == []
    assert {key: len(one["result"]) for key, one in answer.items()} == {
        "blank": 0,
        "space": 0,
        "none": 0,
        "less": 0,
        "serco": 1,
    }


def test_an_identifier_in_the_place_of_a_name_is_exact(ask: Ask) -> None:
    """Section 4.4: the IRI of a thing leads to it, with the highest score."""
    best = ask("https://w3id.org/fsp/id/organisation/serco")[0]

    assert (best["name"], best["score"], best["match"]) == ("Serco", 100.0, True)


def test_properties_are_conditions(ask: Ask) -> None:
    """By text, by an entity with an id, or by the name of a thing; what does not meet them is never certain."""
    classification = {"pid": "org:classification", "v": "Service provider"}
    entity = {"pid": "org:classification", "v": {"id": "https://w3id.org/fsp/scheme/organisation-type/bus-company"}}

    assert ask("Serco", properties=[classification])[0]["match"] is True
    assert ask("Southern Vectis", properties=[entity])[0]["match"] is True
    unmet = ask("Serco", properties=[entity])[0]
    assert (unmet["name"], unmet["match"], unmet["score"]) == ("Serco", False, 75.0)
    either = {"pid": "org:classification", "v": ["Bus company", "Service provider"]}
    assert ask("Serco", properties=[either])[0]["match"] is True


def test_properties_suffice_without_a_name(client: FlaskClient, conforms: Faults) -> None:
    """Section 4.1: one of query and properties; such a candidate is not certain."""
    batch = {"q": {"properties": [{"pid": "org:classification", "v": "bus company"}]}}
    answer = post(client, "queries", batch).json

    assert conforms("reconciliation-result-batch", answer) == []
    assert [(one["name"], one["match"]) for one in answer["q"]["result"]] == [("Southern Vectis", False)]


def test_the_limit_is_kept(ask: Ask) -> None:
    """Ten, where none is given."""
    assert len(ask("council", limit=2)) <= 2
    assert len(ask("partner")) <= 10


@pytest.mark.parametrize(
    ("queries", "message"),
    [
        ("{", "'queries' is not JSON"),
        ("[]", "'queries' is a JSON object"),
        ('{"q": 1}', "Query 'q' is an object"),
        ('{"q": {}}', "Query 'q' has neither"),
        ('{"q": {"query": 5}}', "In query 'q', 'query' is a text"),
        ('{"q": {"query": "a", "limit": true}}', "'limit' is a number"),
        ('{"q": {"query": "a", "limit": "3"}}', "'limit' is a number"),
        ('{"q": {"query": "a", "limit": NaN}}', "'limit' is a number"),
        ('{"q": {"query": "a", "type_strict": "none"}}', "'type_strict' is one of any, should, all"),
        ('{"q": {"query": "a", "type_strict": 5}}', "'type_strict' is one of any, should, all"),
        ('{"q": {"query": "a", "type": 5}}', "'type' is the identifier of a type"),
        ('{"q": {"query": "a", "type": [{}]}}', "'type' is the identifier of a type"),
        ('{"q": {"query": "a", "properties": {}}}', None),
        ('{"q": {"query": "a", "properties": 5}}', "'properties' is a list"),
        ('{"q": {"query": "a", "properties": [{"pid": "p"}]}}', "each of 'properties' is an object with 'pid'"),
        ('{"q": {"query": "a", "properties": [{"pid": "p", "v": null}]}}', "a value is a text, a number"),
        ('{"q": {"query": "a", "properties": [{"pid": "date", "v": "last year"}]}}', "'date' is a day, month or year"),
    ],
)
def test_what_is_no_query_is_told(client: FlaskClient, queries: str, message: str | None) -> None:
    """In one sentence that names the query, with the status 400."""
    reply = client.post("/reconcile", data={"queries": queries})

    assert reply.status_code == (400 if message else 200)
    assert message is None or message in reply.json["error"]


def test_too_much_is_refused(client: FlaskClient, ask: Ask) -> None:
    """A batch that is too large by 413 (section 3.1); a text that is too long for a name has no candidates."""
    batch = {str(number): {"query": "Serco"} for number in range(51)}

    assert post(client, "queries", batch).status_code == 413
    assert post(client, "extend", {"ids": ["x"] * 501, "properties": []}).status_code == 413
    assert ask("Serco " * 100) == []
    assert client.post("/reconcile", data={"queries": "x" * 3_000_000}).status_code == 413


def test_nothing_to_answer_is_told(client: FlaskClient) -> None:
    """A POST without either, and an element that is there twice."""
    assert client.post("/reconcile").status_code == 400
    assert client.get("/reconcile?queries={}&queries={}").status_code == 400


def test_every_address_is_open_to_other_origins(client: FlaskClient) -> None:
    """Section 3.3: CORS for all endpoints in a uniform way, errors included."""
    targets = ("", "/suggest/entity?prefix=a", "/properties", "/preview?id=x", "/flyout/type?id=x", "/view", "/about")
    for target in targets:
        assert client.get(f"/reconcile{target}").headers["Access-Control-Allow-Origin"] == "*"
    preflight = client.options("/reconcile", headers={"Access-Control-Request-Method": "POST"})
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_things_are_suggested_by_the_beginning_of_a_name(client: FlaskClient, conforms: Faults) -> None:
    """Section 6: those whose whole name begins so first; from `cursor` on; by identifier too."""
    answer = client.get("/reconcile/suggest/entity?prefix=traff").json
    assert conforms("suggest-entities-response", answer) == []
    assert TRAFFORD in [one["id"] for one in answer["result"]]

    first = client.get("/reconcile/suggest/entity?prefix=c").json["result"]
    assert (len(first), client.get("/reconcile/suggest/entity?prefix=c&cursor=1").json["result"][0]) == (20, first[1])
    assert client.get(f"/reconcile/suggest/entity?prefix={quote(TRAFFORD)}").json["result"][0]["id"] == TRAFFORD
    assert client.get("/reconcile/suggest/entity?prefix=c&cursor=99999").json == {"result": []}


@pytest.mark.parametrize(
    ("what", "prefix", "name"), [("type", "pla", "Place"), ("property", "class", "classification")]
)
def test_types_and_properties_are_suggested(
    client: FlaskClient, conforms: Faults, what: str, prefix: str, name: str
) -> None:
    """By the beginning of a word of their name."""
    answer = client.get(f"/reconcile/suggest/{what}?prefix={prefix}").json
    schema = {"type": "suggest-types-response", "property": "suggest-properties-response"}[what]

    assert conforms(schema, answer) == []
    assert name in [one["name"] for one in answer["result"]]


def test_types_have_a_hierarchy(client: FlaskClient) -> None:
    """Section 2.2: a type names the one above it."""
    (found,) = client.get("/reconcile/suggest/type?prefix=charitable arm").json["result"]

    assert [one["id"] for one in found["broader"]] == [ORGANISATION]


@pytest.mark.parametrize(
    "target", ["suggest/entity", "suggest/type?prefix=a&cursor=-1", "preview", "properties?limit=x"]
)
def test_a_missing_or_wrong_parameter_is_told(client: FlaskClient, target: str) -> None:
    """By name."""
    reply = client.get(f"/reconcile/{target}")

    assert (reply.status_code, "parameter" in reply.json["errors"][0]) == (400, True)


def test_a_preview_can_be_embedded_and_nothing_else(client: FlaskClient) -> None:
    """Section 5: a small page of HTML for an iframe on another site, without scripts."""
    template = client.get("/reconcile").json["preview"]["url"]
    reply = client.get(template.replace("{{id}}", quote(TRAFFORD, safe="")))

    assert (reply.status_code, reply.mimetype) == (200, "text/html")
    assert "frame-ancestors *" in reply.headers["Content-Security-Policy"]
    assert ("Trafford Council" in reply.text, "<script" in reply.text, len(reply.text) < 2000) == (True, False, True)
    assert "frame-ancestors 'none'" in client.get("/reconcile/about").headers["Content-Security-Policy"]
    assert client.get("/reconcile/preview?id=http%3A%2F%2Fexample.org").status_code == 404


def test_a_flyout_is_a_piece_of_html(client: FlaskClient) -> None:
    """Section 6.5: with the identifier that was asked for; of entity, type and property."""
    for what, id_ in (("entity", TRAFFORD), ("type", PLACE), ("property", "http://www.w3.org/ns/org#classification")):
        template = client.get("/reconcile").json["suggest"][what]
        path = urlsplit(template["flyout_service_url"]).path + template["flyout_service_path"]
        answer = client.get(path.replace("${id}", quote(id_, safe=""))).json
        assert (answer["id"], answer["html"].startswith("<p>")) == (id_, True)


def test_the_view_leads_to_the_page_of_a_thing(client: FlaskClient) -> None:
    """And to no other site."""
    template = client.get("/reconcile").json["view"]["url"]
    reply = client.get(template.replace("{{id}}", quote(TRAFFORD, safe="")))

    assert (reply.status_code, reply.headers["Location"]) == (303, "/doc/organisation/trafford-council")
    assert client.get("/reconcile/view?id=https%3A%2F%2Fexample.org%2F").status_code == 404


def test_properties_are_proposed_for_a_type(client: FlaskClient, conforms: Faults) -> None:
    """Section 7.2: those that most things of the type have first; as many as are asked for."""
    answer = client.get(f"/reconcile/properties?type={quote(ORGANISATION)}&limit=7").json

    assert conforms("data-extension-property-proposal", answer) == []
    assert (answer["type"], len(answer["properties"])) == (ORGANISATION, 7)
    kind = "https://w3id.org/fsp/scheme/organisation-type/council"
    assert client.get(f"/reconcile/properties?type={quote(kind)}").json["properties"]
    assert client.get("/reconcile/properties?type=http%3A%2F%2Fexample.org%2FUnknown").status_code == 404


def test_values_are_fetched(client: FlaskClient, conforms: Faults) -> None:
    """Section 7.4: a thing as an entity, a text as a text; by the names that the client gave."""
    asked = {
        "ids": [TRAFFORD, "http://example.org/nobody"],
        "properties": [{"id": "org:classification"}, {"id": "http://purl.org/dc/terms/description"}, {"id": "no such"}],
    }
    assert conforms("data-extension-query", asked) == []
    answer = post(client, "extend", asked).json

    assert conforms("data-extension-response", answer) == []
    assert [one["id"] for one in answer["meta"]] == [one["id"] for one in asked["properties"]]
    row = answer["rows"][TRAFFORD]
    council = {"id": "https://w3id.org/fsp/scheme/organisation-type/council", "name": "Council"}
    assert (row["org:classification"], row["no such"]) == ([council], [])
    assert row["http://purl.org/dc/terms/description"] == [{"str": "The council of Trafford."}]
    assert answer["rows"]["http://example.org/nobody"]["org:classification"] == []


@pytest.mark.parametrize(
    "extend", ["{", "[]", "{}", '{"ids": [1], "properties": []}', '{"ids": [], "properties": [1]}']
)
def test_what_is_no_request_for_values_is_told(client: FlaskClient, extend: str) -> None:
    """With the status 400."""
    assert client.post("/reconcile", data={"extend": extend}).status_code == 400


def test_people_can_try_names_on_a_page(client: FlaskClient) -> None:
    """One a line; what a name holds is text in the page."""
    reply = client.get("/reconcile/about?names=Serco%0A<b>Nobody</b>", headers={"Accept": "text/html"})

    assert (reply.status_code, "/reconcile/view?id=" in reply.text) == (200, True)
    assert ("<b>Nobody" in reply.text, "&lt;b&gt;Nobody" in reply.text) == (False, True)


def test_names_that_are_too_many_stay_in_the_page(client: FlaskClient) -> None:
    """The limit is told beforehand, and who goes beyond it loses nothing."""
    names = [f"Name {number}" for number in range(51)]
    sent = {"names": "\n".join(names)}
    reply = client.get("/reconcile/about", query_string=sent, headers={"Accept": "text/html"})

    assert (reply.status_code, "These are 51 names" in reply.text) == (400, True)
    assert "Name 0\nName 1\n" in reply.text
    assert "Up to 50 here" in client.get("/reconcile/about").text


def test_names_that_were_tried_come_as_a_spreadsheet_too(client: FlaskClient) -> None:
    """With the columns that `fsp reconcile` adds, and the mark by which spreadsheets know UTF-8."""
    reply = client.get("/reconcile/matches.csv", query_string={"names": "LB of Hounslow\nNobody at all"})
    rows = list(csv.DictReader(io.StringIO(reply.data.decode("utf-8-sig"))))

    assert (reply.status_code, reply.data[:3]) == (200, b"\xef\xbb\xbf")
    assert [row["name"] for row in rows] == ["LB of Hounslow", "Nobody at all"]
    assert [bool(row["match"]) for row in rows] == [True, False]
    assert rows[1]["review"]
