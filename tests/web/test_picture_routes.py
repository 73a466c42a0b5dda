"""Pictures over HTTP: alone, in a page, and what is refused."""

import pytest
from defusedxml.ElementTree import fromstring
from flask.testing import FlaskClient

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize(
    ("target", "accept"),
    [
        ("/queries/savings.svg", "*/*"),
        ("/queries/savings?format=svg", "text/html"),
        ("/queries/savings?format=image/svg%2Bxml", "*/*"),
        ("/queries/savings", "image/svg+xml"),
    ],
)
def test_a_picture_comes_by_suffix_format_and_accept(client: FlaskClient, target: str, accept: str) -> None:
    """The three ways in which every format is asked for give the same bytes."""
    reply = client.get(target, headers={"Accept": accept})
    assert (reply.status_code, reply.mimetype) == (200, "image/svg+xml")
    assert reply.data == client.get("/queries/savings.svg").data


def test_a_picture_may_load_and_run_nothing(client: FlaskClient) -> None:
    """Its policy allows its own style alone, whoever shows it."""
    policy = client.get("/queries/savings.svg").headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")


@pytest.mark.parametrize(
    ("target", "title", "page"),
    [
        (
            "/cases/hounslow/timeline.svg",
            "What happened when, or is to happen? — Hounslow: a charitable trust and young volunteers in libraries",
            "http://localhost/cases/hounslow",
        ),
        (
            "/queries/facts-of-a-case.svg?case=hounslow",
            "How much is known of a case, and on what basis? — Hounslow: a charitable trust and young volunteers in libraries",  # noqa: E501
            "http://localhost/queries/facts-of-a-case?case=hounslow",
        ),
        ("/network.svg?sector=third", "Who works with whom", "http://localhost/network?sector=third"),
    ],
)
def test_a_picture_alone_says_what_it_is_about(client: FlaskClient, target: str, title: str, page: str) -> None:
    """Its title and heading name what was chosen; a line and the metadata tell page and licence (SVG 2, 5.9)."""
    root = fromstring(client.get(target).data)
    svg, dcterms = "{http://www.w3.org/2000/svg}", "{http://purl.org/dc/terms/}"
    resource = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}resource"
    assert root.findtext(f"{svg}title") == title
    texts = ["".join(text.itertext()).strip() for text in root.iter(f"{svg}text")]
    assert texts[0] == title
    assert texts[-2:] == [page, "https://creativecommons.org/licenses/by/4.0/"]
    told = {name: root.find(f".//{dcterms}{name}") for name in ("source", "license")}
    assert {name: None if found is None else found.get(resource) for name, found in told.items()} == {
        "source": page,
        "license": "https://creativecommons.org/licenses/by/4.0/",
    }


def test_a_picture_has_the_parameters(client: FlaskClient) -> None:
    """Of the phase that is asked for, and no other."""
    text = client.get("/queries/savings.svg?phase=target").text
    assert "Savings of Peterborough" in text
    assert "Savings on disposal" not in text


def test_a_picture_can_be_validated(client: FlaskClient) -> None:
    """It is not sent again to whoever has it (RFC 9110, section 13.1.2)."""
    tag = client.get("/queries/timeline.svg").headers["ETag"]
    assert client.get("/queries/timeline.svg", headers={"If-None-Match": tag}).status_code == 304


def test_links_of_a_picture_alone_name_the_service(client: FlaskClient) -> None:
    """They work from wherever the file is opened; those in a page are relative to the service."""
    alone = client.get("/queries/timeline.svg").text
    page = client.get("/queries/timeline", headers=BROWSER).text
    assert 'href="http://localhost/doc/contract/trafford-waste"' in alone
    drawing = page.partition("<svg")[2].partition("</svg>")[0]
    assert 'href="/doc/contract/trafford-waste"' in drawing


@pytest.mark.parametrize("name", ["timeline", "places", "who-works-with-whom", "savings", "case-as-graph"])
def test_a_page_shows_the_picture_with_its_words_table_and_link(client: FlaskClient, name: str) -> None:
    """The text alternative, the table and the picture alone stand beside it; it needs no script."""
    page = client.get(f"/queries/{name}", headers=BROWSER).text
    drawing = page.partition("<svg")[2].partition("</svg>")[0]
    description = fromstring(client.get(f"/queries/{name}.svg").data).find("{http://www.w3.org/2000/svg}desc")
    assert description is not None
    assert "<style" not in drawing
    assert description.text
    assert page.count(description.text.replace("'", "&#39;")) + page.count(description.text) >= 2
    assert f'href="/queries/{name}.svg"' in page
    assert "The picture as a table" in page


@pytest.mark.parametrize(
    ("target", "status", "message"),
    [
        ("/queries/remarks.svg", 406, "There is no format for &#39;svg&#39;"),
        ("/queries/savings.svg?phase=projection", 404, "There is nothing to draw"),
        ("/queries/savings.svg?phase=soon", 400, "is no value of"),
        ("/cases/trafford/pie.svg", 404, "It has timeline, before-and-after, places."),
        ("/cases/hounslow/before-and-after.svg", 404, "There is nothing to draw"),
    ],
)
def test_what_cannot_be_drawn_is_explained(client: FlaskClient, target: str, status: int, message: str) -> None:
    """In words, with the status that fits."""
    reply = client.get(target, headers=BROWSER)
    assert (reply.status_code, message in reply.text) == (status, True), reply.text
