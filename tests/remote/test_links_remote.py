"""The tables of links are the same whichever engine holds the data."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from remote_engines import Engine

from support import Service


@pytest.mark.parametrize("route", ["/links.csv", "/links.sssom.tsv"])
def test_a_table_of_links_is_the_same_over_any_engine(
    engine: Engine, serve_remote: Callable[..., Service], client: FlaskClient, route: str
) -> None:
    """As the embedded engine gives it; not to be kept, since nobody says which state the data are in."""
    reply = serve_remote("--endpoint", engine.endpoint).request(route)
    assert (reply.status, reply.headers["Cache-Control"]) == (200, "no-store")
    assert reply.text == client.get(route).text
