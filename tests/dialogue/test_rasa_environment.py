"""The process that Rasa runs in: no TensorFlow, no telemetry, room for several wishes in one turn."""

import importlib.util
import json
import os
import subprocess
import sys

import pytest

from assistant.dialogue.rasa_environment import STAND_INS, StandInFinder, prepare_rasa

FRESH_PROCESS = """
import json, sys, warnings
from assistant.dialogue.rasa_environment import prepare_rasa
prepare_rasa()
warnings.simplefilter("ignore")
import rasa.core.agent, rasa.core.processor, rasa.core.train, rasa.model_training, rasa.telemetry
print(json.dumps({
    "tensorflow": [name for name in sys.modules if name.split(".")[0].startswith(("tensorflow", "keras"))],
    "telemetry": rasa.telemetry.is_telemetry_enabled(),
    "predictions": rasa.core.processor.MAX_NUMBER_OF_PREDICTIONS,
}))
"""


def test_a_fresh_process_imports_no_tensorflow_and_sends_no_telemetry() -> None:
    """Even where somebody has switched telemetry on for the machine."""
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "true", "MAX_NUMBER_OF_PREDICTIONS": "10"}
    command = [sys.executable, "-c", FRESH_PROCESS]
    ended = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=120, check=False)
    assert ended.returncode == 0, ended.stderr
    assert json.loads(ended.stdout.splitlines()[-1]) == {"tensorflow": [], "telemetry": False, "predictions": 40}


def test_preparing_twice_installs_one_finder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RASA_TELEMETRY_ENABLED", "true")
    prepare_rasa()
    prepare_rasa()
    assert len([finder for finder in sys.meta_path if isinstance(finder, StandInFinder)]) == 1
    assert os.environ["RASA_TELEMETRY_ENABLED"] == "false"


@pytest.mark.parametrize("name", sorted(STAND_INS))
def test_a_stand_in_takes_the_place_of_a_module_that_needs_tensorflow(name: str) -> None:
    spec = StandInFinder().find_spec(name)
    assert spec is not None
    module = importlib.util.module_from_spec(spec)
    assert isinstance(module.AnyClass, type)
    assert module.AnyClass is module.AnyClass
    with pytest.raises(AttributeError):
        _ = module.__anything__


@pytest.mark.parametrize("name", ["rasa", "rasa.core.agent", "rasa.nlu.classifiers", "tensorflow", "json"])
def test_other_modules_are_left_alone(name: str) -> None:
    assert StandInFinder().find_spec(name) is None
