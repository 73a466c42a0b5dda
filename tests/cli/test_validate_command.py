"""`fsp validate`: published data and new files."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.namespace import SH

from fsp.cli import main

CONTRACT = """@prefix fsp: <https://w3id.org/fsp/def#> .
<https://w3id.org/fsp/id/contract/new> a fsp:Contract ;
  fsp:buyer <https://w3id.org/fsp/id/organisation/trafford-council> .
"""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract that lacks most of what it needs."""
    path = tmp_path / "contract.ttl"
    path.write_text(CONTRACT, encoding="utf-8")
    return path


def test_the_published_data_conforms(runner: CliRunner) -> None:
    """Without FILE, exit code 0."""
    result = runner.invoke(main, ["validate"])
    assert result.exit_code == 0
    assert result.stdout.startswith("Conforms: ")


def test_a_faulty_file_is_explained(runner: CliRunner, contract: Path) -> None:
    """Exit code 1; the buyer is published, so nothing is said of it."""
    result = runner.invoke(main, ["validate", str(contract)])
    assert result.exit_code == 1
    assert "Does not conform: 1 thing was checked." in result.stdout
    assert "A contract has at least one fsp:supplier, an organisation: name the organisation" in result.stdout
    assert "fsp:buyer" not in result.stdout


def test_turtle_is_the_w3c_report(runner: CliRunner, contract: Path) -> None:
    """And can be read by any SHACL tool."""
    report = Graph().parse(data=runner.invoke(main, ["validate", str(contract), "--format", "turtle"]).stdout)
    assert [str(value) for value in report.objects(None, SH.conforms)] == ["false"]
    assert {str(node) for node in report.objects(None, SH.focusNode)} == {"https://w3id.org/fsp/id/contract/new"}


def test_json_is_for_programs(runner: CliRunner, contract: Path) -> None:
    """One object, nothing else on stdout."""
    document = json.loads(runner.invoke(main, ["validate", str(contract), "--format", "json"]).stdout)
    assert document["conforms"] is False
    assert "fsp:supplier" in {result["path"] for result in document["results"]}


@pytest.mark.parametrize("format_name", ["text", "turtle", "json"])
def test_a_file_of_nothing_that_is_known_does_not_conform(runner: CliRunner, tmp_path: Path, format_name: str) -> None:
    """A namespace that is wrong by a letter: nothing is checked, and the report says so."""
    path = tmp_path / "typo.ttl"
    path.write_text(CONTRACT.replace("fsp/def#", "fsp/dev#"), encoding="utf-8")
    result = runner.invoke(main, ["validate", str(path), "--format", format_name])
    assert result.exit_code == 1
    assert "Nothing checked" in (result.stdout if format_name == "text" else result.stderr)


def test_a_folder_is_checked_as_one(runner: CliRunner, contract: Path) -> None:
    """Its files may refer to each other."""
    (contract.parent / "supplier.ttl").write_text(
        "@base <https://w3id.org/fsp/id/> . <contract/new> <https://w3id.org/fsp/def#supplier> <organisation/new> ."
        " <organisation/new> a <http://www.w3.org/ns/org#Organization> .",
        encoding="utf-8",
    )
    assert "fsp:supplier" not in runner.invoke(main, ["validate", str(contract.parent)]).stdout


@pytest.mark.parametrize(("name", "content"), [("absent.ttl", None), ("a.ttl", "no turtle"), ("a.docx", "x")])
def test_a_file_that_cannot_be_read_is_named(runner: CliRunner, tmp_path: Path, name: str, content: str | None) -> None:
    """Exit code 2, and no stack trace."""
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = runner.invoke(main, ["validate", str(tmp_path / name)])
    assert result.exit_code == 2
    assert name in result.stderr
    assert "Traceback" not in result.output
