"""The coverage that each query declares, counted again by another engine in another way."""

from collections.abc import Callable

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import DCTERMS, ORG

from fsp.catalogue.choices import resolve
from fsp.catalogue.coverage import Covered, measure_coverage
from fsp.catalogue.query import Catalogue
from fsp.dataset.files import project_dataset, project_folder
from fsp.execution.interface import Executor
from fsp.namespaces import FSP, SCHEME

QUERIES = [query for query in Catalogue.load(project_folder() / "queries") if query.coverage]
Things = set[URIRef]


@pytest.fixture(scope="session")
def graph() -> Graph:
    """The published data, in RDFLib."""
    found = Graph()
    for file in project_dataset().files:
        if file.in_default_graph:
            found.parse(file.path)
    return found


def of(graph: Graph, *classes: URIRef) -> Things:
    """Return the things of some classes that a case tells of."""
    things = {thing for class_ in classes for thing in graph.subjects(RDF.type, class_)}
    return {thing for thing in things if isinstance(thing, URIRef) and (thing, FSP.describedIn, None) in graph}


def all_of(graph: Graph, class_: URIRef) -> Things:
    """Return all things of a class."""
    return {thing for thing in graph.subjects(RDF.type, class_) if isinstance(thing, URIRef)}


def having(graph: Graph, things: Things, *properties: URIRef) -> Things:
    """Return the things that have every one of some properties."""
    return {thing for thing in things if all((thing, property_, None) in graph for property_ in properties)}


def measured(graph: Graph, things: Things, property_: URIRef, *values: str) -> Things:
    """Return the things that have, for each of some values, a measurement with that value."""
    return {
        thing
        for thing in things
        if {SCHEME[value] for value in values}
        <= {value for number in graph.objects(thing, FSP.hasMeasurement) for value in graph.objects(number, property_)}
    }


def stated(graph: Graph, things: Things) -> Things:
    """Return the cases with a plain statement that they illustrate a principle."""
    return {
        thing
        for thing in things
        for citation in graph.objects(thing, FSP.restsOn)
        if (citation, FSP.evidenceFor, FSP.illustrates) in graph
        and (citation, FSP.basis, SCHEME["basis/stated"]) in graph
    }


def objects(graph: Graph, *properties: URIRef) -> Things:
    """Return what some properties lead to."""
    return {thing for property_ in properties for thing in graph.objects(None, property_) if isinstance(thing, URIRef)}


def placed_arms(graph: Graph, arms: Things) -> Things:
    """Return the arms that support or carry out something with a place."""
    through = {thing for thing, _ in graph.subject_objects(DCTERMS.spatial)}
    return {
        arm
        for arm in arms
        for property_ in (FSP.supportedBy, FSP.carriedOutBy)
        for thing in graph.subjects(property_, arm)
        if thing in through
    }


def numbers_of_jobs(graph: Graph) -> Things:
    """Return the measurements of jobs."""
    jobs = {SCHEME["indicator/people-employed"], SCHEME["indicator/new-jobs"]}
    return {number for number in all_of(graph, FSP.Measurement) if graph.value(number, FSP.indicator) in jobs}


def sums(graph: Graph, outcomes: Things) -> Things:
    """Return the outcomes with a number in a currency."""
    return {
        outcome
        for outcome in outcomes
        for number in graph.objects(outcome, FSP.hasMeasurement)
        if "/CCY_" in str(graph.value(number, FSP.unit))
    }


def for_services(graph: Graph, services: Things) -> Things:
    """Return the services that a contract or partnership is for."""
    things = all_of(graph, FSP.Contract) | all_of(graph, FSP.Partnership)
    return {service for thing in things for service in graph.objects(thing, FSP.forService)} & services


def savings(graph: Graph) -> Things:
    """Return the outcomes of cost saving."""
    return set(graph.subjects(FSP.outcomeType, SCHEME["outcome-type/cost-saving"]))  # type: ignore[arg-type]


PLANNED = (FSP.Plan, FSP.Board, FSP.Initiative)
DATED = (FSP.Activity, FSP.Outcome, FSP.Commitment)
PLACED = (FSP.Activity, FSP.Commitment, FSP.Initiative, FSP.Outcome, FSP.Plan, FSP.Service)
WITH_STATUS = (FSP.Activity, FSP.Outcome, FSP.Commitment, FSP.Service, FSP.Plan)

Pair = tuple[Things, Things]
COUNTS: dict[str, Callable[[Graph], list[Pair]]] = {
    "achieved-or-intended": lambda g: [(of(g, *WITH_STATUS), having(g, of(g, *WITH_STATUS), FSP.status))],
    "activities-for-people": lambda g: [
        (
            all_of(g, FSP.Activity),
            having(g, all_of(g, FSP.Activity), FSP.benefits) | having(g, all_of(g, FSP.Activity), FSP.involves),
        )
    ],
    "cases-by-principle": lambda g: [(all_of(g, FSP.CaseStudy), stated(g, all_of(g, FSP.CaseStudy)))],
    "charitable-arms": lambda g: [(all_of(g, FSP.CharitableArm), placed_arms(g, all_of(g, FSP.CharitableArm)))],
    "commitments": lambda g: [
        (of(g, FSP.Commitment), having(g, of(g, FSP.Commitment), FSP.hasMeasurement)),
        (of(g, FSP.Commitment), having(g, of(g, FSP.Commitment), FSP.madeUnder)),
    ],
    "commitments-and-activities": lambda g: [(of(g, FSP.Commitment), objects(g, FSP.fulfils))],
    "contract-changes": lambda g: [
        (all_of(g, FSP.ContractChange), having(g, all_of(g, FSP.ContractChange), FSP.becauseOf)),
        (all_of(g, FSP.ContractChange), having(g, all_of(g, FSP.ContractChange), FSP.during)),
    ],
    "contract-value-by-sector": lambda g: [
        (
            all_of(g, FSP.Contract),
            measured(g, all_of(g, FSP.Contract), FSP.indicator, "indicator/contract-value"),
        )
    ],
    "contracts": lambda g: [
        (all_of(g, FSP.Contract), measured(g, all_of(g, FSP.Contract), FSP.indicator, "indicator/contract-value")),
        (all_of(g, FSP.Contract), measured(g, all_of(g, FSP.Contract), FSP.indicator, "indicator/contract-term")),
    ],
    "events-by-year": lambda g: [
        (all_of(g, FSP.Period), having(g, all_of(g, FSP.Period), FSP.earliestDate, FSP.latestDate))
    ],
    "jobs": lambda g: [(numbers_of_jobs(g), having(g, numbers_of_jobs(g), FSP.during))],
    "measurements": lambda g: [(of(g, FSP.Measurement), having(g, of(g, FSP.Measurement), FSP.during))],
    "not-in-so-many-words": lambda g: [
        (all_of(g, FSP.Citation), set(g.subjects(FSP.basis, SCHEME["basis/stated"])))  # type: ignore[arg-type]
    ],
    "outcomes-before-and-after": lambda g: [
        (of(g, FSP.Outcome), measured(g, of(g, FSP.Outcome), FSP.phase, "phase/baseline", "phase/result"))
    ],
    "partners-and-roles": lambda g: [
        (of(g, FSP.Participation), having(g, of(g, FSP.Participation), ORG.memberDuring)),
        (of(g, FSP.Partnership), having(g, of(g, FSP.Partnership), FSP.formedDuring)),
    ],
    "places": lambda g: [
        (all_of(g, ORG.Organization), having(g, all_of(g, ORG.Organization), DCTERMS.spatial)),
        (all_of(g, FSP.Activity), having(g, all_of(g, FSP.Activity), DCTERMS.spatial)),
    ],
    "plans-boards-and-initiatives": lambda g: [(of(g, *PLANNED), having(g, of(g, *PLANNED), FSP.aim))],
    "remarks": lambda g: [(all_of(g, FSP.Remark), having(g, all_of(g, FSP.Remark), DCTERMS.subject))],
    "roles-by-sector": lambda g: [(objects(g, ORG.member), having(g, objects(g, ORG.member), FSP.sector))],
    "savings": lambda g: [(savings(g), sums(g, savings(g)))],
    "services": lambda g: [(of(g, FSP.Service), for_services(g, of(g, FSP.Service)))],
    "timeline": lambda g: [(of(g, *DATED), having(g, of(g, *DATED), FSP.during))],
    "what-happened-where": lambda g: [
        (
            {thing for class_ in PLACED for thing in all_of(g, class_)},
            having(g, {thing for class_ in PLACED for thing in all_of(g, class_)}, DCTERMS.spatial),
        )
    ],
    "who-benefits": lambda g: [(of(g, *DATED), having(g, of(g, *DATED), FSP.benefits))],
    "who-works-with-whom": lambda g: [
        (
            all_of(g, ORG.Organization),
            objects(g, ORG.member, FSP.buyer, FSP.supplier) & all_of(g, ORG.Organization),
        )
    ],
}
"""For each query and each of its statements: the things that it is about, and those of which the data tell it."""


def test_every_coverage_is_counted_again() -> None:
    """No query declares coverage that these tests do not count."""
    assert sorted(COUNTS) == sorted(query.name for query in QUERIES)


@pytest.mark.parametrize("name", sorted(COUNTS))
def test_coverage_is_right(catalogue: Catalogue, executor: Executor, graph: Graph, name: str) -> None:
    """With every parameter open, the numbers are those that a walk through the graph finds."""
    query = catalogue.get(name)
    anything: dict[str, tuple[()]] = {key: () for key, parameter in query.parameters.items() if not parameter.required}
    expected = [(len(told), len(things)) for things, told in COUNTS[name](graph)]
    found = measure_coverage(executor, query, anything)
    assert [(covered.stating, covered.all) for covered in found] == expected
    assert all(covered.text == declared.text for covered, declared in zip(found, query.coverage, strict=True))


def test_coverage_keeps_to_what_is_chosen(catalogue: Catalogue, executor: Executor) -> None:
    """A parameter that a statement shares with the query narrows both."""
    query = catalogue.get("contracts")
    serco = resolve(query, {"supplier": ["serco"]}, executor)
    capita = resolve(query, {"supplier": ["capita"]}, executor)
    text = "contracts state a value"
    assert measure_coverage(executor, query, serco)[0] == Covered(1, 1, text)
    assert measure_coverage(executor, query, capita)[0] == Covered(0, 1, text)
