"""What goes wrong at the engine or on the way to it is told in the service's own words, with the right status."""

import socket
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient
from remote_engines import Engine
from remote_faulty import faulty
from remote_relay import WAIT_SECONDS, relay

from fsp.errors import AbandonedError, BusyError, EngineError, FspError, InputError, LimitError
from fsp.execution.formats import BY_NAME
from fsp.execution.interface import QueryRequest
from fsp.execution.limits import Limits
from fsp.execution.remote import Graphs, RemoteExecutor
from support import free_port

GRAPHS = Graphs(("https://w3id.org/fsp/graph/data/cases.ttl",), ("https://w3id.org/fsp/graph/data/cases.ttl",))
PAIRS = "{{ SELECT ?a ?c {{ ?a ?b ?c }} LIMIT {0} }} {{ SELECT ?d ?f {{ ?d ?e ?f }} LIMIT {0} }}"
# Finite, since the oxigraph server works on after its caller has gone.
HEAVY = f"SELECT (COUNT(*) AS ?n) {{ {PAIRS.format(1500)} FILTER(STR(?c) != STR(?f)) }}"
SORTED = f"SELECT ?a ?d {{ {PAIRS.format(800)} }} ORDER BY STR(?c) STR(?f)"
STREAMED = "SELECT ?a ?d { ?a ?b ?c . ?d ?e ?f }"
PATIENCE = 300.0
"""Seconds for what no limit of time is to end, also on a busy machine."""
MANY = "SELECT * FROM <https://example.org/many> { ?s ?p ?o }"
CHEAP = "ASK { ?s ?p ?o }"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"literal","value":"x"}}'
JSON = {"Content-Type": "application/sparql-results+json"}


def request(query: str, timeout: float | None = None) -> QueryRequest:
    """Return a request for CSV or Turtle."""
    return QueryRequest(query, BY_NAME["csv"], BY_NAME["ttl"], timeout=timeout)


def ask(url: str, query: str = "SELECT ?s { ?s ?p ?o }", limits: Limits | None = None) -> bytes:
    """Ask an engine by an executor of its own."""
    executor = RemoteExecutor(url, GRAPHS, limits)
    try:
        with executor.execute(request(query)) as answer:
            return b"".join(answer)
    finally:
        executor.close()


@pytest.mark.parametrize(
    ("query", "line"),
    [
        ("SELECT ?s {\n ?s ?p ?o . FILTER(?s >> 3) }", 2),
        ("SELECT ?s {\n ?s ?p ?o .\n ?s none:such ?o }", 3),
        ("SELCT ?s { ?s ?p ?o }", 1),
    ],
)
def test_a_syntax_error_is_explained(remote_client: FlaskClient, query: str, line: int) -> None:
    """A query that is not SPARQL is refused with 400 and its line, without the engine's own jargon (section 2.1.6)."""
    reply = remote_client.get("/sparql", query_string={"query": query})

    assert reply.status_code == 400
    assert f"Line {line}" in reply.json["error"]
    assert "Virtuoso" not in reply.text
    assert "SP030" not in reply.text


@pytest.mark.parametrize("query", ["DROP ALL", "INSERT DATA { <a:a> <a:a> 1 }", "LOAD <http://127.0.0.1:9/>"])
def test_updates_are_refused(remote_client: FlaskClient, query: str) -> None:
    """An update never reaches the engine, however it is sent."""
    replies = [
        remote_client.get("/sparql", query_string={"query": query}),
        remote_client.post("/sparql", data={"update": query}),
        remote_client.post("/sparql", data=query, content_type="application/sparql-update"),
    ]

    assert all(reply.status_code in {400, 403} for reply in replies)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
        'SELECT (bif:http_get("{address}") AS ?page) {{}}',
        'SELECT (<bif:http_get>("{address}") AS ?page) {{}}',
        'SELECT (<\\u0062if:http_get>("{address}") AS ?page) {{}}',
        'PREFIX f: <bif:> SELECT (f:http_get("{address}") AS ?page) {{}}',
        'PREFIX f: <b> SELECT (f:if:http_get("{address}") AS ?page) {{}}',
        'BASE <bif:a> SELECT (<http_get>("{address}") AS ?page) {{}}',
        'define get:soft "replacing" SELECT * FROM <{address}> {{ ?s ?p ?o }}',
        "SELECT * FROM <{address}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    ],
)
def test_no_address_of_a_query_is_fetched(remote_client: FlaskClient, query: str) -> None:
    """Neither SERVICE and FROM nor the engine's own functions open an address that a query names."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.setblocking(False)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        reply = remote_client.get("/sparql", query_string={"query": query.format(address=address)})

        assert reply.status_code in {200, 400, 403}
        with pytest.raises(BlockingIOError):
            server.accept()


@pytest.mark.parametrize("query", [HEAVY, SORTED, STREAMED])
def test_a_query_that_takes_too_long_is_ended(engine: Engine, query: str) -> None:
    """The time limit holds for counts, sorts and streams, and the error says which limit was met and what to do."""
    executor = RemoteExecutor(engine.endpoint, GRAPHS)
    try:
        with pytest.raises(LimitError) as caught, executor.execute(request(query, timeout=0.5)) as answer:
            for _ in answer:
                pass
        with executor.execute(request(CHEAP)) as answer:
            assert b"".join(answer).strip() == b"true"
    finally:
        executor.close()

    assert caught.value.limit == "timeout"
    assert "0.5 seconds" in str(caught.value)
    assert "LIMIT" in str(caught.value)


def test_a_time_limit_is_a_503(remote_client: FlaskClient) -> None:
    """Over HTTP a time limit is 503 with the name of the limit."""
    reply = remote_client.get("/sparql", query_string={"query": HEAVY, "timeout": "0.5"})

    assert reply.status_code == 503
    assert "0.5 seconds" in reply.json["error"]


def test_the_time_limit_is_passed_on(engine: Engine) -> None:
    """The engine is told the limit in its own unit, so that it too ends the work."""
    with relay(urlsplit(engine.endpoint).port or 0) as between:
        ask(f"http://127.0.0.1:{between.port}{urlsplit(engine.endpoint).path}", limits=Limits(timeout=7))

    expected = b"timeout=8000&" if engine.name == "virtuoso" else b"timeout=8&"
    assert expected in bytes(between.sent)


def test_an_answer_past_the_result_limit_is_ended(engine: Engine) -> None:
    """An answer that is longer than the limit is an error that names the limit."""
    with pytest.raises(LimitError) as caught:
        ask(engine.endpoint, "SELECT ?s ?p ?o { ?s ?p ?o }", Limits(timeout=PATIENCE, result=100_000))

    assert caught.value.limit == "result"


def test_a_path_without_a_start(remote_client: FlaskClient, engine: Engine) -> None:
    """What only one engine cannot evaluate is told as the engine's failure, with a way out."""
    query = "SELECT * { ?a <http://www.w3.org/2004/02/skos/core#broader>+ ?b }"
    reply = remote_client.get("/sparql", query_string={"query": query})

    if engine.name == "virtuoso":
        assert reply.status_code == 502
        assert "Bind one end of the path" in reply.json["error"]
    else:
        assert reply.status_code == 200


def test_the_caller_hangs_up_during_the_evaluation(engine: Engine) -> None:
    """When the caller has gone, the connection to the engine is closed at once and the slot is free again."""
    with relay(urlsplit(engine.endpoint).port or 0) as between:
        path = urlsplit(engine.endpoint).path
        executor = RemoteExecutor(f"http://127.0.0.1:{between.port}{path}", GRAPHS, Limits(workers=1, queue_wait=1))
        with executor.execute(request(CHEAP)):
            between.asked.clear()
            between.hung_up.clear()
        with pytest.raises(AbandonedError):
            executor.execute(request(HEAVY), between.asked.is_set)
        assert between.hung_up.wait(WAIT_SECONDS)
        with executor.execute(request(CHEAP)) as answer:
            assert answer.whole is not None
        executor.close()


def test_closing_an_answer_closes_the_connection(engine: Engine) -> None:
    """An answer that nobody reads to its end lets the engine go."""
    with relay(urlsplit(engine.endpoint).port or 0) as between:
        path = urlsplit(engine.endpoint).path
        limits = Limits(timeout=PATIENCE, workers=1, queue_wait=1)
        executor = RemoteExecutor(f"http://127.0.0.1:{between.port}{path}", GRAPHS, limits)
        answer = executor.execute(request(MANY))
        assert answer.whole is None
        between.hung_up.clear()
        answer.close()
        assert between.hung_up.wait(WAIT_SECONDS)
        executor.close()


def test_a_full_queue_turns_callers_away(engine: Engine) -> None:
    """While all slots are taken a query waits for a while, and is then told to come back later."""
    executor = RemoteExecutor(engine.endpoint, GRAPHS, Limits(timeout=PATIENCE, workers=1, queue_wait=0.2))
    with executor.execute(request(MANY)), pytest.raises(BusyError):
        executor.execute(request(CHEAP))
    with executor.execute(request(CHEAP)) as answer:
        assert answer.whole is not None
    executor.close()


def test_an_engine_that_is_down() -> None:
    """Where nobody listens, the caller learns that the engine cannot be reached, and no address."""
    port = free_port()
    with pytest.raises(EngineError, match="cannot be reached") as caught:
        ask(f"http://127.0.0.1:{port}/sparql")

    assert str(port) not in str(caught.value)


def test_an_engine_that_starts_later(engine: Engine) -> None:
    """The service may start before its engine: the first query that finds it works."""
    with relay(urlsplit(engine.endpoint).port or 0) as between:
        url = f"http://127.0.0.1:{between.port}{urlsplit(engine.endpoint).path}"
    executor = RemoteExecutor(url, GRAPHS)
    with pytest.raises(EngineError):
        executor.execute(request(CHEAP))
    with relay(urlsplit(engine.endpoint).port or 0, between.port), executor.execute(request(CHEAP)) as answer:
        assert b"".join(answer).strip() == b"true"
    executor.close()


FAULTS: dict[str, tuple[int, dict[str, str], bytes, type[FspError], str]] = {
    "page": (200, {"Content-Type": "text/html"}, b"<html></html>", EngineError, "text/html"),
    "moved": (302, {"Location": "http://127.0.0.1:9/"}, b"", EngineError, "no SPARQL endpoint"),
    "nothing there": (404, {}, b"", EngineError, "no SPARQL endpoint"),
    "login": (401, {}, b"", EngineError, "user and a password"),
    "failure": (500, {}, b"java.lang.Boom: at a.b.C(D.java:1)\n\tat e.f", EngineError, "java.lang.Boom"),
    "busy": (503, {}, b"", EngineError, "busy"),
    "gateway's clock": (504, {}, b"", LimitError, "took longer"),
    "engine's clock": (500, {}, b"Query timed out after 10 s", LimitError, "took longer"),
    "place": (400, {}, b"Lexical error at line 2, column 7. Encountered: x\n\n", InputError, "line 2, column 7"),
    "cut off by length": (200, JSON | {"Content-Length": "999"}, ROWS, EngineError, "broke it off"),
    "cut off in JSON": (200, JSON, ROWS, EngineError, "broke it off"),
    "Virtuoso's clock": (200, JSON | {"X-SQL-State": "S1TAT"}, ROWS + b"]}}", LimitError, "took longer"),
    "Virtuoso's rows": (200, JSON | {"X-SPARQL-MaxRows": "1"}, ROWS + b"]}}", LimitError, "LIMIT and OFFSET"),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_faults_of_engines(fault: str) -> None:
    """Each way in which engines and addresses fail is an error of its own kind, with a sentence that explains it."""
    status, headers, body, kind, words = FAULTS[fault]
    with faulty(status, headers, body) as server, pytest.raises(kind, match=words):
        ask(server.url)

    assert server.paths == ["/sparql"] * 2


def test_a_password_is_sent_and_not_told() -> None:
    """User and password of the address go to the engine in the header, and into no text (RFC 7617)."""
    with faulty(500, {}, b"failed") as server, pytest.raises(EngineError) as caught:
        ask(server.url.replace("//", "//user:secret@"))

    assert server.authorizations == ["Basic dXNlcjpzZWNyZXQ="] * 2
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://127.0.0.1/", "localhost:8890/sparql", "http://"])
def test_only_web_addresses_are_endpoints(address: str) -> None:
    """An endpoint is an http or https address: anything else is refused at the start."""
    with pytest.raises(InputError, match="http"):
        RemoteExecutor(address)
