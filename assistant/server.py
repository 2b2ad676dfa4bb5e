"""One Sanic server that holds everything: channels, health, metrics, background work."""

import json
from typing import Any

from prometheus_client import generate_latest
from sanic import Sanic
from sanic.exceptions import PayloadTooLarge, SanicException
from sanic.request import Request
from sanic.response import BaseHTTPResponse, HTTPResponse, raw
from sanic.response import json as json_response

from assistant.background import BackgroundWork
from assistant.channels import load_channels, on_new_message
from assistant.conversations.wake_calls import WakeCalls
from assistant.errors import NotAllowed
from assistant.hotline import Hotline
from assistant.journal import get_journal, log_failure
from assistant.public.pages import public_pages
from connectors.rest.openapi import openapi_document
from connectors.rest.wire import key_of

_journal = get_journal("server")
LARGEST_REQUEST_BYTES = 1_000_000
LARGEST_SOCKET_FRAME_BYTES = 65_536
"""A little more than any channel takes, so that its sender is told what is wrong."""
LARGEST_DROPPED_BYTES = 64_000_000
"""How much of a request that is too large is still received and dropped, so that its sender gets to read the answer."""
PROBES = ("GET", "HEAD")
"""Load balancers and monitoring ask with either."""


def make_app(hotline: Hotline) -> Sanic[Any, Any]:
    """Put the server together around an open hotline."""
    app: Sanic[Any, Any] = Sanic("hotline", configure_logging=False)
    app.config.REQUEST_MAX_SIZE = LARGEST_REQUEST_BYTES
    app.config.WEBSOCKET_MAX_SIZE = LARGEST_SOCKET_FRAME_BYTES
    app.config.ACCESS_LOG = False
    app.config.PROXIES_COUNT = hotline.settings.proxies
    app.config.MOTD = False
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.ctx.settings = hotline.settings
    app.ctx.hotline = hotline
    receive = on_new_message(hotline.reception, hotline.settings.town)
    for channel in load_channels():
        app.blueprint(channel.blueprint(receive), url_prefix=f"/webhooks/{channel.name()}")
    app.blueprint(public_pages(hotline.settings, hotline.towns))
    _add_operations(app, hotline)
    _add_contract(app, hotline)
    _add_background(app, hotline)
    app.register_middleware(_harden, "response")
    app.error_handler.add(Exception, _failed)
    return app


def serve(hotline: Hotline) -> None:
    """Serve until told to stop; one process per copy."""
    app = make_app(hotline)
    app.prepare(host=hotline.settings.host, port=hotline.settings.port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


def _add_operations(app: Sanic[Any, Any], hotline: Hotline) -> None:
    @app.route("/health", methods=PROBES)
    async def health(_request: Request) -> HTTPResponse:
        """The process answers."""
        return json_response({"status": "ok"})

    @app.route("/ready", methods=PROBES)
    async def ready(_request: Request) -> HTTPResponse:
        """The process can answer citizens; 503 names what is missing."""
        state = await readiness(hotline)
        return json_response(state, 200 if state["status"] == "ready" else 503)

    @app.get("/metrics")
    async def metrics(request: Request) -> HTTPResponse:
        """Counters for Prometheus."""
        key_of(request.headers, hotline.settings)
        return raw(generate_latest(), content_type="text/plain; version=0.0.4; charset=utf-8")


def _add_contract(app: Sanic[Any, Any], hotline: Hotline) -> None:
    document = json.dumps(openapi_document(hotline.settings)).encode()

    @app.get("/api/openapi.json")
    async def openapi(_request: Request) -> HTTPResponse:
        """The contract of the REST way in."""
        return raw(document, content_type="application/json")


async def readiness(hotline: Hotline) -> dict[str, str]:
    """Return the state of model, database and index; the index on reserve still answers."""
    database = "ok" if await hotline.database.answers() else "down"
    model = "ok" if hotline.dialogue.understands() else "down"
    on_reserve = any(town.search.index.is_on_reserve for town in hotline.towns.values())
    return {
        "status": "ready" if database == model == "ok" else "not ready",
        "model": model,
        "database": database,
        "index": "reserve" if on_reserve else "ok",
    }


def _add_background(app: Sanic[Any, Any], hotline: Hotline) -> None:
    work = BackgroundWork(hotline)
    url = hotline.settings.redis_url
    calls = WakeCalls(hotline.reception.live, url.value) if url else None

    @app.after_server_start
    async def start(*_: Any) -> None:
        work.start()
        if calls:
            calls.start()

    @app.before_server_stop
    async def stop(*_: Any) -> None:
        if calls:
            await calls.stop()
        await work.stop()
        await hotline.close()


async def _harden(_request: Request, response: BaseHTTPResponse) -> None:
    """Nobody keeps what citizens are told, and no browser takes it for something else."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")


async def _failed(request: Request, error: Exception) -> HTTPResponse:
    """The page error handler, one of the four named places: a sentence, the stack without words, a way on."""
    if isinstance(error, NotAllowed):
        return json_response({"error": str(error)}, 401, {"WWW-Authenticate": "Bearer"})
    if isinstance(error, SanicException) and error.status_code < 500:
        if isinstance(error, PayloadTooLarge):
            _drop_rest(request)
        sentence = _SENTENCES.get(error.status_code, _SENTENCES[400])
        return json_response({"error": sentence}, error.status_code, dict(error.headers or {}))
    log_failure(_journal, "request_failed", error, path=request.path if request.route else None)
    return json_response({"error": "Something went wrong. Please try again, or dial 115; in an emergency dial 112."}, 500)


def _drop_rest(request: Request) -> None:
    """Let Sanic read on after the answer; closing while bytes come in would reset the connection before it is read."""
    if request.stream is not None:
        request.stream.request_max_size = LARGEST_DROPPED_BYTES
        request.stream.protocol.request_max_size = LARGEST_DROPPED_BYTES


_SENTENCES = {
    400: "This request cannot be read. See /api/openapi.json for how to write one.",
    404: "There is no such page. See /api/openapi.json.",
    405: "This page knows another method. See /api/openapi.json.",
    408: "The request did not arrive in time. Please send it again.",
    413: "The request is too large. A message has at most 2,000 characters.",
}
