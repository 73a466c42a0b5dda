"""The report as a SARIF 2.1.0 log, with which a code host shows each finding on its line of a pull request."""

import hashlib
import json
from collections import Counter
from importlib.metadata import version
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from rdflib import BNode

from fsp.namespaces import BASE, SHAPES
from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.places import Place, column_letters
from fsp.validation.report import Severity
from fsp.validation.reports.words import DUTIES, about, told, verdict

__all__ = ["as_sarif"]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""Section 3.27.10."""
_FINGERPRINT = "fspFinding/v1"


def as_sarif(report: CheckReport) -> str:
    """Return the log: one run, with the rules that were broken and a result for each finding."""
    rules = _rules(report)
    numbers = {rule["id"]: number for number, rule in enumerate(rules)}
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": {"name": "fsp", "version": version("fsp"), "informationUri": str(BASE), "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report)],
        "artifacts": [{"location": {"uri": _uri(file)}, "roles": ["analysisTarget"]} for file in report.files],
        "results": [_result(finding, numbers[finding.rule], report, seen) for finding in report.findings],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2, ensure_ascii=False) + "\n"


def _invocation(report: CheckReport) -> dict[str, Any]:
    """Say whether the tool could do its work (section 3.20): with a file that cannot be read it could not."""
    invocation: dict[str, Any] = {"executionSuccessful": report.readable}
    if not report.readable or not report.checked:
        notification = {"level": "error", "message": {"text": verdict(report)}}
        invocation["toolExecutionNotifications"] = [notification]
    return invocation


def _rules(report: CheckReport) -> list[dict[str, Any]]:
    """Return the reporting descriptors (section 3.49), one for each rule that was broken."""
    broken: dict[str, list[Finding]] = {}
    for finding in report.findings:
        broken.setdefault(finding.rule, []).append(finding)
    return [_rule(findings) for _, findings in sorted(broken.items())]


def _rule(findings: list[Finding]) -> dict[str, Any]:
    first = findings[0]
    words = told(findings)[0] or first.message
    example = next((finding.example for finding in findings if finding.example), "")
    rule: dict[str, Any] = {
        "id": first.rule,
        "name": "".join(part[:1].upper() + part[1:] for part in first.rule.split("-")),
        "shortDescription": {"text": first.title},
        "fullDescription": {"text": words},
        "help": {
            "text": words + (f"\n\nA right one:\n\n{example}" if example else ""),
            "markdown": words + (f"\n\nA right one:\n\n~~~~\n{example}\n~~~~" if example else ""),
        },
        "defaultConfiguration": {"level": _LEVELS[first.severity]},
        "properties": {"tags": [str(first.kind), DUTIES[first.severity]]},
    }
    if first.kind is Kind.SHAPE:
        rule["helpUri"] = str(SHAPES[first.rule])
    return rule


def _result(finding: Finding, rule: int, report: CheckReport, seen: Counter[str]) -> dict[str, Any]:
    message = ": ".join(part for part in (about(finding), finding.message) if part)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule,
        "kind": "fail",
        "level": _LEVELS[finding.severity],
        "message": {"text": message},
        "locations": _locations(finding, report),
        "partialFingerprints": {_FINGERPRINT: _fingerprint(finding, seen)},
    }


def _locations(finding: Finding, report: CheckReport) -> list[dict[str, Any]]:
    """Return the place (section 3.28); without one, the files as a whole, as a code host asks for some place."""
    place = finding.place
    if place is None:
        return [{"physicalLocation": {"artifactLocation": {"uri": _uri(file)}}} for file in report.files[:1]]
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(place.file)}}}
    if place.sheet is None:
        region = {"startLine": place.line, "startColumn": place.column}
        location["physicalLocation"]["region"] = region | _snippet(finding)
    else:
        # A workbook has no lines: its cell is named as a logical location (section 3.33).
        cell = f"{column_letters(place.column)}{place.line}"
        location["logicalLocations"] = [{"name": cell, "fullyQualifiedName": f"{place.sheet}!{cell}".lstrip("!")}]
        location["message"] = {"text": str(place)}
        if not place.sheet:
            location["physicalLocation"]["region"] = {"startLine": place.line}
    return [location]


def _snippet(finding: Finding) -> dict[str, Any]:
    line = finding.shown.strip("\n").split("\n")[0].partition("| ")[2]
    return {"snippet": {"text": line}} if line else {}


def _uri(file: str) -> str:
    """Return a file's name as a URI reference (section 3.4.3), relative where the user named it so."""
    path = PurePath(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())


def _fingerprint(finding: Finding, seen: Counter[str]) -> str:
    """Return what tells a finding from others and stays the same when lines above it come and go (section 3.27.17)."""
    focus = finding.focus_label if isinstance(finding.focus, BNode) else str(finding.focus)
    value = finding.value_label if isinstance(finding.value, BNode) else str(finding.value)
    line = finding.shown if finding.kind is Kind.SYNTAX else ""
    text = "\n".join((finding.rule, _file(finding.place), focus, finding.path, value, line.partition("| ")[2]))
    seen[text] += 1
    return f"{hashlib.sha256(text.encode(errors='replace')).hexdigest()[:32]}:{seen[text]}"


def _file(place: Place | None) -> str:
    return place.file if place else ""
