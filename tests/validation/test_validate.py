"""Validation: what is checked, against what, and that nothing is fetched or rewritten on the way."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH, XSD

from fsp.dataset.files import DatasetFile, dataset_of, project_dataset
from fsp.errors import DataError
from fsp.namespaces import FSP, SHAPES
from fsp.quiet import quiet
from fsp.validation.engine import DataGraph, shacl_report
from fsp.validation.graphs import default_graph, ontology_graph, read_graph, shapes_graph
from fsp.validation.index import Index
from fsp.validation.report import Severity, read_results
from fsp.validation.shapegraph import ShapeGraph
from fsp.validation.targets import Targets, aimed
from fsp.validation.validate import validate, validate_files

EX = "http://example.org/"
HEAD = (
    f"@prefix ex: <{EX}> . @prefix fsp: <{FSP}> . @prefix sh: <{SH!s}> . @prefix xsd: <{XSD!s}> ."
    " @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
)
SHAPE = """
ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Shape-size .
ex:Shape-size a sh:PropertyShape ; sh:path ex:size ; sh:minCount 1 ; sh:datatype xsd:decimal ; sh:message "Size!"@en .
"""
Write = Callable[..., DatasetFile]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write Turtle to a file of its own."""

    def write(text: str, name: str = "") -> DatasetFile:
        path = tmp_path / (name or f"{len(list(tmp_path.iterdir()))}.ttl")
        path.write_text(text if name else HEAD + text, encoding="utf-8")
        return DatasetFile(path, path.name)

    return write


@pytest.fixture
def graph(write: Write) -> Callable[[str], Graph]:
    """Read Turtle as the service does."""
    return lambda text: read_graph([write(text)])


def test_literals_stay_as_they_were_written(graph: Callable[[str], Graph]) -> None:
    """The parser of rdflib would make 1.5 of `1.50`, and true out of `"1"^^xsd:boolean`."""
    read = graph('ex:a ex:p 1.50 , "01"^^xsd:integer , "none"^^xsd:boolean , "x"@en-GB .')
    assert {(str(value), value.datatype, value.language) for value in read.objects()} == {
        ("1.50", XSD.decimal, None),
        ("01", XSD.integer, None),
        ("none", XSD.boolean, None),
        ("x", None, "en-gb"),
    }


def test_blank_nodes_of_two_files_stay_apart(write: Write) -> None:
    """Though both use the same label."""
    assert len(read_graph([write("_:x ex:p 1 ."), write("_:x ex:p 1 .")])) == 2


def test_triples_of_named_graphs_are_read(write: Write) -> None:
    """They are checked with the others."""
    trig = write("<http://x/g> { <http://x/s> <http://x/p> 1 }", "a.trig")
    assert [str(subject) for subject in read_graph([trig]).subjects()] == ["http://x/s"]


def test_a_remote_context_is_not_fetched(write: Write) -> None:
    """JSON-LD that needs one cannot be read."""
    with pytest.raises(DataError, match=r"a\.jsonld"):
        read_graph([write('{"@context": "http://127.0.0.1:9/context", "@id": "http://x/s", "p": 1}', "a.jsonld")])


def test_a_triple_term_is_refused(write: Write) -> None:
    """RDF 1.2 has it, SHACL 1.0 does not."""
    with pytest.raises(DataError, match="triple term"):
        read_graph([write("ex:a ex:p <<( ex:s ex:p ex:o )>> .")])


def test_a_syntax_error_has_its_place(write: Write) -> None:
    """Line and column."""
    with pytest.raises(DataError, match=r"line 3, column"):
        read_graph([write("\nex:a ex:p .")])


def test_shapes_that_are_missing_are_not_passed_over(tmp_path: Path) -> None:
    """Against no shapes, anything would conform."""
    (tmp_path / "a.ttl").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match="shapes are missing"):
        shapes_graph(dataset_of([tmp_path]))


def test_a_class_target_takes_subclasses(graph: Callable[[str], Graph]) -> None:
    """The ontology says which there are (SHACL, section 2.1.3.2)."""
    report = validate(
        graph("ex:a a ex:Small . ex:b a ex:Other ."),
        shapes=graph(SHAPE),
        ontology=graph("ex:Small rdfs:subClassOf ex:Smaller . ex:Smaller rdfs:subClassOf ex:Thing ."),
    )
    assert [(str(one.focus), one.path, one.message) for one in report.results] == [
        (EX + "a", f"<{EX}size>", "Size!"),
    ]
    assert report.checked == 1


def test_targets_of_every_kind(graph: Callable[[str], Graph]) -> None:
    """Node, subjects of, objects of, a shape that is a class itself (SHACL, section 2.1.3)."""
    shapes = ShapeGraph(
        graph(
            "ex:N sh:targetNode ex:n . ex:S sh:targetSubjectsOf ex:p . ex:O sh:targetObjectsOf ex:p ."
            " ex:C a sh:NodeShape, rdfs:Class . ex:None a sh:NodeShape ."
        )
    )
    index = Index(graph("ex:a ex:p ex:b . ex:n ex:q ex:c . ex:c a ex:D . ex:D rdfs:subClassOf ex:C ."))
    found = Targets(shapes).all(index)
    expected = {"N": "n", "S": "a", "O": "b", "C": "c"}
    assert {key: {index.term(node) for node in nodes} for key, nodes in found.items()} == {
        URIRef(EX + key): {URIRef(EX + value)} for key, value in expected.items()
    }
    assert Targets(shapes).of(set().union(*found.values()), index) == found


def test_a_part_is_told_of_alone(graph: Callable[[str], Graph]) -> None:
    """What is wrong with the rest is not its fault; what it breaks in a thing that it points to is."""
    shapes = graph(
        SHAPE + "ex:Lone a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Lone-owner ."
        " ex:Lone-owner a sh:PropertyShape ; sh:path [ sh:inversePath ex:owns ] ; sh:maxCount 1 ."
    )
    data = graph("ex:faulty a ex:Thing . ex:sound a ex:Thing ; ex:size 1.0 . ex:one ex:owns ex:sound .")
    report = validate(data, shapes=shapes, ontology=Graph(), part=graph("ex:two a ex:Owner ; ex:owns ex:sound ."))
    assert [(str(one.focus), str(one.shape)) for one in report.results] == [(EX + "sound", EX + "Lone-owner")]
    assert report.checked == 0
    assert not report.conforms


def test_nothing_checked_does_not_conform(graph: Callable[[str], Graph]) -> None:
    """Though SHACL itself would say so."""
    report = validate(graph("ex:a a ex:Other ."), shapes=graph(SHAPE), ontology=Graph())
    assert (report.results, report.checked, report.conforms) == ((), 0, False)
    assert [str(value) for value in report.graph.objects(None, SH.conforms)] == ["true"]


def test_an_empty_part_checks_nothing(graph: Callable[[str], Graph]) -> None:
    """Though the rest has focus nodes."""
    report = validate(graph("ex:a a ex:Thing ."), shapes=graph(SHAPE), ontology=Graph(), part=Graph())
    assert (report.results, report.checked, report.conforms) == ((), 0, False)


def test_a_shape_about_all_that_has_a_class_checks_nothing_by_itself(graph: Callable[[str], Graph]) -> None:
    """A thing of a class that no shape knows is not called checked because it has a class."""
    shapes = graph(SHAPE + "ex:Any a sh:NodeShape ; sh:targetSubjectsOf <" + str(RDF.type) + "> ; sh:nodeKind sh:IRI .")
    assert validate(graph("ex:a a ex:Other ."), shapes=shapes, ontology=Graph()).checked == 0


def test_aimed_shapes_find_what_the_whole_run_finds() -> None:
    """For chosen nodes of the published data, each with a fault put in, through every shape of the project."""
    published = project_dataset()
    data, ontology, shapes = default_graph(published), ontology_graph(published), shapes_graph(published)
    kinds = [FSP.Partnership, FSP.Participation, FSP.Contract, FSP.Outcome, FSP.Measurement, FSP.Period, FSP.Citation]
    nodes = {min(data.subjects(RDF.type, kind), key=str) for kind in kinds}
    for node in nodes:
        for predicate in (FSP.sha256, FSP.phase, FSP.status, FSP.buyer, FSP.describedIn):
            data.remove((node, predicate, None))
        data.add((node, FSP.invented, Literal("x")))
    graph, index = DataGraph([*data, *ontology]), Index(data, ontology)
    focus = {
        shape: {index.term(node) for node in found} & nodes
        for shape, found in Targets(ShapeGraph(shapes)).all(index).items()
    }
    part = read_results(shacl_report(graph, aimed(ShapeGraph(shapes), focus)), shapes)
    whole = read_results(shacl_report(graph, shapes), shapes)
    assert [one for one in whole if one.focus in nodes] == list(part)
    assert len({one.shape for one in part}) > 5


def test_files_may_refer_to_what_is_published(write: Write) -> None:
    """A participation of a published organisation in a published partnership, on a published citation, conforms."""
    text = (
        "<https://w3id.org/fsp/id/participation/new> a fsp:Participation ; rdfs:label 'New'@en ;"
        " <http://www.w3.org/ns/org#member> <https://w3id.org/fsp/id/organisation/{0}> ;"
        " <http://www.w3.org/ns/org#organization> ?p ;"
        " <http://www.w3.org/ns/org#role> <https://w3id.org/fsp/scheme/partner-role/funder> ;"
        " fsp:restsOn ?c ; fsp:describedIn ?d ."
    )
    published = default_graph(project_dataset())
    partnership = min(published.objects(None, FSP.describes), key=str)
    terms = {
        "?p": partnership,
        "?c": published.value(partnership, FSP.restsOn, any=True),
        "?d": published.value(partnership, FSP.describedIn, any=True),
    }
    for name, term in terms.items():
        text = text.replace(name, term.n3())
    report = validate_files([write(text.replace("{0}", "trafford-council"))], project_dataset())
    assert (report.results, report.checked, report.conforms) == ((), 1, True)
    (result,) = validate_files([write(text.replace("{0}", "nowhere-council"))], project_dataset()).results
    assert (result.severity, result.shape) == (Severity.VIOLATION, SHAPES["ParticipationShape-member"])


@pytest.mark.parametrize("where", ["FROM <{0}> WHERE", "FROM NAMED <{0}> WHERE", "WHERE {{ SERVICE <{0}>"])
def test_a_sparql_constraint_fetches_nothing(
    graph: Callable[[str], Graph], monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """FROM adds no data, and SERVICE is refused; the trap stands at the one place where Python opens an address."""
    opened: list[object] = []
    monkeypatch.setattr("urllib.request.OpenerDirector.open", lambda *arguments, **_: opened.append(arguments))
    end = " }" if "SERVICE" in where else ""
    query = f"SELECT $this {where.format('http://127.0.0.1:9/graph')} {{ ?s ?p ?o }}{end}"
    shapes = graph(
        "ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql ex:Shape-query ."
        f' ex:Shape-query a sh:SPARQLConstraint ; sh:select "{query}" .'
    )
    with pytest.raises(DataError, match="SERVICE") if end else nullcontext():
        validate(graph("ex:a a ex:Thing ."), shapes=shapes, ontology=Graph())
    assert opened == []


def test_results_that_explain_others_are_left_out(graph: Callable[[str], Graph]) -> None:
    """One fault is one result (`sh:detail`, SHACL, section 3.6.2.7)."""
    shapes = graph(
        "ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:Shape-part ."
        " ex:Shape-part a sh:PropertyShape ; sh:path ex:part ; sh:node ex:Part ."
        " ex:Part a sh:NodeShape ; sh:class ex:Part ."
    )
    report = validate(graph("ex:a a ex:Thing ; ex:part ex:b ."), shapes=shapes, ontology=Graph())
    assert [str(one.shape) for one in report.results] == [EX + "Shape-part"]


def test_violations_come_first(graph: Callable[[str], Graph]) -> None:
    """Then Warnings, then Infos."""
    shapes = graph(
        "".join(
            f" ex:{name} a sh:NodeShape ; sh:targetClass ex:Thing ; sh:class ex:None ; sh:severity sh:{name} ."
            for name in ("Info", "Warning", "Violation")
        )
    )
    report = validate(graph("ex:a a ex:Thing ."), shapes=shapes, ontology=Graph())
    assert [one.severity for one in report.results] == [Severity.VIOLATION, Severity.WARNING, Severity.INFO]


def test_an_ill_typed_literal_leaves_no_stack_trace(
    graph: Callable[[str], Graph], caplog: pytest.LogCaptureFixture
) -> None:
    """The result says what is wrong; rdflib's log says nothing."""
    report = validate(graph('ex:a a ex:Thing ; ex:size "big"^^xsd:decimal .'), shapes=graph(SHAPE), ontology=Graph())
    assert [str(one.value) for one in report.results] == ["big"]
    assert caplog.records == []


def test_graphs_that_are_given_stay_as_they_are(graph: Callable[[str], Graph]) -> None:
    """Data, shapes and part."""
    graphs = [graph("ex:a a ex:Thing ."), graph(SHAPE), graph("ex:b a ex:Thing .")]
    before = [set(one) for one in graphs]
    validate(graphs[0], shapes=graphs[1], ontology=Graph(), part=graphs[2])
    assert [set(one) for one in graphs] == before


@pytest.mark.parametrize("constraint", ["lessThan", "lessThanOrEquals"])
@pytest.mark.parametrize("value", ['"May 2012"^^xsd:date', '"99999-01-01"^^xsd:date', "[]", "5"])
def test_what_cannot_be_compared_is_a_breach(constraint: str, value: str) -> None:
    """With the value node as its value (SHACL, sections 4.4.3 and 4.4.4), and no error."""
    shapes = Graph().parse(
        data=HEAD + f"ex:S sh:targetNode ex:a ; sh:property ex:P . ex:P sh:path ex:p ; sh:{constraint} ex:q ."
    )
    with quiet():
        data = Graph().parse(data=HEAD + f'ex:a ex:p {value} ; ex:q "2012-05-31"^^xsd:date .')
        (result,) = read_results(shacl_report(DataGraph(data), shapes), shapes)
    (expected,) = data.objects(URIRef(EX + "a"), URIRef(EX + "p"))
    assert (result.value, result.focus) == (expected, URIRef(EX + "a"))
