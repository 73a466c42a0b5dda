"""`fsp sparql`: one query, without a server."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from fsp.cli import main

DATA = '<http://x/s> <http://x/p> "100 % + & £ \u2019" , 2 .'
SELECT = "SELECT ?o { ?s ?p ?o } ORDER BY ISNUMERIC(?o)"


@pytest.fixture
def data(tmp_path: Path) -> str:
    """A file of data."""
    file = tmp_path / "data.ttl"
    file.write_text(DATA, encoding="utf-8")
    return str(file)


def test_a_pipe_gets_csv_and_turtle(runner: CliRunner, data: str) -> None:
    """Solutions as CSV, graphs as Turtle, where no format is named and stdout is no terminal."""
    assert runner.invoke(main, ["sparql", SELECT, "--data", data]).stdout == "o\n100 % + & £ \u2019\n2\n"
    turtle = runner.invoke(main, ["sparql", "CONSTRUCT { ?s a <http://x/C> } { ?s ?p 2 }", "--data", data]).stdout
    assert "<http://x/s> a <http://x/C> ." in turtle


def test_formats_can_be_named(runner: CliRunner, data: str) -> None:
    """`json` is JSON whatever the form of the query."""
    solutions = json.loads(runner.invoke(main, ["sparql", SELECT, "--data", data, "--format", "json"]).stdout)
    assert [row["o"]["value"] for row in solutions["results"]["bindings"]] == ["100 % + & £ \u2019", "2"]
    construct = ["sparql", "CONSTRUCT WHERE { ?s ?p ?o }", "--data", data, "--format", "json"]
    assert json.loads(runner.invoke(main, construct).stdout)[0]["@id"] == "http://x/s"


def test_a_person_gets_a_table(runner: CliRunner) -> None:
    """With short names, and the number of solutions beside it."""
    query = "SELECT ?class { <https://w3id.org/fsp/def#Partnership> a ?class } ORDER BY ?class"
    result = runner.invoke(main, ["sparql", query, "--format", "table"])
    assert "owl:Class" in result.stdout
    assert "solution" in result.stderr


@pytest.mark.parametrize(("query", "shown"), [("ASK {}", "true"), ("ASK { ?s <http://x/none> 1 }", "false")])
def test_ask(runner: CliRunner, data: str, query: str, shown: str) -> None:
    """A boolean is an answer, not an exit code."""
    for format_name in ("csv", "table"):
        result = runner.invoke(main, ["sparql", query, "--data", data, "--format", format_name])
        assert (result.exit_code, result.stdout.strip()) == (0, shown)


def test_the_query_comes_from_an_argument_a_file_or_stdin(runner: CliRunner, data: str, tmp_path: Path) -> None:
    """Each gives the same answer, and two at once are refused."""
    file = tmp_path / "query.rq"
    file.write_text(SELECT, encoding="utf-8")
    by_argument = runner.invoke(main, ["sparql", SELECT, "--data", data]).stdout
    assert runner.invoke(main, ["sparql", "--file", str(file), "--data", data]).stdout == by_argument
    assert runner.invoke(main, ["sparql", "-", "--data", data], input=SELECT).stdout == by_argument
    assert runner.invoke(main, ["sparql", "--file", "-", "--data", data], input=SELECT).stdout == by_argument
    assert runner.invoke(main, ["sparql", SELECT, "--file", str(file)]).exit_code == 2
    assert runner.invoke(main, ["sparql"]).exit_code == 2


@pytest.mark.parametrize(
    "arguments", [["SELEC *"], ["DROP ALL"], ["ASK {}", "--format", "ttl"], ["ASK {}", "--data", "missing.ttl"]]
)
def test_what_cannot_be_answered_has_exit_code_2(runner: CliRunner, arguments: list[str]) -> None:
    """One sentence says why, and nothing is on stdout."""
    result = runner.invoke(main, ["sparql", *arguments])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")


def test_a_limit_ends_the_query(runner: CliRunner) -> None:
    """`--timeout` holds here too."""
    costly = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    result = runner.invoke(main, ["sparql", costly, "--timeout", "0.5"])
    assert result.exit_code == 2
    assert "0.5 seconds" in result.stderr


def test_a_closed_pipe_is_no_error_message() -> None:
    """`fsp sparql … | head` ends quietly."""
    many = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 200000"
    command = [sys.executable, "-m", "fsp", "sparql", many]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
