"""A release of the Open Contracting Data Standard 1.1 as contracts of the project's own model."""

import re

import pyoxigraph as ox
from rdflib import RDFS, SKOS
from rdflib.namespace import DCTERMS, XSD

from fsp.linking.imports.parties import Release, describe_party, referred, settle_roles
from fsp.linking.imports.statements import Statements
from fsp.linking.imports.terms import literal, thing, web_address
from fsp.namespaces import FSP, SCHEME

__all__ = ["describe_release"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_AWARDED = "active"


def describe_release(told: Statements, at: str = "") -> None:
    """Describe the organisations and contracts of a release.

    A contract is what `contracts` lists, and each award that has none there and was made (`active`): whatever `tag`
    says, since publishers leave it at `tender`.

    Args:
        told: the statements about the record that it is, or is a part of.
        at: where it stands in the record.
    """
    release = Release(told, at)
    _describe_header(release)
    for party in told.record.each(f"{at}/parties"):
        describe_party(release, party)
    awards = {told.record.code(f"{award}/id") or award: award for award in told.record.each(f"{at}/awards")}
    with_contract = set()
    for contract in told.record.each(f"{at}/contracts"):
        award = told.record.code(f"{contract}/awardID") or ""
        with_contract.add(award)
        _describe_contract(release, [contract, *([awards[award]] if award in awards else [])])
    for name, award in awards.items():
        if name not in with_contract and told.record.peek(f"{award}/status") == _AWARDED:
            _describe_contract(release, [award])
    for party in told.record.each(f"{at}/parties"):
        settle_roles(release, party)


def _describe_header(release: Release) -> None:
    told, at = release.told, release.at
    language = told.record.code(f"{at}/language")
    # The default is the standard's own.
    told.language = language if language and _LANGUAGE.fullmatch(language) else "en"
    release.ocid = told.record.code(f"{at}/ocid") or ""
    for pointer in (f"{at}/ocid", f"{at}/id"):
        value = told.record.code(pointer)
        if value is not None:
            told.add(told.node, DCTERMS.identifier, literal(value))
    told.moment(told.node, DCTERMS.issued, f"{at}/date")


def _describe_contract(release: Release, places: list[str]) -> None:
    """Describe a contract.

    Args:
        release: the release that holds it.
        places: where its fields are looked for: the contract before its award, or the award alone.
    """
    told, tender = release.told, f"{release.at}/tender"
    iri = _contract(release, places[0])
    told.describe(iri, FSP.Contract)
    told.name(iri, _first_text(told, [*(f"{at}/title" for at in places), f"{tender}/title"]))
    told.tell(iri, DCTERMS.description, _first_text(told, [f"{at}/description" for at in (tender, *places)]))
    buyer = referred(release, f"{release.at}/buyer", "buyer")
    if buyer is not None:
        told.add(iri, FSP.buyer, buyer)
    for supplier in (one for at in places for one in told.record.each(f"{at}/suppliers")):
        organisation = referred(release, supplier, "supplier")
        if organisation is not None:
            told.add(iri, FSP.supplier, organisation)
    _describe_value(told, iri, places)
    _describe_time(told, iri, places)
    _describe_subjects(told, iri, [*places, tender])
    for at in places:
        for change in told.record.each(f"{at}/amendments"):
            _describe_change(told, iri, change)


def _contract(release: Release, at: str) -> ox.NamedNode:
    """Return the IRI of a contract: by process and identifier; by its place too, where that was used before."""
    told = release.told
    own = told.record.code(f"{at}/id")
    iri = thing("contract", release.ocid, own) if release.ocid and own else thing("contract", told.node.value, at)
    if not told.context.memory.is_new(f"thing {iri.value}"):
        told.record.find(f"{at}/id", "a contract that another release tells of too: described once for each release")
        iri = thing("contract", told.node.value, at)
    if own is not None:
        told.add(iri, DCTERMS.identifier, literal(own))
    return iri


def _first_text(told: Statements, pointers: list[str]) -> str | None:
    return next((text for pointer in pointers if (text := told.record.text(pointer)) is not None), None)


def _describe_value(told: Statements, iri: ox.NamedNode, places: list[str]) -> None:
    for at in places:
        amount = f"{at}/value/amount"
        if told.record.leaves.get(amount) is not None and told.record.leaves[amount].value is not None:
            told.money(iri, "contract-value", amount, f"{at}/value/currency")
            return


def _describe_time(told: Statements, iri: ox.NamedNode, places: list[str]) -> None:
    record = told.record
    for at in places:
        # A contract has `dateSigned` and `period`, an award `date` and `contractPeriod`.
        signed = record.span(f"{at}/dateSigned")
        if signed is not None:
            told.period(iri, FSP.agreedDuring, "agreed", signed, signed)
        awarded = record.day(f"{at}/date")
        if awarded is not None:
            told.add(iri, FSP.awardDate, literal(awarded.isoformat(), XSD.date))
    for period in (f"{at}/{name}" for at in places for name in ("period", "contractPeriod")):
        start, end = record.span(f"{period}/startDate"), record.span(f"{period}/endDate")
        days = record.amount(f"{period}/durationInDays")
        if days is not None:
            told.measure(iri, "contract-term", days, "DAY")
        if start is not None or end is not None:
            told.period(iri, DCTERMS.temporal, "term", start, end)
        if start is not None or end is not None or days is not None:
            return


def _describe_subjects(told: Statements, iri: ox.NamedNode, places: list[str]) -> None:
    """Say what a contract is about by the classifications of its items: the nearest that there are."""
    record = told.record
    for at in places:
        items = [f"{item}/classification" for item in record.each(f"{at}/items")]
        found = [item for item in items if record.peek(f"{item}/scheme") and record.peek(f"{item}/id")]
        for item in found:
            scheme, code = record.code(f"{item}/scheme") or "", record.code(f"{item}/id") or ""
            address = record.code(f"{item}/uri")
            is_address = address is not None and web_address(address)
            concept = ox.NamedNode(address) if address and is_address else thing("classification", scheme, code)
            if address and not is_address:
                record.leave(f"{item}/uri", "no address on the web")
            told.add(iri, DCTERMS.subject, concept)
            _describe_concept(told, concept, scheme, code)
            told.name_concept(concept, record.text(f"{item}/description"))
        if found:
            return


def _describe_concept(told: Statements, concept: ox.NamedNode, scheme: str, code: str) -> None:
    # Without classes: a concept with a class would have to be defined, which its own scheme does.
    node = thing("classification", scheme)
    if told.context.memory.is_new(f"{told.context.file} {concept.value}"):
        told.add(concept, SKOS.notation, literal(code))
        told.add(concept, SKOS.inScheme, node)
    if told.context.memory.is_new(f"{told.context.file} {node.value}"):
        told.add(node, RDFS.label, ox.Literal(scheme, language="en"))


def _describe_change(told: Statements, contract: ox.NamedNode, at: str) -> None:
    own = told.record.code(f"{at}/id") or at.rsplit("/", 1)[1]
    iri = ox.NamedNode(f"{contract.value}/{thing('change', own).value.rsplit('/', 1)[1]}")
    told.describe(iri, FSP.ContractChange)
    told.add(iri, DCTERMS.identifier, literal(own))
    told.add(iri, FSP.changes, contract)
    told.add(iri, FSP.changeType, ox.NamedNode(SCHEME["change-type/amendment"]))
    span = told.record.span(f"{at}/date")
    if span is not None:
        told.period(iri, FSP.during, "period", span, span)
    told.add(iri, RDFS.label, ox.Literal(f"Amendment {own}{f' of {span.label}' if span else ''}", language="en"))
    told.tell(iri, DCTERMS.description, _first_text(told, [f"{at}/description", f"{at}/rationale"]))
