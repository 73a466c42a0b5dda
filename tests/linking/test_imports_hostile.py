"""Damaged and hostile files: refused with a reason, in bounded memory, and nothing is written."""

import gzip
import json
import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner
from imports_sample import imported, package, release, written

from fsp.cli import main
from fsp.errors import DataError
from fsp.linking.imports import source
from fsp.linking.imports.run import Import, source_files

HEADER = "Identifier,Title,Amount Awarded,Currency,Award Date,Funding Org:Identifier,Recipient Org:Name"
ROW = "g1,Buses,100,GBP,2020-01-01,GB-LAE-SEA,Harbour Trust"


@pytest.mark.parametrize("cut", [1, 40, -1])
def test_truncated_json_is_refused(tmp_path: Path, cut: int) -> None:
    """Wherever it ends."""
    text = json.dumps(package(release()))
    with pytest.raises(DataError, match="no JSON in UTF-8"):
        imported("ocds", written(tmp_path, "a.json", text[:cut]))


@pytest.mark.parametrize("number", ["1" * 6_000, "1e99999999999999999999"])
@pytest.mark.parametrize("standard", ["ocds", "360giving"])
@pytest.mark.parametrize("is_outside", [True, False])
def test_a_number_of_thousands_of_digits_is_refused(
    tmp_path: Path, runner: CliRunner, standard: str, number: str, is_outside: bool
) -> None:
    """In one sentence that names the file, wherever it stands; nothing is written."""
    value = {"releases": [release(value="HERE")], "grants": [{"id": "g", "value": "HERE"}], "version": "1.1"}
    value.pop("grants" if standard == "ocds" else "releases")
    if is_outside:
        value = json.loads(json.dumps(value).replace("HERE", "")) | {"extra": "HERE"}
    path = written(tmp_path, "a.json", json.dumps(value).replace('"HERE"', number))
    result = runner.invoke(main, ["import", standard, str(path), "-o", str(tmp_path / "out.trig")])

    assert (result.exit_code, "a.json holds a number that is too large to be one" in result.stderr) == (2, True)
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_huge_nesting_is_refused(tmp_path: Path, opening: str) -> None:
    """Before anything is built of it."""
    with pytest.raises(DataError, match="nests values more than 64 deep"):
        imported("ocds", written(tmp_path, "a.json", '{"releases": [' + opening * 100_000))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (json.dumps(package(release())).encode("utf-16"), "UTF-16"),
        ('{"version": "1.1", "releases": [{"ocid": "Ynys Môn"}]}'.encode("latin-1"), "no JSON in UTF-8"),
        (b"", "no JSON"),
        (b'{"releases": []} {"releases": []}', "no JSON"),
        (b'{"releases": [], "a": NaN}', "no JSON"),
        (b'{"releases": [{"ocid": "1", "ocid": "2"}]}', "the key 'ocid' twice"),
    ],
)
def test_json_that_would_lose_something_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """Another encoding, two texts in one file, and a key that stands twice."""
    with pytest.raises(DataError, match=message):
        imported("ocds", written(tmp_path, "a.json", content))


def test_a_byte_order_mark_is_no_part_of_the_data(tmp_path: Path) -> None:
    """In JSON and in CSV."""
    path = written(tmp_path, "a.json", b"\xef\xbb\xbf" + json.dumps(package(release())).encode())
    assert len(imported("ocds", path).ask("?contract a fsp:Contract")) == 1
    table = written(tmp_path, "a.csv", b"\xef\xbb\xbf" + f"{HEADER}\n{ROW}\n".encode())
    assert len(imported("360giving", table).ask("?grant a fsp:Grant")) == 1


def test_a_record_without_an_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """However long the file is, no more than the largest record is read of it."""
    monkeypatch.setattr(source, "LARGEST_RECORD", 100_000)
    content = b'{"releases": [{"title": "' + b"x" * 1_000_000
    with pytest.raises(DataError, match="holds a record of more than"):
        imported("ocds", written(tmp_path, "a.json", content))


def test_a_line_without_an_end_is_refused(tmp_path: Path) -> None:
    """A table of one endless line."""
    with pytest.raises(DataError, match="a line of more than a million characters"):
        imported("360giving", written(tmp_path, "a.csv", HEADER + "\n" + "x" * 2_000_000))


def test_memory_does_not_grow_with_the_records(tmp_path: Path) -> None:
    """Ten times the grants need about the same memory beside what is written."""

    def peak(grants: int) -> int:
        path = tmp_path / f"{grants}.csv"
        with path.open("w", encoding="utf-8") as file:
            file.write(HEADER + "\n")
            file.writelines(f"g{number},Buses,100,GBP,2020-01-01,GB-LAE-SEA,Trust\n" for number in range(grants))
        tracemalloc.start()
        try:
            drained(path)
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    assert peak(3_000) < 1.5 * peak(300)


def drained(path: Path) -> None:
    """Import a file into nothing."""
    with Path("/dev/null").open("wb") as nothing:
        Import("360giving").write(source_files([path]), nothing, ox.RdfFormat.N_QUADS)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (f"{HEADER}\n{ROW}\n".encode("utf-16"), "UTF-16"),
        (f"{HEADER}\n{ROW.replace('Trust', 'Tŷ')}\n".encode("iso8859-14"), "is not UTF-8"),
        (b"", "no table of grants"),
        (b"Name,Amount\nx,1\n", "no table of grants"),
        (f"{HEADER},Title\n{ROW},x\n".encode(), "the columns 2 and 8 both mean 'Title'"),
        (f"{HEADER},Funding Org:0:Identifier\n{ROW},x\n".encode(), "the columns 6 and 8 both mean"),
        (f'{HEADER}\ng1,"Buses,100'.encode(), "no CSV"),
        (f'{HEADER}\ng1,"Buses"x,100\n'.encode(), "line 2: it is no CSV"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """With the reason: encoding, columns, a title that stands twice, a quotation without an end."""
    with pytest.raises(DataError, match=message):
        imported("360giving", written(tmp_path, "a.csv", content))


@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_other_delimiters_are_known_by_the_header(tmp_path: Path, delimiter: str) -> None:
    """The one by which the header has the columns of a grant."""
    content = f"{HEADER}\n{ROW}\n".replace(",", delimiter)
    assert len(imported("360giving", written(tmp_path, "a.csv", content)).ask("?grant a fsp:Grant")) == 1


def test_cells_beyond_the_header_are_kept(tmp_path: Path) -> None:
    """A row that is too long loses nothing; one that is too short, and an empty one, are no error."""
    path = written(tmp_path, "a.csv", f"{HEADER},\n{ROW},eighth,ninth\ng2,Bells,5,GBP,2020-01-02\n\n,,,\n")
    made = imported("360giving", path)
    (account,) = made.report.accounts
    assert made.kept() == {"/(column 8)": "eighth", "/(column 9)": "ninth"}
    assert (account.records, account.total) == (2, 9 + 5 + 4)


def test_compressed_files_are_read(tmp_path: Path) -> None:
    """By `.gz`; damage is told."""
    packed = gzip.compress(json.dumps(package(release())).encode())
    assert len(imported("ocds", written(tmp_path, "a.json.gz", packed)).ask("?contract a fsp:Contract")) == 1
    with pytest.raises(DataError, match="cannot be read"):
        imported("ocds", written(tmp_path, "b.json.gz", packed[:100]))


def test_strange_texts_cannot_break_the_output(tmp_path: Path) -> None:
    """Halves of surrogate pairs, control characters, quotation marks and IRIs with spaces leave RDF that parses."""
    text = r"\u0000\"\ud800 <x> \\ \u2028"
    raw = json.dumps(package(release(x="HERE", tender={"title": "HERE"}, uri="http://a b/<>"))).replace("HERE", text)
    made = imported("ocds", written(tmp_path, "a.json", raw))
    assert len(made.ask("?contract a fsp:Contract")) == 1
