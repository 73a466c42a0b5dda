"""`fsp import`: from files of others to RDF, all or nothing, with a report."""

import gzip
import json
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from fsp.cli import main
from fsp.dataset.files import dataset_of, project_dataset, project_folder
from fsp.dataset.load import load
from fsp.validation.graphs import read_graph
from fsp.validation.published import Published
from fsp.validation.validate import validate_part
from support import Serve

REFERENCE = project_folder().parent / "shared" / "reference"
GRANTS = "Identifier,Title,Amount Awarded,Currency,Award Date\ng1,Boats,5,GBP,2020-01-01\n"
SHIPPED = sorted((project_folder() / "data" / "imports").rglob("*.ttl"))
LICENCE = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
OF_CASES_ALONE = {"CitedThingShape-restsOn", "CaseThingShape-describedIn", "DescribedThingShape-description"}
"""Rules for what a source text tells: imported things come from a record, and belong to no case."""


@pytest.fixture
def grants(tmp_path: Path) -> Path:
    """A small table of grants."""
    path = tmp_path / "grants.csv"
    path.write_text(GRANTS, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["out.nq", "out.trig", "out.nq.gz", "out.trig.gz", "out.ttl"])
def test_each_format_is_written(runner: CliRunner, tmp_path: Path, grants: Path, name: str) -> None:
    """The suffix names it; the same file gives the same bytes; the service reads it."""
    contents = []
    for _ in range(2):
        result = runner.invoke(main, ["import", "360giving", str(grants), "-o", str(tmp_path / name)])
        assert (result.exit_code, result.stdout) == (0, "")
        contents.append((tmp_path / name).read_bytes())
    store = load(dataset_of([tmp_path / name]))
    assert contents[0] == contents[1]
    assert store.query("ASK { ?grant a <https://w3id.org/fsp/def#Grant> }")


def test_stdout_gets_trig(runner: CliRunner, grants: Path) -> None:
    """And the report stays on stderr."""
    result = runner.invoke(main, ["import", "360giving", str(grants)])
    graphs = {quad.graph_name.value for quad in ox.parse(result.stdout_bytes, ox.RdfFormat.TRIG)}
    assert graphs == {"https://w3id.org/fsp/graph/import/360giving/grants.csv"}
    assert "5 fields: 5 mapped" in result.stderr


@pytest.mark.parametrize("suffix", ["json", "csv"])
def test_the_whole_report_is_written(runner: CliRunner, tmp_path: Path, grants: Path, suffix: str) -> None:
    """Beside the output."""
    report = tmp_path / f"report.{suffix}"
    arguments = ["import", "360giving", str(grants), "-o", str(tmp_path / "out.nq"), "--report", str(report)]
    assert runner.invoke(main, arguments).exit_code == 0
    text = report.read_text(encoding="utf-8")
    assert json.loads(text)["files"][0]["fields"]["all"] == 5 if suffix == "json" else text.count("\n") == 6


def test_a_bad_file_leaves_everything_as_it_was(runner: CliRunner, tmp_path: Path, grants: Path) -> None:
    """Output and report of before stay, though the first file was fine."""
    bad = tmp_path / "z.csv"
    bad.write_text(GRANTS + 'g2,"x', encoding="utf-8")
    output, report = tmp_path / "out.nq", tmp_path / "report.json"
    for path in (output, report):
        path.write_text("former", encoding="utf-8")
    arguments = ["import", "360giving", str(grants), str(bad), "-o", str(output), "--report", str(report)]
    result = runner.invoke(main, arguments)
    assert result.exit_code == 2
    assert "z.csv, line 3" in result.stderr
    assert {path.read_text(encoding="utf-8") for path in (output, report)} == {"former"}
    assert len(list(tmp_path.iterdir())) == 4


def test_a_bad_file_gives_no_half_on_stdout(runner: CliRunner, tmp_path: Path, grants: Path) -> None:
    """What is piped on is whole or nothing."""
    bad = tmp_path / "z.csv"
    bad.write_bytes(b"\xff\xfe")
    result = runner.invoke(main, ["import", "360giving", str(grants), str(bad)])
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-o", "out.docx"], "write .nq"),
        (["-o", "out.ttl.gz"], "write .nq"),
        (["--report", "report.txt"], ".json or .csv"),
    ],
)
def test_an_unusable_option_is_refused(runner: CliRunner, grants: Path, arguments: list[str], message: str) -> None:
    """Before anything is read."""
    result = runner.invoke(main, ["import", "360giving", str(grants), *arguments])
    assert result.exit_code == 2
    assert message in result.stderr


def test_turtle_takes_one_file(runner: CliRunner, tmp_path: Path, grants: Path) -> None:
    """It has no named graphs to keep several apart."""
    other = tmp_path / "other.csv"
    other.write_text(GRANTS, encoding="utf-8")
    result = runner.invoke(main, ["import", "360giving", str(grants), str(other), "-o", str(tmp_path / "x.ttl")])
    assert result.exit_code == 2
    assert "takes one file" in result.stderr


def test_an_import_can_be_served(runner: CliRunner, tmp_path: Path, grants: Path, serve: Serve) -> None:
    """`fsp serve FILE` answers queries about it."""
    output = tmp_path / "out.nq.gz"
    assert runner.invoke(main, ["import", "360giving", str(grants), "-o", str(output)]).exit_code == 0
    assert gzip.decompress(output.read_bytes()).count(b"<https://w3id.org/fsp/def#Grant>") == 1
    with serve(str(output)) as service:
        query = quote("SELECT ?grant { ?grant a <https://w3id.org/fsp/def#Grant> }")
        reply = service.request(f"/sparql?format=csv&query={query}")
        assert "https://w3id.org/fsp/id/grant/g1" in reply.text


def source_of(shipped: Path) -> tuple[list[str], Path]:
    """Return the arguments that a shipped file is made with, and the file that it is made from."""
    if shipped.parent.name == "contracts-finder":
        return ["ocds"], REFERENCE / "ocds" / f"{shipped.stem}.json"
    source = REFERENCE / "360giving" / "trafford_council_voluntary_sector_grants.json"
    return ["360giving", "--language", "en", "--licence", LICENCE], source


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_what_is_shipped_is_what_the_command_makes(runner: CliRunner, tmp_path: Path, shipped: Path) -> None:
    """Byte for byte, from the file that others published."""
    (standard, *options), source = source_of(shipped)
    if not source.exists():
        pytest.skip(f"{source.name} is not there")
    output = tmp_path / "out.ttl"
    assert runner.invoke(main, ["import", standard, str(source), *options, "-o", str(output)]).exit_code == 0
    assert output.read_bytes() == shipped.read_bytes()


def test_all_imports_are_shipped_with_their_licence() -> None:
    """Six files; each has a licence, a digest and its standard, and is outside the default graph."""
    files = [file for file in project_dataset().files if file.name.startswith("data/imports/")]
    assert len(files) == len(SHIPPED) == 6
    for file in files:
        assert not file.in_default_graph
        store = load(dataset_of([file.path]))
        assert store.query(
            "PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX fsp: <https://w3id.org/fsp/def#> "
            "ASK { ?file dcterms:license ?licence ; fsp:sha256 ?digest ; dcterms:conformsTo ?standard }"
        )


@pytest.fixture(scope="module")
def published() -> Published:
    """The published data."""
    return Published.load()


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
def test_what_is_imported_passes_the_rules_that_apply_to_it(published: Published, shipped: Path) -> None:
    """Of all shapes, only those fail that ask for a passage of a source text or for a case."""
    report = validate_part(published, read_graph(list(dataset_of([shipped]).files)))
    wrong = {str(result.shape).rpartition("#")[2] for result in report.results}
    assert wrong - OF_CASES_ALONE == set()
    assert "CitedThingShape-restsOn" in wrong
