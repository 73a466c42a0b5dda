"""Each valid example conforms, and each invalid one gives exactly what its first line says.

The line reads `# reports: shape | severity | focus node | path | value`, once for each result, with `; ` between them.
"""

from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import Graph
from rdflib.namespace import SH
from rdflib.term import Node

from fsp.dataset.files import DatasetFile, project_folder
from fsp.namespaces import SHAPES
from fsp.validation.graphs import read_graph
from fsp.validation.report import Report, Result

FOLDER = Path(__file__).parent
VALID = sorted(FOLDER.glob("*/valid*.ttl"))
INVALID = sorted(FOLDER.glob("*/invalid-*.ttl"))
WITHOUT_TARGETS = {"shapes", "values"}

Validated = Callable[[Path], tuple[Report, Graph]]


def name(path: Path) -> str:
    """Name an example by its folder and file."""
    return f"{path.parent.name}/{path.stem}"


def line(result: Result, example: Graph) -> str:
    """Write a result as the first line of an example does, with the prefixes of the example."""
    names = example.namespace_manager
    value = "-" if result.value is None else result.value.n3(names)
    shape = result.shape.removeprefix(SHAPES)
    return " | ".join((shape, result.severity.name.capitalize(), result.focus.n3(names), result.path or "-", value))


@pytest.mark.parametrize("path", VALID, ids=name)
def test_a_valid_example_conforms(path: Path, validated: Validated) -> None:
    """Something of it is checked, and there is no result of any severity."""
    report, example = validated(path)
    assert [line(result, example) for result in report.results] == []
    assert report.conforms


@pytest.mark.parametrize("path", INVALID, ids=name)
def test_an_invalid_example_gives_what_its_first_line_says(path: Path, validated: Validated) -> None:
    """These results and no others."""
    first = path.read_text(encoding="utf-8").partition("\n")[0]
    report, example = validated(path)
    assert first.removeprefix("# reports: ").split("; ") == sorted(line(result, example) for result in report.results)


def test_each_family_of_shapes_has_a_valid_example() -> None:
    """A folder beside the examples has the name of each file of shapes with targets."""
    families = {path.stem for path in (project_folder() / "shapes").glob("*.ttl")} - WITHOUT_TARGETS
    assert {path.parent.name for path in VALID} == families
    assert {path.parent.name for path in INVALID} == families


def test_an_example_lies_beside_the_shape_that_it_breaks(validated: Validated) -> None:
    """So that the examples of a shape are found."""
    homes = {
        shape: path.stem
        for path in (project_folder() / "shapes").glob("*.ttl")
        for shape in read_graph([DatasetFile(path, path.name)]).subjects(SH.name)
    }
    strays = [
        name(path)
        for path in INVALID
        if path.parent.name not in {homes[one.shape] for one in validated(path)[0].results}
    ]
    assert strays == []


def test_each_constraint_has_an_invalid_example(shapes: Graph, validated: Validated) -> None:
    """Each constraint component of each shape, property shape and SPARQL constraint that has a target."""
    reported = {(result.shape, result.component) for path in INVALID for result in validated(path)[0].results}
    assert sorted(set(constraints(shapes)) - reported) == []


def constraints(shapes: Graph) -> list[tuple[Node, Node]]:
    """Return each constraint that can be reported, with its component (SHACL, sections 4 and 5)."""
    targets = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf, SH.targetNode)
    targeted = {shape for target in targets for shape in shapes.subjects(target)}
    own = targeted | {one for shape in targeted for one in shapes.objects(shape, SH.property)}
    declared = [
        (shape, SH[f"{parameter[0].upper()}{parameter[1:]}ConstraintComponent"])
        for shape in own
        for parameter in (str(predicate).removeprefix(str(SH)) for predicate in shapes.predicates(shape))
        if parameter in PARAMETERS
    ]
    sparql = [(one, SH.SPARQLConstraintComponent) for shape in targeted for one in shapes.objects(shape, SH.sparql)]
    return declared + sparql


PARAMETERS = {
    "class", "datatype", "disjoint", "equals", "hasValue", "in", "languageIn", "lessThan", "lessThanOrEquals",
    "maxCount", "maxInclusive", "maxLength", "minCount", "minInclusive", "minLength", "node", "nodeKind", "not", "or",
    "pattern", "qualifiedMaxCount", "qualifiedMinCount", "uniqueLang", "xone", "and", "closed",
}  # fmt: skip
