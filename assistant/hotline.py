"""One running copy of the hotline put together from its rooms; used by the server, the terminal and the measurements."""

import ctypes
import gc
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from assistant.conversations.reception import Clock, Reception, utc_now
from assistant.database.migrate import upgrade
from assistant.database.session import Database
from assistant.dialogue.dialogue import GREETING, Dialogue
from assistant.dialogue.language import guess_language
from assistant.dialogue.training import ensure_model, everyday_sentences
from assistant.emergencies.training import ensure_emergency_model
from assistant.encoders import make_encoder
from assistant.progress import Say, progress_line
from assistant.settings import Settings
from assistant.texts import Texts
from assistant.towns.served import ServedTowns, serve_towns
from knowledge_base.sentence_model import SentenceModel


@dataclass(frozen=True)
class Hotline:
    """Everything that one copy holds open."""

    settings: Settings
    database: Database
    towns: ServedTowns
    dialogue: Dialogue
    reception: Reception
    texts: Texts
    name: str
    """Random; the holder of leases."""

    async def close(self) -> None:
        """Finish the answers that are under way and close what is open."""
        await self.reception.finish()
        await self.database.close()


class Prepared(NamedTuple):
    """What is ready before a copy opens."""

    towns: ServedTowns
    model: Path
    emergencies: SentenceModel


def prepare(settings: Settings, say: Say) -> Prepared:
    """Migrate, embed and train what is not done yet."""
    settings.data_folder.mkdir(parents=True, exist_ok=True)
    upgrade(settings.database_url.value)
    encoder = make_encoder(settings)
    towns = serve_towns(
        settings.towns_folder,
        settings.town,
        encoder,
        everyday_sentences(),
        progress_line(say, "Reading the service records"),
    )
    models = settings.data_folder / "models"
    return Prepared(towns, ensure_model(models, encoder, say), ensure_emergency_model(models, encoder, say))


def open_hotline(settings: Settings, say: Say, clock: Clock = utc_now) -> Hotline:
    """Put one copy together; call it outside of a running event loop, because training starts one of its own."""
    towns, model, emergencies = prepare(settings, say)
    database = Database.open(settings.database_url.value)
    dialogue = Dialogue.load(model, emergencies, settings)
    guess_language(GREETING)  # loads its model now, not during a citizen's first turn
    for town in towns.values():
        if town.search.encoder is not None:
            town.search.encoder.release()
    _give_back_memory()
    texts = Texts()
    reception = Reception(database, dialogue, towns, settings, clock)
    return Hotline(settings, database, towns, dialogue, reception, texts, f"{os.getpid()}-{secrets.token_hex(4)}")


def _give_back_memory() -> None:
    """Hand what reading and loading needed for a moment back to the system (glibc keeps it otherwise)."""
    gc.collect()
    gc.freeze()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
