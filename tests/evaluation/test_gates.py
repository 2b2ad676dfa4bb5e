"""How well strangers are understood does not fall; `make evaluate` asks for more: the gates themselves."""

from assistant.hotline import Hotline
from evaluation.alarms import FILES, LEAST_HEARD, MOST_FALSE, measure_alarms
from evaluation.evaluating import run_items
from evaluation.figures import fallen_gates
from evaluation.items import HELD_OUT, read_items


async def test_strangers_get_the_right_answer(hotline: Hotline) -> None:
    assert fallen_gates(await run_items(hotline, read_items(HELD_OUT))) == []


async def test_emergencies_are_heard_and_ordinary_sentences_raise_no_alarm(hotline: Hotline) -> None:
    measured = {path: measure_alarms(hotline, read_items(path)) for path in FILES}
    kept = {path: alarms.recall >= LEAST_HEARD[path] and alarms.false <= MOST_FALSE[path] for path, alarms in measured.items()}
    assert kept == dict.fromkeys(FILES, True)
