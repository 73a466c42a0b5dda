"""What a validation found: one result for each breach, in the terms of SHACL, section 3.6.2."""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import Enum

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from fsp.validation.terms import path_text

__all__ = ["Report", "Result", "Severity", "read_results", "without"]


class Severity(Enum):
    """How much a result matters; the order is the order in which results are told."""

    VIOLATION = SH.Violation
    WARNING = SH.Warning
    INFO = SH.Info

    @classmethod
    def _missing_(cls, _value: object) -> "Severity":
        """Take a severity that SHACL does not define (section 2.1.4) for the gravest."""
        return cls.VIOLATION


@dataclass(frozen=True, slots=True)
class Result:
    """One result.

    Attributes:
        severity: how much it matters.
        message: class, rule, property and remedy, in one sentence.
        focus: the focus node, which breaks the rule.
        path: the property path in SPARQL's syntax; None for a rule about the node itself.
        predicate: the path, where it is a property alone.
        value: the value that breaks the rule; None where the fault is that there is none, or too many.
        shape: the shape or property shape that holds the rule, or the SPARQL constraint where it is one.
        component: the constraint component, such as `sh:MinCountConstraintComponent`.
    """

    severity: Severity
    message: str
    focus: Node
    path: str | None
    predicate: URIRef | None
    value: Node | None
    shape: Node
    component: URIRef


@dataclass(frozen=True, slots=True)
class Report:
    """What a validation found.

    Attributes:
        results: the results: Violations first, then by rule and focus node.
        checked: how many nodes of the data a shape of some class or property was about. Where it is 0, nothing was
            checked, and that there is no result means nothing.
        graph: the W3C validation report.
        data: what was validated, with all that its labels come from.
    """

    results: tuple[Result, ...]
    checked: int
    graph: Graph
    data: Graph

    @property
    def conforms(self) -> bool:
        """Whether something was checked and there is no result, of whatever severity (SHACL, section 3.6.1)."""
        return self.checked > 0 and not self.results


def read_results(report: Graph, shapes: Graph) -> tuple[Result, ...]:
    """Return the results of a validation report; those that only explain another, by `sh:detail`, are left out.

    Args:
        report: the report of one run.
        shapes: the shapes that were used, for the order of their rules.
    """
    results = [_result(node, report) for node in report.objects(None, SH.result)]
    rank = {severity: number for number, severity in enumerate(Severity)}
    order = {shape: int(str(value)) for shape, value in shapes.subject_objects(SH.order)}
    return tuple(
        sorted(
            results,
            key=lambda one: (
                rank[one.severity],
                str(one.shape).partition("-")[0],
                order.get(one.shape, 0),
                one.shape,
                one.focus,
                str(one.value),
            ),
        )
    )


def without(results: AbstractSet[Result], report: Graph) -> Graph:
    """Return a validation report without some of its results.

    Args:
        results: the results to leave out.
        report: the report; it is changed.
    """
    for node in list(report.objects(None, SH.result)) if results else ():
        if _result(node, report) in results:
            report.remove((None, SH.result, node))
            report.remove((node, None, None))
    if results and (None, SH.result, None) not in report:
        for node in report.subjects(RDF.type, SH.ValidationReport):
            report.set((node, SH.conforms, Literal(True)))
    return report


def _result(node: Node, report: Graph) -> Result:
    path = report.value(node, SH.resultPath)
    shape = report.value(node, SH.sourceConstraint) or report.value(node, SH.sourceShape)
    focus = report.value(node, SH.focusNode)
    component = report.value(node, SH.sourceConstraintComponent)
    if shape is None or focus is None or not isinstance(component, URIRef):
        raise ValueError("A validation result lacks what SHACL, section 3.6.2, asks of it.")
    return Result(
        severity=Severity(report.value(node, SH.resultSeverity)),
        message=_message(node, report),
        focus=focus,
        path=None if path is None else path_text(path, report),
        predicate=path if isinstance(path, URIRef) else None,
        value=report.value(node, SH.value),
        shape=shape,
        component=component,
    )


def _message(node: Node, report: Graph) -> str:
    """Return the message: the English one where there are several."""
    found = [text for text in report.objects(node, SH.resultMessage) if isinstance(text, Literal)]
    return str(min(found, key=lambda text: (text.language != "en", text), default=""))
