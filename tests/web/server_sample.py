"""A small application behind the project's server, run as a process: `python server_sample.py PORT`."""

import sys
import threading
from collections.abc import Iterator

from flask import Flask, Response, request

from fsp.web import channel, server
from fsp.web.hangup import is_gone
from fsp.web.server import serve

attempts = 0
_handle_write = channel.Channel.handle_write


def count_and_handle_write(self: channel.Channel) -> None:
    """Count how often the thread that waits for sockets finds something to send."""
    global attempts  # noqa: PLW0603 - only this one thread writes it
    attempts += 1
    _handle_write(self)


channel.Channel.handle_write = count_and_handle_write

MIB = 1 << 20


def create() -> Flask:  # noqa: C901 - one short view after the other
    """Return an application with answers that tests the server's behaviour."""
    app = Flask(__name__)
    begun, gone = threading.Event(), threading.Event()

    @app.post("/size")
    def size() -> str:
        return str(len(request.get_data()))

    @app.get("/length")
    def length() -> str:
        return str(len(request.query_string))

    @app.get("/host")
    def host() -> str:
        return request.host

    @app.get("/attempts")
    def has_attempted() -> str:
        return str(attempts)

    @app.get("/whole/<int:size>")
    def whole(size: int) -> Response:
        return Response(b"x" * size, mimetype="text/csv")

    @app.get("/stream/<int:mebibytes>")
    def stream(mebibytes: int) -> Response:
        fails = "fail" in request.args

        def pieces() -> Iterator[bytes]:
            for _ in range(4 * mebibytes):
                yield b"x" * (MIB // 4)
            if fails:
                raise RuntimeError("the stream failed")

        return Response(pieces(), mimetype="text/csv")

    @app.get("/wait")
    def wait() -> str:
        has_hung_up = is_gone(request.environ)
        begun.set()
        while not has_hung_up():
            gone.wait(0.05)
        gone.set()
        return "nobody reads this"

    @app.get("/begun")
    def has_begun() -> str:
        return str(begun.wait(20))

    @app.get("/gone")
    def has_gone() -> str:
        return str(gone.wait(20))

    @app.get("/slow")
    def slow() -> Response:
        def pieces() -> Iterator[bytes]:
            yield b"begin "
            gone.wait(1.5)
            yield b"end"

        return Response(pieces(), mimetype="text/plain")

    return app


if __name__ == "__main__":
    if "--impatient" in sys.argv:
        channel._REQUEST_SECONDS = 0.5  # noqa: SLF001
        channel._STALLED_SECONDS = 0.5  # noqa: SLF001
    if "--crowded" in sys.argv:
        server._CROWDED_CONNECTIONS = 20  # noqa: SLF001
    serve(create, port=int(sys.argv[1]), threads=8, max_body=MIB, ready=lambda url: print(url, flush=True))  # noqa: T201
    print("ended", flush=True)  # noqa: T201
