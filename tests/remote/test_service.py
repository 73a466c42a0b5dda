"""`fsp serve --endpoint` as users run it: a process of its own over an engine of its own."""

import http.client
import socket
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import pytest
from click.testing import CliRunner
from remote_engines import Engine
from remote_relay import WAIT_SECONDS, relay

from conftest import MANY, MANY_BYTES, MANY_STATEMENTS
from fsp.cli import main
from support import Service

ServeRemote = Callable[..., Service]
CASES = "SELECT ?case { ?case a <https://w3id.org/fsp/def#CaseStudy> } ORDER BY ?case"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STR(?c) != STR(?f)) }"


def target(query: str, **parameters: str) -> str:
    """Return the path that asks a query."""
    return f"/sparql?query={quote(query)}" + "".join(f"&{name}={quote(value)}" for name, value in parameters.items())


def test_canned_and_free_queries_are_answered(engine: Engine, serve_remote: ServeRemote) -> None:
    """The service starts over an engine and answers from it."""
    reply = serve_remote("--endpoint", engine.endpoint).request(target(CASES, format="csv"))

    assert reply.status == 200
    assert len(reply.text.split()) == 1 + 6


def test_answers_over_changing_data_carry_no_validator(engine: Engine, serve_remote: ServeRemote) -> None:
    """Where nobody says which state the data are in, an answer is not to be kept (RFC 9110, section 8.8.3)."""
    reply = serve_remote("--endpoint", engine.endpoint).request(target(CASES))

    assert reply.headers["ETag"] is None
    assert reply.headers["Cache-Control"] == "no-store"


def test_replicas_give_the_same_validator(start: Callable[[str], Engine], serve_remote: ServeRemote) -> None:
    """With a version of the data an answer has an ETag, the same from each replica, and another for another version."""
    engine = start("oxigraph")
    tags = [
        serve_remote("--endpoint", engine.endpoint, "--data-version", version, *more)
        .request(target(CASES))
        .headers["ETag"]
        for version, more in (("first", ()), ("first", ("--cache", "0")), ("second", ()))
    ]

    assert tags[0] is not None
    assert tags[0] == tags[1]
    assert tags[0] != tags[2]


def test_a_large_answer_is_streamed(engine: Engine, serve_remote: ServeRemote) -> None:
    """An answer of many megabytes passes through without being held in memory."""
    service = serve_remote("--endpoint", engine.endpoint, "--timeout", "300")
    service.request(target(CASES))
    before = peak_bytes(service)
    reply = service.request(target("SELECT * { ?s ?p ?o }", format="csv", **{"default-graph-uri": MANY}))

    assert reply.status == 200
    assert reply.body.count(b"\r\n") == 1 + MANY_STATEMENTS
    assert len(reply.body) > MANY_STATEMENTS * MANY_BYTES
    assert peak_bytes(service) - before < len(reply.body) / 2


def peak_bytes(service: Service) -> int:
    """Return the most memory that a process has had."""
    with open(f"/proc/{service.process.pid}/status", encoding="ascii") as status:  # noqa: PTH123
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


def test_a_caller_that_hangs_up_frees_the_engine(engine: Engine, serve_remote: ServeRemote) -> None:
    """When a caller closes its connection, the service closes the one to the engine."""
    endpoint = urlsplit(engine.endpoint)
    with relay(endpoint.port or 0) as between:
        service = serve_remote("--endpoint", f"http://127.0.0.1:{between.port}{endpoint.path}", "--timeout", "60")
        service.request(target(CASES))
        between.asked.clear()
        between.hung_up.clear()
        address = urlsplit(service.url)
        with socket.create_connection((str(address.hostname), int(address.port or 0))) as caller:
            caller.sendall(f"GET {target(HEAVY)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            assert between.asked.wait(WAIT_SECONDS)
        assert between.hung_up.wait(WAIT_SECONDS)


def test_a_break_in_a_stream_is_seen_by_the_caller(engine: Engine, serve_remote: ServeRemote) -> None:
    """An answer that meets a limit after its first bytes breaks off, so that no client takes a part for the whole."""
    service = serve_remote("--endpoint", engine.endpoint, "--timeout", "300", "--result-size", "4")
    with pytest.raises((http.client.IncompleteRead, ConnectionError)):
        service.request(target("SELECT * { ?s ?p ?o }", format="csv", **{"default-graph-uri": MANY}))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--endpoint", "file:///etc/passwd"], "http://"),
        (["--endpoint", "http://127.0.0.1:9/sparql", "--store", "store"], "not several"),
        (["--endpoint", "http://127.0.0.1:9/sparql", "pyproject.toml"], "not several"),
    ],
)
def test_wrong_arguments_are_explained(runner: CliRunner, arguments: list[str], words: str) -> None:
    """An address that is none, or two sources of data, end the command with a sentence and exit code 2."""
    result = runner.invoke(main, ["serve", *arguments])

    assert result.exit_code == 2
    assert words in result.stderr
