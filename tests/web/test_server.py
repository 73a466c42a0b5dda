"""The HTTP server holds out against slow, silent and vanishing clients, and never passes a part for the whole."""

import http.client
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask

from fsp.errors import FspError
from fsp.web.server import serve

MIB = 1 << 20
CHUNKED = b"POST /size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"


@dataclass(frozen=True)
class Server:
    """The sample application, served by a process of its own."""

    port: int
    process: subprocess.Popen[str]

    def connect(self, *, small_buffer: bool = False) -> socket.socket:
        """Return a connection."""
        connection = socket.socket()
        if small_buffer:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(30)
        connection.connect(("127.0.0.1", self.port))
        return connection

    def get(
        self, path: str, method: str = "GET", body: bytes | None = None
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Return status, headers and body of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body)
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    @property
    def peak_memory(self) -> int:
        """Bytes that the process has held in memory at most."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(status.partition("VmHWM:")[2].split()[0]) * 1024


@contextmanager
def running(*options: str) -> Iterator[Server]:
    """Run the sample on a free port."""
    command = [sys.executable, str(Path(__file__).with_name("server_sample.py")), "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            yield Server(int(url.rstrip("/").rpartition(":")[2]), process)
        finally:
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=60)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for the tests of this module."""
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def impatient() -> Iterator[Server]:
    """A server that waits half a second where the real one waits half a minute or more."""
    with running("--impatient") as started:
        yield started


def read_all(connection: socket.socket) -> bytes:
    """Read until the other side closes."""
    data = b""
    while piece := connection.recv(65536):
        data += piece
    return data


def test_a_stream_that_fails_is_broken_off(server: Server) -> None:
    """The chunked body has no end, so no client takes the part for the whole (RFC 9112, section 7.1)."""
    with pytest.raises(http.client.IncompleteRead):
        server.get("/stream/2?fail")


def test_a_stream_that_fails_ends_in_a_reset_over_http_1_0(server: Server) -> None:
    """There is no chunk to miss, and a plain close would mean that the answer is whole (RFC 9112, section 8)."""
    with server.connect() as connection:
        connection.sendall(b"GET /stream/2?fail HTTP/1.0\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            read_all(connection)


def test_a_stream_that_ends_is_whole_over_http_1_0(server: Server) -> None:
    """It ends by a plain close."""
    with server.connect() as connection:
        connection.sendall(b"GET /stream/2 HTTP/1.0\r\n\r\n")
        assert len(read_all(connection)) > 2 * MIB


def test_a_stream_that_ends_is_whole(server: Server) -> None:
    """All bytes arrive."""
    assert len(server.get("/stream/2")[2]) == 2 * MIB


def test_a_client_that_hangs_up_is_noticed_while_its_request_runs(server: Server) -> None:
    """Before the first byte of the answer, the application can tell that nobody waits for it."""
    with server.connect() as connection:
        connection.sendall(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
        assert server.get("/begun")[2] == b"True"
    assert server.get("/gone")[2] == b"True"


@pytest.mark.parametrize(
    "begin",
    [
        b"POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc",
        b"POST /size HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab",
        b"GET /length HTTP/1.1\r\nHost:",
        b"",
    ],
)
def test_requests_that_never_finish_hold_nobody_up(server: Server, begin: bytes) -> None:
    """Far more of them than there are threads leave the service as quick as before."""
    connections = [server.connect() for _ in range(40)]
    for connection in connections:
        connection.sendall(begin)
    assert server.get("/length?abc")[2] == b"3"
    for connection in connections:
        connection.close()


def test_silent_connections_make_room_for_others() -> None:
    """The longest silent ones are ended, those in use are not; so nobody is locked out."""
    with running("--crowded") as server, server.connect() as used:
        used.sendall(b"GET /wait HTTP/1.1\r\nHost: x\r\n\r\n")
        assert server.get("/begun")[2] == b"True"
        silent = [server.connect() for _ in range(60)]
        assert server.get("/length?abc")[2] == b"3"
        assert silent[0].recv(1) == b""
        used.settimeout(0)
        with pytest.raises(BlockingIOError):
            used.recv(1)
        for connection in silent:
            connection.close()


@pytest.mark.parametrize(
    "begin", [b"POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc", b"GET /length HTTP/1.1\r\nHost:"]
)
def test_a_request_that_does_not_arrive_is_answered_by_408(impatient: Server, begin: bytes) -> None:
    """Its time is over, it is told so, and the connection is closed (RFC 9110, section 15.5.9)."""
    with impatient.connect() as connection:
        connection.sendall(begin)
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    assert head.split(b"\r\n")[0].split()[1] == b"408"
    assert json.loads(body)["status"] == 408


def test_slow_readers_hold_neither_thread_nor_memory(server: Server) -> None:
    """Long answers that nobody takes lie on disk; all threads are free, and memory stays bounded."""
    connections = [server.connect(small_buffer=True) for _ in range(12)]
    for connection in connections:
        connection.sendall(b"GET /stream/40 HTTP/1.1\r\nHost: x\r\n\r\n")
    assert all(connection.recv(12) == b"HTTP/1.1 200" for connection in connections)
    assert server.get("/length?abc")[2] == b"3"
    for connection in connections:
        connection.close()
    assert server.peak_memory < 200 * MIB


def test_a_quick_reader_leaves_nothing_in_memory_either(server: Server) -> None:
    """What has been sent is forgotten, although it went through a buffer."""
    assert len(server.get("/stream/300")[2]) == 300 * MIB
    assert server.peak_memory < 200 * MIB


def test_a_reader_that_stops_is_cut_off(impatient: Server) -> None:
    """An answer that is not taken is broken off, not kept for ever."""
    with impatient.connect(small_buffer=True) as connection:
        connection.sendall(b"GET /stream/40 HTTP/1.1\r\nHost: x\r\n\r\n")
        assert connection.recv(12) == b"HTTP/1.1 200"
        with (
            impatient.connect() as other
        ):  # by the time that this one is answered by 408, the server's clock has passed
            other.sendall(b"GET / HTTP/1.1\r\n")
            read_all(other)
        assert len(read_until_cut(connection)) < 40 * MIB


def read_until_cut(connection: socket.socket) -> bytes:
    """Read until the other side closes, however it does so."""
    pieces: list[bytes] = []
    try:
        while piece := connection.recv(MIB):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def test_an_answer_that_its_thread_sends_by_itself_wakes_no_other(server: Server) -> None:
    """The thread that waits for sockets does not run in a circle while another sends, which would hold that one up."""
    before = int(server.get("/attempts")[2])
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    for _ in range(50):
        connection.request("GET", "/whole/3000000")
        assert len(connection.getresponse().read()) == 3_000_000
    connection.close()
    assert int(server.get("/attempts")[2]) - before < 1000


def test_addresses_may_be_long(server: Server) -> None:
    """A query of 60 kB fits into a GET."""
    assert server.get("/length?" + "a" * 60_000)[2] == b"60000"


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        (b"GET /length?" + b"a" * 300_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", 414),
        (b"GET /length HTTP/1.1\r\nHost: x\r\nA: " + b"a" * 300_000 + b"\r\n\r\n", 431),
        (b"GET /length HTTP/1.1\r\nHost: x\r\n" + b"A: b\r\n" * 300 + b"\r\n", 431),
        (b"GET /length HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501),
        (b"POST /size HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n", 413),
        (b"GET /length HTTP/1.1\r\nHost : x\r\n\r\n", 400),
        (b"GET /length HTTP/1.1\r\n\r\n", 400),
        (b"GET /length HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", 400),
        (b"GET /length HTTP/1.1\r\nHost: x/y\r\n\r\n", 400),
        (CHUNKED + b"0\r\n" + b"A: b\r\n" * 40_000, 413),
        (CHUNKED + b"1;" + b"a" * 200_000, 413),
        (CHUNKED + b"1\r\na\r\n" * 40_000, 413),
    ],
)
def test_what_no_application_sees_is_answered_in_the_same_form(server: Server, request_: bytes, status: int) -> None:
    """The server's own errors are JSON and open to other origins, as all errors are."""
    with server.connect() as connection:
        connection.sendall(request_)
        head, _, body = read_until_cut(connection).partition(b"\r\n\r\n")
    lines = head.decode().split("\r\n")
    assert int(lines[0].split()[1]) == status
    assert "Access-Control-Allow-Origin: *" in lines
    assert (json.loads(body)["ok"], json.loads(body)["status"]) == (False, status)


@pytest.mark.parametrize("host", ["x", "x:80", "[::1]:8000", "fsp_web:8000", "127.0.0.1", ""])
def test_whatever_can_be_a_host_is_taken_for_one(server: Server, host: str) -> None:
    """RFC 9112, section 3.2, and RFC 3986, section 3.2.2."""
    with server.connect() as connection:
        connection.sendall(f"GET /length?abc HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        assert read_all(connection).endswith(b"\r\n\r\n3")


def test_the_host_of_an_absolute_address_counts(server: Server) -> None:
    """A proxy may send one; the header is then ignored (RFC 9112, section 3.2.2)."""
    with server.connect() as connection:
        connection.sendall(b"GET http://example.org/host HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        assert read_all(connection).endswith(b"\r\n\r\nexample.org")


def test_small_chunks_are_put_together(server: Server) -> None:
    """What chunks take beside their content is bounded, but small ones are none the worse (RFC 9112, section 7.1)."""
    with server.connect() as connection:
        connection.sendall(CHUNKED.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        connection.sendall(b"1;name=value\r\na\r\n" * 2000 + b"0\r\nTrailer: x\r\n\r\n")
        assert read_all(connection).endswith(b"\r\n\r\n2000")


@pytest.mark.parametrize(
    "request_",
    [
        b"GET /length?abc HTTP/1.1\r\nHost: x\r\nConnection: TE, close\r\n\r\n",
        CHUNKED.replace(b"Host: x", b"Host: x\r\nContent-Length: 1") + b"3\r\nabc\r\n0\r\n\r\n",
    ],
)
def test_a_connection_is_closed_where_it_must_be(server: Server, request_: bytes) -> None:
    """Where `close` is one of the options, or two headers tell where the request ends (RFC 9112, 9.6 and 6.1)."""
    with server.connect() as connection:
        connection.sendall(request_ + b"GET /length?abcdef HTTP/1.1\r\nHost: x\r\n\r\n")
        head, _, body = read_until_cut(connection).partition(b"\r\n\r\n")
    assert b"Connection: close" in head
    assert body == b"3"


def test_nobody_waits_for_content_that_there_is_not(server: Server) -> None:
    """A request without content is whole, whatever it expects (RFC 9110, section 10.1.1)."""
    with server.connect() as connection:
        connection.sendall(b"GET /length?abc HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n")
        answer = read_all(connection)
    assert answer.startswith(b"HTTP/1.1 200")
    assert answer.endswith(b"\r\n\r\n3")


def test_the_answer_to_head_has_no_content(server: Server) -> None:
    """Not even the end of a chunked one (RFC 9110, section 9.3.2)."""
    with server.connect() as connection:
        connection.sendall(b"HEAD /stream/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = read_all(connection)
    assert b"Transfer-Encoding: chunked" in answer
    assert answer.endswith(b"\r\n\r\n")
    assert not answer.endswith(b"0\r\n\r\n")


def test_an_answer_under_way_is_finished_before_the_end() -> None:
    """SIGTERM stops new connections, and leaves what runs a time of grace."""
    with running() as started:
        connection = http.client.HTTPConnection("127.0.0.1", started.port, timeout=30)
        connection.request("GET", "/slow")
        response = connection.getresponse()
        assert response.read(6) == b"begin "
        started.process.send_signal(signal.SIGTERM)
        assert response.read() == b"end"
        connection.close()
        assert started.process.wait(30) == 0
        with socket.socket() as late, pytest.raises(ConnectionRefusedError):
            late.connect(("127.0.0.1", started.port))


def test_a_port_that_is_taken_is_named() -> None:
    """The message says what to do, and nothing has been loaded by then."""

    def create() -> Flask:
        pytest.fail("the application was made for a port that is taken")

    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(FspError) as raised:
            serve(create, port=port)
    assert str(raised.value) == f"Port {port} is in use by another program: choose another with --port."


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_this_machine_does_not_have_is_named(host: str) -> None:
    """The message names the address."""
    with pytest.raises(FspError, match=host):
        serve(lambda: Flask(__name__), host=host, port=0)
