"""The chat in Chromium: what citizens can do, with whatever they use to do it."""

from playwright.async_api import Route

from tests.browser.conftest import QUESTION, Citizen, ask, shot

NO_SOCKETS = """
window.WebSocket = class {
  static OPEN = 1;
  constructor() { setTimeout(() => this.onclose({ code: 1006 }), 1); }
  close() {}
};
"""
"""A network that lets no socket through."""


async def test_a_question_gets_its_answer_with_source_and_choices(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await shot(page, "chat-answer")
    answer = page.locator("article.bot").last
    assert "46 Euro" in await answer.inner_text()
    assert "Quelle: PAuswG" in await answer.locator(".source").inner_text()
    assert await page.locator(".choices .pill").all_inner_texts() == ["Unterlagen", "Ablauf", "Dauer", "Fristen"]


async def test_a_choice_is_pressed_and_vanishes(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.get_by_role("button", name="Dauer").click()
    await page.locator("article.bot").nth(1).wait_for()
    assert await page.locator("article.citizen").last.locator(".bubble").inner_text() == "Dauer"
    assert "Dauer" not in await page.locator(".choices .pill").all_inner_texts()


async def test_the_chat_says_what_it_is_before_anything_is_written(citizen: Citizen) -> None:
    page = await citizen.chat()
    notice = await page.locator(".notice").inner_text()
    assert "kein Mensch" in notice
    assert "30 Tage" in notice
    assert await page.get_by_role("link", name="Hinweise zum Datenschutz").count() == 1


async def test_a_reloaded_page_shows_the_conversation_again(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.reload()
    await page.locator("article.bot").wait_for()
    assert await page.locator("article.citizen .bubble").inner_text() == QUESTION
    assert await page.locator("article").count() == 2


async def test_what_is_written_offline_arrives_once_and_in_order(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.context.set_offline(True)
    await page.evaluate("document.querySelector('hotline-chat').connection.socket.close()")
    await page.get_by_text("Die Verbindung ist unterbrochen").wait_for()
    for text in ("Und wie lange dauert das?", "Danke"):
        await page.get_by_label("Ihre Frage").fill(text)
        await page.get_by_label("Ihre Frage").press("Enter")
    await shot(page, "chat-offline")
    await page.context.set_offline(False)
    await page.locator("article.bot").nth(2).wait_for()
    await page.reload()
    await page.locator("article.bot").nth(2).wait_for()
    assert await page.locator("article.citizen .bubble").all_inner_texts() == [QUESTION, "Und wie lange dauert das?", "Danke"]


async def test_what_is_not_sent_yet_stays_below_the_conversation_after_a_reload(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.evaluate("document.querySelector('hotline-chat').connection.stop()")
    await page.get_by_label("Ihre Frage").fill("Danke")
    await page.get_by_label("Ihre Frage").press("Enter")
    await page.reload()
    await page.locator("article.bot").nth(1).wait_for()
    speakers = await page.locator("article").evaluate_all("(all) => all.map((each) => each.classList[1])")
    assert speakers == ["citizen", "bot", "citizen", "bot"]
    assert await page.locator("article.citizen .bubble").all_inner_texts() == [QUESTION, "Danke"]


async def test_without_sockets_the_chat_goes_on_by_events(citizen: Citizen) -> None:
    page = await citizen.open("/datenschutz")
    await page.add_init_script(NO_SOCKETS)
    await page.goto(f"{citizen.base_url}/chat/brandis")
    await ask(page, QUESTION)
    assert "46 Euro" in await page.locator("article.bot").inner_text()


async def test_two_tabs_show_the_same_conversation(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    other = await page.context.new_page()
    await other.goto(f"{citizen.base_url}/chat/brandis")
    await other.locator("article.bot").wait_for()
    await ask(page, "Danke")
    await other.locator("article.bot").nth(1).wait_for()


async def test_markup_is_shown_as_text_and_does_nothing(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, '<img src=x onerror="document.title=1"> **fett** <b>was kostet ein personalausweis</b>')
    assert await page.locator("article.citizen .bubble img, article.citizen .bubble b").count() == 0
    assert "<img" in await page.locator("article.citizen .bubble").inner_text()
    assert await page.title() == "Chat mit der Stadt Brandis"


async def test_an_emergency_is_large_and_can_be_called(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, "Hilfe, es brennt in meiner Küche")
    await shot(page, "chat-emergency")
    assert await page.get_by_role("link", name="112 anrufen").get_attribute("href") == "tel:112"
    assert await page.get_by_role("alert").count() == 1


async def test_a_verdict_is_thanked_for_and_a_reason_can_be_given(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.get_by_role("button", name="Nein, die Antwort hilft nicht oder ist falsch").click()
    await page.get_by_label("Was fehlt oder ist falsch?").fill("Die Gebühr ist neu.")
    await page.get_by_role("button", name="Hinweis senden").click()
    await page.get_by_text("Danke. Die Verwaltung prüft den Hinweis.").wait_for()


async def test_a_call_back_is_asked_for_with_fields_that_browsers_can_fill_in(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, "Bitte rufen Sie mich zurück")
    name = page.get_by_label("Ihr Name")
    assert await name.get_attribute("autocomplete") == "name"
    await name.fill("Erika Beispiel")
    await page.get_by_role("button", name="Weiter").click()
    phone = page.get_by_label("Ihre Telefonnummer")
    await phone.wait_for()
    assert (await phone.get_attribute("autocomplete"), await phone.get_attribute("type")) == ("tel", "tel")
    await shot(page, "chat-callback")


async def test_the_language_is_switched_with_the_texts_of_the_chat(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.get_by_label("English").check()
    await page.get_by_text("I will answer in English from now on.").wait_for()
    assert await page.get_by_label("Your question").get_attribute("placeholder") == "Your question …"
    await shot(page, "chat-english")


async def test_what_is_ended_is_gone_from_page_and_browser(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.get_by_role("button", name="Beenden und löschen").click()
    await page.get_by_text("Das Gespräch ist beendet und gelöscht.").wait_for()
    await page.reload()
    await page.get_by_label("Ihre Frage").wait_for()
    assert await page.locator("article").count() == 0


async def test_the_terminal_in_the_town_hall_keeps_nothing(citizen: Citizen) -> None:
    page = await citizen.open("/chat/brandis?kiosk=1")
    await ask(page, QUESTION)
    assert await page.evaluate("Object.keys(localStorage).length") == 0
    await page.reload()
    await page.get_by_label("Ihre Frage").wait_for()
    assert await page.locator("article").count() == 0


async def test_nothing_is_asked_of_third_parties(citizen: Citizen) -> None:
    asked: list[str] = []
    page = await citizen.open("/datenschutz")

    async def note(route: Route) -> None:
        asked.append(route.request.url)
        await route.continue_()

    await page.route("**/*", note)
    for path in ("/", "/chat/brandis"):
        await page.goto(citizen.base_url + path)
    await ask(page, QUESTION)
    assert [url for url in asked if not url.startswith(citizen.base_url)] == []


async def test_what_was_understood_can_be_changed_line_by_line(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, "Bitte rufen Sie mich zurück")
    for text in ("Erika Beispiel", "0341 123456", "vormittags", "Es geht um meinen Ausweis"):
        await ask(page, text)
        await page.wait_for_timeout(150)
    await shot(page, "chat-understood")
    await page.get_by_role("button", name="Telefon ändern").click()
    assert await page.get_by_label("Ihre Frage").input_value() == "Telefon: "
    await page.keyboard.type("0341 654321")
    await page.keyboard.press("Enter")
    await page.get_by_text("654321").last.wait_for()


OFFERS = [
    {"start": "2026-12-01T09:00:00+01:00", "payload": "#AAAAAAAAAA"},
    {"start": "2026-12-01T09:20:00+01:00", "payload": "#AAAAAAAAAB"},
    {"start": "2026-12-03T13:40:00+01:00", "payload": "#AAAAAAAAAC"},
]
"""Free times as the contract has them; the bookings themselves come with their issue."""


async def test_a_free_time_is_taken_by_day_and_hour(citizen: Citizen) -> None:
    page = await citizen.chat()
    message = {
        "seq": 90,
        "from": "bot",
        "text": "Diese Zeiten sind frei:",
        "custom": {"type": "booking", "state": "slots", "offers": OFFERS},
    }
    await page.evaluate("(message) => document.querySelector('hotline-chat').show(message)", message)
    await page.get_by_label("Do., 3.12.").check()
    await shot(page, "chat-slots")
    assert await page.locator("fieldset", has_text="Uhrzeit").locator("span").all_inner_texts() == ["13:40"]
    await page.get_by_role("button", name="Termin vormerken").click()
    assert "3. Dezember 2026 um 13:40" in await page.locator("article.citizen .bubble").last.inner_text()


async def test_a_booked_time_goes_into_the_calendar(citizen: Citizen) -> None:
    page = await citizen.chat(bypass_csp=True)
    custom = {
        "type": "booking",
        "state": "booked",
        "number": "12345678",
        "start": OFFERS[0]["start"],
        "end": OFFERS[1]["start"],
        "resource": "Bürgerbüro",
    }
    message = {"seq": 91, "from": "bot", "text": "Ihr Termin ist vorgemerkt.", "custom": custom}
    await page.evaluate("(message) => document.querySelector('hotline-chat').show(message)", message)
    await shot(page, "chat-booked")
    link = page.get_by_role("link", name="Termin in Kalender speichern")
    calendar = await page.evaluate("(url) => fetch(url).then((found) => found.text())", await link.get_attribute("href"))
    assert await link.get_attribute("download") == "termin.ics"
    assert "DTSTART:20261201T080000Z" in calendar


async def test_a_question_in_the_address_is_asked_once(citizen: Citizen) -> None:
    page = await citizen.open("/chat/brandis?q=Was+kostet+ein+Personalausweis%3F")
    await page.locator("article.bot").wait_for()
    await page.reload()
    await page.locator("article.bot").wait_for()
    assert await page.locator("article").count() == 2
    await page.goto(f"{citizen.base_url}/chat/brandis?q=ja")
    await page.locator("article.bot").wait_for()
    assert await page.get_by_label("Ihre Frage").input_value() == "ja"


async def test_the_way_of_speaking_is_kept_over_a_reload(citizen: Citizen) -> None:
    page = await citizen.chat()
    await page.get_by_label("Einfach").check()
    await ask(page, QUESTION)
    await page.locator("article.bot").nth(1).wait_for()
    await page.reload()
    await page.locator("article.bot").nth(1).wait_for()
    assert await page.get_by_label("Einfach").is_checked()


async def test_a_conversation_that_another_tab_ended_is_gone_here_too(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    other = await page.context.new_page()
    await other.goto(f"{citizen.base_url}/chat/brandis")
    await other.locator("article.bot").wait_for()
    await page.get_by_role("button", name="Beenden und löschen").click()
    await other.locator("article").first.wait_for(state="detached")


async def test_nobody_is_told_that_something_was_deleted_that_was_not(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    await page.context.set_offline(True)
    await page.get_by_role("button", name="Beenden und löschen").click()
    await page.get_by_text("konnte gerade nicht gelöscht werden").wait_for()
    assert await page.locator("article").count() == 2
