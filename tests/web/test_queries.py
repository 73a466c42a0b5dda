"""The canned queries over real HTTP."""

import csv
import io
import json
from html.parser import HTMLParser
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib.namespace import SH

from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_folder
from support import Reply, Service

CATALOGUE = Catalogue.load(project_folder() / "queries")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
SELECT_TYPES = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
GRAPH_TYPES = {
    "ttl": "text/turtle; charset=utf-8",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "jsonld": "application/ld+json",
}


class Page(HTMLParser):
    """The parts of a page that tests look at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: dict[str, str] = {}
        self.options: dict[str, bool] = {}
        self.fields: dict[str, dict[str, str | None]] = {}
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a field, and what opens."""
        attributes = dict(attrs)
        if tag in {"select", "input"}:
            self.fields[attributes["name"] or ""] = attributes
        self._open.append((tag, attributes))

    def handle_data(self, data: str) -> None:
        """Note the text of a link or an option."""
        if self._open and data.strip():
            tag, attributes = self._open[-1]
            if tag == "a":
                self.links[data.strip()] = attributes["href"] or ""
            elif tag == "option":
                self.options[data.strip()] = "selected" in attributes

    def handle_endtag(self, tag: str) -> None:
        """Close what was opened last."""
        while self._open and self._open.pop()[0] != tag:
            pass


def read_graph(reply: Reply, name: str) -> set[ox.Quad]:
    """Return the triples of an answer, read by another library than the one that wrote the list."""
    return set(ox.parse(reply.body, ox.RdfFormat.from_extension(name)))


def rows(reply: Reply) -> list[dict[str, str]]:
    """Return the rows of an answer in CSV."""
    assert reply.status == 200, reply.text
    return list(csv.DictReader(io.StringIO(reply.text)))


def test_list_is_a_page_for_a_browser(service: Service) -> None:
    """The page groups the queries and links to each by its question."""
    reply = service.request("/queries", headers=BROWSER)
    links = Page(reply.text).links
    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert {query.summary: f"/queries/{query.name}" for query in CATALOGUE}.items() <= links.items()


@pytest.mark.parametrize("target", ["/queries", "/queries/", "/queries.json", "/queries?format=json"])
def test_list_is_json_for_a_program(service: Service, target: str) -> None:
    """The same list as data, with every query's parameters and its address."""
    listed = {entry["name"]: entry for entry in json.loads(service.request(target).text)}
    assert list(listed) == [query.name for query in CATALOGUE]
    entry = listed["cases-by-principle"]
    assert entry["url"] == f"{service.url.rstrip('/')}/queries/cases-by-principle"
    assert [(parameter["name"], parameter["type"]) for parameter in entry["parameters"]] == [("principle", "concept")]


@pytest.mark.parametrize("name", GRAPH_TYPES)
def test_list_is_rdf_where_asked(service: Service, name: str) -> None:
    """The list as SHACL executables, in each format of graphs."""
    reply = service.request(f"/queries.{name}")
    graph = read_graph(reply, name)
    assert reply.headers["Content-Type"] == GRAPH_TYPES[name]
    executables = [quad for quad in graph if quad.object == ox.NamedNode(SH.SPARQLExecutable)]
    assert len(executables) == len(CATALOGUE)


def test_list_has_no_table(service: Service) -> None:
    """A format that the list does not come in is refused (RFC 9110, section 15.5.7)."""
    reply = service.request("/queries.csv")
    assert (reply.status, json.loads(reply.text)["ok"]) == (406, False)


@pytest.mark.parametrize("name", [query.name for query in CATALOGUE])
def test_every_query_has_a_page(service: Service, name: str) -> None:
    """Each page shows the question, a field for each parameter, the SPARQL and its answer."""
    found = CATALOGUE.get(name)
    reply = service.request(f"/queries/{found.name}", headers=BROWSER)
    page = Page(reply.text)
    assert reply.status == 200
    assert set(page.fields) == set(found.parameters)
    assert 'id="answer"' in reply.text
    assert "Change it in the SPARQL page" in page.links


@pytest.mark.parametrize("name", SELECT_TYPES)
def test_solutions_come_in_each_format(service: Service, name: str) -> None:
    """The same answer by suffix, by `format` and by the Accept header."""
    suffix = service.request(f"/queries/contracts.{name}")
    parameter = service.request(f"/queries/contracts?format={name}")
    header = service.request("/queries/contracts", headers={"Accept": SELECT_TYPES[name].partition(";")[0]})
    assert {reply.headers["Content-Type"] for reply in (suffix, parameter, header)} == {SELECT_TYPES[name]}
    assert suffix.body == parameter.body == header.body


@pytest.mark.parametrize("name", GRAPH_TYPES)
def test_graph_comes_in_each_format(service: Service, name: str) -> None:
    """A query that constructs a graph answers in the formats of graphs."""
    reply = service.request(f"/queries/case-as-graph.{name}?case=trafford")
    graph = read_graph(reply, name)
    assert reply.headers["Content-Type"] == GRAPH_TYPES[name]
    assert len(graph) > 500


def test_values_are_alternatives(service: Service) -> None:
    """A parameter given twice means either value; an empty one means any."""
    both = rows(service.request("/queries/jobs.csv?phase=promise&phase=projection"))
    one = rows(service.request("/queries/jobs.csv?phase=promise"))
    any_ = rows(service.request("/queries/jobs.csv?phase="))
    assert ([row["jobs"] for row in one], len(both), len(any_)) == (["160"], 2, 2)


def test_answer_can_be_validated(service: Service) -> None:
    """An answer has an entity tag, and is not sent again to whoever has it (RFC 9110, section 13.1.2)."""
    first = service.request("/queries/jobs.csv")
    again = service.request("/queries/jobs.csv", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_form_offers_choices_and_keeps_the_chosen_one(service: Service) -> None:
    """A concept is chosen from the scheme by its label; what was chosen stays chosen."""
    page = Page(service.request("/queries/cases-by-principle?principle=charitable-arms", headers=BROWSER).text)
    assert page.options == {
        "Any": False,
        "Additional value through partnership": False,
        "Building partnerships across sectors": False,
        "Engaging with charitable arms": True,
        "Investing large providers' capacity in the community": False,
    }


def test_form_shows_the_default(service: Service) -> None:
    """A field holds the default until something else is given, and stays empty once it was emptied."""
    default = Page(service.request("/queries/events-by-year", headers=BROWSER).text)
    emptied = Page(service.request("/queries/events-by-year?year=", headers=BROWSER).text)
    assert (default.fields["year"]["value"], default.fields["year"]["inputmode"]) == ("2009", "numeric")
    assert emptied.fields["year"]["value"] == ""


def test_table_links_labels(service: Service) -> None:
    """A thing is shown by its label, which links to its page here; its label has no column of its own."""
    text = service.request("/queries/contracts", headers=BROWSER).text
    assert Page(text).links["Serco"] == "/doc/organisation/serco"
    assert text.count(">Supplier</th>") == 1


def test_downloads_keep_the_values(service: Service) -> None:
    """A link to a format asks the same question."""
    links = Page(service.request("/queries/jobs?phase=promise", headers=BROWSER).text).links
    assert links["CSV"] == "/queries/jobs.csv?phase=promise"


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("/queries/nothing", 404, "There is no query 'nothing'."),
        ("/queries/jobs.pdf", 404, "There is no format 'pdf'."),
        ("/queries/jobs?phase=promises", 400, "Did you mean promise (Promise)"),
        ("/queries/jobs?place=x", 400, "The query 'jobs' has no parameter 'place'. Its parameters: phase."),
        ("/queries/case-as-graph?case=", 400, "'case' needs a value"),
        ("/queries/events-by-year?year=MMIX", 400, "'MMIX' is no value of 'year'"),
        ("/queries/jobs.ttl", 406, "SELECT"),
        ("/queries/case-as-graph.csv", 406, "CONSTRUCT"),
        ("/queries/jobs?format=pdf", 406, "There is no format for 'pdf'"),
        ("/queries/jobs?timeout=-1", 400, "'timeout' is a number of seconds"),
    ],
)
def test_mistake_is_explained_to_programs_and_people(service: Service, target: str, status: int, message: str) -> None:
    """The common body of errors for a program, a page for a browser, and the same status for both."""
    program = service.request(target, headers={"Accept": "application/json"} if "format" not in target else {})
    body = json.loads(program.text)
    assert (program.status, body["ok"], body["status"]) == (status, False, status)
    assert message in body["error"]
    if status != 406:
        page = service.request(target, headers=BROWSER)
        assert (page.status, page.headers["Content-Type"]) == (status, "text/html; charset=utf-8")


@pytest.mark.parametrize(
    "value",
    ["> } #", '"', "\\", "} UNION { ?s ?p ?o", "<script>alert(1)</script>", "x> <y", "%", "\u2019", "a" * 5000],
)
def test_value_never_becomes_query_text(service: Service, value: str) -> None:
    """What is no value is refused, is shown escaped, and reaches no parser."""
    target = "/queries/evidence-for-a-thing?" + urlencode({"thing": value})
    program = service.request(target)
    page = service.request(target, headers=BROWSER)
    assert (program.status, json.loads(program.text)["errors"][0]["parameter"]) == (400, "thing")
    assert page.status == 400
    assert "<script>" not in page.text


def test_queries_can_be_found_by_query(service: Service) -> None:
    """The service's dataset holds the queries in a named graph."""
    text = (
        "SELECT ?query { GRAPH <https://w3id.org/fsp/graph/queries.ttl> "
        "{ ?query a <http://www.w3.org/ns/shacl#SPARQLExecutable> } }"
    )
    assert len(rows(service.request("/sparql?" + urlencode({"query": text, "format": "csv"})))) == len(CATALOGUE)
