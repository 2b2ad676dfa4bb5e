"""Buttons: an opaque id works in its own conversation within its time; any other is refused with fresh ones."""

import pytest

from assistant.hotline import Hotline
from tests.hotlines import Citizen, Message, TestClock

QUESTION = "Was kostet ein Personalausweis?"


def buttons_of(answer: list[Message]) -> dict[str, str]:
    """Titles and ids of the last message's buttons."""
    return {button["title"]: button["payload"] for button in answer[-1]["buttons"]}


def assert_expired(answer: list[Message]) -> None:
    assert answer[0]["text"].startswith("Diese Auswahl ist abgelaufen")
    assert answer[0]["custom"] == {"type": "info", "topic": "choice_expired"}


@pytest.mark.parametrize("press", ["#AAAAAAAAAA", " #AAAAAAAAAA "])
async def test_an_unknown_button_is_refused_and_the_last_ones_are_offered_anew(any_hotline: Hotline, press: str) -> None:
    citizen = Citizen(any_hotline.reception)
    offered = buttons_of(await citizen.say(QUESTION))
    refused = await citizen.say(press)
    assert_expired(refused)
    fresh = buttons_of(refused)
    assert list(fresh) == list(offered)
    (answer,) = await citizen.say(fresh["Unterlagen"])
    assert (answer["custom"]["service"], answer["custom"]["section"]) == ("personalausweis", "documents")


async def test_a_button_of_somebody_elses_conversation_is_refused(any_hotline: Hotline) -> None:
    foreign = buttons_of(await Citizen(any_hotline.reception).say(QUESTION))
    citizen = Citizen(any_hotline.reception)
    own = buttons_of(await citizen.say("Was kostet ein Reisepass?"))
    refused = await citizen.say(foreign["Unterlagen"])
    assert_expired(refused)
    assert list(buttons_of(refused)) == list(own)


async def test_an_expired_button_is_refused_and_its_fresh_twin_works(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    offered = buttons_of(await citizen.say(QUESTION))
    clock.advance(hours=24)
    refused = await citizen.say(offered["Unterlagen"])
    assert_expired(refused)
    fresh = buttons_of(refused)
    assert set(fresh.values()).isdisjoint(offered.values())
    (answer,) = await citizen.say(fresh["Unterlagen"])
    assert (answer["custom"]["service"], answer["custom"]["section"]) == ("personalausweis", "documents")


async def test_a_button_of_an_older_turn_works_within_its_time(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    older = buttons_of(await citizen.say(QUESTION))
    await citizen.chat("Was kostet ein Reisepass?", "Danke", "Was kostet ein Führungszeugnis?")
    clock.advance(hours=23, minutes=59)
    (answer,) = await citizen.say(older["Unterlagen"])
    assert (answer["custom"]["service"], answer["custom"]["section"]) == ("personalausweis", "documents")


async def test_an_unknown_button_inside_a_form_is_refused_and_the_form_asks_again(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.say("Bitte rufen Sie mich zurück")
    refused = await citizen.say("#AAAAAAAAAA")
    assert_expired(refused)
    assert [message["custom"].get("asks") for message in refused] == [None, "callback_name"]
    (*_, asks_phone) = await citizen.say("Anna Müller")
    assert asks_phone["custom"]["asks"] == "callback_phone"


async def test_the_title_of_an_expired_button_is_read_as_words(any_hotline: Hotline, clock: TestClock) -> None:
    citizen = Citizen(any_hotline.reception)
    await citizen.say(QUESTION)
    clock.advance(hours=25)
    answer = await citizen.say("Was kostet ein Reisepass?")
    assert answer[0]["custom"]["service"] == "reisepass"
    clock.advance(hours=25)
    answer = await citizen.say("Unterlagen")
    assert not answer[0]["text"].startswith("Diese Auswahl ist abgelaufen")


async def test_a_typed_title_or_digit_does_what_the_button_does(any_hotline: Hotline) -> None:
    citizen = Citizen(any_hotline.reception)
    titles = list(buttons_of(await citizen.say(QUESTION)))
    (typed,) = await citizen.say("unterlagen")
    assert typed["custom"]["section"] == "documents"
    digits = list(buttons_of(await citizen.say(QUESTION)))
    assert digits == titles
    (chosen,) = await citizen.say(str(titles.index("Unterlagen") + 1))
    assert chosen["custom"]["section"] == "documents"
