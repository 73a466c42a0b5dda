"""The form's page without a browser: what is sent comes back, with faults at their fields, or as Turtle."""

import re

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from form_sample import CASE, SOURCE


def send(client: FlaskClient, action: str, values: dict[str, str]) -> TestResponse:
    """Press a button of the form."""
    return client.post(
        "/validate/form",
        data={**values, "action": action},
        content_type="multipart/form-data",
        headers={"Accept": "text/html"},
    )


def test_the_form_has_a_field_for_each_value(client: FlaskClient) -> None:
    """Each with a label, and each hint and error that a field names is there."""
    page = client.get("/validate/form", headers={"Accept": "text/html"}).text
    ids = re.findall(r' id="([^"]+)"', page)
    fields = re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', page)

    assert len(ids) == len(set(ids))
    assert {name for name in CASE if not name.startswith("measurement-2")} <= set(fields)
    assert set(re.findall(r'<label for="([^"]+)"', page)) == set(fields)
    assert {name for names in re.findall(r'aria-describedby="([^"]+)"', page) for name in names.split()} <= set(ids)
    assert "<script" not in page


def test_a_sound_case_is_told_and_downloaded(client: FlaskClient) -> None:
    """The Turtle that comes down conforms when it is sent in again."""
    checked = send(client, "check", CASE)
    turtle = send(client, "download", CASE)
    again = client.post("/validate", data=turtle.data, content_type="text/turtle")

    assert (checked.status_code, checked.headers["Fsp-Conforms"]) == (200, "true")
    assert "Conforms:" in checked.text
    assert turtle.mimetype == "text/turtle"
    assert turtle.headers["Content-Disposition"] == 'attachment; filename="anytown.ttl"'
    assert again.get_json()["conforms"]


def test_the_source_text_comes_down_as_it_is_cited(client: FlaskClient) -> None:
    """With the line ends that its offsets count."""
    reply = send(client, "source", CASE)
    assert reply.text == SOURCE.replace("\r\n", "\n")
    assert reply.headers["Content-Disposition"] == 'attachment; filename="parks-of-anytown.txt"'


def test_faults_stand_in_the_summary_and_at_their_fields(client: FlaskClient) -> None:
    """The summary leads to the field; the field says that it is wrong; all values stay."""
    values = CASE | {"contract-1-buyer": "", "partnership-1-aim": '"><b>'}
    page = send(client, "check", values).text

    assert "<title>Error: " in page
    assert '<a href="#contract-1-buyer">Contract 1, buyer</a>' in page
    field = re.search(r'<select id="contract-1-buyer"[^>]*>', page)
    assert field is not None
    assert 'aria-invalid="true"' in field[0]
    assert "contract-1-buyer-error" in field[0]
    assert "&#34;&gt;&lt;b&gt;</textarea>" in page
    assert '<option value="@organisation-2" selected>Organisation 2: Green Ltd</option>' in page


def test_what_cannot_be_understood_is_not_downloaded(client: FlaskClient) -> None:
    """The faults are shown instead."""
    reply = send(client, "download", CASE | {"measurement-1-numericValue": "some"})
    assert (reply.status_code, reply.mimetype) == (422, "text/html")
    assert "Measurement 1, numeric value" in reply.text


def test_parts_are_added_and_removed_by_buttons(client: FlaskClient) -> None:
    """The reader goes on at the new part."""
    more = send(client, "add activity", CASE).text
    fewer = send(client, "remove organisation-2", CASE).text

    assert re.search(r'name="activity-2-label"[^>]* autofocus', more)
    assert 'value="Opening of the parks of Anytown"' in more
    assert 'name="organisation-2-label"' not in fewer
    assert 'name="organisation-1-label"' in fewer


def test_enter_in_a_field_checks(client: FlaskClient) -> None:
    """The first button of the form is what the Enter key presses (HTML, implicit submission)."""
    page = client.get("/validate/form").text
    buttons = re.findall(r'<button[^>]*value="([^"]*)"', page[page.index("<form") :])
    assert buttons[0] == "check"
