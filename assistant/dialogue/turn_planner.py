"""The one component of Rasa's pipeline: trains the intent model and plans the acts of each message."""

from pathlib import Path
from typing import Any, List, Optional  # noqa: UP035 - Rasa compares these very types

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.dialogue.intents import IntentModel
from assistant.dialogue.planning import Planner
from assistant.dialogue.state import read_state
from assistant.dialogue.training import training_encoder, training_questions
from assistant.dialogue.turn import current_turn
from knowledge_base.encoder import shortened


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TurnPlanner(GraphComponent):
    """Understands a message in its dialogue; Rasa sees one intent at a time, the rest travels as ``acts``."""

    def __init__(self, model: IntentModel | None, model_storage: ModelStorage, resource: Resource) -> None:
        self._model = model
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "TurnPlanner":
        """Make an untrained planner."""
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> "TurnPlanner":
        """Read a trained planner."""
        with model_storage.read_from(resource) as folder:
            return cls(IntentModel.load(Path(folder)), model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the intent model on the sentences of ``data/nlu`` and the questions of the service records."""
        sentences = [(example.get("text"), example.get("intent")) for example in training_data.intent_examples]
        sentences += training_questions()
        texts, labels = [text for text, _ in sentences], [label for _, label in sentences]
        encoder = training_encoder()
        vectors = None
        if encoder is not None:
            short = [shortened(text) for text in texts]
            encoder.store(short)
            vectors = encoder.encode(short)
        self._model = IntentModel.train(texts, labels, vectors)
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are; no component follows that reads more."""
        return training_data

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:  # noqa: UP006, UP045 - Rasa compares these very types
        """Set the first act's intent and entities, and all acts under ``acts``."""
        assert self._model is not None
        turn = current_turn()
        planner = Planner(self._model, turn.town)
        for message in messages:
            acts = planner.plan(message.get("text") or "", read_state(tracker), turn.choice)
            parsed = [act.as_parse_data() for act in acts]
            message.set("intent", parsed[0]["intent"], add_to_output=True)
            message.set("entities", parsed[0]["entities"], add_to_output=True)
            message.set("acts", parsed, add_to_output=True)
        return messages
