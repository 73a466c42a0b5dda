"""The remote engine: any SPARQL 1.1 endpoint that the operator names, asked through SPARQLWrapper."""

from fsp.execution.remote.engine import Graphs
from fsp.execution.remote.executor import RemoteExecutor

__all__ = ["Graphs", "RemoteExecutor"]
