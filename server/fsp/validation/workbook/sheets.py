"""Which sheets a workbook has: one a class, in the order in which a case is told."""

from dataclasses import dataclass

from rdflib import Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, SKOS

from fsp.namespaces import FSP
from fsp.prefixes import PREFIXES

__all__ = ["IGNORED_PREFIX", "LISTS", "SHEETS", "START", "SheetClass"]

START = "About"
"""The sheet that explains the others; nothing is read from it."""
LISTS = "Lists"
"""The hidden sheet of what drop-down lists offer; nothing is read from it."""
IGNORED_PREFIX = "#"
"""What the name of a sheet or the header of a column begins with where it is the user's own and not read."""

_CV = Namespace(PREFIXES["cv"])


@dataclass(frozen=True, slots=True)
class SheetClass:
    """A class whose things have a sheet of their own.

    Attributes:
        name: the name of the sheet.
        target: the class.
        kind: the part of a thing's IRI that says what it is: `https://w3id.org/fsp/id/<kind>/…`.
        also: classes that are stated of each of its things as well.
        further: classes that may be chosen for a thing as well.
        extra: properties of its things that no shape of the class has a rule for.
    """

    name: str
    target: URIRef
    kind: str
    also: tuple[URIRef, ...] = ()
    further: tuple[URIRef, ...] = ()
    extra: tuple[URIRef, ...] = ()


SHEETS = (
    SheetClass("Cases", FSP.CaseStudy, "case"),
    SheetClass("Organisations", ORG.Organization, "organisation", further=(_CV.PublicOrganisation,)),
    SheetClass("Charitable arms", FSP.CharitableArm, "organisation", also=(ORG.Organization,)),
    SheetClass("Units of organisations", ORG.OrganizationalUnit, "organisation"),
    SheetClass("Boards", FSP.Board, "board", also=(ORG.Organization,)),
    SheetClass("Groups of people", FSP.PeopleGroup, "people", extra=(FSP.describedIn,)),
    SheetClass("Brands", FSP.Brand, "brand"),
    SheetClass("Partnerships", FSP.Partnership, "partnership", extra=(DCTERMS.isPartOf,)),
    SheetClass("Participations", FSP.Participation, "participation"),
    SheetClass("Contracts", FSP.Contract, "contract"),
    SheetClass("Contract changes", FSP.ContractChange, "change", extra=(FSP.involves,)),
    SheetClass("Plans", FSP.Plan, "plan", extra=(SKOS.altLabel,)),
    SheetClass("Initiatives", FSP.Initiative, "initiative", extra=(FSP.involves, DCTERMS.isPartOf)),
    SheetClass("Commitments", FSP.Commitment, "commitment"),
    SheetClass(
        "Activities",
        FSP.Activity,
        "activity",
        extra=(FSP.becauseOf, FSP.concerns, DCTERMS.isPartOf, FSP.describedIn),
    ),
    SheetClass("Services", FSP.Service, "service", extra=(DCTERMS.isPartOf,)),
    SheetClass("Outcomes", FSP.Outcome, "outcome", extra=(FSP.describedIn,)),
    SheetClass("Measurements", FSP.Measurement, "measurement"),
    SheetClass("Periods", FSP.Period, "period", extra=(FSP.restsOn,)),
    SheetClass("Places", DCTERMS.Location, "place", extra=(FSP.restsOn,)),
    SheetClass("Remarks", FSP.Remark, "remark"),
    SheetClass("Sources", FSP.SourceText, "source", also=(FOAF.Document,), extra=(DCTERMS.relation, FSP.restsOn)),
    SheetClass("Citations", FSP.Citation, "citation"),
)
"""Every sheet of a workbook but the first, which explains, and the hidden one."""
