"""What people read or hear stands in data files, in both languages, under one key, in the tone of the house."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any

from assistant.dialogue.wording import IN_FORM
from tests.architecture.sources import PRODUCT, data_of, expect_none, python_files, text_of, tree_of, words_of, yaml_files

FILES = yaml_files("domain/responses")
RESPONSES: dict[str, list[dict[str, Any]]] = {
    key: variants for path in FILES for key, variants in data_of(path)["responses"].items()
}
LANGUAGES = {"de", "en"}
SAYS_DU = {"utter_emergencies_youth"}
"""The card for children and young people."""
DU = re.compile(r"\b(du|dich|dir|dein\w*|euch|euer|eure\w*)\b", re.IGNORECASE)
LOUD = re.compile("[!\u2049\u203c\u2600-\u27bf\u2b50\ufe0f\U0001f000-\U0001faff]")
UMLAUT = re.compile("[äöüßÄÖÜ]")
SENTENCE = re.compile(r"[A-ZÄÖÜ].*[.?:]", re.DOTALL)
PATTERN_SIGN = re.compile(r"\(\?|\\")
"""Regular expressions read German, they do not say it."""
PLACEHOLDER = re.compile(r"{(\w+)}")
GERMAN_IN_PYTHON: dict[str, str] = {}
"""``file`` with the reason why German sentences stand in it; may only shrink."""


def language_of(variant: dict[str, Any]) -> str:
    """Language that the variant's condition names."""
    return next((str(condition["value"]) for condition in variant.get("condition", ()) if condition["name"] == "language"), "")


def texts() -> Iterator[tuple[str, str, str]]:
    """Key, language and text of every variant."""
    for key, variants in RESPONSES.items():
        for variant in variants:
            yield key, language_of(variant), variant["text"]


def strings_of(node: ast.AST) -> Iterator[str]:
    """Every string in a piece of code but docstrings; of an f-string the text with ``*`` where a value goes."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        return
    if isinstance(node, ast.JoinedStr):
        yield "".join(str(part.value) if isinstance(part, ast.Constant) else "*" for part in node.values)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    inner = node.values if isinstance(node, ast.JoinedStr) else ast.iter_child_nodes(node)
    for child in inner:
        if not (isinstance(node, ast.JoinedStr) and isinstance(child, ast.Constant)):
            yield from strings_of(child)


def used_keys() -> set[str]:
    """Keys that actions, rules and forms say; with ``*`` where code fills in a part."""
    said = {text for path in python_files(*PRODUCT) for text in strings_of(tree_of(path)) if text.startswith("utter_")}
    said = {text for text in said if re.fullmatch(r"utter_[a-z0-9_*]+", text)}
    for path in yaml_files("data/rules"):
        said |= set(re.findall(r"action: (utter_\w+)", text_of(path)))
    for form in data_of("domain/forms.yml")["forms"].values():
        said |= {f"utter_ask_{slot}" for slot in form["required_slots"] if f"action_ask_{slot}" not in actions()}
    return said


def actions() -> set[str]:
    """Names of the custom actions."""
    return set(data_of("domain/actions.yml")["actions"])


def emergency_kinds() -> list[str]:
    """Kinds of emergencies that are recognised."""
    calls = [node for node in ast.walk(tree_of("assistant/emergencies/kinds.py")) if isinstance(node, ast.Call)]
    made = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "Emergency"]
    return [str(call.args[0].value) for call in made if isinstance(call.args[0], ast.Constant)]


def sentences_in(path: str) -> list[str]:
    """String literals with an umlaut and more than two words; in data tables only those that look like a sentence."""
    found: list[str] = []
    for node in tree_of(path).body:
        is_table = isinstance(node, ast.Assign | ast.AnnAssign)
        german = [text for text in strings_of(node) if UMLAUT.search(text) and not PATTERN_SIGN.search(text)]
        found += [text for text in german if len(words_of(text)) > 2 and (not is_table or SENTENCE.fullmatch(text))]
    return found


def test_every_response_exists_in_both_languages_for_every_channel() -> None:
    groups: dict[tuple[str, str], list[str]] = {}
    for key, variants in RESPONSES.items():
        for variant in variants:
            groups.setdefault((key, variant.get("channel", "")), []).append(language_of(variant))
    expect_none([group for group, languages in groups.items() if sorted(languages) != sorted(LANGUAGES)])


def test_every_response_has_a_wording_for_channels_without_one_of_their_own() -> None:
    expect_none([key for key, variants in RESPONSES.items() if all("channel" in variant for variant in variants)])


def test_no_key_is_defined_twice() -> None:
    counts = Counter(key for path in FILES for key in re.findall(r"^  (utter_\w+):", text_of(path), re.MULTILINE))
    expect_none([key for key, count in counts.items() if count > 1])


def test_every_response_is_said_somewhere() -> None:
    patterns = used_keys()
    said = [key.removesuffix(IN_FORM) for key in RESPONSES]
    expect_none([key for key in said if key not in RESPONSES or not any(fnmatch(key, pattern) for pattern in patterns)])


def test_every_key_that_is_said_is_defined() -> None:
    expect_none([pattern for pattern in used_keys() if not any(fnmatch(key, pattern) for key in RESPONSES)])


def test_every_emergency_has_its_card() -> None:
    expect_none([kind for kind in emergency_kinds() if f"utter_emergencies_{kind}" not in RESPONSES])


def test_both_languages_fill_in_the_same_values() -> None:
    values: dict[str, set[frozenset[str]]] = {}
    for key, _, text in texts():
        values.setdefault(key, set()).add(frozenset(PLACEHOLDER.findall(text)))
    expect_none([key for key, variants in values.items() if len(variants) > 1])


def test_a_rule_says_only_what_slots_can_fill() -> None:
    slots = set(data_of("domain/slots.yml")["slots"])
    ruled = {key for path in yaml_files("data/rules") for key in re.findall(r"action: (utter_\w+)", text_of(path))}
    expect_none([(key, text) for key, _, text in texts() if key in ruled and set(PLACEHOLDER.findall(text)) - slots])


def test_responses_neither_shout_nor_smile() -> None:
    expect_none([(key, text) for key, _, text in texts() if LOUD.search(text)])


def test_the_assistant_says_sie() -> None:
    assert {key for key, language, text in texts() if language == "de" and DU.search(text)} == SAYS_DU


def test_no_german_sentence_stands_in_python() -> None:
    expect_none({path for path in python_files(*PRODUCT) if sentences_in(path)} ^ set(GERMAN_IN_PYTHON))


def public_texts() -> Iterator[tuple[str, object]]:
    """Every place in the texts of the public pages that has a German or an English side."""
    waiting = [(path, data_of(path)) for path in yaml_files("assistant/public/texts")]
    while waiting:
        path, value = waiting.pop()
        if isinstance(value, dict) and LANGUAGES & set(value):
            yield path, value
        elif isinstance(value, dict):
            waiting += [(f"{path}/{key}", inner) for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(f"{path}/{place}", inner) for place, inner in enumerate(value)]


def test_every_text_of_the_public_pages_exists_in_both_languages() -> None:
    found = dict(public_texts())
    assert len(found) > 100
    expect_none([path for path, value in found.items() if set(value) != LANGUAGES or not all(value.values())])  # type: ignore[call-overload, attr-defined]


def test_every_text_that_the_chat_says_exists() -> None:
    known = set(data_of("assistant/public/texts/widget.yml"))
    scripts = [text_of(f"assistant/public/static/widget/{name}.js") for name in ("chat", "render")]
    said = {key for script in scripts for key in re.findall(r"(?:this\.t|say)\(\"(\w+)\"", script)}
    assert len(said) > 30
    expect_none(said - known)
