"""What is said of a form: each finding with its field, in the words of a form."""

import re
from dataclasses import dataclass

from fsp.validation.findings import CheckReport, Finding
from fsp.validation.form.filled import Filled

__all__ = ["HEADERS", "FormMessage", "messages_of", "reworded"]

HEADERS = 1
"""The row of the headers in the sheet that a section is read as: the thing numbered 1 stands in the next."""
_WORDS = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"The row has no label: .*", "It has no label: write what it is called, or empty all of its fields."),
        (
            r"There are two rows for ('.*'): .*",
            r"There are two with the label \1: put both into one, or give another label.",
        ),
        (
            r": add a row for it to the sheet Periods.*",
            ": write its first and last day, as in 1 Mar 2011 to 31 May 2011.",
        ),
        (
            r"('.*') is published already, as .*",
            r"\1 is published already: choose it in the lists and empty this part, or write a label of its own.",
        ),
    )
)
"""What a workbook is told, and what is said of it in a form."""


@dataclass(frozen=True, slots=True)
class FormMessage:
    """A finding about the form.

    Attributes:
        field: the name of the field that it is about.
        where: that field, in words.
        finding: what was found.
    """

    field: str
    where: str
    finding: Finding


def messages_of(report: CheckReport, filled: Filled) -> list[FormMessage]:
    """Return the findings of a report about a form, each with its field."""
    return [_message(finding, filled) for finding in report.findings]


def _message(finding: Finding, filled: Filled) -> FormMessage:
    place = finding.place
    section = next(
        (one for one in filled.form.sections if place is not None and one.sheet.of.name == place.sheet),
        filled.form.sections[1],
    )
    number = place.line - HEADERS if place is not None else 1
    at = place.column if place is not None else 0
    found = next((one for one in section.fields if one.at == at), section.fields[0])
    where = f"{filled.form.title(section, number)}, {found.label.lower()}"
    return FormMessage(filled.name(section, number, found), where, finding)


def reworded(message: str) -> str:
    """Return what a workbook is told about a cell as it is told about a field."""
    for pattern, words in _WORDS:
        message, times = pattern.subn(words, message)
        if times:
            break
    return message
