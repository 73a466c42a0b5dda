"""The joins of docs/linking.md give what the page shows, and the tables of the links are what tools read."""

import csv
import os
import re
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from flask.testing import FlaskClient

from fsp.cli import main
from fsp.linking.links.export import CSV_COLUMNS, SSSOM_COLUMNS
from support import Service

PAGE = (Path(__file__).parents[2] / "docs" / "linking.md").read_text(encoding="utf-8")
EXCERPTS = Path(__file__).parent / "excerpts"
JOINS = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)


def test_the_page_shows_three_joins() -> None:
    """By GSS code, by org-id, and by company number."""
    assert len(JOINS) == 3


@pytest.mark.parametrize(("program", "output"), JOINS)
def test_a_join_gives_what_the_page_shows(service: Service, program: str, output: str, tmp_path: Path) -> None:
    """The program, as it stands on the page, reads the running service and the excerpts of open data."""
    for path in EXCERPTS.iterdir():
        shutil.copy(path, tmp_path)
    code = program.replace("http://127.0.0.1:8000", service.url.rstrip("/"))
    environment = os.environ | {"PYTHONWARNINGS": "error"}
    answer = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert answer.stderr == ""
    assert answer.stdout == output


def test_the_query_of_the_page_finds_a_council_by_its_old_code(client: FlaskClient) -> None:
    """In the graph of the register, which is not in the default graph."""
    (query,) = re.findall(r"^```sparql\n(.*?)^```", PAGE, flags=re.DOTALL | re.MULTILINE)
    reply = client.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"})
    council = "https://w3id.org/fsp/id/local-authority/BNS"
    assert reply.text.splitlines() == ["authority,name", f"{council},Barnsley Metropolitan Borough Council"]


def test_the_table_of_identifiers_is_csv(client: FlaskClient) -> None:
    """One row an identifier (RFC 4180), with a header; Barnsley has both of its GSS codes, each with its days."""
    reply = client.get("/links.csv")
    assert (reply.status_code, reply.content_type) == (200, "text/csv; charset=utf-8")
    rows = list(csv.DictReader(StringIO(reply.text)))
    assert tuple(rows[0]) == CSV_COLUMNS
    council = "https://w3id.org/fsp/id/organisation/barnsley-council"
    codes = [
        (row["identifier"], row["valid_from"], row["valid_to"])
        for row in rows
        if (row["iri"], row["scheme"]) == (council, "gss-code")
    ]
    assert codes == [("E08000016", "2009-01-01", "2025-03-31"), ("E08000038", "2025-04-01", "")]
    assert [row for row in rows if not row["source"] or not row["label"]] == []
    assert len({(row["iri"], row["scheme"], row["identifier"]) for row in rows}) == len(rows)


def test_a_company_that_the_text_may_mean_is_told_from_the_body(client: FlaskClient) -> None:
    """The text says Serco: the number is that of Serco Group plc, a close match."""
    rows = csv.DictReader(StringIO(client.get("/links.csv").text))
    found = [(row["label"], row["relation"], row["identified"]) for row in rows if row["identifier"] == "02048608"]
    assert found == [("Serco", "closeMatch", "Serco Group plc")]


def test_the_table_of_mappings_is_sssom(client: FlaskClient) -> None:
    """SSSOM/TSV: metadata in comments, then columns named by its slots; every CURIE has its prefix in the metadata."""
    reply = client.get("/links.sssom.tsv")
    assert (reply.status_code, reply.content_type) == (200, "text/tab-separated-values; charset=utf-8")
    lines = reply.text.splitlines()
    metadata = yaml.safe_load("\n".join(line[1:] for line in lines if line.startswith("#")))
    assert {"mapping_set_id", "license", "curie_map"} <= metadata.keys()
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert tuple(rows[0]) == SSSOM_COLUMNS
    for row in rows:
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in metadata["curie_map"]
        assert 0 < float(row["confidence"]) <= 1
        assert row["see_also"] != ""


def test_reviewed_links_are_mappings_too(client: FlaskClient) -> None:
    """Those that a person refused say so by `predicate_modifier`; each has its day and the imported record."""
    lines = [line for line in client.get("/links.sssom.tsv").text.splitlines() if not line.startswith("#")]
    rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["mapping_date"]]
    trafford = [row["object_id"] for row in rows if row["subject_id"] == "fsp-id:organisation/GB-LAE-TRF"]
    refused = [row["subject_id"] for row in rows if row["predicate_modifier"] == "Not"]
    assert trafford == ["fsp-id:local-authority/TRF", "fsp-id:organisation/trafford-council"]
    assert "fsp-id:organisation/360G-trafford-hapton_avenue_residents_and_tenants_hart" in refused
    assert all("/id/file/" in row["see_also"] for row in rows)


def test_no_council_matches_its_area(client: FlaskClient) -> None:
    """Only places match what is on a map."""
    rows = [line.split("\t") for line in client.get("/links.sssom.tsv").text.splitlines() if line[0] != "#"]
    on_maps = [row[0] for row in rows if row[4].startswith(("statistics:", "os:"))]
    assert on_maps != []
    assert [subject for subject in on_maps if not subject.startswith("fsp-id:place/")] == []


@pytest.mark.parametrize(("format_name", "route"), [("csv", "/links.csv"), ("sssom", "/links.sssom.tsv")])
def test_the_command_writes_what_the_service_answers(
    client: FlaskClient, runner: CliRunner, format_name: str, route: str
) -> None:
    """Without a service."""
    result = runner.invoke(main, ["links", "export", "--format", format_name])
    assert (result.exit_code, result.stdout) == (0, client.get(route).text)


@pytest.mark.parametrize("route", ["/links.csv", "/links.sssom.tsv"])
def test_a_table_that_a_caller_has_is_not_sent_again(client: FlaskClient, route: str) -> None:
    """It is right for as long as the data are the same (RFC 9110, section 13.1.2)."""
    tag = client.get(route).headers["ETag"]
    assert client.get(route, headers={"If-None-Match": tag}).status_code == 304
