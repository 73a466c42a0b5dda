"""What is sent to do harm gets a clear answer, in bounded time and memory, while others are served."""

import gzip
import io
import json
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from support import Reply, Serve, Service

MIB = 1 << 20
SECONDS = 4
GOOD = b"<https://example.org/a> <https://example.org/b> 1 ."
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def entity_bomb() -> bytes:
    """Return ten entities, each ten times the one before."""
    entities = ['<!ENTITY e0 "aaaaaaaaaa">']
    entities += [f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 12)]
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    return f'<!DOCTYPE r [{"".join(entities)}]><rdf:RDF xmlns:rdf="{rdf}">&e11;</rdf:RDF>'.encode()


def zip_bomb(name: str, mebibytes: int) -> bytes:
    """Return an archive with one part that grows a thousandfold."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(mebibytes):
            part.write(bytes(MIB))
    return stream.getvalue()


HOSTILE: dict[str, tuple[bytes, dict[str, str], set[int]]] = {
    "entity bomb": (entity_bomb(), {"Content-Type": "application/rdf+xml"}, {422}),
    "external entity": (
        b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><r>&e;</r>',
        {"Content-Type": "application/rdf+xml"},
        {422},
    ),
    "deep blank nodes": (b"<a> <b> " + b"[<b> " * 200_000, {"Content-Type": "text/turtle"}, {422, 413, 400}),
    "deep lists": (b"<a> <b> " + b"(" * 500_000, {"Content-Type": "text/turtle"}, {422, 413, 400}),
    "deep JSON": (b'{"a":' * 500_000, {"Content-Type": "application/ld+json"}, {422, 413, 400}),
    "deep arrays": (b"[" * 1_000_000, {"Content-Type": "application/ld+json"}, {422, 413, 400}),
    "deep XML": (b"<r>" * 500_000, {"Content-Type": "application/rdf+xml"}, {422, 413, 400}),
    "a million blank nodes": (b"[]<b>[].\n" * 1_000_000, {"Content-Type": "text/turtle"}, {413}),
    "an endless list": (b"<a> <b> (" + b"1 " * 4_000_000, {"Content-Type": "text/turtle"}, {413, 422}),
    "an endless line": (b"<a> <b> '" + b"x" * (9 * MIB), {"Content-Type": "text/turtle"}, {422, 413}),
    "an endless prefix list": (b"@prefix a: <a> .\n" * 500_000, {"Content-Type": "text/turtle"}, {413, 422, 200}),
    "a hundred MB": (b"#" * (100 * MIB), {"Content-Type": "text/turtle"}, {413}),
    "twenty MB": (b"#" * (20 * MIB), {"Content-Type": "text/turtle"}, {413}),
    "truncated gzip": (
        gzip.compress(GOOD * 1000)[:-20],
        {"Content-Type": "text/turtle", "Content-Encoding": "gzip"},
        {400},
    ),
    "gzip bomb": (
        gzip.compress(bytes(500 * MIB), 1),
        {"Content-Type": "text/turtle", "Content-Encoding": "gzip"},
        {413},
    ),
    "zip bomb": (zip_bomb("xl/workbook.xml", 800), {"Content-Type": _XLSX}, {422, 413}),
    "no zip": (b"PK\x03\x04" + bytes(100_000), {"Content-Type": _XLSX}, {422}),
    "random bytes": (bytes(range(256)) * 4000, {"Content-Type": "text/turtle"}, {422}),
    "a form without end": (
        b"&".join(b"a%d=b" % number for number in range(200_000)),
        {"Content-Type": "application/x-www-form-urlencoded"},
        {400, 413},
    ),
}


@pytest.fixture(scope="module")
def strict(serve: Serve) -> Iterator[Service]:
    """A service with small limits."""
    with serve("--check-timeout", str(SECONDS), "--check-memory", "400", "--checks", "1") as service:
        assert send(service, GOOD, {"Content-Type": "text/turtle"}).status == 200
        yield service


def send(service: Service, body: bytes, headers: dict[str, str]) -> Reply:
    """Send something to be checked; a server that will not read all of it may say so before it is sent."""
    try:
        return service.request("/validate", method="POST", body=body, headers=headers)
    except (BrokenPipeError, ConnectionResetError):
        pytest.fail("the connection was broken off without an answer")


def memory_of(service: Service) -> int:
    """Return the MiB of memory that the web process holds."""
    status = Path(f"/proc/{service.process.pid}/status").read_text(encoding="ascii")
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) // 1024


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_upload_gets_a_clear_answer(strict: Service, name: str) -> None:
    """In words, and the next caller is served."""
    body, headers, statuses = HOSTILE[name]
    before = memory_of(strict)
    begun = time.monotonic()
    reply = send(strict, body, headers)
    duration = time.monotonic() - begun
    answer = json.loads(reply.body)

    assert reply.status in statuses, reply.text[:500]
    assert "Traceback" not in reply.text
    assert answer.get("error") or "summary" in answer
    assert duration < SECONDS + 30  # the limit, and a machine with other work
    assert memory_of(strict) - before < 200
    assert send(strict, GOOD, {"Content-Type": "text/turtle"}).status == 200


def test_others_are_served_meanwhile(strict: Service) -> None:
    """Queries and pages do not wait for a check, and a crowd of checks is turned away and not piled up."""
    body, headers, _ = HOSTILE["a million blank nodes"]
    with ThreadPoolExecutor(14) as pool:
        crowd = [pool.submit(send, strict, body, headers) for _ in range(14)]
        assert strict.request("/health").status == 200
        assert strict.request("/sparql?query=ASK%7B%7D").status == 200
        replies = [one.result() for one in crowd]
    statuses = [reply.status for reply in replies]

    assert set(statuses) == {413, 503}
    assert {reply.headers["Retry-After"] for reply in replies if reply.status == 503} == {"5"}
    assert send(strict, GOOD, {"Content-Type": "text/turtle"}).status == 200
