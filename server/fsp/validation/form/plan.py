"""Which sections the form has, and which properties each asks for."""

from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS

from fsp.namespaces import FSP

__all__ = ["PLANS", "Plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which columns of a sheet a section asks for: the form is as small as a whole small case allows."""

    name: str
    sheet: str
    about: str
    paths: tuple[URIRef, ...]
    at_first: int = 1
    single: bool = False


PLANS = (
    Plan(
        "case",
        "Cases",
        "The account as a whole: what the source tells of one partnership, and which principle it is an example of.",
        (RDFS.label, DCTERMS.description, FSP.illustrates),
        single=True,
    ),
    Plan(
        "organisation",
        "Organisations",
        "Councils, companies, charities and others that are not published yet. Leave out those that the lists further "
        "down offer already.",
        (RDFS.label, DCTERMS.description, FSP.sector, ORG.classification, RDF.type),
        at_first=2,
    ),
    Plan(
        "partnership",
        "Partnerships",
        "The working relationship that the case is about.",
        (RDFS.label, DCTERMS.description, FSP.aim, FSP.formedDuring),
        single=True,
    ),
    Plan(
        "participation",
        "Participations",
        "Who takes part in the partnership, each in one role. There are at least two organisations.",
        (ORG.member, ORG.role),
        at_first=2,
    ),
    Plan(
        "contract",
        "Contracts",
        "An agreement by which one serves the other. Leave it empty where the source tells of none.",
        (RDFS.label, DCTERMS.description, FSP.buyer, FSP.supplier, FSP.agreedDuring),
    ),
    Plan(
        "activity",
        "Activities",
        "What was, is or will be done.",
        (RDFS.label, DCTERMS.description, FSP.activityType, FSP.status, FSP.carriedOutBy, FSP.during),
    ),
    Plan(
        "outcome",
        "Outcomes",
        "What came of it, or is meant to.",
        (RDFS.label, DCTERMS.description, FSP.outcomeType, FSP.status, FSP.resultOf, FSP.during),
    ),
    Plan(
        "measurement",
        "Measurements",
        "Each number that the source tells of a contract, an activity or an outcome.",
        (RDFS.label, FSP.numericValue, FSP.unit, FSP.indicator, FSP.phase, FSP.bound),
    ),
)
"""The sections after that of the source, in the order in which a case is told."""
