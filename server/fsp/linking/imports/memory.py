"""What was said already: a table that moves to the disk once it is large, so that memory stays bounded."""

import sqlite3
from types import TracebackType
from typing import Self

__all__ = ["Memory"]


class Memory:
    """Remembers the first value of each key.

    An SQLite database without a name lies in its cache, and beyond that in a file that goes away with it.
    """

    def __init__(self) -> None:
        self._base = sqlite3.connect("", isolation_level=None)
        self._base.execute("PRAGMA cache_size = -32768")
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA synchronous = OFF")
        self._base.execute("CREATE TABLE said (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID")
        # One transaction for all, which never ends: nobody else reads it.
        self._base.execute("BEGIN")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Forget everything."""
        self._base.close()

    def is_new(self, key: str, value: str = "") -> bool:
        """Remember a key, and tell whether it was unknown."""
        return self._base.execute("INSERT OR IGNORE INTO said VALUES (?, ?)", (key, value)).rowcount == 1

    def first(self, key: str, value: str) -> str:
        """Return the value that the key was first told with."""
        if self.is_new(key, value):
            return value
        (known,) = self._base.execute("SELECT value FROM said WHERE key = ?", (key,)).fetchone()
        return str(known)
