"""What a reader hands over, and the description of the file that the records come from."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, PROV

from fsp.errors import DataError
from fsp.linking.imports.record import Leaf
from fsp.linking.imports.source import SourceFile
from fsp.linking.imports.statements import Statements
from fsp.linking.imports.terms import literal, thing, web_address
from fsp.namespaces import FSP

__all__ = ["Read", "describe_file"]


@dataclass(frozen=True, slots=True)
class Read:
    """A file that is ready to be mapped.

    Attributes:
        kind: what it is, such as `release package`.
        fields: the number of its fields, counted by a reading of its own.
        count: the number of its records.
        outside: what stands outside the list of records.
        standard: the address of the standard that it follows.
        records: place and fields of each record; a record without fields is one that its file leaves empty.
        describe: describes one record.
    """

    kind: str
    fields: int
    count: int
    outside: Any
    standard: str
    records: Iterator[tuple[str, Mapping[str, Leaf]]]
    describe: Callable[[Statements], None]


def describe_file(told: Statements, file: SourceFile, read: Read, licence: str | None) -> None:
    """Describe the file by its own words: publisher, licence, address and date, where it says them.

    Args:
        told: the statements about what stands outside the records.
        file: the file.
        read: what was read of it.
        licence: the licence that the caller names.

    Raises:
        DataError: file and caller name different licences.
    """
    record, node = told.record, told.node
    for class_ in (PROV.Entity, FOAF.Document):
        told.describe_once(node, class_)
    told.add(node, DCTERMS.title, literal(file.name.rsplit("/", 1)[-1]))
    told.add(node, DCTERMS.conformsTo, ox.NamedNode(read.standard))
    told.add(node, FSP.sha256, literal(file.sha256))
    own = record.code("/license")
    if own is not None and not web_address(own):
        record.leave("/license", "no address on the web")
        own = None
    if own and licence and own != licence:
        raise DataError(f"{file.name} names the licence {own}: leave --licence out, or name that one.", file=file.name)
    if own or licence:
        told.add(node, DCTERMS.license, ox.NamedNode(own or licence or ""))
    told.page(node, "/uri", DCTERMS.source)
    told.moment(node, DCTERMS.issued, "/publishedDate")
    name = record.text("/publisher/name")
    if name is not None:
        publisher = thing("organisation", told.context.file.rsplit("/", 1)[1], "publisher")
        told.describe_once(publisher, FOAF.Agent)
        told.add(publisher, FOAF.name, literal(name))
        told.add(node, DCTERMS.publisher, publisher)
