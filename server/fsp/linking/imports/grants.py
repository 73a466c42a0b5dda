"""A grant of the 360Giving Data Standard as a grant of the project's own model."""

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, XSD

from fsp.linking.imports.identifiers import charity, company, gss, org_id
from fsp.linking.imports.statements import Statements
from fsp.linking.imports.terms import literal, thing
from fsp.linking.schemes import SCHEMES
from fsp.namespaces import FSP

__all__ = ["describe_grant"]


def describe_grant(told: Statements) -> None:
    """Describe a grant, its funder and recipient, its sums, its time and the places that it is for.

    Args:
        told: the statements about the record that the grant is; its fields have the names of the standard's JSON.
    """
    told.language = told.context.language
    iri = _grant(told)
    told.describe(iri, FSP.Grant)
    told.name(iri, told.record.text("/title"))
    told.tell(iri, DCTERMS.description, told.record.text("/description"))
    for role, list_ in ((FSP.funder, "/fundingOrganization"), (FSP.recipient, "/recipientOrganization")):
        for at in told.record.each(list_):
            organisation = _describe_organisation(told, at)
            if organisation is not None:
                told.add(iri, role, organisation)
    told.money(iri, "grant-amount", "/amountAwarded", "/currency")
    told.money(iri, "grant-amount", "/amountDisbursed", "/currency", phase="result")
    _describe_time(told, iri)
    for at in told.record.each("/beneficiaryLocation"):
        _describe_place(told, iri, at)
    for at in told.record.each("/grantProgramme"):
        _describe_programme(told, iri, at)
    told.page(iri, "/url")
    _describe_record(told)


def _grant(told: Statements) -> ox.NamedNode:
    """Return the IRI of a grant: by its identifier, which is unique in the world; by its place where it is not."""
    own = told.record.code("/id")
    if own is None:
        return thing("grant", told.node.value)
    iri = thing("grant", own)
    if not told.context.memory.is_new(f"thing {iri.value}"):
        told.record.find("/id", "an identifier that another grant has too: described once for each")
        iri = thing("grant", told.node.value)
    told.add(iri, DCTERMS.identifier, literal(own))
    return iri


def _describe_organisation(told: Statements, at: str) -> ox.NamedNode | None:
    record = told.record
    own = record.code(f"{at}/id")
    name = record.text(f"{at}/name")
    if own is None and name is None:
        return None
    identifier = org_id(None, own)
    identifiers = [identifier] if identifier else []
    for pointer, read in ((f"{at}/companyNumber", company), (f"{at}/charityNumber", charity)):
        number = record.code(pointer)
        found = read(number) if number else None
        if number and found is None:
            record.leave(pointer, "no number in a form of its register")
        elif found and found.value != number:
            record.find(pointer, "an identifier in another spelling, written as its register does")
        if found is not None and found not in identifiers:
            identifiers.append(found)
    if identifier is not None:
        iri = thing("organisation", identifier.org_id)
        if own != identifier.org_id:
            record.find(f"{at}/id", "an identifier in another spelling, written as its register does")
    else:
        iri = thing("organisation", told.node.value, own or at)
        if own is not None:
            told.add(iri, DCTERMS.identifier, literal(own))
    told.organisation(iri, name, identifiers)
    told.page(iri, f"{at}/url")
    return iri


def _describe_time(told: Statements, iri: ox.NamedNode) -> None:
    record = told.record
    awarded = record.day("/awardDate")
    if awarded is not None:
        told.add(iri, FSP.awardDate, literal(awarded.isoformat(), XSD.date))
    # What came to be outweighs what was planned, which is then kept as it stands.
    for at in (*record.each("/actualDates"), *record.each("/plannedDates")):
        start, end = record.span(f"{at}/startDate"), record.span(f"{at}/endDate")
        months = record.amount(f"{at}/duration")
        if months is not None:
            told.measure(iri, "grant-term", months, "MO")
        told.period(iri, DCTERMS.temporal, "term", start, end)
        if start is not None or end is not None or months is not None:
            return


def _describe_place(told: Statements, iri: ox.NamedNode, at: str) -> None:
    code = told.record.code(f"{at}/geoCode")
    name = told.record.text(f"{at}/name")
    if code is None and name is None:
        return
    area = gss(code) if code else None
    # The address that statistics.data.gov.uk and the registers name the area by.
    address = SCHEMES["gss-code"].address(area) if area else None
    place = ox.NamedNode(address) if address else thing("place", told.node.value, at)
    if code and area is None:
        told.record.leave(f"{at}/geoCode", "no code of the Government Statistical Service")
    told.describe(place, DCTERMS.Location)
    told.name(place, name or code)
    if area is not None:
        told.identify(place, "gss-code", area)
    told.add(iri, DCTERMS.spatial, place)


def _describe_programme(told: Statements, iri: ox.NamedNode, at: str) -> None:
    code, title = told.record.code(f"{at}/code"), told.record.text(f"{at}/title")
    if code is None and title is None:
        return
    programme = thing("programme", told.context.file.rsplit("/", 1)[1], code or title or "")
    told.describe(programme, FSP.Initiative)
    told.name(programme, title or code)
    if code is not None:
        told.add(programme, DCTERMS.identifier, literal(code))
    told.add(iri, DCTERMS.isPartOf, programme)
    told.page(programme, f"{at}/url")


def _describe_record(told: Statements) -> None:
    told.moment(told.node, DCTERMS.modified, "/dateModified")
    told.page(told.node, "/dataSource", DCTERMS.source)
