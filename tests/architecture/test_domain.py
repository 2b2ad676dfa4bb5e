"""Rasa's files fit together and fit the code; what is measured with is not trained with."""

import ast
import json
import re
from collections import Counter
from pathlib import PurePosixPath
from typing import Any

from knowledge_base.folding import fold
from tests.architecture.sources import data_of, expect_none, python_files, text_of, tree_of, yaml_files

WITHOUT_RULE: dict[str, str] = {}
"""Intents that only a form or the planner deals with, each with its reason."""


def intents() -> set[str]:
    """Intents of the domain."""
    return set(data_of("domain/intents.yml")["intents"])


def training_sentences(folder: str = "data/nlu") -> list[tuple[str, str]]:
    """Intent and sentence of every example."""
    blocks = [block for path in yaml_files(folder) for block in data_of(path)["nlu"]]
    return [(block["intent"], line[2:].strip()) for block in blocks for line in block["examples"].splitlines() if line.strip()]


def record_questions() -> list[str]:
    """The questions of all service records, shared and of towns."""
    records = [data_of(path) for path in yaml_files("knowledge_base/services")]
    records += [data_of(path) for path in yaml_files("towns") if "/services/" in path]
    sections = [section for record in records for section in (record.get("questions") or {}).values()]
    return [str(question) for section in sections for questions in section.values() for question in questions]


def items(name: str) -> list[dict[str, Any]]:
    """Lines of a file of ``evaluation``."""
    return [json.loads(line) for line in text_of(f"evaluation/{name}.jsonl").splitlines()]


def held_out() -> list[str]:
    """Held-out sentences that reach understanding; what begins with a slash is refused before."""
    return [item["text"] for item in items("held_out") if not item["text"].startswith("/")]


def steps() -> list[dict[str, Any]]:
    """Steps of all rules."""
    return [step for path in yaml_files("data/rules") for rule in data_of(path)["rules"] for step in rule["steps"]]


def registered_actions() -> list[str]:
    """Names that classes in ``actions`` return from ``name``."""
    classes = [node for path in python_files("actions") for node in tree_of(path).body if isinstance(node, ast.ClassDef)]
    methods = [node for cls in classes for node in cls.body if isinstance(node, ast.FunctionDef) and node.name == "name"]
    returned = [node.value for method in methods for node in ast.walk(method) if isinstance(node, ast.Return)]
    return [str(value.value) for value in returned if isinstance(value, ast.Constant)]


def test_every_trained_intent_stands_in_the_domain() -> None:
    expect_none({intent for intent, _ in training_sentences()} - intents())


def test_every_intent_has_a_rule() -> None:
    ruled = {step["intent"] for step in steps() if "intent" in step}
    expect_none((intents() - ruled) ^ set(WITHOUT_RULE))
    expect_none(ruled - intents())


def test_every_rule_names_a_known_action() -> None:
    responses = {key for path in yaml_files("domain/responses") for key in data_of(path)["responses"]}
    known = responses | set(data_of("domain/actions.yml")["actions"]) | set(data_of("domain/forms.yml")["forms"])
    expect_none({step["action"] for step in steps() if "action" in step} - known)


def test_every_action_of_the_domain_is_one_class() -> None:
    counts = Counter(registered_actions())
    assert set(counts) == set(data_of("domain/actions.yml")["actions"])
    expect_none([name for name, count in counts.items() if count > 1])


def test_every_slot_of_a_form_is_asked_for() -> None:
    asked = {key for path in yaml_files("domain/responses") for key in data_of(path)["responses"]} | set(registered_actions())
    slots = {slot for form in data_of("domain/forms.yml")["forms"].values() for slot in form["required_slots"]}
    expect_none([slot for slot in slots if not asked & {f"utter_ask_{slot}", f"action_ask_{slot}"}])
    expect_none(slots - set(data_of("domain/slots.yml")["slots"]))


def test_both_languages_train_the_same_intents() -> None:
    german, english = ({intent for intent, _ in training_sentences(f"data/nlu/{language}")} for language in ("de", "en"))
    assert german == english


def test_both_languages_have_the_same_topics() -> None:
    german, english = ({PurePosixPath(path).name for path in yaml_files(f"data/nlu/{language}")} for language in ("de", "en"))
    assert german == english


def test_no_training_sentence_stands_under_two_intents() -> None:
    wanted: dict[str, set[str]] = {}
    for intent, sentence in training_sentences():
        wanted.setdefault(re.sub(r"\s+", " ", sentence.casefold()), set()).add(intent)
    expect_none((sentence, sorted(found)) for sentence, found in wanted.items() if len(found) > 1)


def test_no_held_out_sentence_is_trained_with() -> None:
    known = {fold(sentence) for _, sentence in training_sentences()} | {fold(question) for question in record_questions()}
    expect_none(text for text in held_out() if fold(text) in known)


def test_no_held_out_sentence_was_developed_with() -> None:
    developed = {fold(item["text"]) for item in items("development")}
    expect_none(text for text in held_out() if fold(text) in developed)
