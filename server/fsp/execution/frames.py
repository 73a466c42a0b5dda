"""Messages between the web process and its workers: a kind, a format, a length and that many bytes on a socket."""

import socket
import struct
from collections.abc import Callable
from enum import Enum

__all__ = ["FRAME_BYTES", "HEADER", "Kind", "receive_exactly", "receive_frame", "send_frame"]

FRAME_BYTES = 64 * 1024
"""Size of a full frame of an answer: several fit into the buffer of a socket, so a worker goes on beside the reader."""

HEADER = struct.Struct("=cBI")


class Kind(Enum):
    """What a frame carries."""

    READY = b"r"
    REQUEST = b"q"
    DATA = b"d"
    LAST = b"l"
    ERROR = b"x"


def send_frame(channel: socket.socket, kind: Kind, payload: bytes | bytearray = b"", format_: int = 0) -> None:
    """Send one frame.

    Args:
        channel: the connection.
        kind: what the frame carries.
        payload: that.
        format_: number of the format that an answer is in.

    Raises:
        OSError: the other side is gone.
    """
    header = HEADER.pack(kind.value, format_, len(payload))
    sent = channel.sendmsg((header, payload))
    if sent < len(header) + len(payload):
        # The socket's buffer was full; the rest follows as it empties.
        channel.sendall(memoryview(header + payload)[sent:])


def receive_frame(channel: socket.socket, tick: Callable[[], None]) -> tuple[Kind, int, bytearray]:
    """Wait for one frame, and return its kind, format and payload.

    Args:
        channel: a socket; where it has a timeout, `tick` is called whenever that passes without a byte.
        tick: may raise, to end the wait.

    Raises:
        EOFError: the other side is gone.
    """
    kind, format_, length = HEADER.unpack(receive_exactly(channel, HEADER.size, tick))
    return Kind(kind), format_, receive_exactly(channel, length, tick)


def receive_exactly(channel: socket.socket, size: int, tick: Callable[[], None]) -> bytearray:
    """Wait for so many bytes; see `receive_frame`."""
    data = bytearray(size)
    rest = memoryview(data)
    while rest:
        try:
            count = channel.recv_into(rest)
        except TimeoutError:
            tick()
            continue
        except ConnectionError:
            count = 0
        if not count:
            raise EOFError
        rest = rest[count:]
    return data
