"""Workbooks that are damaged, or made to harm: each is answered with words, in bounded time and memory."""

import io
import re
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from openpyxl import Workbook, load_workbook
from rdflib.namespace import RDFS
from workbook_sample import Filled, csv_file, faults, parse

from fsp.validation.workbook.tables import MAX_COLUMNS, MAX_ROWS

Change = Callable[[str, bytes], bytes]


def rezipped(content: bytes, change: Change, extra: dict[str, bytes] | None = None) -> bytes:
    """Return a workbook with its parts changed, and others added."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return stream.getvalue()


def contract() -> Filled:
    """Return a workbook with one row."""
    return Filled().row("Contracts", {"label": "Parks", "buyer": "Serco"})


def contracts_part(content: bytes) -> str:
    """Return the name of the part that holds the sheet Contracts."""
    number = load_workbook(io.BytesIO(content), read_only=True).sheetnames.index("Contracts") + 1
    return f"xl/worksheets/sheet{number}.xml"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no Excel workbook"),
        (b"PK\x03\x04 but no more", "no Excel workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "without a password"),
        (b"@prefix fsp: <https://w3id.org/fsp/def#> .", "no Excel workbook"),
        (bytes(20_000_001), "more than 20 MB"),
    ],
)
def test_what_is_no_workbook_is_told(content: bytes, message: str) -> None:
    """With what to do."""
    found = faults(parse(("case.xlsx", content)))
    assert len(found) == 1
    assert message in found[0]


def test_an_archive_of_something_else_is_told() -> None:
    """Such as a document."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")
    assert "an archive, but no Excel workbook" in faults(parse(("case.xlsx", stream.getvalue())))[0]


def test_a_truncated_workbook_is_told() -> None:
    """At whatever length."""
    content = contract().content()
    for length in (100, len(content) // 2, len(content) - 10):
        parsed = parse(("case.xlsx", content[:length]))
        assert len(parsed.faults) == 1
        assert not parsed.graph


def test_damaged_parts_are_told() -> None:
    """Whichever part it is, no exception of the library comes through."""
    content = contract().content()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xml", ".rels"))]
    for damaged in names[::8]:
        for part in (b"<a><b></a>", b"<x/>", b"\x00"):
            broken = rezipped(content, lambda name, old, at=damaged, new=part: new if name == at else old)  # type: ignore[misc]
            parsed = parse(("case.xlsx", broken))
            assert parsed.faults or parsed.graph


def test_a_bomb_is_not_unpacked() -> None:
    """Its stated size is enough, and no part is read beyond it."""
    content = rezipped(contract().content(), lambda _, part: part, {"xl/media/image1.png": bytes(100_000_000)})
    assert len(content) < 1_000_000
    tracemalloc.start()
    try:
        found = faults(parse(("case.xlsx", content)))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found == ["case.xlsx, row 1, column A: The workbook unpacks to more than 60 MB: too much to be read."]
    assert peak < 20_000_000


def test_a_part_that_lies_about_its_size_is_told() -> None:
    """The archive's directory says 10 bytes; what is beyond is not read."""
    content = contract().content()
    part = contracts_part(content).encode()
    bomb = bytearray(rezipped(content, lambda name, old: old + b" " * 5_000_000 if name.encode() == part else old))
    entry = bomb.rindex(part) - 46
    bomb[entry + 24 : entry + 28] = (10).to_bytes(4, "little")
    parsed = parse(("case.xlsx", bytes(bomb)))
    assert len(parsed.faults) == 1


@pytest.mark.parametrize(
    "prologue",
    [
        b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        b'<!DOCTYPE x SYSTEM "http://127.0.0.1:9740/x.dtd">',
    ],
)
def test_entities_are_refused(prologue: bytes) -> None:
    """None is expanded and nothing is fetched."""
    content = contract().content()
    part = contracts_part(content)

    def change(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        return prologue + old.replace(b"<v>", b"<v>&a;") if b"ENTITY" in prologue else prologue + old

    parsed = parse(("case.xlsx", rezipped(content, change)))
    assert parsed.faults if b"ENTITY" in prologue else not parsed.faults


def test_formulas_count_by_their_stored_results() -> None:
    """A formula without one is told; none is computed."""
    book = contract()
    book.sheet("Contracts")["C3"] = '=CONCATENATE("a","b")'
    content = book.content()
    assert faults(parse(("case.xlsx", content))) == [
        (
            "Contracts, row 3, column C: The cell holds a formula without a stored result: write the value, or "
            "open the workbook in a spreadsheet program and save it."
        )
    ]

    part = contracts_part(content)

    def stored(name: str, old: bytes) -> bytes:
        if name != part:
            return old
        return old.replace(b"</f><v />", b"</f><v>7</v>")

    parsed = parse(("case.xlsx", rezipped(content, stored)))
    assert faults(parsed) == []
    assert any(str(node) == "7" for node in parsed.graph.objects())


def test_errors_and_merged_cells_are_told() -> None:
    """It is not known what they are to say."""
    book = contract()
    sheet = book.sheet("Contracts")
    sheet["C3"] = "#REF!"
    sheet["C3"].data_type = "e"
    sheet.merge_cells("A3:A5")
    found = faults(book.parsed())
    assert [fault.partition(":")[0] for fault in found] == [
        "Contracts, row 3, column A",
        "Contracts, row 3, column C",
    ]
    assert ("A3:A5 are merged" in found[0], "the error #REF!" in found[1]) == (True, True)


def test_cells_far_away_cost_nothing() -> None:
    """A value in the last row of the sheet is told; stated dimensions are not believed."""
    book = contract()
    book.sheet("Contracts")["A1048576"] = "lost"
    book.sheet("Places")["XFD3"] = "lost"
    message = f"Only {MAX_ROWS:,} rows and {MAX_COLUMNS} columns are read of a sheet: move or clear this cell."
    assert faults(book.parsed()) == [
        f"Contracts, row 1048576, column A: {message}",
        f"Places, row 3, column XFD: {message}",
    ]


def test_stated_dimensions_are_not_believed() -> None:
    """A program that states them wrongly loses no row."""
    content = Filled().row("Places", {"label": "Kent"}).row("Places", {"label": "Essex"}).content()
    number = load_workbook(io.BytesIO(content), read_only=True).sheetnames.index("Places") + 1

    def stated(name: str, old: bytes) -> bytes:
        if name != f"xl/worksheets/sheet{number}.xml":
            return old
        return re.sub(rb'<dimension ref="[^"]+"', b'<dimension ref="A1:A1"', old)

    parsed = parse(("case.xlsx", rezipped(content, stated)))
    assert {str(label) for label in parsed.graph.objects(predicate=RDFS.label)} == {"Kent", "Essex"}


def test_very_many_faults_are_cut() -> None:
    """Nobody reads thousands; the time to find what is alike is bounded."""
    rows = [["label", "buyer"], *([f"Contract {number}", f"Nobody {number}"] for number in range(3000))]
    assert len(parse(("Contracts.csv", csv_file(rows))).faults) == 200


def test_macros_and_links_are_ignored() -> None:
    """They are neither run nor followed, and the case is read."""
    content = contract().content()
    extra = {
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macro",
        "xl/externalLinks/externalLink1.xml": b'<externalLink xmlns="http://schemas.openxmlformats.org/x"/>',
    }
    parsed = parse(("case.xlsm", rezipped(content, lambda _, part: part, extra)))
    assert (faults(parsed), len(parsed.graph)) == ([], 3)


def test_long_texts_and_many_sheets_are_bounded() -> None:
    """A cell of 30,000 characters is told; a workbook of other sheets is no case."""
    book = contract()
    book.sheet("Contracts")["C3"] = "x" * 30_000
    assert "more than 10,000 characters" in faults(book.parsed())[0]
    other = Workbook()
    for number in range(150):
        other.create_sheet(f"Sheet {number}")["A1"] = "x"
    stream = io.BytesIO()
    other.save(stream)
    assert 0 < len(parse(("case.xlsx", stream.getvalue())).faults) <= 200


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'label,buyer\n"open,Serco\n', "is no CSV"),
        (b"label\n\x81\x8d\xff", "neither in UTF-8 nor in Windows-1252"),
        (b"label\nPa\x00rks\n", None),
        (b"label,buyer\n=1+1,Serco\n", "a formula: write the value"),
        (b"label\n" + b"x" * 200_000, "is no CSV"),
        (b"label" + b"," * 200 + b"x\n", "More than 100 columns"),
        (b"", "No sheet has a row"),
    ],
)
def test_damaged_csv_is_told(content: bytes, message: str | None) -> None:
    """Quotes that stay open, unknown bytes, formulas, and more than is read."""
    found = faults(parse(("Contracts.csv", content)))
    assert message is None or message in found[0]
