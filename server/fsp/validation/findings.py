"""What the checking of a user's files found, in words and with places: the one model behind every report."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import groupby

from rdflib import Graph
from rdflib.term import Node

from fsp.validation.places import Place
from fsp.validation.report import Severity

__all__ = ["CheckReport", "Finding", "Kind", "RuleFindings"]


class Kind(StrEnum):
    """What found it."""

    SYNTAX = "syntax"
    SHAPE = "shape"
    VOCABULARY = "vocabulary"
    CITATION = "citation"
    COVERAGE = "coverage"
    """Nothing was checked, or a part of the file was not."""
    REMARK = "remark"
    """No fault: among the `remarks` of a report only."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault, or one remark, about one place in the user's files.

    Attributes:
        rule: stable name of the rule that is broken: the local name of the shape or constraint, such as
            `ContractShape-buyer`, or that of a check beside SHACL, such as `unknown-term`.
        kind: what found it.
        severity: how much it matters.
        title: the rule in a few words, for a heading over all findings of it.
        message: what is wrong and how to mend it, in plain words with labels instead of IRIs.
        example: what a right one looks like, as the user would write it in this file; empty where there is none.
        place: where it is; None where no place can be told, such as for a file that holds nothing.
        shown: the user's own line, and a caret under the fault; empty where there is no line.
        focus: the thing that it is about.
        focus_label: the label of that thing, or its IRI in short.
        path: the property, by label; empty for a rule about the thing itself.
        value: the offending value; None where the fault is that there is none, or too many.
        value_label: the value in words.
    """

    rule: str
    kind: Kind
    severity: Severity
    title: str
    message: str
    example: str = ""
    place: Place | None = None
    shown: str = ""
    focus: Node | None = None
    focus_label: str = ""
    path: str = ""
    value: Node | None = None
    value_label: str = ""


@dataclass(frozen=True, slots=True)
class RuleFindings:
    """All findings of one rule.

    Attributes:
        findings: one or more, in the order of their places.
    """

    findings: tuple[Finding, ...]

    @property
    def first(self) -> Finding:
        """The first one: it tells rule, title and severity for all."""
        return self.findings[0]


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What the checking of one or more files found.

    Attributes:
        files: the files as the user named them.
        findings: Violations first, then Warnings, then notes; within those by rule and by place.
        checked: how many things of the files some shape was about.
        part: the triples of the files.
        remarks: what is worth knowing and no fault, such as how a typed date was understood; a file that conforms stays
            conforming.
        shacl: the W3C validation report (SHACL, section 3.6); empty where syntax faults kept SHACL from running.
        readable: whether every file could be parsed.
    """

    files: tuple[str, ...]
    findings: tuple[Finding, ...]
    checked: int
    part: Graph = field(default_factory=Graph)
    shacl: Graph = field(default_factory=Graph)
    readable: bool = True
    remarks: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether all was read, something was checked, and nothing was found, of whatever severity."""
        return self.readable and self.checked > 0 and not self.findings

    def rules(self) -> Iterator[RuleFindings]:
        """Yield the findings rule by rule."""
        for _, group in groupby(self.findings, key=lambda finding: (finding.severity, finding.rule)):
            yield RuleFindings(tuple(group))
