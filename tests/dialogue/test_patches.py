"""Each patch of Rasa changes what a turn costs and nothing else."""

import ast
import copy
import inspect
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from rasa.core import processor
from rasa.core.actions import forms
from rasa.core.actions.action import RemoteAction
from rasa.core.policies import rule_policy
from rasa.shared.core.events import Event, SlotSet
from rasa.shared.utils.common import all_subclasses
from rasa.utils.endpoints import EndpointConfig

from assistant.dialogue.patches import apply_patches

SLOT = {"event": "slot", "name": "language", "value": "de", "timestamp": None}
COPYING = pytest.mark.parametrize("module", [processor, forms, rule_policy])


@pytest.fixture(autouse=True)
def _patched() -> None:
    apply_patches()
    apply_patches()


def validate(result: Any) -> bool:
    """What a turn does with the result of an action."""
    return RemoteAction("action_decline", EndpointConfig())._validate_action_result(result)


@pytest.mark.parametrize(
    "result", [{"events": [], "responses": []}, {"events": [SLOT], "responses": [{"text": "Guten Tag."}]}, {"events": [SLOT]}]
)
def test_a_good_result_of_an_action_passes(result: dict[str, Any]) -> None:
    jsonschema.validate(result, RemoteAction.action_response_format_spec())
    assert validate(result)


@pytest.mark.parametrize(
    "result", [None, [], {"events": "none"}, {"events": [{"name": "language"}]}, {"responses": "Guten Tag."}, {"events": [{}]}]
)
def test_a_bad_result_of_an_action_is_refused_as_stock_rasa_refuses_it(result: Any) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(result, RemoteAction.action_response_format_spec())
    with pytest.raises(jsonschema.ValidationError):
        validate(result)


@pytest.mark.parametrize("event_class", all_subclasses(Event))
def test_an_event_is_looked_up_as_stock_rasa_looks_it_up(event_class: type[Event]) -> None:
    name = event_class.type_name
    assert Event.resolve_by_type(name) is next(each for each in all_subclasses(Event) if each.type_name == name)


def test_a_name_that_no_event_has_is_handled_as_in_stock_rasa() -> None:
    assert Event.resolve_by_type("topic") is None
    assert Event.resolve_by_type("unheard_of", SlotSet) is SlotSet
    with pytest.raises(ValueError, match="unheard_of"):
        Event.resolve_by_type("unheard_of")


def test_events_survive_being_written_and_read() -> None:
    event = SlotSet("last_service", {"slug": "reisepass", "section": "fees"}, timestamp=1.0)
    assert Event.from_parameters(event.as_dict()) == event


@COPYING
def test_values_of_debug_lines_are_not_copied(module: Any) -> None:
    value = {"text": ["deep"]}
    assert module.copy.deepcopy(value) is value
    assert module.copy.copy(value) is not value
    assert copy.deepcopy(value)["text"] is not value["text"]


@COPYING
def test_rasa_makes_deep_copies_for_debug_lines_only(module: ModuleType) -> None:
    """Otherwise the patch would hand out values that somebody changes."""
    tree = ast.parse(inspect.getsource(module))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    debug = [call for call in calls if ast.unparse(call.func) == "structlogger.debug"]
    inside = {id(inner) for call in debug for inner in ast.walk(call)}
    copies = [call for call in calls if ast.unparse(call.func) == "copy.deepcopy"]
    assert copies
    assert [ast.unparse(call) for call in copies if id(call) not in inside] == []
    assert [ast.unparse(call) for call in calls if "copy" in ast.unparse(call.func).split(".")[:1] and call not in copies] == []
