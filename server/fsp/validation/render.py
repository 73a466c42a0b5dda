"""Write a validation report: as text for people, as JSON, and as the W3C report in Turtle."""

import json
from collections.abc import Iterator
from itertools import groupby

from rdflib import Literal, URIRef
from rdflib.term import Node

from fsp.namespaces import PREFIXES
from fsp.validation.report import Report, Result, Severity
from fsp.validation.terms import label, shown

__all__ = ["as_json", "as_text", "as_turtle"]

_HEADINGS = {
    Severity.VIOLATION: ("Violation: must be mended", "Violations: must be mended"),
    Severity.WARNING: ("Warning: should be mended", "Warnings: should be mended"),
    Severity.INFO: ("Info: worth a look", "Infos: worth a look"),
}


def as_text(report: Report) -> str:
    """Return the report in words: by severity, then by rule, with labels before IRIs."""
    lines = [_verdict(report)]
    for severity, results in groupby(report.results, key=lambda result: result.severity):
        group = list(results)
        lines += ["", f"{len(group)} {_HEADINGS[severity][len(group) > 1]}"]
        for message, breaches in groupby(group, key=lambda result: result.message):
            lines += ["", f"  {message}"]
            for result in breaches:
                lines += [f"    {line}" for line in _place(result, report)]
    return "\n".join(lines) + "\n"


def as_json(report: Report) -> str:
    """Return the report as one JSON object; terms are given as IRIs or lexical forms, with their labels."""
    document = {
        "conforms": report.conforms,
        "checked": report.checked,
        "results": [_object(result, report) for result in report.results],
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def as_turtle(report: Report) -> str:
    """Return the W3C validation report (SHACL, section 3.6) in Turtle."""
    for prefix, namespace in PREFIXES.items():
        report.graph.bind(prefix, namespace)
    return report.graph.serialize(format="turtle")


def _verdict(report: Report) -> str:
    things = "1 thing was" if report.checked == 1 else f"{report.checked} things were"
    if not report.checked and not report.results:
        return (
            "Nothing checked: no shape is about any thing of the data. Give each thing one of the classes of the "
            "ontology by rdf:type, such as fsp:Partnership, and check the spelling of the namespace "
            f"<{PREFIXES['fsp']}>."
        )
    return f"Conforms: {things} checked." if report.conforms else f"Does not conform: {things} checked."


def _place(result: Result, report: Report) -> Iterator[str]:
    yield shown(result.focus, report.data)
    if result.path is not None:
        yield f"  property  {result.path}"
    if result.value is not None and result.value != result.focus:
        yield f"  value     {shown(result.value, report.data)}"


def _object(result: Result, report: Report) -> dict[str, object]:
    return {
        "severity": result.severity.name.capitalize(),
        "message": result.message,
        "focusNode": _node(result.focus, report),
        "path": result.path,
        "value": None if result.value is None else _node(result.value, report),
        "sourceShape": str(result.shape),
        "sourceConstraintComponent": str(result.component),
    }


def _node(node: Node, report: Report) -> dict[str, str | None]:
    """Return a term as SPARQL 1.1 Query Results JSON has it (section 3.2.2), with its label."""
    if isinstance(node, Literal):
        literal: dict[str, str | None] = {"type": "literal", "value": str(node)}
        if node.language:
            literal["xml:lang"] = node.language
        elif node.datatype:
            literal["datatype"] = str(node.datatype)
        return literal
    kind = "uri" if isinstance(node, URIRef) else "bnode"
    return {"type": kind, "value": str(node), "label": label(node, report.data)}
