"""A server that answers as engines and addresses do that are at fault."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

__all__ = ["FaultyServer", "faulty"]


@dataclass
class FaultyServer:
    """A server that runs.

    Attributes:
        url: its address.
        authorizations: the header Authorization of each request.
        paths: the path of each request.
    """

    url: str
    authorizations: list[str | None] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)


@contextmanager
def faulty(status: int, headers: dict[str, str], body: bytes) -> Iterator[FaultyServer]:
    """Answer every request in the same way, until the block ends, but for the ASK that is asked first."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sent = self.rfile.read(int(self.headers["Content-Length"]))
            running.authorizations.append(self.headers["Authorization"])
            running.paths.append(self.path)
            if b"query=ASK" in sent:
                self._answer(200, {"Content-Type": "application/json"}, b'{"head": {}, "boolean": true}')
            else:
                self._answer(status, headers, body)

        def _answer(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = FaultyServer(f"http://127.0.0.1:{server.server_port}/sparql")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
