"""A release of the Open Contracting Data Standard 1.1 as contracts of the project's own model."""

import re
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import RDFS, SKOS
from rdflib.namespace import DCTERMS, XSD

from fsp.linking.imports.identifiers import Identifier, org_id
from fsp.linking.imports.statements import Statements, literal, thing, web_address
from fsp.namespaces import FSP, SCHEME

__all__ = ["describe_release"]

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_AWARDED = "active"
_ROLES = {"buyer", "supplier"}


@dataclass(slots=True)
class _Release:
    """A release while it is described.

    Attributes:
        told: the statements about the record that it is, or is a part of.
        at: where it stands in the record.
        ocid: the identifier of its contracting process; empty where there is none.
        parties: the organisations by the identifiers that the release refers to them by.
        roles: the roles that are said by a link, of each organisation.
    """

    told: Statements
    at: str
    ocid: str = ""
    parties: dict[str, ox.NamedNode] = field(default_factory=dict)
    roles: dict[ox.NamedNode, set[str]] = field(default_factory=dict)


def describe_release(told: Statements, at: str = "") -> None:
    """Describe the organisations and contracts of a release.

    A contract is what `contracts` lists, and each award that has none there and was made (`active`): whatever `tag`
    says, since publishers leave it at `tender`.

    Args:
        told: the statements about the record that it is, or is a part of.
        at: where it stands in the record.
    """
    release = _Release(told, at)
    _describe_header(release)
    for party in told.record.each(f"{at}/parties"):
        _describe_party(release, party)
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
        _settle_roles(release, party)


def _describe_header(release: _Release) -> None:
    told, at = release.told, release.at
    language = told.record.code(f"{at}/language")
    # The default is the standard's own.
    told.language = language if language and _LANGUAGE.fullmatch(language) else "en"
    release.ocid = told.record.code(f"{at}/ocid") or ""
    for pointer in (f"{at}/ocid", f"{at}/id"):
        value = told.record.code(pointer)
        if value is not None:
            told.add(told.node, DCTERMS.identifier, literal(value))
    moment = told.record.code(f"{at}/date")
    if moment is not None and _DATE_TIME.fullmatch(moment):
        told.add(told.node, DCTERMS.issued, literal(moment, XSD.dateTime))
    elif moment is not None:
        told.record.leave(f"{at}/date", "no date with a time of ISO 8601")


def _describe_party(release: _Release, party: str) -> None:
    record = release.told.record
    identifiers = _identifiers(release, party)
    own = record.leaves.get(f"{party}/id")
    local = "" if own is None or own.value is None else str(own.value)
    iri = _organisation(release, local or party, identifiers)
    if local:
        release.parties.setdefault(local, iri)
    if local in {one.org_id for one in identifiers}:
        record.take(f"{party}/id")
    release.told.organisation(iri, record.text(f"{party}/name"), identifiers)
    release.told.name(iri, record.text(f"{party}/identifier/legalName"))


def _organisation(release: _Release, local: str, identifiers: list[Identifier]) -> ox.NamedNode:
    """Return the IRI of an organisation: by its identifier, or by its place in the process where it has none."""
    if identifiers:
        return thing("organisation", identifiers[0].org_id)
    return thing("organisation", release.ocid or release.told.node.value, local)


def _identifiers(release: _Release, party: str) -> list[Identifier]:
    record = release.told.record
    found = []
    for at in (f"{party}/identifier", *record.each(f"{party}/additionalIdentifiers")):
        scheme = record.leaves.get(f"{at}/scheme")
        value = record.leaves.get(f"{at}/id")
        if value is None or value.value in (None, ""):
            continue
        written = str(value.value)
        identifier = org_id(str(scheme.value) if scheme and scheme.value else None, written)
        if identifier is None:
            record.leave(f"{at}/id", "no identifier in a form of org-id.guide")
            continue
        record.take(f"{at}/id")
        record.take(f"{at}/scheme")
        if not written.endswith(identifier.value):
            record.find(f"{at}/id", "an identifier in another spelling, written as its register does")
        found.append(identifier)
    return found


def _referred(release: _Release, at: str, role: str) -> ox.NamedNode | None:
    """Return the organisation that the release refers to from a place, and note that a link says its role."""
    record = release.told.record
    local = record.code(f"{at}/id")
    name = record.text(f"{at}/name")
    if local is None and name is None:
        return None
    iri = release.parties.get(local or "")
    if iri is None:
        # OCDS 1.1 asks for an entry in `parties`; publishers forget it.
        iri = _organisation(release, local or at, _identifiers(release, at))
        release.told.organisation(iri, name, [])
        if local:
            release.parties[local] = iri
    release.told.name(iri, name)
    release.roles.setdefault(iri, set()).add(role)
    return iri


def _describe_contract(release: _Release, places: list[str]) -> None:
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
    buyer = _referred(release, f"{release.at}/buyer", "buyer")
    if buyer is not None:
        told.add(iri, FSP.buyer, buyer)
    for supplier in (one for at in places for one in told.record.each(f"{at}/suppliers")):
        organisation = _referred(release, supplier, "supplier")
        if organisation is not None:
            told.add(iri, FSP.supplier, organisation)
    _describe_value(told, iri, places)
    _describe_time(told, iri, places)
    _describe_subjects(told, iri, [*places, tender])
    for at in places:
        for change in told.record.each(f"{at}/amendments"):
            _describe_change(told, iri, change)


def _contract(release: _Release, at: str) -> ox.NamedNode:
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


def _settle_roles(release: _Release, party: str) -> None:
    """Count a role as mapped where a link says it; any other is kept as it stands."""
    record = release.told.record
    local = record.leaves.get(f"{party}/id")
    iri = release.parties.get(str(local.value)) if local else None
    for role in record.each(f"{party}/roles"):
        value = record.peek(role)
        if iri is not None and value in _ROLES and value in release.roles.get(iri, set()):
            record.take(role)
