"""What the benchmark measures with, and a whole small run of it."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import repeat
from pathlib import Path
from threading import Thread

import pyoxigraph as ox
import pytest

from measuring.comparison import Plan, compare, make_data
from measuring.document import put_into
from measuring.http import Connection, ResponseEnd, get
from measuring.latency import Samples
from measuring.load import Load, run_load
from measuring.marks import marks, median_of_mix
from measuring.processes import descendants, memory_of
from measuring.queries import Constants, Query, analyst_queries

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/csv\r\n"
WITH_LENGTH = HEAD + b"Content-Length: 6\r\n\r\na,b\r\n0"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\na,b\r\n\r\n8;x=y\r\n0\r\n\r\n1,2\r\n0\r\n\r\n"


class _Handler(BaseHTTPRequestHandler):
    """Answers by the status that the path names."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(int(self.path[1:]))
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as the base class names it
        """Stay silent."""


@pytest.fixture(name="address")
def _address() -> Iterator[tuple[str, int]]:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield "127.0.0.1", server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture(name="data", scope="module")
def _data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(300, tmp_path_factory.mktemp("data"))


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@pytest.mark.parametrize("response", [WITH_LENGTH, CHUNKED], ids=["length", "chunked"])
def test_end_of_response_is_found_wherever_bytes_are_cut(response: bytes) -> None:
    """A response is whole with its last byte and not before, however it is cut into three parts (RFC 9112)."""
    for first in range(1, len(response) - 1):
        for second in range(first + 1, len(response)):
            end = ResponseEnd()
            fed = [end.feed(part) for part in (response[:first], response[first:second], response[second:])]
            assert (fed, end.status) == ([False, False, True], 200)


def test_response_without_end_is_refused() -> None:
    """A response that tells neither length nor chunks cannot be measured over a kept connection."""
    with pytest.raises(ValueError, match="where it ends"):
        ResponseEnd().feed(HEAD + b"\r\n")


def test_connection_refuses_other_statuses(address: tuple[str, int]) -> None:
    """Only a 200 counts as an answer, and a connection serves several requests."""
    with Connection(address, 10) as connection:
        assert connection.ask(get(address, "/200", "*/*")) > 0
        with pytest.raises(ConnectionError, match="503"):
            connection.ask(get(address, "/503", "*/*"))


def test_load_counts_answers(address: tuple[str, int]) -> None:
    """Each answer has its time, and those before the end make the rate."""
    load = run_load(address, repeat(get(address, "/200", "*/*")), clients=3, seconds=0.2)
    assert (load.errors, len(load.latencies) - load.in_time <= 3, load.rate) == (0, True, load.in_time / 0.2)


def test_load_counts_errors(address: tuple[str, int]) -> None:
    """An answer other than 200 is an error and not an answer."""
    load = run_load(address, repeat(get(address, "/503", "*/*")), clients=2, seconds=0.1)
    assert (load.latencies, load.errors > 0) == ([], True)


def test_memory_covers_descendants() -> None:
    """The memory of a process includes that of the processes it started."""
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'print(flush=True); input()'])"
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", script], stdin=pipe, stdout=pipe) as process:
        assert process.stdout is not None
        process.stdout.readline()
        family = descendants(process.pid)
        assert (len(family), process.pid in family, memory_of(process.pid) > 0) == (2, True, True)
        process.communicate(b"\n")
    assert process.pid not in descendants(os.getpid())


def test_every_query_has_rows(data: Path) -> None:
    """Each query, with constants of the data, is SPARQL and finds something, so that its time means something."""
    store = ox.Store()
    store.bulk_load(path=data)
    empty = [
        name
        for name, query in analyst_queries(Constants.read(data)).items()
        if not any(next(iter(store.query(query.unique(number))), None) for number in range(40))
    ]
    assert empty == []


def test_unique_texts_differ(data: Path) -> None:
    """No two unique texts of a query are the same, so that no cache can answer."""
    queries = analyst_queries(Constants.read(data)).values()
    assert [len({query.unique(number) for number in range(100)}) for query in queries] == [100] * len(queries)


@pytest.mark.parametrize(("fsp", "reached"), [(0.115, True), (0.116, False)])
def test_mark_of_long_queries(fsp: float, reached: bool) -> None:
    """A query of over 10 ms may take 1.15 times what it takes in one process, and no more."""
    latencies = {"long": {"limit": Samples([0.1]), "fsp": Samples([fsp])}}
    assert [(mark.title, mark.reached) for mark in marks(latencies, {})] == [
        ("In-process limit, queries over 10 ms", reached)
    ]


def test_median_of_mix_weighs_queries() -> None:
    """A query that stands often in the mix counts as often, however many samples it has."""
    latencies = {"point": {"fsp": Samples([0.001])}, "aggregate": {"fsp": Samples([0.1] * 50)}, "rows": {}}
    assert (median_of_mix(latencies, "fsp"), median_of_mix(latencies, "virtuoso")) == (0.001, None)


def test_marks_of_throughput() -> None:
    """Throughput is compared like with like: cold with cold, warm with warm, eight clients with eight."""
    throughput = {
        ("fsp", "cold", 8): [Load(8, 1.0, in_time=74)],
        ("fsp", "warm", 8): [Load(8, 1.0, in_time=150)],
        ("oxigraph", "cold", 8): [Load(8, 1.0, in_time=100)],
        ("oxigraph", "warm", 8): [Load(8, 1.0, in_time=100)],
    }
    assert [(mark.title, mark.measured, mark.reached) for mark in marks({}, throughput)] == [
        ("oxigraph in memory, throughput warm, 8 clients", "1.50", True),
        ("oxigraph in memory, throughput cold, 8 clients", "0.74", False),
    ]


def test_whole_run(tmp_path: Path) -> None:
    """A run starts the service, measures every query and every load without an error, and ends its processes."""
    before = descendants(os.getpid())
    plan = Plan(cases=40, systems=("fsp",), port=free_port(), rounds=1, seconds=0.1, load_rounds=1)
    results = compare(plan, tmp_path, lambda _: None)
    values = json.loads(json.dumps(results.to_json()))
    queries = analyst_queries(Constants.read(tmp_path / "cases-40.nt"))
    assert [set(row) for row in values["latency"].values()] == [{"limit", "fsp, repeated", "fsp"}] * len(queries)
    assert {(row["kind"], row["clients"], row["errors"]) for row in values["throughput"]} == {
        (kind, clients, 0) for kind in ("cold", "warm") for clients in (1, 2, 8)
    }
    assert (descendants(os.getpid()), "### Marks" in results.to_markdown()) == (before, True)


def test_query_text_is_filled(data: Path) -> None:
    """No placeholder is left in a text that is sent."""
    texts = [query.text(3) for query in analyst_queries(Constants.read(data)).values()]
    assert [text for text in texts if "$" in text] == []


def test_query_takes_its_title_from_its_file(data: Path) -> None:
    """The first line of a query's file is its title in the tables."""
    query: Query = analyst_queries(Constants.read(data))["point"]
    assert (query.title, query.accept) == ("one case", "application/sparql-results+json")


def test_tables_are_put_into_their_place(tmp_path: Path) -> None:
    """New tables take the place of former ones, and the rest of the page stays as it was."""
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- begin peers -->\nold\n<!-- end peers -->\nb\n", encoding="utf-8")
    put_into(page, "peers", r"| new \1 |")
    assert page.read_text(encoding="utf-8") == ("a\n<!-- begin peers -->\n\n| new \\1 |\n<!-- end peers -->\nb\n")


def test_page_without_a_place_is_refused(tmp_path: Path) -> None:
    """A page that has no place for the tables is left alone, and the message says what to write."""
    page = tmp_path / "page.md"
    page.write_text("a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="<!-- begin large -->"):
        put_into(page, "large", "new")
