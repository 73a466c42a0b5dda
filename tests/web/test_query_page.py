"""The page of a canned query: labels and links, evidence, passages, coverage, and the search for a question."""

import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from fsp.catalogue.query import CannedQuery, Catalogue
from fsp.catalogue.table import columns
from fsp.cli import main
from fsp.dataset.files import project_folder
from support import Reply, Serve, Service

BROWSER = {"Accept": "text/html"}
QUERIES = list(Catalogue.load(project_folder() / "queries"))

DATA = """\
PREFIX fsp: <https://w3id.org/fsp/def#>
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX : <https://example.org/>

:principle skos:prefLabel "Trust"@en , "Vertrauen"@de .
:case a fsp:CaseStudy ; rdfs:label "A <b>case</b>"@en ; fsp:illustrates :principle ;
  fsp:restsOn :right , :moved , :elsewhere .
:stated skos:prefLabel "Stated"@en .
:source rdfs:label "A page"@en ; fsp:sha256 "$source" .
:other rdfs:label "Another page"@en ; fsp:sha256 "$digest" .
:right oa:hasSource :source ; fsp:startOffset 3 ; fsp:endOffset 8 ; fsp:sha256 "$passage" ; fsp:basis :stated .
:moved oa:hasSource :source ; fsp:startOffset 4 ; fsp:endOffset 9 ; fsp:sha256 "$passage" ; fsp:basis :stated .
:elsewhere oa:hasSource :other ; fsp:startOffset 3 ; fsp:endOffset 8 ; fsp:sha256 "$passage" ; fsp:basis :stated .
"""
TEXT = "As “they said”, it was so."


def page(service: Service, target: str) -> Reply:
    """Open a page."""
    return service.request(target, headers=BROWSER)


def notes(text: str) -> dict[str, str]:
    """Return the notes of a page by their number."""
    return dict(re.findall(r'<li id="e(\d+)">(.*?)</li>', text, re.DOTALL))


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


@pytest.fixture(scope="module")
def told(serve: Serve, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A service on data of another source, with its text at hand."""
    folder = tmp_path_factory.mktemp("told")
    (folder / "source.txt").write_text(TEXT, encoding="utf-8")
    values = {"$source": digest(TEXT), "$digest": digest("another"), "$passage": digest(TEXT[3:8])}
    data = DATA
    for name, value in values.items():
        data = data.replace(name, value)
    (folder / "data.ttl").write_text(data, encoding="utf-8")
    with serve(str(folder / "data.ttl"), "--source", str(folder / "source.txt")) as service:
        yield service


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_page_shows_labels_and_no_iris(service: Service, query: CannedQuery) -> None:
    """In the table of every query a thing is shown by its label, or by a short name, and links to where it opens."""
    text = page(service, f"/queries/{query.name}").text
    table = text.partition('aria-label="Rows"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    shown = re.sub(r"<[^>]*>", " ", table)
    assert "https://w3id.org/" not in shown
    assert 'href="https://w3id.org/' not in table
    assert len(text.encode()) < 150_000


def test_declared_columns_are_those_that_are_shown() -> None:
    """Every column of every table has a heading and an explanation, and nothing is declared that is not shown."""
    for query in QUERIES:
        if query.form == "SELECT":
            results = ox.Store().query(query.text)
            assert isinstance(results, ox.QuerySolutions)
            names = [variable.value for variable in results.variables]
            assert [column.name for column in columns(names, query.columns)] == list(query.columns), query.name
            assert all(text.thing is None or text.thing in names for text in query.columns.values())


def test_number_links_to_its_measurement(service: Service) -> None:
    """A number is grouped, stands to the right, and leads to the node that holds its evidence."""
    text = page(service, "/queries/contracts").text
    assert ' class="number"><a href="/doc/measurement/ideal-shopping-contract-value">17,000,000</a></td>' in text
    assert '<th scope="col" role="columnheader" class="number">Value</th>' in text


def test_year_stays_whole(service: Service) -> None:
    """Four digits are not grouped."""
    assert ' class="number">2009</td>' in page(service, "/queries/events-by-year").text


def test_every_row_names_its_evidence(service: Service) -> None:
    """Each row leads to the notes of the things in it, and each note to its citation and those things."""
    text = page(service, "/queries/partners-and-roles").text
    found = notes(text)
    rows = re.findall(r'<td[^>]* class="notes">(.*?)</td>', text, re.DOTALL)
    named = {number for row in rows for number in re.findall(r'href="#e(\d+)"', row)}
    assert len(rows) == 31
    assert all("Stated" in row or "Interpreted" in row or "By position" in row for row in rows)
    assert named == set(found)
    assert all(note.startswith('<a href="/doc/citation/') for note in found.values())


def test_evidence_is_that_of_the_data(service: Service) -> None:
    """The notes of one row are the citations that a query for the things in it finds."""
    reply = service.request("/queries/jobs.rows?phase=promise")
    row = json.loads(reply.text)["rows"][0]
    values = " ".join(f"<{value}>" for value in row.values() if str(value).startswith("https://"))
    asked = f"SELECT DISTINCT ?c {{ VALUES ?t {{ {values} }} ?t <https://w3id.org/fsp/def#restsOn> ?c }}"
    body = service.request(
        "/sparql.csv", method="POST", body=asked.encode(), headers={"Content-Type": "application/sparql-query"}
    ).text
    expected = {line.removeprefix("https://w3id.org/fsp/id/citation/") for line in body.split()[1:]}
    text = page(service, "/queries/jobs?phase=promise").text
    assert set(re.findall(r'<a href="/doc/citation/([^"]+)">', text)) == expected


def test_basis_is_told_in_words(service: Service) -> None:
    """Four of the six cases are placed under their principle by position alone, and the row says so."""
    text = page(service, "/queries/cases-by-principle").text
    assert "2 of 6 cases are said in words to illustrate a principle." in text
    assert re.search(r"By position <a", text)
    assert "(for “illustrates”)" in text


def test_row_of_counts_has_no_evidence(service: Service) -> None:
    """Where no thing in the rows rests on a passage, the page says why instead of showing nothing."""
    text = page(service, "/queries/roles-by-sector").text
    assert "No thing in these rows rests on a passage of its own" in text
    assert '<th scope="col">Evidence</th>' not in text


def test_empty_answer_says_so_and_offers_nothing_that_is_not_there(service: Service) -> None:
    """A link clears the choices; no evidence, coverage or picture is spoken of, and every download is there."""
    text = page(service, "/queries/charitable-arms?sector=third").text
    assert "No row fits what is chosen." in text
    assert '<a href="/queries/charitable-arms">Clear what is chosen</a>' in text
    assert not [word for word in ('id="evidence"', "#evidence", 'class="coverage"', "0 of 0", ".svg") if word in text]
    assert '.csv?sector=third">' in text
    assert "No row fits" not in page(service, "/queries/charitable-arms").text


def test_words_are_not_at_hand(service: Service) -> None:
    """Without `--source` a page gives the places of passages and none of their words."""
    text = page(service, "/queries/jobs").text
    assert notes(text)
    assert "<blockquote>" not in text


@pytest.mark.parametrize(
    "target",
    [
        "/queries/charitable-arms",
        "/doc/citation/case-studies-6442-6558-interpreted-charitableArmOf",
        "/doc/case/hounslow",
        "/cases/hounslow",
    ],
)
def test_without_the_words_a_page_says_where_they_can_be_read(service: Service, target: str) -> None:
    """The data tell the address of the source's page, in another graph than the source itself."""
    text = page(service, target).text
    assert text.count("belongs to its publisher and is not published here.") == 1
    assert '<a href="https://www.lgiu.org.uk/future-service-partnerships-case-studies/">' in text
    assert "Unicode code points" in text


def test_only_a_text_that_is_not_at_hand_is_said_to_be_elsewhere(told: Service) -> None:
    """Of two sources the operator has the text of one; where that of the other can be read, the data do not tell."""
    text = page(told, "/queries/cases-by-principle").text
    assert "The text of “Another page” belongs to its publisher" in text
    assert "The text of “A page”" not in text
    assert "The data do not tell where it can be read." in text


def test_passage_is_shown_where_digests_fit(told: Service) -> None:
    """With the text at hand the words are shown: but not those of a place that has moved, nor of another source."""
    text = page(told, "/queries/cases-by-principle").text
    shown = {number: "<blockquote>" in note for number, note in notes(text).items()}
    assert (len(shown), sum(shown.values())) == (3, 1)
    assert f"<blockquote>{TEXT[3:8]}</blockquote>" in text


def test_label_is_english_and_escaped(told: Service) -> None:
    """Of several labels the English one is shown, and markup in one stays text."""
    text = page(told, "/queries/cases-by-principle").text
    assert '<a href="https://example.org/principle">Trust</a>' in text
    assert "A &lt;b&gt;case&lt;/b&gt;" in text


def test_other_data_can_be_cited(told: Service) -> None:
    """Data that say nothing of themselves are cited by question, digest and link alone."""
    text = page(told, "/queries/cases-by-principle").text
    assert "RDF data without a description of their own" in text


def test_source_must_be_readable(tmp_path: Path, runner: CliRunner) -> None:
    """A source that is no text stops the start with a message."""
    (tmp_path / "source.txt").write_bytes(b"\xff")
    result = runner.invoke(main, ["serve", "--port", "1", "--source", str(tmp_path / "source.txt")])
    assert result.exit_code != 0
    assert "not UTF-8" in result.output


@pytest.mark.parametrize(
    ("words", "some", "none"),
    [
        ("charitable", {"charitable-arms"}, {"jobs"}),
        ("MONEY savings", {"savings"}, {"contracts"}),
        ("supplier", {"contracts", "contract-value-by-sector"}, {"places"}),
        ("charity", {"charitable-arms"}, {"places"}),
        ("charities", {"charitable-arms"}, {"places"}),
        ("Volunteer", {"timeline"}, {"roles-by-sector"}),
        ("recycling", {"measurements"}, {"charitable-arms"}),
        ("bus", {"timeline"}, {"charitable-arms"}),
        ("Hounslow", {"timeline", "facts-of-a-case"}, {"roles-by-sector"}),
        ("companies", {"charitable-arms", "ties-of-a-company"}, {"places"}),
        ("zebra", set(), {query.name for query in QUERIES}),
        ("", {query.name for query in QUERIES}, set()),
    ],
)
def test_questions_are_found_by_words(service: Service, words: str, some: set[str], none: set[str]) -> None:
    """Every word counts, in any of its forms, in the texts of a query and in what can be chosen for it."""
    target = f"/queries?search={words.replace(' ', '+')}"
    listed = {entry["name"] for entry in json.loads(service.request(target).text)}
    text = page(service, target).text
    assert some <= listed
    assert not none & listed
    assert {query.name for query in QUERIES if f'href="/queries/{query.name}"' in text} == listed


def test_search_says_what_it_found(service: Service) -> None:
    """What was typed stays in the field, escaped; nothing found leads on."""
    text = page(service, "/queries?search=%3Cb%3Ezebra").text
    assert 'value="&lt;b&gt;zebra"' in text
    assert "0 of 34 questions hold" in text
    assert "Show all" in text


def test_mistake_stands_at_its_field(service: Service) -> None:
    """A value that does not fit stays in its field, which is marked, and the message names the parameter."""
    text = page(service, "/queries/events-by-year?year=MMIX").text
    assert '<div class="wrong">' in text
    assert re.search(r'<input id="year"[^>]*value="MMIX"[^>]*aria-invalid="true"', text)
    assert "is no value of" in text
