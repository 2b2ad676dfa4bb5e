"""No memory of the process keeps a citizen's words past their deletion."""

import gc
from datetime import UTC, datetime

from assistant.background import WORDS_REMEMBERED, BackgroundWork
from assistant.hotline import Hotline
from tests.hotlines import Citizen

MARK = "Quellenhuber"


def remembered_words() -> set[str]:
    """The arguments that every function with a memory still knows."""
    caches = [found for found in gc.get_objects() if type(found).__name__ == "_lru_cache_wrapper"]
    return {
        str(key) for cache in caches for referent in gc.get_referents(cache) if isinstance(referent, dict) for key in referent
    }


async def test_words_are_forgotten_with_the_next_round(citizen: Citizen, hotline: Hotline) -> None:
    work = BackgroundWork(hotline)
    await citizen.say(f"Ich heiße {MARK} und möchte einen Rückruf")
    assert any(MARK in key or MARK.lower() in key for key in remembered_words())
    await work.run_once(datetime.now(UTC) + WORDS_REMEMBERED)
    assert not any(MARK in key or MARK.lower() in key for key in remembered_words())
