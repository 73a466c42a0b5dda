"""Write a report in the format that is asked for."""

from collections.abc import Callable

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
from fsp.validation.reports.formats import REPORT_FORMATS

__all__ = ["render"]

_WRITERS: dict[str, Callable[[CheckReport], str]] = {
    "text": as_text,
    "html": as_html,
    "turtle": as_turtle,
    "jsonld": as_jsonld,
    "json": as_json,
    "csv": as_csv,
    "sarif": as_sarif,
    "junit": as_junit,
}
_WRITERS_OF_BOTH: dict[str, Callable[[CheckReport, Preview], str]] = {
    "text": as_text,
    "html": as_html,
    "json": as_json,
}


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
    if preview is None:
        return _WRITERS[name](report)
    if name not in _WRITERS_OF_BOTH:
        able = ", ".join(name for name, one in REPORT_FORMATS.items() if one.tells_changes)
        raise InputError(f"A {REPORT_FORMATS[name].label} report cannot tell what would change. Choose from {able}.")
    return _WRITERS_OF_BOTH[name](report, preview)
