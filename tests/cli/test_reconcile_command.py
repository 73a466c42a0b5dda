"""`fsp reconcile`: a column of a person's own spreadsheet."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook

from fsp.cli import main

SERCO = "https://w3id.org/fsp/id/organisation/serco"
ADDED = ["match", "match name", "score", "candidates", "review"]


def reconcile(runner: CliRunner, *arguments: str | Path) -> Result:
    """Run the command."""
    return runner.invoke(main, ["reconcile", *map(str, arguments)])


def rows_of(path: Path, delimiter: str = ",") -> list[list[str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter))


def test_columns_are_added_and_the_others_kept(runner: CliRunner, tmp_path: Path) -> None:
    """Every cell stays as it was, formulas and zeros too; the summary counts."""
    source = tmp_path / "spending.csv"
    source.write_text('Ref,Name,Sum\n007,SERCO,=1+1\n008,,"1,5"\n009,Nobody at all,3\n', encoding="utf-8")
    result = reconcile(runner, source, "--column", "name")

    assert result.exit_code == 0
    header, *rows = rows_of(tmp_path / "spending-reconciled.csv")
    assert header == ["Ref", "Name", "Sum", *ADDED]
    assert [row[:3] for row in rows] == [
        ["007", "SERCO", "=1+1"],
        ["008", "", "1,5"],
        ["009", "Nobody at all", "3"],
    ]
    assert rows[0][3:6] == [SERCO, "Serco", "100.0"]
    assert (rows[0][7], rows[1][7]) == ("", "nothing to match in this row")
    assert rows[2][3] == ""
    assert "3 rows: 1 matched, 1 to look at, 1 empty." in result.stderr
    assert source.read_text(encoding="utf-8").startswith("Ref,Name,Sum\n007")


@pytest.mark.parametrize(
    ("text", "match", "review"),
    [
        ("GB-CHC 1085443", "The Reading Agency", ""),
        ("50", "", "it may be another identifier, or none: Barnsley Metropolitan Borough Council"),
        ("Newcastle", "", "it can mean more than one: Newcastle City Council or Newcastle-under-Lyme Borough Council"),
        ("Leeds City Council (E08000003)", "", "name and identifier do not go together: Manchester City Council"),
    ],
)
def test_an_identifier_without_a_name_contradicts_none(
    runner: CliRunner, tmp_path: Path, text: str, match: str, review: str
) -> None:
    """Only where there are both can they disagree."""
    source = tmp_path / "list.csv"
    source.write_text(f"name\n{text}\n", encoding="utf-8")
    assert reconcile(runner, source, "--column", "name").exit_code == 0

    _, row = rows_of(tmp_path / "list-reconciled.csv")
    assert (row[2], row[5]) == (match, review)


def test_a_workbook_is_read_and_written(runner: CliRunner, tmp_path: Path) -> None:
    """One sheet, by its name; numbers stay numbers; another kind of file can be written."""
    source, output = tmp_path / "book.xlsx", tmp_path / "out.tsv"
    book = Workbook()
    book.active.append(["nothing"])
    sheet = book.create_sheet("Suppliers")
    sheet.append(["Supplier", "Sum"])
    sheet.append(["SERCO", 12.5])
    book.save(source)

    assert reconcile(runner, source, "--column", "Supplier", "--sheet", "Suppliers").exit_code == 0
    written = load_workbook(tmp_path / "book-reconciled.xlsx").active
    assert [cell.value for cell in written[2]][:4] == ["SERCO", 12.5, SERCO, "Serco"]
    assert reconcile(runner, source, "--column", "Supplier", "--sheet", "Suppliers", "-o", output).exit_code == 0
    assert rows_of(output, "\t")[1][:3] == ["SERCO", "12.5", SERCO]


def test_the_kind_of_csv_is_kept(runner: CliRunner, tmp_path: Path) -> None:
    """Semicolons and the mark that Excel needs; a column that is there already is not written over."""
    source = tmp_path / "list.csv"
    source.write_bytes("\ufeffName;match\r\nSouthern Vectis;café\r\n".encode())
    assert reconcile(runner, source, "--column", "Name").exit_code == 0

    content = (tmp_path / "list-reconciled.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfName;match;match 2;match name;")
    assert "Southern Vectis;café;https://w3id.org/fsp/id/organisation/southern-vectis".encode() in content


def test_a_type_and_a_day_narrow_it_down(runner: CliRunner, tmp_path: Path) -> None:
    """The type by its name."""
    source = tmp_path / "places.csv"
    source.write_text("name\nIsle of Wight\n", encoding="utf-8")
    assert reconcile(runner, source, "--column", "name", "--type", "place", "--on", "2012-04-01").exit_code == 0

    assert rows_of(tmp_path / "places-reconciled.csv")[1][1] == "https://w3id.org/fsp/id/place/isle-of-wight"


@pytest.mark.parametrize(
    ("content", "arguments", "message"),
    [
        ("name\nSerco\n", ["--column", "nome"], "There is no column 'nome'. The columns are: name."),
        ("name,name\nSerco,x\n", ["--column", "name"], "There are 2 columns 'name'"),
        ("name\n", ["--column", "name"], "has no row below its headers"),
        ("", ["--column", "name"], "has no row below its headers"),
        ("name\nSerco\n", ["--column", "name", "--type", "nothing"], "There is no type 'nothing'. Types are: "),
        ("name\nSerco\n", ["--column", "name", "-o", "out.pdf"], "cannot be written: let its name end with .csv"),
        ("name\nSerco\n", ["--column", "name", "--on", "yesterday"], "'yesterday' is no day"),
    ],
)
def test_what_cannot_be_used_is_told(
    runner: CliRunner, tmp_path: Path, content: str, arguments: list[str], message: str
) -> None:
    """In a sentence; nothing is written."""
    source = tmp_path / "list.csv"
    source.write_text(content, encoding="utf-8")
    result = reconcile(runner, source, *arguments)

    assert (result.exit_code, message in result.stderr) == (2, True), result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_the_file_itself_is_never_overwritten(runner: CliRunner, tmp_path: Path) -> None:
    """Even when it is named as the output."""
    source = tmp_path / "list.csv"
    source.write_text("name\nSerco\n", encoding="utf-8")

    assert reconcile(runner, source, "--column", "name", "-o", source).exit_code == 2
    assert source.read_text(encoding="utf-8") == "name\nSerco\n"


def test_a_file_that_is_no_spreadsheet_is_told(runner: CliRunner, tmp_path: Path) -> None:
    """A damaged workbook, another kind of file."""
    damaged, other = tmp_path / "book.xlsx", tmp_path / "list.pdf"
    damaged.write_bytes(b"PK\x03\x04 no archive")
    other.write_bytes(b"%PDF")

    assert "no Excel workbook" in reconcile(runner, damaged, "--column", "x").stderr
    assert "is no spreadsheet that is read here" in reconcile(runner, other, "--column", "x").stderr


def test_a_dataset_that_is_too_large_is_refused(runner: CliRunner, tmp_path: Path) -> None:
    """Half an index would find a name unique that is not; the text says which setting it is."""
    source = tmp_path / "list.csv"
    source.write_text("name\nSerco\n", encoding="utf-8")
    result = reconcile(runner, source, "--column", "name", "--reconcile-most", "3")

    assert (result.exit_code, "--reconcile-most" in result.stderr) == (2, True)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]
