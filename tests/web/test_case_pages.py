"""The pages of cases: the facts of the published data, and other data with the same model."""

import csv
import html
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from support import Serve, Service

BROWSER = {"Accept": "text/html"}
CASES = ("barnsley", "birmingham", "hounslow", "isle-of-wight", "peterborough", "trafford")
FEW = """\
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.w3.org/2003/01/geo/wgs84_pos#> .
@prefix fsp: <https://w3id.org/fsp/def#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def part(page: str, key: str) -> str:
    """Return the text of a part of a page, as a reader sees it."""
    section = page.partition(f'<h2 id="{key}">')[2].partition("</section>")[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", section))).strip()


def case(client: FlaskClient, name: str) -> str:
    """Return the page of a case."""
    reply = client.get(f"/cases/{name}", headers=BROWSER)
    assert reply.status_code == 200
    return reply.text


def test_every_case_is_listed_and_opens(client: FlaskClient) -> None:
    """With a box to choose it for comparison; its page weighs less than 150 kB."""
    page = client.get("/cases", headers=BROWSER).text
    for name in CASES:
        assert f'href="/cases/{name}"' in page
        assert f'name="case" value="{name}"' in page
        assert len(case(client, name).encode()) < 150_000


def test_a_case_as_linked_data_leads_to_the_page_that_tells_it(client: FlaskClient) -> None:
    """And no other thing does."""
    assert 'href="/cases/trafford"' in client.get("/doc/case/trafford", headers=BROWSER).text
    assert 'href="/cases/' not in client.get("/doc/place/trafford", headers=BROWSER).text


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("trafford", "roles", "Veolia Environmental Services Contractor Private sector"),
        ("trafford", "contracts", "Contract term: exactly 7 years Agreed"),
        ("trafford", "changes", "Extension of the Trafford waste contract Extension"),
        ("trafford", "changes", "More recycling in Trafford Savings on disposal in Trafford"),
        ("trafford", "outcomes", "Saving on disposal costs: more than £1,000,000 a year Result"),
        ("trafford", "outcomes", "Recycling rate: exactly 25 % Baseline"),
        ("peterborough", "outcomes", "Total saving: at least £20,000,000 Target"),
        ("peterborough", "outcomes", "New jobs: exactly 40 Projection"),
        ("peterborough", "commitments", "People employed: exactly 160 Promise"),
        ("peterborough", "contracts", "Contract value: exactly £17,000,000 Agreed"),
        ("barnsley", "commitments", "Support for the schools for 25 years Planned"),
        ("barnsley", "commitments", "Training days for teachers Planned"),
        ("barnsley", "arm", "John Laing Charitable Trust John Laing"),
        ("hounslow", "arm", "John Laing Charitable Trust John Laing"),
        ("hounslow", "contracts", "The case tells of no contract."),
        ("isle-of-wight", "roles", "Southern Vectis Trainer Private sector"),
        ("birmingham", "contracts", "Back office contract of Birmingham Council with Capita"),
    ],
)
def test_a_case_tells_its_facts_with_their_modality(client: FlaskClient, name: str, key: str, said: str) -> None:
    """Who in what role, the contract and its changes, what was promised and what came of it, each with its mark."""
    assert said in part(case(client, name), key)


def test_each_statement_names_its_passages(client: FlaskClient) -> None:
    """Place and basis, linked to the citation; how it is tied to its principle as well."""
    page = case(client, "trafford")
    told = part(page, "contracts").replace("\N{EN DASH}", " to ")
    assert "3822 to 3925 Stated" in told
    assert "4210 to 4271 Interpreted: name" in told
    assert 'href="/doc/citation/case-studies-3822-3925"' in page
    assert "By position: " in re.sub(r"<[^>]*>", "", page.partition('class="head"')[2].partition("</dl>")[0])


def test_properties_of_other_vocabularies_have_words(client: FlaskClient) -> None:
    """The parts of IRIs are no words: whoever reads the evidence sees what a property means."""
    told = "".join(re.sub(r"<[^>]*>", " ", case(client, name)) for name in CASES)
    assert [raw for raw in ("memberDuring", "spatial", "isPartOf", "altLabel", "org:") if raw in told] == []
    assert "time of taking part" in told


def test_the_evidence_is_all_that_the_case_rests_on(client: FlaskClient) -> None:
    """One row for each passage of each thing, as a query counts them."""
    query = """PREFIX fsp: <https://w3id.org/fsp/def#> PREFIX case: <https://w3id.org/fsp/id/case/>
        SELECT (COUNT(*) AS ?n) WHERE { { SELECT DISTINCT ?t ?c WHERE {
          { ?t fsp:describedIn case:trafford } UNION { BIND(case:trafford AS ?t) } ?t fsp:restsOn ?c } } }"""
    counted = client.get("/sparql", query_string={"query": query}).get_json()["results"]["bindings"][0]["n"]["value"]
    section = case(client, "trafford").partition('<h2 id="evidence">')[2].partition("</table>")[0]
    assert section.count("<tr") - 1 == int(counted)


def test_cases_are_found_by_words_and_principle(client: FlaskClient) -> None:
    """In capitals or not, of the case or of whoever and whatever it tells of; nothing found leads back to the list."""
    assert "/cases/trafford" in client.get("/cases?text=WASTE", headers=BROWSER).text
    narrowed = client.get("/cases?principle=charitable-arms", headers=BROWSER).text
    assert [name for name in CASES if f'href="/cases/{name}"' in narrowed] == ["hounslow"]
    for name, cases in (
        ("john laing", ["barnsley", "hounslow"]),
        ("library service", ["hounslow"]),
        ("Serco", ["peterborough"]),
    ):
        found = client.get("/cases", query_string={"text": name}, headers=BROWSER).text
        assert [case for case in CASES if f'href="/cases/{case}"' in found] == cases
    none = client.get("/cases?text=%22%7D%20UNION", headers=BROWSER)
    assert (none.status_code, "No case fits." in none.text) == (200, True)


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "²"])
def test_a_page_that_is_no_number_is_refused(client: FlaskClient, page: str) -> None:
    """With the parameter's name."""
    reply = client.get("/cases", query_string={"page": page})
    assert (reply.status_code, reply.get_json()["errors"][0]["parameter"]) == (400, "page")


@pytest.mark.parametrize("name", ["nothing", "by-iri", "a b", "%3E", "..%2F..", "by-iri?iri=urn:x:%3C"])
def test_a_case_that_is_none_is_not_found(client: FlaskClient, name: str) -> None:
    """Whatever the name holds, it never becomes query text."""
    assert client.get(f"/cases/{name}").status_code == 404


def test_cases_stand_side_by_side(client: FlaskClient) -> None:
    """One column for each, in the order of the address, with roles, numbers and marks."""
    page = client.get("/compare?case=trafford&case=peterborough", headers=BROWSER).text
    assert page.index("/cases/trafford") < page.index("/cases/peterborough")
    text = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", page)))
    assert "Veolia Environmental Services — Contractor" in text
    assert "Total saving: at least £20,000,000 Target" in text


@pytest.mark.parametrize("target", ["/compare.csv?", "/compare?format=csv&"])
def test_a_comparison_is_a_spreadsheet(client: FlaskClient, target: str) -> None:
    """UTF-8 with the mark that spreadsheets need, one column for each case, modality in brackets."""
    reply = client.get(target + "&".join(f"case={name}" for name in CASES))
    rows = list(csv.reader(io.StringIO(reply.data.decode("utf-8-sig"))))
    assert reply.data.startswith(b"\xef\xbb\xbf")
    assert {len(row) for row in rows} == {7}
    assert rows[1][6] == "https://w3id.org/fsp/id/case/trafford"
    cells = {row[0]: row[1:] for row in rows}
    assert "Total saving: at least £20,000,000 [Target]" in cells["What came of it, or is meant to"][4]


@pytest.mark.parametrize(
    ("names", "status", "message"),
    [
        ([], 400, "Choose 2 to 6 cases to compare: 0 given."),
        (["trafford"], 400, "Choose 2 to 6 cases to compare: 1 given."),
        (["trafford", "trafford"], 400, "Choose 2 to 6 cases to compare: 1 given."),
        (["a", "b", "c", "d", "e", "f", "g"], 400, "Choose 2 to 6 cases to compare: 7 given."),
        (["trafford", "nothing"], 404, "There is no case 'nothing'."),
    ],
)
def test_too_few_and_too_many_are_refused(client: FlaskClient, names: list[str], status: int, message: str) -> None:
    """With what to do instead."""
    reply = client.get("/compare", query_string={"case": names})
    assert (reply.status_code, message in reply.get_json()["error"]) == (status, True)


def test_too_few_cases_lead_back_to_the_list(client: FlaskClient) -> None:
    """With the message, its address as a link, and what was chosen still chosen."""
    reply = client.get("/compare?case=hounslow", headers=BROWSER)
    assert reply.status_code == 400
    assert "Choose 2 to 6 cases to compare: 1 given." in reply.text
    assert 'The list of cases is at <a href="/cases">/cases</a>.' in reply.text
    assert re.findall(r'value="([a-z-]+)" checked', reply.text) == ["hounslow"]
    assert client.get("/compare?case=hounslow&case=nothing", headers=BROWSER).status_code == 404


def test_the_network_is_narrowed(client: FlaskClient) -> None:
    """By sector and by principle; the picture alone takes the same."""
    everyone = client.get("/network", headers=BROWSER).text
    third = client.get("/network.svg?sector=third").text
    arms = client.get("/network?principle=charitable-arms", headers=BROWSER).text
    assert "Southern Vectis" in everyone
    assert "The Reading Agency" in third
    assert "Southern Vectis" not in third
    assert "Southern Vectis" not in arms
    assert 'href="/network.svg?principle=charitable-arms"' in arms


@pytest.fixture(scope="module")
def other(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on data of somebody else: many cases under IRIs of their own, some without anything but a name."""
    path: Path = tmp_path_factory.mktemp("other") / "cases.ttl"
    cases = "".join(
        f'<https://example.org/case/{number}> a fsp:CaseStudy ; rdfs:label "Case {number:04}"@en .\n'
        for number in range(130)
    )
    place = "<https://example.org/case/1> dcterms:spatial <https://example.org/p> ."
    place += '<https://example.org/p> rdfs:label "P" ; geo:lat 53.535871 ; geo:long -1.532575 .'
    path.write_text(FEW + cases + place, encoding="utf-8")
    with serve(str(path)) as service:
        yield service


def test_other_data_have_pages_too(other: Service) -> None:
    """Listed fifty to a page, found, told and compared by their own IRIs; what they do not tell is said."""
    first = other.request("/cases", headers=BROWSER).text
    last = other.request("/cases?page=3", headers=BROWSER).text
    assert ('rel="next"' in first, 'rel="next"' in last, first.count("<li>"), last.count("<li>")) == (
        True,
        False,
        50,
        30,
    )
    target = html.unescape(first.partition('href="/cases/by-iri')[2].partition('"')[0])
    page = other.request("/cases/by-iri" + target, headers=BROWSER)
    assert (page.status, "Case 0000" in page.text) == (200, True)
    assert "The case tells of no contract." in page.text
    iris = "&".join(f"case=https://example.org/case/{number}" for number in (1, 2))
    compared = other.request(f"/compare?{iris}", headers=BROWSER)
    assert (compared.status, "Case 0001" in compared.text) == (200, True)
    alone = other.request("/cases/by-iri/places.svg?iri=https://example.org/case/1")
    assert (alone.status, "Map of 1 of 1 places." in alone.text) == (200, True)


def test_data_without_cases_say_so(serve: Serve, tmp_path: Path) -> None:
    """The list and the network help on, and nothing fails."""
    path = tmp_path / "none.ttl"
    path.write_text("<https://example.org/a> <https://example.org/b> <https://example.org/c> .", encoding="utf-8")
    with serve(str(path)) as service:
        cases = service.request("/cases", headers=BROWSER)
        network = service.request("/network", headers=BROWSER)
    assert (cases.status, "hold no case" in cases.text, "fsp:CaseStudy" in cases.text) == (200, True, True)
    assert (network.status, "tell of no organisations" in network.text) == (200, True)
