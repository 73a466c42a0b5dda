"""Import files: read each one, describe its records, and account for every field."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from urllib.parse import quote

import pyoxigraph as ox

from fsp.errors import DataError
from fsp.linking.imports.grant_files import read_grants
from fsp.linking.imports.memory import Memory
from fsp.linking.imports.packages import read_package
from fsp.linking.imports.reading import Read, describe_file
from fsp.linking.imports.record import Leaf, Record, leaves_of
from fsp.linking.imports.report import Account, ImportReport
from fsp.linking.imports.source import SourceFile
from fsp.linking.imports.statements import Context, Statements
from fsp.linking.imports.terms import thing
from fsp.namespaces import GRAPH
from fsp.prefixes import PREFIXES

__all__ = ["READERS", "Import", "source_files"]

READERS: dict[str, Callable[[SourceFile, Callable[[int], None]], Read]] = {
    "ocds": read_package,
    "360giving": read_grants,
}
"""How a file of each standard is read."""


def source_files(paths: Iterable[Path]) -> list[SourceFile]:
    """Return the files to import, in the order of their names; each is a source with a graph of its own.

    Raises:
        DataError: one is no file.
    """
    found = sorted({Path(os.path.abspath(path)) for path in paths})  # noqa: PTH100 - a symbolic link keeps its name
    for path in found:
        if not path.is_file():
            raise DataError(f"There is no file {path.name}.", file=str(path))
    root = Path(os.path.commonpath([path.parent for path in found]))
    return [SourceFile(path, path.relative_to(root).as_posix()) for path in found]


@dataclass(slots=True)
class Import:
    """One import: what the caller says of the files, and the report.

    Attributes:
        standard: one of `READERS`.
        licence: the licence of the data, where the files do not name it.
        language: the language of texts, where the files do not name it.
        with_personal_data: whether personal data is kept too.
        progress: called with each number of bytes read; each byte of a file is read twice.
        report: the account of what was read so far.
    """

    standard: str
    licence: str | None = None
    language: str | None = None
    with_personal_data: bool = False
    progress: Callable[[int], None] = lambda _: None
    report: ImportReport = field(default_factory=ImportReport)

    def write(self, files: Iterable[SourceFile], output: IO[bytes], format_: ox.RdfFormat) -> None:
        """Write files as RDF, record by record.

        Args:
            files: the files.
            output: where to write.
            format_: a format of quads: one named graph a file; or one of triples.

        Raises:
            DataError: a file is not what it should be.
            FspError: a field is not accounted for, which is a fault of the importer.
        """
        with Memory() as memory:
            quads = (quad for file in files for quad in self._quads(file, memory))
            if format_.supports_datasets:
                ox.serialize(quads, output, format_, prefixes=PREFIXES)
            else:
                ox.serialize((quad.triple for quad in quads), output, format_, prefixes=PREFIXES)

    def _quads(self, file: SourceFile, memory: Memory) -> Iterator[ox.Quad]:
        """Yield the statements of one file in its own graph."""
        graph = ox.NamedNode(f"{GRAPH}import/{self.standard}/{quote(file.name)}")
        context = Context(thing("file", file.sha256[:16]).value, memory, self.language)
        read = READERS[self.standard](file, self.progress)
        account = Account(file.name, file.sha256, read.kind, read.count)
        self.report.accounts.append(account)

        def describe_outside(told: Statements) -> None:
            describe_file(told, file, read, self.licence)

        outside = dict(leaves_of(read.outside)) if read.outside else {}
        for triple in self._triples(outside, "", context, account, describe_outside):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        for place, leaves in read.records:
            for triple in self._triples(leaves, place, context, account, read.describe):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)
        account.check(read.fields)

    def _triples(
        self,
        leaves: Mapping[str, Leaf],
        place: str,
        context: Context,
        account: Account,
        describe: Callable[[Statements], None],
    ) -> list[ox.Triple]:
        """Return the statements about one record, or about what stands outside the records."""
        told = Statements(
            Record(leaves, place, with_personal_data=self.with_personal_data), context, language=self.language
        )
        if place and all(leaf.value in {None, ""} for leaf in leaves.values()):
            account.close(told.record)
            return []
        describe(told)
        told.describe_record(account.close(told.record))
        triples = list(dict.fromkeys(told.triples))
        self.report.triples += len(triples)
        return triples
