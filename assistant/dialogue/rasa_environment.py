"""Prepares the process for Rasa; must run before anything of ``rasa`` is imported.

Rasa imports TensorFlow from eight modules even when the configuration names none of them. We use no component that needs it,
so stand-ins take their place: the environment shrinks from 3.1 to 1.4 GB, memory from 600 to 240 MB, the start from 9 to 3 s.
"""

import importlib.abc
import importlib.machinery
import os
import sys
import types
import warnings
from collections.abc import Sequence

STAND_INS = frozenset(
    {
        "rasa.utils.tensorflow.callback",
        "rasa.utils.tensorflow.data_generator",
        "rasa.nlu.classifiers.diet_classifier",
        "rasa.nlu.selectors.response_selector",
        "rasa.nlu.featurizers.dense_featurizer.convert_featurizer",
        "rasa.nlu.featurizers.dense_featurizer.lm_featurizer",
        "rasa.core.policies.ted_policy",
        "rasa.core.policies.unexpected_intent_policy",
        "rasa.utils.plotting",  # would bring matplotlib: 24 MB and 0.2 s
    }
)
MOST_PREDICTIONS_A_TURN = 40
"""Rasa's own limit of 10 is reached by several wishes plus a form."""
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",  # read when the first numeric library loads; more threads only fight over two cores
    "RASA_TELEMETRY_ENABLED": "false",
    "MAX_NUMBER_OF_PREDICTIONS": str(MOST_PREDICTIONS_A_TURN),
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "LOG_LEVEL": "ERROR",  # what Rasa's progress bars ask for before they draw
}
SILENCED: tuple[tuple[str, type[Warning], str, str], ...] = (
    ("pkg_resources is deprecated", UserWarning, "", "Rasa and apscheduler import it; setuptools is pinned below its removal"),
    ("Deprecated call to `pkg_resources", DeprecationWarning, "", "namespace packages of the same"),
    ("", DeprecationWarning, r"rasa(_sdk)?(\.|$)", "Rasa is final at 3.6.21"),
    ("Slot auto-fill has been removed", UserWarning, "", "said by Rasa at each load of any domain with from_entity"),
)
"""(message, category, module, why nobody can mend it here)"""


class StandInFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Serves empty classes for the modules that would import TensorFlow."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        """Claim the stand-ins and nothing else."""
        return importlib.machinery.ModuleSpec(fullname, self) if fullname in STAND_INS else None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        """Return a module that has every public class anybody asks for."""
        return _StandIn(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """Leave the stand-in as it is."""


class _StandIn(types.ModuleType):
    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__module__": self.__name__})
        setattr(self, name, made)
        return made


def prepare_rasa() -> None:
    """Install the stand-ins and switch off what Rasa would send or limit; safe to call twice."""
    os.environ.update(ENVIRONMENT)
    if not any(isinstance(finder, StandInFinder) for finder in sys.meta_path):
        sys.meta_path.insert(0, StandInFinder())
    for pattern, category, module, _reason in SILENCED:
        warnings.filterwarnings("ignore", message=pattern, category=category, module=module)
