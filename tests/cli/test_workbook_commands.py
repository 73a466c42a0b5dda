"""`fsp template` and `fsp convert`: a case in a spreadsheet."""

from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook
from rdflib import Graph

from fsp.cli import main
from fsp.namespaces import FSP, THING


def test_a_template_is_made(runner: CliRunner, tmp_path: Path) -> None:
    """A file that is there is kept, unless the user says otherwise."""
    path = tmp_path / "case.xlsx"
    assert runner.invoke(main, ["template", str(path)]).exit_code == 0
    assert load_workbook(path).sheetnames[:3] == ["About", "Cases", "Organisations"]
    made = path.read_bytes()

    again = runner.invoke(main, ["template", str(path)])
    assert (again.exit_code, "is there already" in again.stderr, path.read_bytes() == made) == (2, True, True)
    assert runner.invoke(main, ["template", "--force", str(path)]).exit_code == 0
    other = runner.invoke(main, ["template", str(tmp_path / "case.ods")])
    assert (other.exit_code, "let its name end with .xlsx" in other.stderr) == (2, True)
    assert [file.name for file in tmp_path.iterdir()] == ["case.xlsx"]


def test_the_example_becomes_turtle(runner: CliRunner, tmp_path: Path) -> None:
    """In the project's style, without a word on stderr."""
    example, output = tmp_path / "example.xlsx", tmp_path / "case.ttl"
    assert runner.invoke(main, ["template", "--example", str(example)]).exit_code == 0
    result = runner.invoke(main, ["convert", str(example), "-o", str(output)])

    assert (result.exit_code, result.output) == (0, "")
    assert len(list(Graph().parse(output).subjects(predicate=None, object=FSP.CaseStudy))) == 1
    printed = runner.invoke(main, ["convert", str(example)])
    assert printed.stdout == output.read_text(encoding="utf-8")


def test_a_folder_of_csv_becomes_turtle(runner: CliRunner, tmp_path: Path) -> None:
    """Its files refer to each other, and remarks go to stderr."""
    (tmp_path / "Organisations.csv").write_text("label\nKent Council\n", encoding="utf-8")
    (tmp_path / "Contracts.csv").write_text(
        "label,buyer,agreed during\nParks,Kent Council,Mar 2015\n", encoding="utf-8"
    )
    result = runner.invoke(main, ["convert", str(tmp_path)])

    assert result.exit_code == 0
    graph = Graph().parse(data=result.stdout, format="turtle")
    assert (THING["contract/parks"], FSP.buyer, THING["organisation/kent-council"]) in graph
    assert "row 2, column C: 'Mar 2015' is taken as a period, 1 March 2015 to 31 March 2015." in result.stderr


def test_what_cannot_be_understood_is_told_and_nothing_written(runner: CliRunner, tmp_path: Path) -> None:
    """By file, row and column; the former output stays."""
    source, output = tmp_path / "Contracts.csv", tmp_path / "case.ttl"
    source.write_text("label,buyer\nParks,Sercoo\n", encoding="utf-8")
    output.write_text("former", encoding="utf-8")
    result = runner.invoke(main, ["convert", str(source), "-o", str(output)])

    assert (result.exit_code, output.read_text(encoding="utf-8")) == (2, "former")
    assert "Contracts.csv, row 2, column B: 'Sercoo' is not known" in result.stderr
    assert "Did you mean 'Serco'?" in result.stderr
    assert "B2 | Sercoo" in result.stderr
    assert "Nothing was written: correct the 1 fault told above." in result.stderr


def test_files_that_are_no_workbook_are_refused(runner: CliRunner, tmp_path: Path) -> None:
    """Other formats, an empty folder, a workbook beside CSV files."""
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    (tmp_path / "a.xlsx").write_bytes(b"")
    (tmp_path / "a.csv").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    for arguments, message in (
        (["a.ttl"], "is no workbook"),
        (["empty"], "holds no CSV file"),
        (["a.xlsx", "a.csv"], "convert it alone"),
        (["none.xlsx"], "does not exist"),
    ):
        result = runner.invoke(main, ["convert", *(str(tmp_path / name) for name in arguments)])
        assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
