"""Checking a new case: the page with its three ways, and the same for programs. Nothing that is sent is kept."""

from functools import partial
from typing import cast

from flask import Blueprint, Flask, Response, current_app, make_response, render_template, request
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from fsp.dataset.files import DatasetFile
from fsp.errors import InputError, NotAcceptableError, ParameterError
from fsp.settings import Settings
from fsp.validation.form.filled import Filled
from fsp.validation.reports.formats import REPORT_FORMATS
from fsp.validation.workbook.template import slug
from fsp.web.checks import FRAGMENT, Checked, CheckedForm, check_files, check_form, get_form, get_workbook, load_state
from fsp.web.guard import Guard, GuardLimits
from fsp.web.hangup import is_gone
from fsp.web.negotiation import prefers_html
from fsp.web.operations import operation, query
from fsp.web.schemas import BINARY, CONFORMS, PAGE, TEXT, ref
from fsp.web.service import current_service
from fsp.web.uploads import FORMS, MEDIA_TYPES, PASTE_FORMATS, read_body, read_files, read_pasted

__all__ = ["UNREADABLE", "init_app", "make_guard"]

UNREADABLE = 422
"""The status of a report about what could not be read."""

blueprint = Blueprint("validate", __name__)

_EXTENSION = "fsp-guard"
_MIB = 1024 * 1024
_MOST_FIELDS = 3000
_BESIDE = 64 * 1024
"""Bytes of a form beside the files in it."""
_STANDALONE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
)
"""For a report that is a page by itself and carries its style: whatever was sent is text in it, and no script runs."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_BUSY = (503,)
_UNREADABLE_TEXT = "The report about what cannot be read, with the place of each fault."
_FILES = {
    "type": "object",
    "properties": {
        "file": {"type": "array", "items": BINARY, "description": "Files; the ending of a name tells the format."},
        "text": {"type": "string", "description": "Pasted text."},
        "input-format": {"type": "string", "enum": ["", *PASTE_FORMATS], "description": "Its format; else found."},
        "format": {"type": "string", "enum": ["", *REPORT_FORMATS], "description": "Format of the report."},
    },
}
_FORM_FIELDS = {
    "type": "object",
    "properties": {
        "action": {
            "type": "string",
            "description": "What to do: `check`, `download`, `source`, or `add` and `remove` with the name of a part.",
        }
    },
    "additionalProperties": TEXT,
}


def make_guard(settings: Settings) -> Guard:
    """Return what runs the checks; whoever makes it closes it. It loads its data when it is first asked."""
    return Guard(load_state, GuardLimits(settings.check_timeout, settings.check_memory * _MIB, at_once=settings.checks))


def init_app(app: Flask, guard: Guard) -> None:
    """Register the pages.

    Args:
        app: the application.
        guard: runs the checks.
    """
    app.extensions[_EXTENSION] = guard
    app.register_blueprint(blueprint)


@blueprint.before_request
def set_limits() -> None:
    """Read as much of a request as may be checked."""
    request.max_content_length = current_service().settings.upload * _MIB + _BESIDE
    request.max_form_memory_size = request.max_content_length
    request.max_form_parts = _MOST_FIELDS


@blueprint.get("/validate/")
@blueprint.get("/validate")
@operation(PAGE)
def show() -> Response:
    """Show the three ways to have a case checked."""
    return _page("validate.html", formats=REPORT_FORMATS, paste_formats=PASTE_FORMATS, text="", chosen="")


@blueprint.post("/validate")
@operation(
    *(one.media_type for one in REPORT_FORMATS.values()),
    {REPORT_FORMATS["json"].media_type: ref("Report")},
    parameters=[
        query(
            "format",
            "Format of the report; it outweighs the Accept header. Without either, json.",
            {"type": "string", "enum": list(REPORT_FORMATS)},
        )
    ],
    body=dict.fromkeys(MEDIA_TYPES, BINARY) | dict.fromkeys(sorted(FORMS), _FILES),
    headers=[CONFORMS],
    errors=[400, 406, 413, 415, *_BUSY],
    others={UNREADABLE: _UNREADABLE_TEXT},
)
def validate() -> Response:
    """Check what a request carries, and answer with the report.

    It is checked together with what is published: RDF, or a workbook. The report is the answer, whether the file
    conforms or not.
    """
    limit = current_service().settings.upload * _MIB
    if request.mimetype not in FORMS:
        format_name = _report_format(page=False)
        return _report(_checked([read_body(request, limit)], format_name), format_name)
    format_name = _report_format(page=True)
    text, chosen = request.form.get("text", ""), request.form.get("input-format", "")
    files = read_files(request.files.getlist("file"), limit)
    if text.strip():
        files.append(read_pasted(text, chosen))
    if not files:
        raise InputError("There is nothing to check: choose a file or paste text.")
    checked = _checked(files, format_name)
    if format_name != FRAGMENT:
        return _report(checked, format_name)
    response = _page(
        "validate.html",
        formats=REPORT_FORMATS,
        paste_formats=PASTE_FORMATS,
        text=text,
        chosen=chosen,
        report=checked.report,
    )
    return _told(response, checked)


@blueprint.route("/validate/form", methods=["GET", "POST"])
@operation(PAGE, methods=["GET"], errors=_BUSY, summary="Show an empty form for a case, made from the rules.")
@operation(
    PAGE,
    {"text/turtle": TEXT, "text/plain": TEXT},
    methods=["POST"],
    body=dict.fromkeys(sorted(FORMS), _FORM_FIELDS),
    errors=[400, 413, *_BUSY],
    others={UNREADABLE: _UNREADABLE_TEXT},
)
def form() -> Response:
    """Show the form; with what was sent, add or remove a part, check it, or hand it over as Turtle."""
    made = _guard().run(get_form, is_gone(request.environ))
    if request.method == "GET":
        return _form_page(Filled.empty(made))
    sent = request.form.to_dict()
    action, _, about = sent.pop("action", "check").partition(" ")
    filled = Filled.read(made, sent)
    if action in {"add", "remove"}:
        return _form_page(*_changed(filled, action, about))
    if action == "source":
        return _download(filled.values.get("source-1-text", ""), "text/plain", _file_name(filled, "source", ".txt"))
    checked = _guard().run(partial(check_form, sent=dict(filled.values)), is_gone(request.environ))
    if action == "download" and checked.turtle:
        return _download(checked.turtle, "text/turtle", _file_name(filled, "case", ".ttl"))
    return _form_page(filled, checked=checked)


@blueprint.get("/validate/<any('case', 'example'):name>.xlsx")
@operation(_XLSX, headers=["Content-Disposition", "ETag"], errors=[404, *_BUSY])
def workbook(name: str) -> Response:
    """Hand out the workbook for a case: empty, or filled as an example."""
    content = _guard().run(partial(get_workbook, example=name == "example"), is_gone(request.environ))
    response = make_response(content)
    response.mimetype = _XLSX
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response.headers["Cache-Control"] = "public, no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def _guard() -> Guard:
    return cast("Guard", current_app.extensions[_EXTENSION])


def _checked(files: list[DatasetFile], format_name: str) -> Checked:
    call = partial(check_files, files=files, format_name=format_name)
    return _guard().run(call, is_gone(request.environ))


def _report_format(*, page: bool) -> str:
    """Return the format of the report: by `format`, else by `Accept`, else JSON.

    Args:
        page: whether the page of the service may be the answer to a browser.

    Raises:
        NotAcceptableError: no format fits.
    """
    named = request.args.get("format") or (page and request.form.get("format")) or ""
    if named:
        found = [name for name, one in REPORT_FORMATS.items() if named in {name, one.media_type, one.suffix[1:]}]
        if not found:
            raise NotAcceptableError(f"There is no report format '{named}'. Formats are {', '.join(REPORT_FORMATS)}.")
        return found[0]
    accept = request.headers.get("Accept", "")
    if page and prefers_html(accept):
        return FRAGMENT
    ranges = parse_accept_header(accept or "*/*", MIMEAccept)
    order = ["json", *(name for name in REPORT_FORMATS if name != "json")]
    best = max(order, key=lambda name: ranges.quality(REPORT_FORMATS[name].media_type))
    if not ranges.quality(REPORT_FORMATS[best].media_type):
        offer = ", ".join(f"{one.media_type} ({name})" for name, one in REPORT_FORMATS.items())
        raise NotAcceptableError(f"There is no report for the Accept header '{accept}'. Reports come as {offer}.")
    return best


def _report(checked: Checked, format_name: str) -> Response:
    format_ = REPORT_FORMATS[format_name]
    response = Response(checked.report, mimetype=format_.media_type)
    if format_name == "html":
        response.headers["Content-Security-Policy"] = _STANDALONE_POLICY
    response.vary.update(("Accept",))
    return _told(response, checked)


def _told(response: Response, checked: Checked | CheckedForm) -> Response:
    response.status_code = 200 if checked.readable else UNREADABLE
    response.headers[CONFORMS] = "true" if checked.conforms else "false"
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(template: str, **values: object) -> Response:
    response = make_response(render_template(template, **values))
    response.headers["Cache-Control"] = "no-store"
    return response


def _changed(filled: Filled, action: str, about: str) -> tuple[Filled, str]:
    """Return the form with a part added or removed, and the place in the page where the reader goes on."""
    name, _, number = about.partition("-")
    section = filled.form.by_name.get(name)
    if section is None or (action == "remove" and not number.isdecimal()):
        raise ParameterError(f"The form has no part '{about}'.", parameter="action")
    if action == "remove":
        return filled.removed(section, int(number)), f"section-{name}"
    added = filled.added(section)
    return added, f"{name}-{max(added.numbers[name])}"


def _form_page(filled: Filled, focus: str = "", *, checked: CheckedForm | None = None) -> Response:
    errors: dict[str, list[str]] = {}
    for message in checked.messages if checked else ():
        errors.setdefault(message.field, []).append(message.text)
    response = _page("form.html", filled=filled, form=filled.form, checked=checked, errors=errors, focus=focus)
    return _told(response, checked) if checked else response


def _file_name(filled: Filled, default: str, suffix: str) -> str:
    label = filled.values.get("source-1-title" if default == "source" else "case-1-label", "")
    return (slug(label) or default) + suffix


def _download(content: str, media_type: str, name: str) -> Response:
    response = Response(content, mimetype=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
