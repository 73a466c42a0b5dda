"""The one way in which the reader of a cell says that it cannot be understood."""

from fsp.errors import InputError

__all__ = ["UnclearError"]


class UnclearError(InputError):
    """What stands in a cell has several meanings, or none; the text says why and what to write."""
