"""The canned queries: their list, each one's page, and its answer in every format at the same address."""

from fsp.web.queries.views import init_app

__all__ = ["init_app"]
