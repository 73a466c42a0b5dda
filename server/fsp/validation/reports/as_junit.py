"""The report as JUnit XML: a suite a file, a test case a rule, so that a build server lists what is wrong."""

import re
from collections.abc import Sequence
from itertools import groupby
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from fsp.validation.findings import CheckReport, Finding, Kind
from fsp.validation.reports.as_json import SEVERITY_NAMES
from fsp.validation.reports.words import about, told, verdict

__all__ = ["as_junit"]

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0, section 2.2, does not let a document hold."""


def as_junit(report: CheckReport) -> str:
    """Return the report as XML. A rule that is broken is a failure, and syntax that cannot be read an error."""
    root = Element("testsuites", name="fsp validate")
    elsewhere = [finding for finding in report.findings if finding.place is None]
    # A sheet can be a file of its own.
    named = [finding.place.file for finding in report.findings if finding.place]
    for number, file in enumerate(dict.fromkeys((*report.files, *named))):
        found = [finding for finding in report.findings if finding.place and finding.place.file == file]
        _suite(root, file, found + (elsewhere if number == 0 else []), report)
    for name in ("tests", "failures", "errors"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(root: Element, file: str, findings: Sequence[Finding], report: CheckReport) -> None:
    suite = SubElement(root, "testsuite", name=_xml(file))
    for (_, rule), group in groupby(findings, key=lambda finding: (finding.severity, finding.rule)):
        _broken(suite, file, rule, list(group))
    if not findings:
        passed = SubElement(suite, "testcase", classname=_xml(file), name="conforms", time="0")
        SubElement(passed, "system-out").text = _xml(verdict(report))
    errors = len(suite.findall("testcase/error"))
    counts = {"tests": len(suite), "failures": len(suite.findall("testcase/failure")), "errors": errors, "skipped": 0}
    for name, number in counts.items():
        suite.set(name, str(number))
    suite.set("time", "0")


def _broken(suite: Element, file: str, rule: str, findings: Sequence[Finding]) -> None:
    """Add the test case of one rule; all its places stand in one failure, as a case can fail only once."""
    first = findings[0]
    case = SubElement(suite, "testcase", classname=_xml(file), name=_xml(f"{first.title} ({rule})"), time="0")
    if first.place is not None:
        case.set("file", _xml(file))
        case.set("line", str(first.place.line))
    tag = "error" if first.kind is Kind.SYNTAX else "failure"
    failure = SubElement(
        case, tag, type=SEVERITY_NAMES[first.severity], message=_xml(told(findings)[0] or first.message)
    )
    failure.text = _xml("\n\n".join(_told(finding) for finding in findings))


def _told(finding: Finding) -> str:
    head = ": ".join(part for part in (str(finding.place or ""), about(finding)) if part)
    example = f"A right one: {finding.example}" if finding.example else ""
    return "\n".join(part for part in (head, finding.message, finding.shown, example) if part)


def _xml(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
