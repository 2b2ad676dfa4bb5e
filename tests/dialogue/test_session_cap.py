"""A long conversation costs no more than a short one: Rasa is handed a bounded number of events, however much was said."""

import pytest
from rasa.shared.core.trackers import DialogueStateTracker

from assistant.dialogue.tracker_store import CARRIED, SqlTrackerStore
from assistant.hotline import Hotline
from tests.hotlines import Citizen

TURNS = 60
QUESTIONS = [f"Was kostet ein {thing}?" for thing in ("Personalausweis", "Reisepass", "Führungszeugnis")] * (TURNS // 3)


async def test_turn_sixty_is_handed_no_more_events_than_the_turns_before_the_cap(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[int] = []
    retrieve = SqlTrackerStore.retrieve

    async def count(store: SqlTrackerStore, sender_id: str) -> DialogueStateTracker | None:
        tracker = await retrieve(store, sender_id)
        handed.append(len(tracker.events) if tracker else 0)
        return tracker

    monkeypatch.setattr(SqlTrackerStore, "retrieve", count)
    citizen = Citizen(hotline.reception)
    most = []
    for question in QUESTIONS:
        handed.clear()
        await citizen.say(question)
        most.append(max(handed))
    cap = hotline.settings.dialogue_turns
    assert max(most[2 * cap :]) == max(most[cap : 2 * cap]) <= max(most[:cap]) + len(CARRIED)
