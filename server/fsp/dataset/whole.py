"""Write a file whole or not at all, whatever happens midway."""

import fcntl
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from fsp.errors import DataError

__all__ = ["locked", "written_whole"]


@contextmanager
def locked(path: Path, waiting: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Keep out everyone else who changes a file of this folder, from reading it to writing it.

    The lock is on the folder itself: it leaves no file behind, and the system lets go of it when the process ends.

    Args:
        path: the file.
        waiting: called once where someone else has the lock.

    Raises:
        DataError: there is no such folder.
    """
    folder = path.resolve().parent
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}.", file=str(path)) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


@contextmanager
def written_whole(path: Path) -> Iterator[IO[bytes]]:
    """Open a file beside the one to write, which takes its place once all is on the disk.

    Whoever reads the file meanwhile reads the former one. Where the block fails, the former one stays; where the
    process is killed, it stays too, and a file with a dot before its name is left beside it.

    Args:
        path: the file to write. Its permissions stay as they are; a symbolic link is followed.

    Raises:
        DataError: nothing can be written there.
    """
    target = path.resolve()
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise DataError(f"{path} cannot be written: {error.strerror}.", file=str(path)) from error
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask())
        Path(name).replace(target)
        _keep_name(target.parent)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _keep_name(folder: Path) -> None:
    """Put the new name on the disk as well, so that it outlives a loss of power."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    """Return the mask for new files; it can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
