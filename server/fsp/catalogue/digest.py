"""The digest of an answer, by which anyone can tell whether the rows are still those that were cited."""

import hashlib

import pyoxigraph as ox

from fsp.execution.formats import BY_NAME
from fsp.execution.interface import Executor, QueryRequest

__all__ = ["digest_answer"]


def digest_answer(executor: Executor, text: str) -> str:
    """Return the SHA-256 of the whole answer to a query, in hexadecimal.

    Of rows it is that of their SPARQL 1.1 CSV, byte for byte, so `curl …csv | sha256sum` gives the same. A graph is
    made canonical first (RDFC-1.0) and written as N-Triples, its lines sorted by code point.

    Args:
        executor: evaluates the query.
        text: the query.

    Raises:
        FspError: as `Executor.execute`.
    """
    with executor.execute(QueryRequest(text, BY_NAME["csv"], BY_NAME["nt"])) as answer:
        if answer.format == BY_NAME["csv"]:
            digest = hashlib.sha256()
            for chunk in answer:
                digest.update(chunk)
            return digest.hexdigest()
        triples = b"".join(answer)
    return hashlib.sha256(_canonical(triples)).hexdigest()


def _canonical(triples: bytes) -> bytes:
    graph = ox.Dataset(ox.parse(triples, ox.RdfFormat.N_TRIPLES))
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "".join(sorted(f"{quad.triple} .\n" for quad in graph)).encode()
