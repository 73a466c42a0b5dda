"""The texts of the pages, in the language that a reader asks for: gettext catalogues in `translations/`."""

from http import HTTPStatus

from flask import Flask, Response, request
from flask_babel import Babel, get_babel, get_locale

__all__ = ["init_app", "language"]

ENGLISH = "en_GB"
"""The language of the messages themselves: it needs no catalogue."""


def init_app(app: Flask) -> None:
    """Choose the language of each page, and let the templates tell it."""
    Babel(app, default_locale=ENGLISH, locale_selector=_choose)
    app.jinja_env.globals["language"] = language
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # as in babel.cfg
    app.after_request(_tell)


def language() -> str:
    """Return the language of the page, as a tag of BCP 47."""
    return str(get_locale() or ENGLISH).replace("_", "-")


def _languages() -> dict[str, str]:
    """Return the locales that there are texts for, by their tags."""
    locales = [str(locale) for locale in get_babel().instance.list_translations()]
    return {locale.replace("_", "-"): locale for locale in dict.fromkeys((ENGLISH, *locales))}


def _choose() -> str:
    """Choose by `Accept-Language` (RFC 9110, section 12.5.4); English where nothing fits."""
    languages = _languages()
    return languages[request.accept_languages.best_match(languages, default=ENGLISH.replace("_", "-"))]


def _tell(response: Response) -> Response:
    """Say that a page depends on the language that is asked for, once there is more than one."""
    may_be_page = response.mimetype == "text/html" or response.status_code == HTTPStatus.NOT_MODIFIED
    if may_be_page and len(_languages()) > 1:
        response.vary.update(("Accept-Language",))
    return response
