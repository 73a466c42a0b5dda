"""A report in every format that people and programs ask for: one module a format."""

from collections.abc import Callable
from dataclasses import dataclass

from fsp.errors import InputError, NotFoundError
from fsp.validation.findings import CheckReport
from fsp.validation.preview import Preview
from fsp.validation.reports.as_csv import as_csv
from fsp.validation.reports.as_html import as_html
from fsp.validation.reports.as_json import as_json
from fsp.validation.reports.as_junit import as_junit
from fsp.validation.reports.as_rdf import as_jsonld, as_turtle
from fsp.validation.reports.as_sarif import as_sarif
from fsp.validation.reports.as_text import as_text

__all__ = ["REPORT_FORMATS", "ReportFormat", "render"]


@dataclass(frozen=True, slots=True)
class ReportFormat:
    """A format of reports.

    Attributes:
        label: its name for people.
        media_type: what HTTP calls it.
        suffix: how the name of a file in it ends.
        write: writes a report in it.
        write_both: writes a report and what would change, where the format can tell that.
    """

    label: str
    media_type: str
    suffix: str
    write: Callable[[CheckReport], str]
    write_both: Callable[[CheckReport, Preview], str] | None = None


REPORT_FORMATS: dict[str, ReportFormat] = {
    "text": ReportFormat("text", "text/plain", ".txt", as_text, as_text),
    "html": ReportFormat("page to print", "text/html", ".html", as_html, as_html),
    "turtle": ReportFormat("W3C validation report in Turtle", "text/turtle", ".ttl", as_turtle),
    "jsonld": ReportFormat("W3C validation report in JSON-LD", "application/ld+json", ".jsonld", as_jsonld),
    "json": ReportFormat("JSON", "application/json", ".json", as_json, as_json),
    "csv": ReportFormat("table for a spreadsheet (CSV)", "text/csv", ".csv", as_csv),
    "sarif": ReportFormat("SARIF 2.1.0, for a code host", "application/sarif+json", ".sarif", as_sarif),
    "junit": ReportFormat("JUnit XML, for a build server", "application/xml", ".xml", as_junit),
}
"""Every format, by name."""


def render(report: CheckReport, name: str, preview: Preview | None = None) -> str:
    """Return a report in one of the formats.

    Args:
        report: what was found.
        name: a key of `REPORT_FORMATS`.
        preview: what would change, where it is to be told too.

    Raises:
        NotFoundError: there is no such format.
        InputError: the format cannot tell what would change.
    """
    if name not in REPORT_FORMATS:
        raise NotFoundError(f"There is no report format '{name}'. Choose from {', '.join(REPORT_FORMATS)}.")
    format_ = REPORT_FORMATS[name]
    if preview is None:
        return format_.write(report)
    if format_.write_both is None:
        able = ", ".join(name for name, one in REPORT_FORMATS.items() if one.write_both)
        raise InputError(f"A {format_.label} report cannot tell what would change. Choose from {able}.")
    return format_.write_both(report, preview)
