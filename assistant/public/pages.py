"""The public pages: the town's own, the chat, privacy, accessibility, imprint, and the files that they need."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from sanic import Blueprint, HTTPResponse, Request
from sanic.exceptions import NotFound as PageNotFound
from sanic.response import file, html, raw
from sanic.response import json as json_response

from assistant.errors import NotFound
from assistant.public.texts import WORDINGS, PublicTexts
from assistant.settings import Settings
from assistant.towns.served import ServedTown, ServedTowns
from assistant.towns.theme import Theme
from knowledge_base.hours import closes_at, is_open, next_opening

ROOM = Path(__file__).parent
FONTS = Path("node_modules/@fontsource/fira-sans/files")
STATIC = {
    "icon.svg": ("static/icon.svg", "image/svg+xml"),
    "pages.css": ("static/pages.css", "text/css"),
    "fonts.css": ("static/fonts.css", "text/css"),
    "widget/chat.css": ("static/widget/chat.css", "text/css"),
    "widget/chat.js": ("static/widget/chat.js", "text/javascript"),
    "widget/connection.js": ("static/widget/connection.js", "text/javascript"),
    "widget/render.js": ("static/widget/render.js", "text/javascript"),
}
NOTICES = {"datenschutz": "privacy", "barrierefreiheit": "accessibility", "impressum": "imprint"}
LONGEST_QUESTION = 300
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self' {socket}; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)


class Pages:
    """Fills the templates."""

    def __init__(self, settings: Settings, towns: ServedTowns) -> None:
        self.settings = settings
        self.towns = towns
        self.texts = PublicTexts()
        self._templates = Environment(
            loader=FileSystemLoader(ROOM / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )

    def town_of(self, request: Request, key: str | None = None) -> ServedTown:
        """Return the town that a page is for.

        Raises:
            PageNotFound: there is none of that name.
        """
        wanted = key or _first(request, "town") or self.settings.town
        try:
            return self.towns[wanted]
        except NotFound:
            raise PageNotFound("There is no such town.") from None

    def render(self, template: str, request: Request, town: ServedTown, **more: Any) -> HTTPResponse:
        """Return a page under a strict policy."""
        language = language_of(request)
        text = self.texts.page(language, town=town.profile.name, address=_address(town))
        page = self._templates.get_template(template).render(
            language=language, other="de" if language == "en" else "en", town=town.profile, t=text, **more
        )
        return html(page, headers=_guarded(request, town, framed=template == "chat.html"))

    def landing(self, request: Request) -> HTTPResponse:
        """Return the town's page."""
        town, language = self.town_of(request), language_of(request)
        questions = [getattr(question, language) for question in town.profile.often_asked]
        text = self.texts.page(language)
        return self.render(
            "landing.html",
            request,
            town,
            title=town.profile.official_name,
            questions=questions,
            hours=self._hours(town, language, text),
        )

    def notice(self, request: Request, name: str) -> HTTPResponse:
        """Return one of the longer pages."""
        town, settings = self.town_of(request), self.settings
        title, parts = self.texts.notice(
            NOTICES[name],
            language_of(request),
            town=town.profile.name,
            official=town.profile.official_name,
            days=settings.chat_days,
            callback_days=settings.callback_days,
        )
        return self.render("notice.html", request, town, title=title, parts=parts)

    def chat(self, request: Request, key: str) -> HTTPResponse:
        """Return the chat as a page of its own."""
        town = self.town_of(request, key)
        title = self.texts.page(language_of(request), town=town.profile.name)["chat_title"]
        return self.render(
            "chat.html",
            request,
            town,
            title=title,
            frame=_first(request, "frame") == "1",
            kiosk=_first(request, "kiosk") == "1",
            question=(_first(request, "q") or "")[:LONGEST_QUESTION],
        )

    def words(self, request: Request, name: str) -> HTTPResponse:
        """Return what the chat says and looks like, for one town."""
        town = self.town_of(request, name.removesuffix(".json")).profile
        words = {
            "town": town.name,
            "days": self.settings.chat_days,
            "words": self.texts.widget,
            "wordings": WORDINGS,
            "starters": {
                language: [getattr(question, language) for question in town.often_asked[:3]] for language in ("de", "en")
            },
            "theme": f":host {{ {_colours(town.theme)} }}",
        }
        return json_response(words, headers=_SHARED)

    def theme(self, request: Request, name: str) -> HTTPResponse:
        """Return a town's colours as a style sheet."""
        town = self.town_of(request, name.removesuffix(".css")).profile
        sheet = f":root {{ {_colours(town.theme)} }}\n"
        return raw(sheet.encode(), content_type="text/css; charset=utf-8", headers=_SHARED)

    async def launcher(self, _request: Request) -> HTTPResponse:
        """Return the script that a town puts on its own page."""
        return await _shared("static/widget/launcher.js", "text/javascript")

    async def static(self, _request: Request, name: str) -> HTTPResponse:
        """Return a file of the pages or the chat."""
        if name not in STATIC:
            raise PageNotFound("There is no such file.")
        return await _shared(*STATIC[name])

    async def font(self, _request: Request, name: str) -> HTTPResponse:
        """Return a file of the font that npm installed."""
        path = FONTS / name
        if not name.endswith(".woff2") or "/" in name or not path.is_file():
            raise PageNotFound("There is no such font.")
        return await file(path, mime_type="font/woff2", headers=_SHARED)

    def _hours(self, town: ServedTown, language: str, text: dict[str, str]) -> str:
        office = town.knowledge.offices[town.profile.default_office]
        now = datetime.now(town.profile.time_zone)
        subdivision = town.profile.holidays
        if is_open(office, now, subdivision=subdivision):
            until = closes_at(office, now, subdivision=subdivision)
            return text["open_now"].replace("{until}", f"{until:%H:%M}" if until else "")
        opens = next_opening(office, now, subdivision=subdivision)
        if opens is None:
            return text["closed_unknown"]
        day = f"{opens:%d.%m.}" if language == "de" else f"{opens:%d/%m}"
        return text["closed_now"].replace("{day}", day).replace("{from}", f"{opens:%H:%M}")


def public_pages(settings: Settings, towns: ServedTowns) -> Blueprint:
    """Return the routes of the public pages."""
    pages, room = Pages(settings, towns), Blueprint("public")

    def add(path: str, page: Callable[..., HTTPResponse | Awaitable[HTTPResponse]], name: str) -> None:
        async def answer(request: Request, **parts: str) -> HTTPResponse:
            made = page(request, **parts)
            return await made if isinstance(made, Awaitable) else made

        room.add_route(answer, path, methods=["GET", "HEAD"], name=name)

    add("/", pages.landing, "landing")
    add("/<name:datenschutz|barrierefreiheit|impressum>", pages.notice, "notice")
    add("/chat/<key:str>", pages.chat, "chat")
    add("/widget.js", pages.launcher, "launcher")
    add("/public/texts/<name:str>", pages.words, "words")
    add("/public/theme/<name:str>", pages.theme, "theme")
    add("/public/fonts/<name:str>", pages.font, "font")
    add("/public/<name:path>", pages.static, "static")
    return room


_SHARED = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "max-age=300"}
"""For files without anything personal, which a town's own page loads."""


async def _shared(path: str, kind: str) -> HTTPResponse:
    return await file(ROOM / path, mime_type=f"{kind}; charset=utf-8", headers=_SHARED)


def _colours(theme: Theme) -> str:
    return f"--strong: {theme.strong}; --on-strong: {theme.on_strong};"


def language_of(request: Request) -> str:
    """Return the language that a page is asked for in; German unless English is wanted."""
    return "en" if _first(request, "lang") == "en" else "de"


def _first(request: Request, name: str) -> str | None:
    value: str | None = request.args.get(name)
    return value


def _address(town: ServedTown) -> str:
    return town.knowledge.offices[town.profile.default_office].address or ""


def _guarded(request: Request, town: ServedTown, *, framed: bool) -> dict[str, str]:
    """Return the headers of a page: nothing from elsewhere, and only known pages may show the chat in a frame."""
    socket = f"{'wss' if request.scheme == 'https' else 'ws'}://{request.host}"
    ancestors = " ".join(["'self'", *town.profile.web_origins]) if framed else "'none'"
    return {
        "Content-Security-Policy": POLICY.format(socket=socket, ancestors=ancestors),
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
    }
