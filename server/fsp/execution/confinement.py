"""Take from a process what no query may use."""

import ctypes
import errno
import platform

__all__ = ["die_with_parent", "forbid_sockets"]

_PR_SET_PDEATHSIG = 1
_PR_SET_SECCOMP = 22
_PR_SET_NO_NEW_PRIVS = 38
_SECCOMP_MODE_FILTER = 2

_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW = 0x7FFF0000
_FAIL = 0x00050000 | errno.EPERM
_ARCHITECTURE_OFFSET, _CALL_OFFSET = 4, 0
_SOCKET_CALLS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""The kernel's number of the architecture, and of its call `socket`."""


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint32))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def die_with_parent(signal_: int) -> None:
    """Have the kernel send this process a signal when the thread that made it ends (Linux, prctl)."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal_)


def forbid_sockets() -> bool:
    """Make every later attempt of this process to open a socket fail (Linux, seccomp).

    A second wall behind the refusal of SERVICE, for workers that must be able to open their store's files.

    Returns:
        whether the kernel does it.
    """
    if platform.machine() not in _SOCKET_CALLS:
        return False
    architecture, call = _SOCKET_CALLS[platform.machine()]
    instructions = (_Instruction * 6)(
        _Instruction(_LOAD, 0, 0, _ARCHITECTURE_OFFSET),
        _Instruction(_JUMP_IF_EQUAL, 0, 3, architecture),
        _Instruction(_LOAD, 0, 0, _CALL_OFFSET),
        _Instruction(_JUMP_IF_EQUAL, 0, 1, call),
        _Instruction(_RETURN, 0, 0, _FAIL),
        _Instruction(_RETURN, 0, 0, _ALLOW),
    )
    program = _Program(len(instructions), instructions)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    # Without new rights ever, any process may filter its own calls.
    if prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    return not prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program))
