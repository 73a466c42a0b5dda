"""The report as a table, a row a finding, for a spreadsheet (RFC 4180)."""

import csv
import io

from fsp.validation.findings import CheckReport, Finding
from fsp.validation.places import column_letters
from fsp.validation.reports.as_json import SEVERITY_NAMES

__all__ = ["as_csv"]

_COLUMNS = (
    *("severity", "title", "message", "example", "file", "sheet", "line", "column"),
    *("thing", "property", "value", "thing IRI", "rule", "kind"),
)
_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(report: CheckReport) -> str:
    """Return a row for each finding, under a row of names.

    It begins with a byte order mark, without which a spreadsheet may not take it for UTF-8. What a spreadsheet would
    take for a formula gets an apostrophe before it: the words of a file that somebody sent must not be carried out.
    """
    stream = io.StringIO(newline="")
    stream.write(_BYTE_ORDER_MARK)
    writer = csv.writer(stream)
    writer.writerow(_COLUMNS)
    writer.writerows([_guarded(cell) for cell in _row(finding)] for finding in report.findings)
    return stream.getvalue()


def _row(finding: Finding) -> tuple[str, ...]:
    place = finding.place
    column = "" if place is None else str(place.column) if place.sheet is None else column_letters(place.column)
    return (
        SEVERITY_NAMES[finding.severity],
        finding.title,
        finding.message,
        finding.example,
        place.file if place else "",
        (place.sheet or "") if place else "",
        str(place.line) if place else "",
        column,
        finding.focus_label,
        finding.path,
        finding.value_label,
        "" if finding.focus is None else str(finding.focus),
        finding.rule,
        str(finding.kind),
    )


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
