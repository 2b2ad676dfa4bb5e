"""Leads every Rasa channel through the one door in: ``credentials.yml`` names them, nothing reaches Rasa past the reception."""

import importlib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from assistant.conversations.inbound import Inbound
from assistant.conversations.reception import Reception, as_json
from assistant.errors import ConfigurationError
from knowledge_base.yaml_file import read_yaml


def load_channels(path: Path = Path("credentials.yml")) -> list[Any]:
    """Return one Rasa InputChannel per entry of the file.

    Raises:
        ConfigurationError: an entry names no channel class.
    """
    entries = read_yaml(path) or {}
    return [_channel(str(name), settings or {}, path) for name, settings in entries.items()]


def _channel(name: str, settings: dict[str, Any], path: Path) -> Any:
    module, _, cls = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), cls).from_credentials(settings)
    except (ImportError, AttributeError, ValueError):
        raise ConfigurationError(f"{path}: {name!r} is no channel class; write module.path.ClassName.") from None


def on_new_message(reception: Reception, default_town: str) -> Callable[[Any], Awaitable[None]]:
    """Return what a channel calls with each Rasa ``UserMessage``: store, answer, hand the answer to its output."""

    async def receive(message: Any) -> None:
        metadata = message.metadata or {}
        inbound = Inbound(
            town=metadata.get("town") or default_town,
            channel=message.input_channel,
            address=message.sender_id,
            text=message.text or "",
            provider_id=_provider_id(message),
        )
        recipient = metadata.get("recipient") or message.sender_id
        for reply in await reception.receive(inbound):
            await message.output_channel.send_response(recipient, as_json(reply, recipient))

    return receive


def _provider_id(message: Any) -> str | None:
    """Return the channel's own id; Rasa makes up a bare hexadecimal UUID where a channel has none, which names nothing."""
    metadata = message.metadata or {}
    if "message_id" in metadata:
        return metadata["message_id"]  # type: ignore[no-any-return]
    given = str(message.message_id)
    return None if len(given) == 32 and all(char in "0123456789abcdef" for char in given) else given
