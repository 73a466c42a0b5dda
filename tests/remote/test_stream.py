"""Bytes pass from the engine to the caller as they come, mended where an engine departs from the standard."""

import http.client
import socket
import threading
from typing import IO

import pytest
from remote_relay import WAIT_SECONDS

from fsp.execution.remote.connection import Body
from fsp.execution.remote.conversion import streamed

HEAD = b"HTTP/1.1 200 OK\r\n"


def respond(head: bytes, pieces: list[bytes]) -> tuple[http.client.HTTPResponse, threading.Thread]:
    """Return a response whose bytes arrive piece by piece."""
    ours, theirs = socket.socketpair()

    def send() -> None:
        with theirs:
            for piece in pieces:
                theirs.sendall(piece)

    theirs.sendall(HEAD + head + b"\r\n")
    thread = threading.Thread(target=send)
    thread.start()
    with ours:
        response = http.client.HTTPResponse(ours)
        response.begin()
    return response, thread


def test_runs_are_replaced_wherever_they_are_cut() -> None:
    """A run of bytes is replaced also where it arrives in pieces, and what only looks like its beginning stays."""
    sent = b"<bnode>nodeID://b1</bnode><bnode>x\r\n<bno"
    response, thread = respond(b"Connection: close\r\n", [sent[place : place + 1] for place in range(len(sent))])
    with response:
        body = Body(response, ((b"<bnode>nodeID://", b"<bnode>"), (b"\r", b"&#13;")))
        assert body.read() == b"<bnode>b1</bnode><bnode>x&#13;\n<bno"
    thread.join()


def test_a_body_that_is_too_short_is_no_body() -> None:
    """Fewer bytes than Content-Length says are an error, not an end (RFC 9112, section 8)."""
    response, thread = respond(b"Content-Length: 10\r\n", [b"12345"])
    with response, pytest.raises(http.client.IncompleteRead):
        Body(response).read()
    thread.join()


def test_a_body_ends_by_its_length() -> None:
    """An engine that keeps the connection open is not waited for once all bytes are there."""
    response, thread = respond(b"Content-Length: 5\r\n", [b"12345"])
    with response:
        assert Body(response).read() == b"12345"
    thread.join()


def test_what_is_written_is_yielded_while_it_is_written() -> None:
    """The first bytes can be read before the last ones are written."""
    first_was_read = threading.Event()

    def write(output: IO[bytes]) -> None:
        output.write(b"a" * 100_000)
        assert first_was_read.wait(WAIT_SECONDS)
        output.write(b"b")

    chunks = streamed(write)
    first = next(chunks)
    first_was_read.set()

    assert first + b"".join(chunks) == b"a" * 100_000 + b"b"


def test_a_writer_whose_reader_has_gone_ends() -> None:
    """Closing the stream ends the work behind it, however much it would still write."""
    ended = threading.Event()

    def write(output: IO[bytes]) -> None:
        try:
            while True:
                output.write(b"x" * 100_000)
        finally:
            ended.set()

    chunks = streamed(write)
    next(chunks)
    chunks.close()

    assert ended.wait(WAIT_SECONDS)


def test_a_failure_of_the_writer_reaches_the_reader() -> None:
    """What was written before a failure is yielded, then the failure is raised."""

    def write(output: IO[bytes]) -> None:
        output.write(b"x" * 100_000)
        raise ValueError("broken")

    chunks = streamed(write)

    assert next(chunks) == b"x" * 100_000
    with pytest.raises(ValueError, match="broken"):
        next(chunks)
