"""`fsp query`: the canned queries from the command line."""

import csv
import io
import json
import subprocess
import sys

import openpyxl
import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from fsp.catalogue.query import Catalogue
from fsp.cli import main
from fsp.dataset.files import project_folder

NAMES = [query.name for query in Catalogue.load(project_folder() / "queries")]


def rows(result: Result) -> list[dict[str, str]]:
    """Return the rows of an answer in CSV."""
    assert result.exit_code == 0, result.output
    return list(csv.DictReader(io.StringIO(result.stdout)))


def test_list_has_every_query(runner: CliRunner) -> None:
    """Without a name, the queries are listed: as CSV for a pipe, as a table where one is asked for."""
    assert [row["name"] for row in rows(runner.invoke(main, ["query"]))] == NAMES
    table = runner.invoke(main, ["query", "--format", "table"], terminal_width=200).stdout
    assert "cases-by-principle" in table


@pytest.mark.parametrize("name", NAMES)
def test_help_comes_from_the_header(runner: CliRunner, name: str) -> None:
    """The help of a query tells its question, and an option for each of its parameters."""
    result = runner.invoke(main, ["query", name, "--help"], terminal_width=200)
    query = Catalogue.load(project_folder() / "queries").get(name)
    assert result.exit_code == 0
    assert query.summary in result.stdout
    assert all(f"  {parameter.option} " in result.stdout for parameter in query.parameters.values())


def test_answer_is_csv_for_a_pipe(runner: CliRunner) -> None:
    """One value by its short name; the answer has the columns of the query."""
    answer = rows(runner.invoke(main, ["query", "cases-by-principle", "--principle", "charitable-arms"]))
    assert {row["case"] for row in answer} == {"https://w3id.org/fsp/id/case/hounslow"}


def test_option_twice_means_either(runner: CliRunner) -> None:
    """Several values of one parameter are alternatives."""
    command = ["query", "jobs", "--phase", "promise", "--phase", "projection", "--format", "json"]
    bindings = json.loads(runner.invoke(main, command).stdout)["results"]["bindings"]
    assert sorted(float(binding["jobs"]["value"]) for binding in bindings) == [40, 160]


def test_empty_value_means_any(runner: CliRunner) -> None:
    """'' leaves a parameter open that has a default."""
    everyone = rows(runner.invoke(main, ["query", "activities-for-people", "--group", ""]))
    young = rows(runner.invoke(main, ["query", "activities-for-people"]))
    assert {row["groupLabel"] for row in young} == {"Young people"}
    assert {row["groupLabel"] for row in everyone} > {"Young people"}


def test_table_shows_labels(runner: CliRunner) -> None:
    """A person reads labels, and no IRI where a label is known."""
    result = runner.invoke(main, ["query", "contracts", "--format", "table"], env={"COLUMNS": "250"})
    assert "https://" not in result.stdout
    assert "Serco" in result.stdout


def test_rows_are_plain_json(runner: CliRunner) -> None:
    """Plain rows carry labels, evidence and coverage, as the service gives them."""
    result = runner.invoke(main, ["query", "jobs", "--phase", "promise", "--format", "rows"])
    document = json.loads(result.stdout)
    assert [(row["jobs"], row["phaseLabel"]) for row in document["rows"]] == [(160, "Promise")]
    assert document["evidence"]


def test_workbook_goes_to_a_file(runner: CliRunner) -> None:
    """A workbook for a pipe has rows, what they mean, and what they rest on."""
    result = runner.invoke(main, ["query", "jobs", "--format", "xlsx"])
    workbook = openpyxl.load_workbook(io.BytesIO(result.stdout_bytes))
    assert workbook.sheetnames == ["Rows", "About", "Evidence"]
    assert [cell.value for cell in workbook["Rows"]["D"]] == ["Jobs", 40, 160]


def test_graph_is_turtle_for_a_pipe(runner: CliRunner) -> None:
    """A query that constructs a graph answers in Turtle."""
    result = runner.invoke(main, ["query", "case-as-graph", "--case", "hounslow"])
    case = ox.NamedNode("https://w3id.org/fsp/id/case/hounslow")
    assert case in {quad.subject for quad in ox.parse(result.stdout, ox.RdfFormat.TURTLE)}


def test_option_of_two_words_has_a_hyphen(runner: CliRunner) -> None:
    """A parameter `supplierSector` is the option `--supplier-sector`."""
    answer = rows(runner.invoke(main, ["query", "contract-value-by-sector", "--supplier-sector", "third"]))
    assert answer == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["contract"], "There is no query 'contract'. Did you mean contracts"),
        (["cases-by-principle", "--principle", "charitable-arm"], "Did you mean charitable-arms (Engaging with"),
        (["cases-by-principle", "--place", "x"], "No such option"),
        (["case-as-graph", "--format", "rows"], "'case-as-graph' is a CONSTRUCT query and has no rows"),
        (["case-as-graph", "--case", ""], "'case' needs a value"),
        (["events-by-year", "--year", "soon"], "'soon' is no value of 'year': it is a whole number"),
    ],
)
def test_mistake_is_one_sentence_and_exit_code_2(runner: CliRunner, arguments: list[str], message: str) -> None:
    """What cannot be asked says what is wrong and what to do, without a stack trace."""
    result = runner.invoke(main, ["query", *arguments])
    assert result.exit_code == 2
    assert message in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr


def test_installed_command_answers() -> None:
    """The command works as a process of its own."""
    command = [sys.executable, "-m", "fsp", "query", "outcomes-before-and-after", "--format", "csv"]
    result = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert len(result.stdout.splitlines()) == 2
