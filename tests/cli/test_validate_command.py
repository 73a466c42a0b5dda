"""`fsp validate`: published data and new files, and the ways to write the report."""

import gzip
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from rdflib import Graph
from rdflib.namespace import SH

from fsp.cli import main
from fsp.validation.reports.formats import REPORT_FORMATS

CONTRACT = """@prefix fsp: <https://w3id.org/fsp/def#> .
<https://w3id.org/fsp/id/contract/new> a fsp:Contract ;
  fsp:buyer <https://w3id.org/fsp/id/organisation/trafford-council> .
"""
PLACE = """@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix place: <https://w3id.org/fsp/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .

place:trafford a dcterms:Location ; rdfs:label "Trafford"@en .
"""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    """A contract that lacks most of what it needs."""
    path = tmp_path / "contract.ttl"
    path.write_text(CONTRACT, encoding="utf-8")
    return path


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A sound place, told as it is published."""
    path = tmp_path / "place.ttl"
    path.write_text(PLACE, encoding="utf-8")
    return path


def test_the_published_data_conforms(runner: CliRunner) -> None:
    """Without FILE, exit code 0 and one line."""
    result = runner.invoke(main, ["validate"])
    assert (result.exit_code, result.stdout.count("\n")) == (0, 1)
    assert result.stdout.startswith("Conforms: ")


def test_a_sound_file_passes_without_a_word_more(runner: CliRunner, place: Path) -> None:
    """One line, nothing on stderr."""
    result = runner.invoke(main, ["validate", str(place)])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "Conforms: 1 thing was checked.\n", "")


def test_a_faulty_file_is_explained(runner: CliRunner, contract: Path) -> None:
    """Exit code 1, by line of the file as it was named; the buyer is published, so nothing is said of it."""
    result = runner.invoke(main, ["validate", str(contract)])
    assert result.exit_code == 1
    assert result.stdout.startswith("Does not conform: ")
    assert "1 thing was checked." in result.stdout.splitlines()[0]
    assert "name the organisation that serves the buyer" in " ".join(result.stdout.split())
    assert f"{contract}:2:1" in result.stdout
    assert "ContractShape-buyer" not in result.stdout


def test_turtle_is_the_w3c_report(runner: CliRunner, contract: Path) -> None:
    """And can be read by any SHACL tool."""
    report = Graph().parse(data=runner.invoke(main, ["validate", str(contract), "--format", "turtle"]).stdout)
    assert [str(value) for value in report.objects(None, SH.conforms)] == ["false"]
    assert {str(node) for node in report.objects(None, SH.focusNode)} == {"https://w3id.org/fsp/id/contract/new"}


def test_json_is_for_programs(runner: CliRunner, contract: Path) -> None:
    """One object, nothing else on stdout; stderr says in a line what came of it."""
    result = runner.invoke(main, ["validate", str(contract), "--format", "json"])
    document = json.loads(result.stdout)
    assert document["conforms"] is False
    assert "ContractShape-supplier" in {finding["rule"] for finding in document["findings"]}
    assert result.stderr == f"{document['summary']}\n"


@pytest.mark.parametrize("format_name", list(REPORT_FORMATS))
def test_a_file_of_nothing_that_is_known_does_not_conform(runner: CliRunner, tmp_path: Path, format_name: str) -> None:
    """Of another vocabulary alone: nothing is checked, and the report says so."""
    path = tmp_path / "typo.ttl"
    path.write_text(CONTRACT.replace("https://w3id.org/fsp/", "http://example.org/"), encoding="utf-8")
    result = runner.invoke(main, ["validate", str(path), "--format", format_name])
    assert result.exit_code == 1
    assert "Nothing checked" in (result.stdout if format_name == "text" else result.stderr)


def test_a_folder_is_checked_as_one(runner: CliRunner, contract: Path) -> None:
    """Its files may refer to each other; those of no known format are left out."""
    (contract.parent / "supplier.ttl").write_text(
        "@base <https://w3id.org/fsp/id/> . <contract/new> <https://w3id.org/fsp/def#supplier> <organisation/new> ."
        " <organisation/new> a <http://www.w3.org/ns/org#Organization> .",
        encoding="utf-8",
    )
    (contract.parent / "notes.txt").write_text("Notes.", encoding="utf-8")
    result = runner.invoke(main, ["validate", str(contract.parent), "--format", "json"])
    document = json.loads(result.stdout)
    assert "ContractShape-supplier" not in {finding["rule"] for finding in document["findings"]}
    assert [Path(file).name for file in document["files"]] == ["contract.ttl", "supplier.ttl"]


def test_a_compressed_file_is_read(runner: CliRunner, place: Path) -> None:
    """`.gz` may follow the suffix."""
    packed = place.with_name("place.ttl.gz")
    packed.write_bytes(gzip.compress(place.read_bytes()))
    assert runner.invoke(main, ["validate", str(packed)]).exit_code == 0


def test_a_workbook_is_checked_as_it_is(runner: CliRunner, tmp_path: Path) -> None:
    """A filled one conforms; an empty one cannot be read, and says what to do."""
    filled, empty = str(tmp_path / "filled.xlsx"), str(tmp_path / "empty.xlsx")
    runner.invoke(main, ["template", "--example", filled])
    runner.invoke(main, ["template", empty])

    assert runner.invoke(main, ["validate", filled]).exit_code == 0
    result = runner.invoke(main, ["validate", empty])
    assert result.exit_code == 2
    assert "fill in at least the sheet Cases" in result.stdout


@pytest.mark.parametrize(
    ("options", "text", "code"),
    [
        ([], PLACE, 0),
        (["--input-format", "turtle"], CONTRACT, 1),
        (["--input-format", "jsonld"], PLACE, 2),
        (["--input-format", "ntriples"], "<http://x/a> <http://x/b> <http://x/c> .", 1),
    ],
)
def test_standard_input_is_read(runner: CliRunner, options: list[str], text: str, code: int) -> None:
    """As Turtle, or what --input-format says; places call it stdin."""
    result = runner.invoke(main, ["validate", "-", *options], input=text)
    assert result.exit_code == code
    assert ("stdin." in result.stdout) == bool(code)


@pytest.mark.parametrize(("name", "content"), [("absent.ttl", None), ("a.ttl", "no turtle"), ("a.docx", "x")])
def test_a_file_that_cannot_be_read_is_named(runner: CliRunner, tmp_path: Path, name: str, content: str | None) -> None:
    """Exit code 2, and no stack trace."""
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    result = runner.invoke(main, ["validate", str(tmp_path / name)])
    assert result.exit_code == 2
    assert name in result.output
    assert "Traceback" not in result.output


def test_all_files_that_cannot_be_read_are_named(runner: CliRunner, tmp_path: Path, place: Path) -> None:
    """Not just the first; one that can be read is not among them."""
    missing = runner.invoke(main, ["validate", str(tmp_path / "a.ttl"), str(place), str(tmp_path / "b.ttl")])
    (tmp_path / "c.ttl").write_text("x", encoding="utf-8")
    (tmp_path / "d.nt").write_text("x", encoding="utf-8")
    files = [str(tmp_path / "c.ttl"), str(place), str(tmp_path / "d.nt")]
    faulty = runner.invoke(main, ["validate", *files, "--format", "json"])

    assert missing.exit_code == faulty.exit_code == 2
    assert [name in missing.stderr for name in ("a.ttl", "place.ttl", "b.ttl")] == [True, False, True]
    summary = json.loads(faulty.stdout)["summary"]
    assert [name in summary for name in ("c.ttl", "place.ttl", "d.nt")] == [True, False, True]


def test_a_damaged_archive_is_named(runner: CliRunner, place: Path) -> None:
    """Exit code 2."""
    packed = place.with_name("cut.ttl.gz")
    packed.write_bytes(gzip.compress(place.read_bytes())[:-12])
    result = runner.invoke(main, ["validate", str(packed)])
    assert result.exit_code == 2
    assert "cut.ttl.gz" in result.output


@pytest.mark.parametrize("name", list(REPORT_FORMATS))
def test_the_suffix_of_the_output_tells_the_format(runner: CliRunner, contract: Path, name: str) -> None:
    """It holds what stdout would; the outcome is told on stderr, with where the report is."""
    suffix = REPORT_FORMATS[name].suffix
    output = contract.with_name(f"report{suffix}")
    result = runner.invoke(main, ["validate", str(contract), "--output", str(output)])
    printed = runner.invoke(main, ["validate", str(contract), "--format", name])
    assert (result.exit_code, result.stdout) == (1, "")
    assert output.read_bytes() == printed.stdout_bytes
    assert result.stderr.startswith("Does not conform: ")
    assert f"The report is in {output}.\n" in result.stderr


def test_an_output_that_cannot_be_written_is_told(runner: CliRunner, place: Path) -> None:
    """Exit code 2, in a sentence."""
    result = runner.invoke(main, ["validate", str(place), "-o", str(place / "report.html")])
    assert result.exit_code == 2
    assert "report.html" in result.stderr


def test_a_preview_follows_the_report(runner: CliRunner, contract: Path) -> None:
    """As text, JSON and HTML; other formats cannot tell it."""
    text = runner.invoke(main, ["validate", str(contract), "--preview"])
    document = json.loads(runner.invoke(main, ["validate", str(contract), "--preview", "--format", "json"]).stdout)
    page = runner.invoke(main, ["validate", str(contract), "--preview", "--format", "html"]).stdout
    refused = runner.invoke(main, ["validate", str(contract), "--preview", "--format", "sarif"])

    assert text.exit_code == 1
    assert "ready-made queries would give other rows.\n" in text.stdout
    assert document["preview"]["asked"] == 34
    assert '<h2 id="preview">What would change</h2>' in page
    assert refused.exit_code == 2
    assert "--preview can be told as text, html, json, not as sarif." in refused.stderr
    assert runner.invoke(main, ["validate", "--preview"]).exit_code == 2


def _on_a_terminal(*arguments: str, **environment: str) -> str:
    """Return what a command prints on a terminal of its own."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "fsp", *arguments]
    cleaned = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "TERM", "COLUMNS"}}
    with subprocess.Popen(
        command, stdout=theirs, stderr=subprocess.PIPE, env={**cleaned, "TERM": "xterm", **environment}
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                chunk = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            said += chunk
    os.close(ours)
    assert process.returncode == 1
    return said.decode()


def test_colour_is_for_terminals_that_want_it(contract: Path, runner: CliRunner) -> None:
    """NO_COLOR turns it off; a file or a pipe never gets any."""
    coloured = _on_a_terminal("validate", str(contract))
    plain = _on_a_terminal("validate", str(contract), NO_COLOR="1")

    assert "\x1b[1;31mDoes not conform" in coloured
    assert "\x1b[1;31m" not in plain
    assert "\x1b[31m" not in plain
    assert "\x1b" not in runner.invoke(main, ["validate", str(contract)]).stdout


def test_an_unforeseen_error_is_one_line(runner: CliRunner, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, and no stack trace."""

    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("nobody knows")

    monkeypatch.setattr("fsp.cli.validate.check", fail)
    result = runner.invoke(main, ["validate", str(place)])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr == (
        "Error: The check could not be finished. This is a fault of fsp, not of your file: please report it "
        "(ZeroDivisionError: nobody knows).\n"
    )
