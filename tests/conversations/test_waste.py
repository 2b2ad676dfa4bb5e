"""When which bin is emptied in which street."""

from tests.hotlines import Citizen


async def test_the_next_dates_of_a_street_are_told_and_asked_on(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wann kommt die gelbe Tonne in der Gartenstraße?")
    assert answer["custom"]["street"] == "Gartenstraße"
    assert "Gelbe Tonne" in answer["text"]
    assert "Papier" not in answer["text"]
    (answer,) = await citizen.say("und die blaue?")
    assert "Papiertonne" in answer["text"]


async def test_without_a_street_it_is_asked_for(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wann wird der Müll abgeholt?")
    assert "In welcher Straße" in answer["text"]
    (answer,) = await citizen.say("Gartenstr. 5")
    assert answer["custom"]["street"] == "Gartenstraße"
    assert "Restmülltonne" in answer["text"]


async def test_for_a_street_without_dates_the_assistant_says_who_knows(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wann kommt die gelbe Tonne in der Bahnhofstraße?")
    assert "keine Termine" in answer["text"]
    assert answer["custom"]["section"] == "where"


async def test_sample_dates_are_told_as_not_confirmed(citizen: Citizen) -> None:
    (answer,) = await citizen.say("Wann kommt die Papiertonne in der Gartenstraße?")
    assert answer["custom"]["to_confirm"] is True
