"""Read workbooks and CSV files into the same kind of object that an RDF file is read into: triples, places, faults."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rdflib import URIRef
from rdflib.term import Node

from fsp.dataset.files import DatasetFile
from fsp.errors import DataError
from fsp.validation.inputs import TABLE_SUFFIXES
from fsp.validation.places import ParsedFile, Place, SyntaxFault
from fsp.validation.published import Published
from fsp.validation.workbook.delimited import read_csv
from fsp.validation.workbook.excel import read_excel
from fsp.validation.workbook.rows import records
from fsp.validation.workbook.tables import Notes, Table
from fsp.validation.workbook.template import Template
from fsp.validation.workbook.triples import TripleMaker

__all__ = ["ParsedTables", "parse_workbook", "with_tables_read"]


@dataclass(frozen=True)
class ParsedTables(ParsedFile):
    """What a workbook or CSV files hold, and where.

    Attributes:
        remarks: how things were understood that can be meant otherwise; they keep nothing from conforming.
        empty: for each thing, where a value of a property that it does not have would stand.
    """

    remarks: tuple[SyntaxFault, ...] = ()
    empty: Mapping[Node, Mapping[URIRef, Place]] = field(default_factory=dict)

    def find(self, subject: Node, predicate: Node | None = None, value: Node | None = None) -> Place | None:
        """Return the best place for a remark, as `ParsedFile.find` does; of a missing value the empty cell."""
        if predicate is not None and (subject, predicate, None) not in self.graph and isinstance(predicate, URIRef):
            place = self.empty.get(subject, {}).get(predicate)
            if place is not None:
                return place
        return super().find(subject, predicate, value)


def parse_workbook(files: Sequence[DatasetFile], template: Template, name: str | None = None) -> ParsedTables:
    """Return what a workbook holds, or CSV files that belong together: one file a sheet, named as the sheet.

    It does not raise for what the files hold: see `faults` of the result. Nothing is fetched, and no formula or macro
    is run.

    Args:
        files: one .xlsx file, or any number of CSV files.
        template: what sheets and columns there are, and what is published.
        name: the whole as the user named it; else the name of the first file.

    Raises:
        DataError: a file is missing or cannot be opened.
    """
    notes = Notes()
    tables = [table for file in files for table in _tables(file, name if len(files) == 1 else None, notes)]
    maker = TripleMaker(template, notes)
    found = list(records(tables, template, notes))
    maker.make(found)
    if not maker.graph and not notes.faults:
        first = name or (files[0].name if files else "")
        notes.fault(Place(first, 1, 1, ""), "No sheet has a row below its headers: fill in at least the sheet Cases.")
    for prefix, namespace in template.prefixes.items():
        maker.graph.bind(prefix, namespace)
    return ParsedTables(
        name=name or (files[0].name if files else ""),
        graph=maker.graph,
        places=maker.places,
        faults=tuple(notes.faults),
        prefixes=template.prefixes,
        remarks=tuple(notes.remarks),
        empty=maker.empty,
    )


def with_tables_read(files: Sequence[DatasetFile], published: Published) -> list[DatasetFile | ParsedFile]:
    """Return the same files, but workbooks and CSV files as what they hold.

    The CSV files of one folder belong together, a file a sheet.

    Raises:
        DataError: a file cannot be opened.
    """
    template = None
    read: list[DatasetFile | ParsedFile] = []
    sheets: dict[Path, list[DatasetFile]] = {}
    for file in files:
        if not file.name.lower().endswith(TABLE_SUFFIXES):
            read.append(file)
            continue
        together = file.path.parent if file.name.lower().endswith((".csv", ".tsv")) else file.path
        sheets.setdefault(together, []).append(file)
    for group in sheets.values():
        template = template or Template(published.shapes, published.graph)
        read.append(parse_workbook(group, template))
    return read


def _tables(file: DatasetFile, name: str | None, notes: Notes) -> list[Table]:
    try:
        content = file.path.read_bytes() if file.content is None else file.content
    except OSError as error:
        raise DataError(f"{file.name}: it cannot be read: {error.strerror}.", file=file.name) from error
    if file.name.lower().endswith((".csv", ".tsv")):
        return read_csv(content, name or file.name, notes)
    return read_excel(content, name or file.name, notes)
