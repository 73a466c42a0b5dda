"""fsp: the knowledge graph and query service for public service partnerships."""

from importlib.metadata import version

__all__ = ["__version__"]

__version__ = version("fsp")
