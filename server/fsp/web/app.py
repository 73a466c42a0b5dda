"""The web application: made by `create_app`, one blueprint a module."""

from collections.abc import Callable
from typing import Any, cast

from flask import Flask
from flask.json.provider import DefaultJSONProvider

from fsp.dataset.statistics import Statistics
from fsp.execution.interface import Executor
from fsp.settings import Settings
from fsp.web import (
    cases,
    compare,
    completion,
    compression,
    downloads,
    errors,
    graphs,
    headers,
    linking,
    links,
    openapi,
    pages,
    passages,
    pictures,
    queries,
    reconcile,
    sitemap,
    sparql,
    terms,
    textlinks,
    texts,
    things,
    validate,
    vocabulary,
)
from fsp.web.guard import Guard
from fsp.web.service import Service

__all__ = ["create_app"]


class _App(Flask):
    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or handler as it is: Flask looks at each one, at each request, whether it is a coroutine."""
        return func


def create_app(
    executor: Executor,
    settings: Settings,
    *,
    default_graphs: tuple[str, ...] | None = None,
    statistics: Statistics | None = None,
    guard: Guard | None = None,
) -> Flask:
    """Return the application that serves one dataset.

    Args:
        executor: evaluates the queries; whoever made it closes it.
        settings: what the operator chose.
        default_graphs: IRIs of the named graphs whose union is the default graph; None means all of them.
        statistics: counts of the dataset, where they were made before; otherwise they are made when first asked for.
        guard: runs the checks of new cases; whoever made it closes it. Without it, there are none.
    """
    service = Service(executor, settings, default_graphs, statistics)
    app = _App("fsp.web", static_folder="assets", static_url_path="/assets")
    app.extensions["fsp"] = service
    app.jinja_env.globals |= {"settings": settings, "endpoints": app.view_functions}
    # A query in a form may take three bytes for each of its own, and other parameters stand beside it.
    app.config["MAX_CONTENT_LENGTH"] = 3 * settings.limits.query + 64 * 1024
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    cast("DefaultJSONProvider", app.json).sort_keys = False
    app.register_blueprint(pages.blueprint)
    app.register_blueprint(sparql.blueprint)
    queries.init_app(app)
    reconcile.init_app(app)
    for module in (completion, linking, things, vocabulary, graphs, sitemap):
        app.register_blueprint(module.blueprint)
    downloads.init_app(app, service)
    if guard is not None:
        validate.init_app(app, guard)
    errors.init_app(app)
    headers.init_app(app)
    compression.init_app(app)
    terms.init_app(app)
    links.init_app(app)
    textlinks.init_app(app)
    texts.init_app(app)
    pictures.init_app(app)
    cases.init_app(app)
    compare.init_app(app)
    passages.init_app(app, settings.source)
    openapi.init_app(app)
    return app
