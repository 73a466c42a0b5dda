"""The statements about one record, in the project's own model."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import quote

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, XSD

from fsp.linking.imports.currencies import CURRENCIES
from fsp.linking.imports.identifiers import Identifier
from fsp.linking.imports.memory import Memory
from fsp.linking.imports.record import Record, Scalar
from fsp.linking.imports.terms import decimal, json_text, literal, named, thing, web_address
from fsp.linking.schemes import SCHEMES, scheme_iri
from fsp.namespaces import ADMS, FSP, SCHEME
from fsp.prefixes import PREFIXES
from fsp.validation.workbook.dates import Span

__all__ = ["Context", "Statements"]

_DATE_TIME = re.compile(r"\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_UNITS = {"MO": "months", "DAY": "days"}


@dataclass(slots=True)
class Context:
    """What the records of one file share.

    Attributes:
        file: the IRI of the file.
        memory: what was said already, of all files of the import.
        language: the language of texts, as a tag of BCP 47; None where nobody says it.
    """

    file: str
    memory: Memory
    language: str | None = None


@dataclass(slots=True)
class Statements:
    """The statements about one record.

    Attributes:
        record: the record.
        context: what it shares with the others of its file.
        language: the language of its texts.
        triples: the statements so far.
    """

    record: Record
    context: Context
    language: str | None = None
    triples: list[ox.Triple] = field(default_factory=list)

    @property
    def node(self) -> ox.NamedNode:
        """The record, as a part of its file by RFC 6901 or RFC 7111; the file itself for what stands outside."""
        if not self.record.place:
            return ox.NamedNode(self.context.file)
        return ox.NamedNode(f"{self.context.file}#{quote(self.record.place, safe='/=')}")

    def add(self, subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> None:
        """Say something."""
        self.triples.append(ox.Triple(subject, named(predicate), value))

    def tell(self, subject: ox.NamedNode, predicate: str, text: str | None) -> None:
        """Say a text in the language of the record, where there is one."""
        if text is not None:
            self.add(subject, predicate, ox.Literal(text, language=self.language) if self.language else literal(text))

    def name(self, subject: ox.NamedNode, text: str | None) -> None:
        """Say the name of a thing: the first as its label, another as another name."""
        self._name(subject, text, RDFS.label)

    def name_concept(self, subject: ox.NamedNode, text: str | None) -> None:
        """Say the name of a concept in the same way."""
        self._name(subject, text, SKOS.prefLabel)

    def _name(self, subject: ox.NamedNode, text: str | None, first: str) -> None:
        key = f"{self.context.file} name {subject.value}"
        if text is None:
            return
        if self.context.memory.is_new(key, text):
            self.tell(subject, first, text)
        elif self.context.memory.first(key, text) != text and self.context.memory.is_new(f"{key} {text}"):
            self.tell(subject, SKOS.altLabel, text)

    def describe(self, subject: ox.NamedNode, class_: str) -> None:
        """Say what a thing is, and that it comes from this record."""
        self.describe_once(subject, class_)
        self.add(subject, PROV.wasDerivedFrom, self.node)

    def describe_once(self, subject: ox.NamedNode, class_: str) -> bool:
        """Say what a thing is, unless an earlier record of the file said so; tell whether this one did."""
        is_new = self.context.memory.is_new(f"{self.context.file} {class_} {subject.value}")
        if is_new:
            self.add(subject, RDF.type, named(class_))
        return is_new

    def describe_record(self, kept: Mapping[str, Scalar]) -> None:
        """Say of the record where it stands, and what of it has no term of the model.

        Args:
            kept: the values that are kept as they stand, by their JSON Pointers within the record.
        """
        node = self.node
        if self.record.place:
            self.add(node, RDF.type, named(FSP.SourceRecord))
            self.add(node, DCTERMS.isPartOf, ox.NamedNode(self.context.file))
            self.add(node, FSP.pointer, literal(self.record.place))
        if kept:
            members = ", ".join(f"{json_text(pointer)}: {json_text(value)}" for pointer, value in kept.items())
            self.add(node, FSP.unmapped, ox.Literal(f"{{{members}}}", datatype=named(RDF.JSON)))

    def organisation(self, iri: ox.NamedNode, name: str | None, identifiers: list[Identifier]) -> None:
        """Say of an organisation what it is called and how it is identified."""
        self.describe(iri, ORG.Organization)
        self.name(iri, name)
        for scheme, value in (pair for identifier in identifiers for pair in identifier.schemes):
            self.identify(iri, scheme, value)

    def identify(self, subject: ox.NamedNode, scheme: str, value: str) -> None:
        """Give a thing an identifier (ADMS 2.0, class Identifier).

        Args:
            subject: what is identified.
            scheme: short name of a scheme of identifiers.
            value: the identifier.
        """
        node = thing("identifier", f"{scheme}-{value}")
        self.add(subject, ADMS.identifier, node)
        if self.describe_once(node, ADMS.Identifier):
            self.add(node, SKOS.notation, literal(value))
            self.add(node, ADMS.schemaAgency, ox.Literal(SCHEMES[scheme].agency, language="en"))
            self.add(node, DCTERMS.conformsTo, named(scheme_iri(scheme)))

    def period(self, owner: ox.NamedNode, predicate: str, kind: str, start: Span | None, end: Span | None) -> None:
        """Give a thing a period, where one of its ends is known."""
        earliest = start.earliest if start else None
        latest = end.latest if end else None
        if earliest is None and latest is None:
            return
        node = ox.NamedNode(f"{owner.value}/{kind}")
        days = [one.isoformat() for one in (earliest, latest) if one is not None]
        open_ = "" if len(days) > 1 else "from " if latest is None else "until "
        self.add(owner, predicate, node)
        self.describe(node, FSP.Period)
        self.add(node, RDFS.label, ox.Literal(open_ + " to ".join(dict.fromkeys(days)), language="en"))
        for property_, day in ((FSP.earliestDate, earliest), (FSP.latestDate, latest)):
            if day is not None:
                self.add(node, property_, literal(day.isoformat(), XSD.date))

    def measure(self, owner: ox.NamedNode, kind: str, number: Decimal, unit: str, *, phase: str = "agreed") -> None:
        """Give a thing a number.

        Args:
            owner: what the number is told of.
            kind: its indicator, a concept of the scheme.
            number: the number.
            unit: the local name of the unit in QUDT.
            phase: what the number stands for, a concept of the scheme.
        """
        node = ox.NamedNode(f"{owner.value}/{kind}{'' if phase == 'agreed' else f'/{phase}'}")
        shown = f"{number:,f} {_UNITS.get(unit, unit.removeprefix('CCY_'))}"
        self.add(owner, FSP.hasMeasurement, node)
        self.describe(node, FSP.Measurement)
        self.add(node, RDFS.label, ox.Literal(f"{shown}, {kind.replace('-', ' ')}", language="en"))
        self.add(node, FSP.indicator, named(SCHEME[f"indicator/{kind}"]))
        self.add(node, FSP.numericValue, literal(decimal(number), XSD.decimal))
        self.add(node, FSP.unit, named(f"{PREFIXES['unit']}{unit}"))
        self.add(node, FSP.phase, named(SCHEME[f"phase/{phase}"]))
        self.add(node, FSP.bound, named(SCHEME["bound/exactly"]))

    def money(self, owner: ox.NamedNode, kind: str, amount: str, currency: str, *, phase: str = "agreed") -> None:
        """Give a thing a sum of money; one without a currency, and a sum of nothing, are kept as they stand.

        Args:
            owner: what the sum is told of.
            kind: its indicator.
            amount: pointer to the number.
            currency: pointer to the code of ISO 4217.
            phase: what the number stands for.
        """
        number = self.record.amount(amount)
        if number is None:
            return
        if number == 0:
            self.record.leave(amount, "a sum of nothing, which publishers also write where they do not tell it")
            return
        code = self.record.code(currency)
        if code is None or code.upper() not in CURRENCIES:
            self.record.leave(amount, "a sum without a currency of ISO 4217")
            if code is not None:
                self.record.leave(currency, "no currency of ISO 4217")
            return
        if code != code.upper():
            self.record.find(currency, "a currency in small letters, written in capitals")
        self.measure(owner, kind, number, f"CCY_{code.upper()}", phase=phase)

    def moment(self, subject: ox.NamedNode, predicate: str, pointer: str) -> None:
        """Say a date with a time; what is none is kept as it stands."""
        written = self.record.code(pointer)
        if written is None:
            return
        if _DATE_TIME.fullmatch(written):
            self.add(subject, predicate, literal(written, XSD.dateTime))
        else:
            self.record.leave(pointer, "no date with a time of ISO 8601")

    def page(self, subject: ox.NamedNode, pointer: str, predicate: str = FOAF.homepage) -> None:
        """Give a thing an address on the web; what is none is kept as it stands."""
        address = self.record.code(pointer)
        if address is None:
            return
        if web_address(address):
            self.add(subject, predicate, ox.NamedNode(address))
        else:
            self.record.leave(pointer, "no address on the web")
