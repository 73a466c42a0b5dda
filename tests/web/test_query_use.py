"""'Use this' and 'Cite this': each call is run in its own language, and a citation tells what has changed."""

import csv
import html
import io
import json
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pyoxigraph as ox
import pytest

from support import Reply, Serve, Service

BROWSER = {"Accept": "text/html"}
QUESTION = "/queries/measurements?phase=result&phase=target"


def page(service: Service, target: str) -> Reply:
    """Open a page."""
    reply = service.request(target, headers=BROWSER)
    assert reply.status == 200, reply.text
    return reply


def call(service: Service, name: str, target: str = QUESTION) -> str:
    """Return one of the calls of a page, as a person copies it."""
    text = page(service, target).text
    found = re.search(rf'<details id="use-{name}">.*?<pre tabindex="0">(.*?)</pre>', text, re.DOTALL)
    assert found is not None
    return html.unescape(found[1])


def expected(service: Service, target: str = QUESTION) -> list[dict[str, str]]:
    """Return the rows of the answer."""
    path, _, query = target.partition("?")
    return list(csv.DictReader(io.StringIO(service.request(f"{path}.csv?{query}").text)))


def run(*command: str, text: str | None = None) -> str:
    """Run a program and return what it prints."""
    return subprocess.run(command, input=text, capture_output=True, text=True, check=True, timeout=120).stdout


def cite(service: Service, target: str) -> str:
    """Return the path of the permanent link of a page."""
    found = re.search(r'<a href="([^"]+)">Permanent link</a>', page(service, target).text)
    assert found is not None
    parts = urlsplit(html.unescape(found[1]))
    return f"{parts.path}?{parts.query}"


def test_curl_runs(service: Service) -> None:
    """The line as it stands, in a shell, gives the rows."""
    printed = run("sh", "-c", call(service, "curl") + " --silent")
    assert list(csv.DictReader(io.StringIO(printed))) == expected(service)


def test_curl_gets_the_graph(service: Service) -> None:
    """A query that constructs a graph gives Turtle."""
    printed = run("sh", "-c", call(service, "curl", "/queries/case-as-graph?case=hounslow") + " --silent")
    assert len(set(ox.parse(printed, ox.RdfFormat.TURTLE))) > 300


def test_curl_is_safe_to_paste(service: Service) -> None:
    """An address with the signs of a shell stays one word."""
    line = call(service, "curl", "/queries/jobs?phase=promise&phase=projection")
    assert "&" in line
    assert shlex.split(line)[-1] == f"{service.url}queries/jobs?phase=promise&phase=projection"


def test_pandas_runs(service: Service, tmp_path: Path) -> None:
    """The script as it stands fills a data frame; here it is written out again as CSV."""
    script = call(service, "pandas") + "\nrows.to_csv('rows.csv', index=False)\n"
    (tmp_path / "use.py").write_text(script, encoding="utf-8")
    subprocess.run([sys.executable, "use.py"], cwd=tmp_path, check=True, capture_output=True, timeout=120)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "rows.csv").read_text(encoding="utf-8"))))
    assert [row["measurement"] for row in rows] == [row["measurement"] for row in expected(service)]
    assert [float(row["number"]) for row in rows] == [float(row["number"]) for row in expected(service)]


def test_sparqlwrapper_runs(service: Service) -> None:
    """The script as it stands prints each row."""
    lines = run(sys.executable, "-", text=call(service, "sparqlwrapper")).splitlines()
    assert [line for row, line in zip(expected(service), lines, strict=True) if row["measurement"] not in line] == []


def test_sparqlwrapper_gets_the_graph(service: Service) -> None:
    """The script for a graph prints it as Turtle."""
    script = call(service, "sparqlwrapper", "/queries/case-as-graph?case=hounslow")
    assert len(set(ox.parse(run(sys.executable, "-", text=script), ox.RdfFormat.TURTLE))) > 300


def test_r_runs(service: Service) -> None:
    """The lines as they stand fill a data frame of R, with nothing but what R itself brings."""
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed")
    script = call(service, "r") + "\nwriteLines(paste(nrow(rows), sum(rows$number), rows$measurement[1]))\n"
    rows = expected(service)
    count, total, first = run("Rscript", "--vanilla", "-e", script).splitlines()[-1].split()
    assert (int(count), first) == (len(rows), rows[0]["measurement"])
    assert float(total) == sum(float(row["number"]) for row in rows)


@pytest.mark.parametrize("name", ["excel", "libreoffice", "importdata"])
def test_address_in_a_formula_gives_the_rows(service: Service, name: str) -> None:
    """The address that a spreadsheet fetches answers with the rows as CSV, without any header of its own."""
    address = re.search(r'"(http[^"]+)"', call(service, name))
    assert address is not None
    parts = urlsplit(address[1])
    reply = service.request(f"{parts.path}?{parts.query}")
    assert reply.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert list(csv.DictReader(io.StringIO(reply.text))) == expected(service)


def test_sparql_is_the_query_with_its_terms(service: Service) -> None:
    """The SPARQL of the page, sent to the endpoint, gives the rows."""
    body = call(service, "sparql").encode()
    reply = service.request(
        "/sparql.csv", method="POST", body=body, headers={"Content-Type": "application/sparql-query"}
    )
    assert list(csv.DictReader(io.StringIO(reply.text))) == expected(service)


def test_digest_is_that_of_the_csv(service: Service) -> None:
    """Anyone can make the digest of the rows: the address as CSV, and `sha256sum`."""
    address = f"{service.url}queries/jobs.csv?phase=promise"
    digest = run("sh", "-c", f"curl --silent '{address}' | sha256sum").split()[0]
    assert f"rows={digest}" in cite(service, "/queries/jobs?phase=promise")


def test_digest_of_a_graph_is_that_of_its_sorted_triples(service: Service) -> None:
    """A graph without blank nodes is canonical once its N-Triples are sorted by code point (RDFC-1.0)."""
    address = f"{service.url}queries/case-as-graph.nt?case=hounslow"
    digest = run("sh", "-c", f"curl --silent '{address}' | LC_ALL=C sort --unique | sha256sum").split()[0]
    assert f"rows={digest}" in cite(service, "/queries/case-as-graph?case=hounslow")


def test_permanent_link_answers_and_says_that_nothing_changed(service: Service) -> None:
    """The link names the default outright too, and answers in every format."""
    link = cite(service, "/queries/events-by-year")
    assert "year=2009&" in link
    followed = page(service, link)
    assert followed.headers["Fsp-Changed"] == "none"
    assert "Nothing that the link pins has changed." in followed.text
    for name in ("csv", "json", "rows", "xlsx"):
        reply = service.request(f"{link}&format={name}")
        assert (reply.status, reply.headers["Fsp-Changed"]) == (200, "none")
    assert cite(service, link) == link


@pytest.mark.parametrize(
    ("pin", "changed", "message"),
    [
        ("version", "query", "The query is another one"),
        ("dataset", "dataset", "The dataset is another one."),
        ("rows", "rows", "The rows are others."),
    ],
)
def test_change_is_told(service: Service, pin: str, changed: str, message: str) -> None:
    """What the link pins and what there is now differ: header and page name it."""
    link = re.sub(rf"{pin}=\w+", f"{pin}=0123456789ab", cite(service, "/queries/jobs?phase=promise"))
    followed = page(service, link)
    assert followed.headers["Fsp-Changed"] == changed
    assert message in followed.text
    assert service.request(f"{link}&format=csv").headers["Fsp-Changed"] == changed


def test_other_data_are_told(service: Service, serve: Serve, tmp_path: Path) -> None:
    """A link that was made on one dataset says on another that the dataset and the rows are others."""
    link = cite(service, "/queries/cases-by-principle")
    (tmp_path / "none.ttl").write_text("<https://example.org/a> <https://example.org/b> 1 .", encoding="utf-8")
    with serve(str(tmp_path / "none.ttl")) as other:
        assert page(other, link).headers["Fsp-Changed"] == "dataset, rows"


def test_page_links_to_what_to_cite(service: Service) -> None:
    """A program finds the permanent link in the header `Link` (RFC 8574)."""
    reply = page(service, "/queries/jobs")
    relations = {value.rpartition("rel=")[2]: value for value in reply.headers.get_all("Link", [])}
    assert cite(service, "/queries/jobs") in relations['"cite-as"']


def test_bibtex_has_what_a_citation_needs(service: Service) -> None:
    """An entry that BibTeX reads: balanced braces, the question, maker, year, address, and both digests."""
    text = page(service, "/queries/jobs").text
    found = re.search(r'<details id="bibtex">.*?<pre tabindex="0">(.*?)</pre>', text, re.DOTALL)
    assert found is not None
    entry = html.unescape(found[1])
    digest = json.loads(service.request("/health").text)["digest"]
    assert entry.count("{") == entry.count("}")
    assert re.match(r"@misc\{fsp-jobs-[0-9a-f]{12},\n", entry)
    fields = dict(re.findall(r"^  (\w+) = \{(.*)\},?$", entry, re.MULTILINE))
    assert fields["title"] == "{How many jobs were promised, how many projected, and by when?}"
    assert fields["author"] == "{The fsp maintainers}"
    assert fields["year"] == "2026"
    assert f"dataset={digest}" in fields["url"]
    assert f"dataset SHA-256 {digest}" in fields["note"]
