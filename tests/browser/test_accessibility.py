"""The pages and every state of the chat for everybody: axe, keyboard, zoom, names, contrast modes."""

from typing import Any, Literal

import pytest

from tests.browser.conftest import QUESTION, Citizen, ask, shot, violations

PAGES = ("/", "/datenschutz", "/barrierefreiheit", "/impressum", "/chat/brandis", "/?lang=en", "/chat/brandis?lang=en")
SAID = {
    "empty": None,
    "answer": QUESTION,
    "choices": "Ummelden",
    "form": "Bitte rufen Sie mich zurück",
    "emergency": "Hilfe, es brennt in meiner Küche",
    "refusal": "Wie wird das Wetter morgen?",
}
SHADOW = "document.querySelector('hotline-chat').shadowRoot"
SPACED = "* {line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important}"
"""WCAG 2.2, 1.4.12."""
Scheme = Literal["light", "dark"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_on_any_page(citizen: Citizen, scheme: Scheme) -> None:
    found = {}
    for path in PAGES:
        page = await citizen.open(path, color_scheme=scheme, bypass_csp=True)
        await page.wait_for_load_state("networkidle")
        found[path] = await violations(page)
        await shot(page, f"page-{path.strip('/').replace('/', '-').replace('?', '-') or 'landing'}-{scheme}")
    assert found == {path: [] for path in PAGES}


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing_in_any_state_of_the_chat(citizen: Citizen, scheme: Scheme) -> None:
    found = {}
    for state, text in SAID.items():
        page = await citizen.chat(color_scheme=scheme, bypass_csp=True)
        if text:
            await ask(page, text)
        found[state] = await violations(page)
        await shot(page, f"chat-{state}-{scheme}")
    assert found == {state: [] for state in SAID}


SMALL: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 640}},
    "400 % of 1280 px": {"viewport": {"width": 320, "height": 256}},
    "200 %": {"viewport": {"width": 500, "height": 400}},
}


@pytest.mark.parametrize("context", SMALL.values(), ids=list(SMALL))
@pytest.mark.parametrize("path", ["/", "/chat/brandis", "/datenschutz"])
async def test_nothing_is_cut_off_or_scrolls_sideways(citizen: Citizen, path: str, context: dict[str, Any]) -> None:
    page = await citizen.open(path, **context)
    await page.wait_for_load_state("networkidle")
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_the_chat_fits_a_narrow_screen_with_an_answer(citizen: Citizen) -> None:
    page = await citizen.chat(viewport={"width": 320, "height": 640})
    await ask(page, QUESTION)
    await shot(page, "chat-320")
    inside = "[...document.querySelector('hotline-chat').shadowRoot.querySelectorAll('*')]"
    assert (
        await page.evaluate(f"{inside}.filter((e) => e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.className)")
        == []
    )


async def test_wider_spacing_of_text_cuts_nothing_off(citizen: Citizen) -> None:
    page = await citizen.chat(viewport={"width": 400, "height": 800}, bypass_csp=True)
    await page.evaluate(
        f"const sheet = new CSSStyleSheet(); sheet.replaceSync('{SPACED}'); {SHADOW}.adoptedStyleSheets.push(sheet)"
    )
    await ask(page, QUESTION)
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert await page.get_by_role("button", name="Senden").is_visible()


async def test_a_question_is_asked_and_a_choice_taken_with_the_keyboard_alone(citizen: Citizen) -> None:
    page = await citizen.chat()
    await page.get_by_label("Ihre Frage").focus()
    await page.keyboard.type(QUESTION)
    await page.keyboard.press("Enter")
    await page.locator("article.bot").wait_for()
    for _ in range(12):
        await page.keyboard.press("Shift+Tab")
        if await page.evaluate("document.querySelector('hotline-chat').shadowRoot.activeElement.textContent") == "Dauer":
            break
    await page.keyboard.press("Enter")
    await page.locator("article.bot").nth(1).wait_for()


async def test_the_focus_is_never_trapped(citizen: Citizen) -> None:
    page = await citizen.open("/")
    await page.get_by_role("button", name="Chat mit der Stadt öffnen").click()
    await page.frame_locator("iframe").get_by_label("Ihre Frage").wait_for()
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Chat mit der Stadt öffnen").wait_for()
    assert await page.evaluate("document.activeElement.getAttribute('aria-label')") == "Chat mit der Stadt öffnen"


async def test_screen_readers_hear_who_speaks_and_what_things_are(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    tree = await page.locator("hotline-chat").aria_snapshot()
    assert 'log "Gesprächsverlauf"' in tree
    assert "Sie:" in tree
    assert "Assistent:" in tree
    assert 'textbox "Ihre Frage"' in tree
    assert 'button "Senden"' in tree
    assert 'group "War die Antwort hilfreich?"' in tree


async def test_targets_are_large_enough(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    targets = f"[...{SHADOW}.querySelectorAll('button, textarea, .wordings label')]"
    sizes = await page.evaluate(f"{targets}.map((e) => [e.textContent, e.offsetWidth, e.offsetHeight])")
    small = [text for text, width, height in sizes if width < 24 or height < 24]
    assert small == []


async def test_reduced_motion_stops_the_dots(citizen: Citizen) -> None:
    page = await citizen.chat(reduced_motion="reduce")
    await page.evaluate("document.querySelector('hotline-chat').waiting(true)")
    assert await page.locator(".typing i").first.evaluate("(dot) => getComputedStyle(dot).animationName") == "none"


async def test_forced_colours_keep_the_borders_of_what_can_be_pressed(citizen: Citizen) -> None:
    page = await citizen.chat(forced_colors="active")
    await ask(page, QUESTION)
    await shot(page, "chat-forced-colours")
    assert await page.locator(".pill").first.evaluate("(pill) => getComputedStyle(pill).borderTopWidth") == "1px"


async def test_only_what_can_be_used_takes_the_focus(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    stops = await page.evaluate(f"[...{SHADOW}.querySelectorAll('[tabindex]')].map((e) => e.getAttribute('role'))")
    assert stops == ["log"]


async def test_every_drawing_is_hidden_from_screen_readers(citizen: Citizen) -> None:
    page = await citizen.chat()
    await ask(page, QUESTION)
    shown = "document.querySelector('hotline-chat').shadowRoot.querySelectorAll('svg:not([aria-hidden=true])').length"
    assert await page.evaluate(shown) == 0
