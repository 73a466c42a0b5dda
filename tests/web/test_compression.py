"""Pages and scripts on a slow line: compressed for whoever takes it, and the same for whoever does not."""

import gzip

import pytest

from support import Service

PAGES = ["/", "/sparql", "/sparql/vocabulary.json", "/assets/editor.js", "/assets/fsp.css"]
HTML = "text/html"


@pytest.mark.parametrize("address", PAGES)
def test_the_same_content_leaves_in_fewer_bytes(service: Service, address: str) -> None:
    """Content-Encoding says so, and caches are told that it differs (RFC 9110, sections 8.4 and 12.5.5)."""
    plain = service.request(address, headers={"Accept": HTML})
    coded = service.request(address, headers={"Accept": HTML, "Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(coded.body) == plain.body
    assert len(coded.body) < len(plain.body)
    assert coded.headers["Content-Length"] == str(len(coded.body))
    assert coded.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in coded.headers["Vary"]
    assert "Accept-Encoding" in plain.headers["Vary"]


def test_an_entity_tag_is_weak_where_the_bytes_differ(service: Service) -> None:
    """A strong one names the very bytes (RFC 9110, section 8.8.1)."""
    address = "/assets/editor.js"
    assert service.request(address).headers["ETag"].startswith('"')
    assert service.request(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"].startswith('W/"')


def test_a_part_is_a_part_of_the_file_itself(service: Service) -> None:
    """A range counts the bytes of the file (RFC 9110, section 14.2)."""
    headers = {"Accept-Encoding": "gzip", "Range": "bytes=0-2999"}
    part = service.request("/assets/editor.js", headers=headers)
    assert part.status == 206
    assert "Content-Encoding" not in part.headers
    assert part.body == service.request("/assets/editor.js").body[:3000]


def test_what_is_short_stays_as_it_is(service: Service) -> None:
    """Compression would make it longer."""
    reply = service.request("/health", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in reply.headers


def test_no_page_is_heavy_before_the_editor(service: Service) -> None:
    """As it travels: the page, its style sheets and the list of terms stay below 150 kB together."""
    headers = {"Accept": HTML, "Accept-Encoding": "gzip"}
    answer = "/sparql?query=SELECT+*+WHERE+%7B+?s+?p+?o+%7D+LIMIT+1000"
    parts = (answer, "/assets/fsp.css", "/assets/editor.css", "/sparql/vocabulary.json")
    assert sum(len(service.request(part, headers=headers).body) for part in parts) < 150_000
