"""The schemes of identifiers: who issues them, and the address that an identifier has on the web."""

from dataclasses import dataclass

from rdflib import Literal, Namespace, URIRef

from fsp.namespaces import SCHEME

__all__ = ["SCHEMES", "IdentifierScheme", "scheme_iri"]

_CONCEPTS = Namespace(SCHEME + "identifier-scheme/")


@dataclass(frozen=True)
class IdentifierScheme:
    """One scheme: a concept of `ontology/schemes/identifier-scheme.ttl`.

    Attributes:
        agency: name of the body that issues the identifiers (ADMS, `adms:schemaAgency`).
        label: what an identifier of it is called.
        pattern: the address of what is identified, with `{}` for the identifier; none where there is no such address.
    """

    agency: str
    label: str
    pattern: str | None = None

    def address(self, value: str) -> URIRef | None:
        """Return the address of what an identifier names."""
        return URIRef(self.pattern.format(value)) if self.pattern else None

    def name(self, value: str) -> Literal:
        """Return a label for an identifier, such as *GSS code E08000009*."""
        return Literal(f"{self.label} {value}", "en")


SCHEMES: dict[str, IdentifierScheme] = {
    "bs-6879": IdentifierScheme("British Standards Institution", "BS 6879 code"),
    "charity-number": IdentifierScheme(
        "Charity Commission for England and Wales",
        "Charity number",
        "https://register-of-charities.charitycommission.gov.uk/charity-details/?regId={}",
    ),
    "company-number": IdentifierScheme(
        "Companies House", "Company number", "http://business.data.gov.uk/id/company/{}"
    ),
    "e-code": IdentifierScheme("UK Government", "E-code"),
    "fe-college": IdentifierScheme("GOV.UK registers", "Further education college"),
    "gov-uk-slug": IdentifierScheme("GOV.UK", "GOV.UK name"),
    "grid": IdentifierScheme("Digital Science", "GRID id"),
    "gss-code": IdentifierScheme(
        "Office for National Statistics", "GSS code", "http://statistics.data.gov.uk/id/statistical-geography/{}"
    ),
    "iso-3166-1": IdentifierScheme("International Organization for Standardization", "ISO 3166-1 code"),
    "iso-3166-2": IdentifierScheme("International Organization for Standardization", "ISO 3166-2 code"),
    "la-number": IdentifierScheme("Department for Education", "LA number"),
    "lei": IdentifierScheme("Global Legal Entity Identifier Foundation", "LEI"),
    "opendatacommunities": IdentifierScheme(
        "OpenDataCommunities", "OpenDataCommunities name", "http://opendatacommunities.org/id/{}"
    ),
    "org-id": IdentifierScheme("org-id.guide", "Org-id"),
    "os-id": IdentifierScheme("Ordnance Survey", "Ordnance Survey id", "http://data.ordnancesurvey.co.uk/id/{}"),
    "planning-entity": IdentifierScheme(
        "Planning Data", "Planning Data entity", "https://www.planning.data.gov.uk/entity/{}"
    ),
    "publisher-prefix": IdentifierScheme("360Giving", "360Giving prefix"),
    "snac": IdentifierScheme("Office for National Statistics", "SNAC code"),
    "ukprn": IdentifierScheme("UK Register of Learning Providers", "UKPRN"),
    "vat-number": IdentifierScheme("HM Revenue and Customs", "VAT number"),
    "wikidata": IdentifierScheme("Wikidata", "Wikidata item", "http://www.wikidata.org/entity/{}"),
}
"""Every scheme by its short name, the end of the concept's IRI."""


def scheme_iri(name: str) -> URIRef:
    """Return the IRI of a scheme's concept."""
    return _CONCEPTS[name]
