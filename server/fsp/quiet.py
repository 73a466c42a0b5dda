"""Keep rdflib from telling on stderr what a report tells better."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from logging import getLogger

__all__ = ["quiet"]


@contextmanager
def quiet() -> Iterator[None]:
    """Keep rdflib from logging a stack trace for each literal that does not fit its datatype: the report tells that."""
    logger = getLogger("rdflib.term")
    before = logger.disabled
    logger.disabled = True
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "Parsing weird boolean", UserWarning)
            # What it does on comparing values of a datatype that it does not know.
            warnings.filterwarnings("ignore", "NotImplemented should not be used", DeprecationWarning)
            yield
    finally:
        logger.disabled = before
