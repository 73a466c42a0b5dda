"""What no query may use is taken from a worker by the kernel."""

import subprocess
import sys

CODE = """
import socket
from fsp.execution.confinement import forbid_sockets
a, b = socket.socketpair()
assert forbid_sockets()
a.send(b"still")
print(b.recv(9).decode(), open("/proc/self/comm").read().strip() != "")
try:
    socket.socket()
except PermissionError as error:
    print(error.strerror)
"""


def test_no_socket_can_be_opened_any_more() -> None:
    """Open connections go on, files can be opened, a new socket cannot."""
    ran = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert ran.stdout == "still True\nOperation not permitted\n"
