"""The report as one JSON object, for programs; docs/report.schema.json says what it holds."""

import json
from typing import Any

from rdflib import Literal, URIRef
from rdflib.term import Node

from fsp.validation.findings import CheckReport, Finding
from fsp.validation.places import Place
from fsp.validation.preview import Preview
from fsp.validation.report import Severity
from fsp.validation.reports.of_preview import preview_object
from fsp.validation.reports.words import verdict

__all__ = ["SEVERITY_NAMES", "as_json"]

SEVERITY_NAMES = {Severity.VIOLATION: "Violation", Severity.WARNING: "Warning", Severity.INFO: "Info"}
"""The local names of the severities (SHACL, section 2.1.4), which programs read."""


def as_json(report: CheckReport, preview: Preview | None = None) -> str:
    """Return the report, and what would change where that is to be told too."""
    document = _report(report)
    if preview is not None:
        document["preview"] = preview_object(preview)
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _report(report: CheckReport) -> dict[str, Any]:
    return {
        "conforms": report.conforms,
        "readable": report.readable,
        "checked": report.checked,
        "summary": verdict(report),
        "files": list(report.files),
        "counts": {
            name: sum(finding.severity is severity for finding in report.findings)
            for severity, name in SEVERITY_NAMES.items()
        },
        "findings": [_finding(finding) for finding in report.findings],
        "remarks": [_finding(remark) for remark in report.remarks],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "kind": str(finding.kind),
        "severity": SEVERITY_NAMES[finding.severity],
        "title": finding.title,
        "message": finding.message,
        "example": finding.example or None,
        "place": None if finding.place is None else _place(finding.place),
        "shown": finding.shown or None,
        "focusNode": None if finding.focus is None else _term(finding.focus, finding.focus_label),
        "path": finding.path or None,
        "value": None if finding.value is None else _term(finding.value, finding.value_label),
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "file": place.file,
        "sheet": place.sheet,
        "line": place.line,
        "column": place.column,
        "text": str(place),
    }


def _term(term: Node, label: str) -> dict[str, str]:
    """Return a term as SPARQL 1.1 Query Results JSON has it (section 3.2.2), with its label."""
    shown = {"label": label} if label else {}
    if isinstance(term, Literal):
        kind = {"xml:lang": term.language} if term.language else {}
        kind |= {"datatype": str(term.datatype)} if term.datatype else {}
        return {"type": "literal", "value": str(term), **kind, **shown}
    return {"type": "uri" if isinstance(term, URIRef) else "bnode", "value": str(term), **shown}
