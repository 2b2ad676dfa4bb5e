"""The REST channel as a Rasa InputChannel: no Rasa API, no client-chosen slots, no conversation of somebody else."""

from collections.abc import Awaitable, Callable
from typing import Any

from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from sanic import Blueprint, HTTPResponse, Request
from sanic.response import json as json_response

from assistant.errors import NotAllowed, NotFound
from connectors.rest.wire import BadRequest, address_of, key_of, parse_message

OnNewMessage = Callable[[UserMessage], Awaitable[Any]]


class RestOutput(CollectingOutputChannel):
    """Collects whole messages for the response."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message as it is."""
        self.messages.append(message)


class RestChannel(InputChannel):
    """``POST /webhooks/rest/webhook``."""

    @classmethod
    def name(cls) -> str:
        return "rest"

    def blueprint(self, on_new_message: OnNewMessage) -> Blueprint:
        """Return the channel's routes."""
        room = Blueprint("rest_channel")

        @room.get("/")
        async def health(_request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @room.post("/webhook")
        async def receive(request: Request) -> HTTPResponse:
            try:
                return json_response(await _answer(request, on_new_message))
            except NotAllowed as refused:
                return json_response({"error": str(refused)}, 401, {"WWW-Authenticate": "Bearer"})
            except BadRequest as refused:
                return json_response({"error": str(refused)}, 400)
            except NotFound:
                return json_response({"error": "There is no such town. Leave town out for the usual one."}, 404)

        return room


async def _answer(request: Request, on_new_message: OnNewMessage) -> list[dict[str, Any]]:
    key = key_of(request.headers, request.app.ctx.settings)
    message = parse_message(request.body)
    output = RestOutput()
    metadata = {"town": message.town, "recipient": message.sender, "message_id": message.message_id}
    address = address_of(key, message.sender)
    await on_new_message(UserMessage(message.text, output, address, input_channel=output.name(), metadata=metadata))
    return output.messages
