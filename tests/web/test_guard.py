"""Work in processes that can be killed: its result, or how it ended."""

import os
import resource
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from fsp.errors import AbandonedError, BusyError, EngineError, InputError, ParameterError, TooLargeError
from fsp.web.guard import Guard, GuardLimits

LIMITS = GuardLimits(seconds=2, memory=300 << 20, result=1 << 20, at_once=1)


@pytest.fixture(scope="module")
def guard() -> Iterator[Guard]:
    """A guard over a plain list."""
    guard = Guard(partial(list, (1, 2, 3)), LIMITS)
    yield guard
    guard.close()


def spin(_: list[int]) -> None:
    """Never end."""
    while True:
        pass


def sleep(_: list[int]) -> None:
    """Wait for long."""
    time.sleep(60)


def hoard(_: list[int]) -> int:
    """Take much memory."""
    return len(bytearray(2 << 30))


def recurse(state: list[int]) -> int:
    """Call itself without end."""
    return recurse(state) + 1


def crash(_: list[int]) -> None:
    """Die as native code does that overflows its stack."""
    os.kill(os.getpid(), signal.SIGSEGV)


def parent_of(_: list[int]) -> int:
    """Return the process that holds the data."""
    return os.getppid()


def refuse(_: list[int]) -> None:
    """Raise one of our errors."""
    raise ParameterError("Not so.", parameter="what")


def fail(_: list[int]) -> None:
    """Raise what nobody foresaw."""
    raise ZeroDivisionError("secret")


def call_out(_: list[int]) -> str:
    """Try to open a socket."""
    try:
        socket.socket().close()
    except PermissionError:
        return "refused"
    return "opened"


def grow(_: list[int]) -> str:
    """Return more than may be returned."""
    return "x" * (2 << 20)


def append(state: list[int]) -> int:
    """Change what was loaded."""
    state.append(4)
    return len(state)


def test_a_result_comes_back(guard: Guard) -> None:
    """Made of what the parent has loaded; a change stays within its own process."""
    assert guard.run(sum) == 6
    assert [guard.run(append), guard.run(append)] == [4, 4]


@pytest.mark.parametrize(
    ("function", "error", "words"),
    [
        (spin, TooLargeError, "longer than 2 seconds"),
        (sleep, TooLargeError, "longer than 2 seconds"),
        (hoard, TooLargeError, "more memory than 300 MiB"),
        (recurse, InputError, "nested too deeply"),
        (crash, InputError, "nested too deeply"),
        (refuse, ParameterError, "Not so"),
        (fail, EngineError, "without a report"),
        (grow, TooLargeError, "longer than 1 MiB"),
    ],
)
def test_whatever_happens_is_told(guard: Guard, function, error: type[Exception], words: str) -> None:  # noqa: ANN001
    """And the next call is answered."""
    with pytest.raises(error, match=words) as raised:
        guard.run(function)
    assert "secret" not in str(raised.value)
    assert guard.run(sum) == 6


def test_no_socket_is_opened(guard: Guard) -> None:
    """Whatever a file asks for."""
    assert guard.run(call_out) == "refused"


def test_a_caller_who_hangs_up_ends_the_work(guard: Guard) -> None:
    """Nobody waits for it any more."""
    with pytest.raises(AbandonedError):
        guard.run(sleep, lambda: True)


def test_it_starts_again_when_the_parent_was_killed() -> None:
    """One call fails, the next is answered."""
    guard = Guard(partial(list, (1, 2, 3)), LIMITS)
    parent = guard.run(os_parent)
    os.kill(parent, signal.SIGKILL)
    while Path(f"/proc/{parent}/stat").read_text(encoding="utf-8").split()[2] != "Z":
        time.sleep(0.01)
    with pytest.raises(EngineError):
        guard.run(sum)
    assert guard.run(sum) == 6
    guard.close()


def os_parent(_: list[int]) -> int:
    """Return the process that forked this one."""
    return os.getppid()


def test_too_many_callers_are_turned_away(guard: Guard) -> None:
    """Once eight wait already."""
    guard._waiting = 8  # noqa: SLF001
    try:
        with pytest.raises(BusyError):
            guard.run(sum)
    finally:
        guard._waiting = 0  # noqa: SLF001
    assert guard.run(sum) == 6


def test_a_call_without_room_for_files_leaves_the_others_alone(guard: Guard) -> None:
    """The process that holds the data goes on: the next call finds the same one."""
    parent = guard.run(parent_of)
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, before[1]))
    try:
        with pytest.raises(EngineError, match="open files"):
            guard.run(sum)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
    assert guard.run(parent_of) == parent
