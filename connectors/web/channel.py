"""The web chat as a Rasa InputChannel: sessions, a websocket, and events with posts where sockets do not get through."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, HTTPResponse, Request, Websocket
from sanic.exceptions import WebsocketClosed
from sanic.response import json as json_response
from sanic.response import text as text_response
from websockets.exceptions import ConnectionClosed

from assistant.conversations.live import Follower
from assistant.errors import NotAllowed, NotFound
from assistant.journal import get_journal, log_failure
from assistant.public.texts import PublicTexts
from connectors.web.chat import CHANNEL, WebChats
from connectors.web.limits import Limit
from connectors.web.origins import allowed_origin
from connectors.web.tokens import Ticket, Tokens, signing_key
from connectors.web.transcript import as_plain_text
from connectors.web.wire import LONGEST_FRAME_BYTES, BadFrame, Frame, Hello, as_text, error_frame, parse_frame

_journal = get_journal("web")
PROTOCOL = "chat.v1"
SESSIONS_AT_ONCE, SESSIONS_PER_SECOND = 30, 0.5
TOKEN_PREFIX = "t."  # noqa: S105 - how a token is marked among the sub-protocols
INTERRUPTED = 1011
NOT_ALLOWED = 4401
"""How a socket is closed whose token is not valid."""
KEEP_ALIVE = ": keep-alive\n\n"


class WebChannel(InputChannel):
    """``/webhooks/web/…``; docs/chat-api.md is the contract."""

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    def blueprint(self, on_new_message: Callable[[Any], Awaitable[Any]]) -> Blueprint:
        """Return the channel's routes; the reception that takes their messages is the server's own."""
        room = Blueprint("web_channel")
        room.middleware(_refuse_strangers, "request")
        room.middleware(_allow_reading, "response")
        for path in ("session", "frames", "events", "transcript"):
            room.add_route(_preflight, f"/{path}", methods=["OPTIONS"], name=f"preflight_{path}")
        room.add_route(_open_session, "/session", methods=["POST"])
        room.add_websocket_route(_converse, "/socket", subprotocols=[PROTOCOL])
        room.add_route(_take, "/frames", methods=["POST"])
        room.add_route(_stream, "/events", methods=["GET"], stream=True)
        room.add_route(_transcript, "/transcript", methods=["GET"])
        for error, handler in ((NotAllowed, _not_allowed), (BadFrame, _bad_frame), (NotFound, _not_found)):
            room.exception(error)(handler)
        return room


@dataclass(frozen=True)
class WebRoom:
    """What the routes share within one copy."""

    tokens: Tokens
    chats: WebChats
    sessions: Limit
    texts: PublicTexts = field(default_factory=PublicTexts)

    @classmethod
    def of(cls, request: Request) -> "WebRoom":
        """Return the room of the server that a request came to, opened with its first request."""
        ctx = request.app.ctx
        if not hasattr(ctx, "web_room"):
            settings = ctx.settings
            key = signing_key(settings.web_key.value if settings.web_key else None, settings.data_folder)
            ctx.web_room = cls(
                Tokens(key, settings.chat_days),
                _chats_of(ctx),
                Limit(SESSIONS_AT_ONCE, SESSIONS_PER_SECOND),
            )
        room: WebRoom = ctx.web_room
        return room


def _chats_of(ctx: Any) -> WebChats:
    hotline = ctx.hotline
    is_woken = ctx.settings.redis_url is not None or not hotline.database.is_postgresql
    return WebChats(hotline.reception, hotline.database, is_woken)


async def _preflight(_request: Request) -> HTTPResponse:
    """Answer a browser that asks whether a page of another origin may call (Fetch standard)."""
    return HTTPResponse(status=204)


async def _open_session(request: Request) -> HTTPResponse:
    """Make a conversation's address and the token that opens it; nothing is stored before the first message."""
    if not WebRoom.of(request).sessions.allows(request.remote_addr or request.ip):
        return json_response(error_frame("too_fast"), 429)
    ticket, token = WebRoom.of(request).tokens.new(_town(request))
    return json_response({"token": token, "town": ticket.town})


async def _transcript(request: Request) -> HTTPResponse:
    entries = await WebRoom.of(request).chats.entries(_ticket(request))
    speakers = WebRoom.of(request).texts.speakers("en" if request.args.get("lang") == "en" else "de")
    return text_response(as_plain_text(entries, speakers), headers={"Content-Disposition": 'attachment; filename="115.txt"'})


async def _not_allowed(_request: Request, refused: NotAllowed) -> HTTPResponse:
    return json_response(error_frame("not_allowed") | {"text": str(refused)}, 401)


async def _bad_frame(_request: Request, refused: BadFrame) -> HTTPResponse:
    return json_response(error_frame("bad_frame") | {"text": str(refused)}, 400)


async def _not_found(_request: Request, _refused: NotFound) -> HTTPResponse:
    return json_response(error_frame("no_such_town"), 404)


async def _converse(request: Request, socket: Websocket) -> None:
    """Take the frames of one socket and send it what is new, until it closes."""
    ticket = _ticket_of_socket(request)
    if ticket is None:
        await socket.close(NOT_ALLOWED, "not_allowed")
        return
    chats: WebChats = WebRoom.of(request).chats
    follower, pumps = Follower(), list[asyncio.Task[None]]()
    try:
        while (raw := await socket.recv()) is not None:
            frame = await _frame_or_refusal(raw, socket)
            if isinstance(frame, Hello) and not pumps:
                await socket.send(as_text({"t": "welcome", "town": ticket.town}))
                pumps.append(asyncio.create_task(_pump(socket, chats.news(ticket, frame.last, follower))))
            elif frame is not None and (answer := await chats.take(ticket, frame)) is not None:
                await socket.send(as_text(answer))
    finally:
        follower.leave()
        await asyncio.gather(*pumps, return_exceptions=True)


async def _frame_or_refusal(raw: str | bytes, socket: Websocket) -> Frame | None:
    if len(raw) > LONGEST_FRAME_BYTES:
        await socket.send(as_text(error_frame("too_long")))
        return None
    try:
        return parse_frame(raw)
    except BadFrame as refused:
        await socket.send(as_text(error_frame("bad_frame") | {"text": str(refused)}))
        return None


async def _pump(socket: Websocket, news: AsyncIterator[dict[str, Any]]) -> None:
    """Send what is new; a failure closes the socket, so that the client comes back instead of waiting in silence."""
    try:
        async for frame in news:
            await socket.send(as_text(frame))
    except (ConnectionClosed, WebsocketClosed):
        return  # the page is gone; it comes back by itself
    except Exception as error:  # noqa: BLE001 - part of the channel's wrapper, one of the four named places
        log_failure(_journal, "news_interrupted", error)
        await socket.close(INTERRUPTED, "interrupted")


async def _take(request: Request) -> HTTPResponse:
    """One frame by POST; what is new comes by the events."""
    ticket = _ticket(request)
    if len(request.body) > LONGEST_FRAME_BYTES:
        return json_response(error_frame("too_long"), 413)
    answer = await WebRoom.of(request).chats.take(ticket, parse_frame(request.body))
    return json_response(answer or {"t": "ok"}, 429 if answer and answer.get("code") == "too_fast" else 200)


async def _stream(request: Request) -> None:
    """What is new as server-sent events (HTML, 9.2); ``Last-Event-ID`` says what the client has."""
    ticket = _ticket(request)
    last = request.headers.get("last-event-id", "0")
    response = await request.respond(content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"})
    await response.send(KEEP_ALIVE)
    seen = int(last) if last.isascii() and last.isdigit() else 0
    async for frame in WebRoom.of(request).chats.news(ticket, seen, Follower()):
        place = f"id: {frame['seq']}\n" if "seq" in frame else ""
        await response.send(f"{place}data: {as_text(frame)}\n\n")


def _town(request: Request) -> str:
    """Return the town that a session is asked for."""
    body = request.json if request.body else {}
    named = body.get("town") if isinstance(body, dict) else None
    town = named if isinstance(named, str) else request.app.ctx.settings.town
    _ = request.app.ctx.hotline.towns[town]
    return town


def _ticket(request: Request) -> Ticket:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    ticket: Ticket = WebRoom.of(request).tokens.read(token.strip() if scheme.lower() == "bearer" else "")
    return ticket


def _ticket_of_socket(request: Request) -> Ticket | None:
    """Return the ticket that a socket shows among its sub-protocols: browsers can send no other header."""
    offered = [part.strip() for part in request.headers.get("sec-websocket-protocol", "").split(",")]
    token = next((part.removeprefix(TOKEN_PREFIX) for part in offered if part.startswith(TOKEN_PREFIX)), "")
    try:
        ticket: Ticket = WebRoom.of(request).tokens.read(token)
    except NotAllowed:
        return None
    return ticket


def _is_known(request: Request, origin: str) -> bool:
    ctx = request.app.ctx
    return allowed_origin(origin, request.host, ctx.settings, ctx.hotline.towns)


async def _refuse_strangers(request: Request) -> HTTPResponse | None:
    """Refuse pages that no town lets in; a preflight of a known page goes on."""
    origin = request.headers.get("origin")
    if origin is None and request.method in ("GET", "HEAD") and request.headers.get("upgrade") is None:
        return None
    if origin is not None and _is_known(request, origin):
        return None
    return json_response(error_frame("not_allowed") | {"text": "This page may not open the chat."}, 403)


async def _allow_reading(request: Request, response: HTTPResponse) -> None:
    origin = request.headers.get("origin")
    if origin and _is_known(request, origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Last-Event-ID"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST"
        response.headers["Vary"] = "Origin"
