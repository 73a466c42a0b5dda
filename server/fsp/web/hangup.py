"""Notice that a caller has hung up while its query still runs."""

from collections.abc import Callable, Mapping
from typing import Any, cast

from fsp.execution.interface import never

__all__ = ["is_gone"]


def is_gone(environ: Mapping[str, Any]) -> Callable[[], bool]:
    """Return a function that tells whether the caller of this request has hung up.

    Args:
        environ: the request's WSGI environment. Where the server does not tell, a caller never hangs up.
    """
    return cast("Callable[[], bool]", environ.get("waitress.client_disconnected", never))
