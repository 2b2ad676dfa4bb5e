"""`connectors/web/schema.json` describes every frame, and server and widget keep to it."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from assistant.public.texts import WORDINGS
from connectors.web import chat, wire
from tests.connectors.web.conftest import WebClient

SCHEMA: dict[str, Any] = json.loads(Path("connectors/web/schema.json").read_text(encoding="utf-8"))
WIDGET = "".join(path.read_text(encoding="utf-8") for path in Path("assistant/public/static/widget").glob("*.js"))
SAID = (
    "Was kostet ein Personalausweis?",
    "Ummelden",
    "Wie wird das Wetter?",
    "Hilfe, es brennt",
    "Bitte rufen Sie mich zurück",
    "Wann hat das Rathaus offen?",
    "Guten Tag",
    "Wir kriegen ein Kind",
)


def faults(side: str, frame: object) -> list[str]:
    """What the schema finds wrong with a frame."""
    validator = Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{side}"})
    return [error.message for error in validator.iter_errors(frame)]


async def test_every_frame_of_the_server_keeps_to_the_schema(web: WebClient) -> None:
    seen: list[dict[str, Any]] = []
    async with web.socket(await web.session()) as socket:
        for number, text in enumerate(SAID):
            await socket.send(t="msg", id=f"m{number}", text=text)
            while (frame := await socket.next())["t"] != "msg" or frame["from"] == "citizen":
                seen.append(frame)
            seen.append(frame)
        await socket.send(t="feedback", seq=2, helpful=True)
        seen.append(await socket.next("thanks"))
        await socket.connection.send("{")
        seen.append(await socket.next("error"))
        await socket.send(t="end")
        seen.append(await socket.next("ended"))
    assert {frame["t"]: faults("server", frame) for frame in seen if faults("server", frame)} == {}


@pytest.mark.parametrize("code", SCHEMA["$defs"]["server"]["oneOf"][-1]["properties"]["code"]["enum"])
def test_every_error_is_documented(code: str) -> None:
    assert f"`{code}`" in Path("docs/chat-api.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("kind", ["hello", "msg", "lang", "feedback", "end"])
def test_the_widget_sends_frames_that_the_schema_knows(kind: str) -> None:
    assert f't: "{kind}"' in WIDGET
    assert any(kind in json.dumps(frame) for frame in SCHEMA["$defs"]["client"]["oneOf"])


def test_switches_of_schema_server_and_documents_are_the_same() -> None:
    schema = SCHEMA["$defs"]["client"]["oneOf"][2]["properties"]["lang"]["enum"]
    assert tuple(schema) == wire.WORDINGS == tuple(chat.WORDING_ACTS) == tuple(WORDINGS)
