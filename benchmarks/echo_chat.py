"""The web chat with a dialogue that only says again what it heard: what sockets, storing and waking cost by themselves."""

import asyncio
import sys
from types import SimpleNamespace

from sanic import Sanic

from assistant.dialogue.rasa_environment import prepare_rasa

prepare_rasa()  # before anything of Rasa is imported

from assistant.conversations.inbound import Outbound
from assistant.conversations.models import Conversation, Message
from assistant.conversations.reception import Reception, utc_now
from assistant.conversations.service import store_replies
from assistant.database.migrate import upgrade
from assistant.database.session import Database
from assistant.dialogue.reply import Reply
from assistant.settings import load_settings
from assistant.towns.served import serve_towns
from connectors.web.channel import WebChannel, WebRoom
from connectors.web.chat import WebChats
from connectors.web.limits import Limit
from connectors.web.tokens import Tokens
from knowledge_base.search import EverydaySentences


class EchoReception(Reception):
    """Stores and confirms as the real one does, and answers with the citizen's own words."""

    async def answer(self, message_id: int, conversation_id: str) -> list[Outbound]:
        """Store what was said once more, as an answer."""
        async with self._database.writing() as session:
            message = await session.get_one(Message, message_id)
            conversation = await session.get_one(Conversation, conversation_id)
            reply = Reply(message.text, {"type": "smalltalk", "topic": "chat_smalltalk"})
            said = await store_replies(session, conversation, message, [reply], utc_now())
        self.live.wake(conversation_id)
        return said


def serve(port: int, url: str) -> None:
    """Serve on loopback until told to stop."""
    settings = load_settings()
    upgrade(url)
    towns = serve_towns(settings.towns_folder, settings.town, None, EverydaySentences())
    app: Sanic = Sanic("echo_chat", configure_logging=False)  # type: ignore[type-arg]
    database = Database.open(url)
    reception = EchoReception(database, None, towns, settings)  # type: ignore[arg-type]
    app.ctx.settings = settings
    app.ctx.hotline = SimpleNamespace(reception=reception, database=database, towns=towns, settings=settings)
    app.ctx.web_room = WebRoom(Tokens(b"b" * 32, 1), WebChats(reception, database, is_woken_by_others=True), Limit(1e6, 1))
    app.blueprint(WebChannel().blueprint(lambda _: asyncio.sleep(0)), url_prefix="/webhooks/web")
    app.prepare(host="127.0.0.1", port=port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)


if __name__ == "__main__":
    serve(int(sys.argv[1]), sys.argv[2])
