"""The one component of Rasa's pipeline: trains the intent model and plans the acts of each message."""

from pathlib import Path
from typing import Any, List, Optional  # noqa: UP035 - Rasa compares these very types

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from assistant.dialogue.planning import Planner
from assistant.dialogue.state import read_state
from assistant.dialogue.training import event_sentences, training_encoder, training_questions
from assistant.dialogue.turn import current_turn
from knowledge_base.dialect import standard_german
from knowledge_base.encoder import shortened
from knowledge_base.sentence_model import SentenceModel


def intents_of(model: Path, folder: Path) -> SentenceModel:
    """Return the intent model inside a trained Rasa model, unpacked into an empty folder."""
    storage, metadata = LocalModelStorage.from_model_archive(folder, model)
    name = next(name for name, node in metadata.predict_schema.nodes.items() if node.uses is TurnPlanner)
    resource = metadata.predict_schema.nodes[name].resource
    assert resource is not None
    with storage.read_from(resource) as unpacked:
        return SentenceModel.load(Path(unpacked))


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TurnPlanner(GraphComponent):
    """Understands a message in its dialogue; Rasa sees one intent at a time, the rest travels as ``acts``."""

    def __init__(self, model_storage: ModelStorage, resource: Resource) -> None:
        self._model_storage = model_storage
        self._resource = resource

    @classmethod
    def create(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, execution_context: ExecutionContext
    ) -> "TurnPlanner":
        """Make a planner; what it learned is read by :func:`intents_of` and comes with each turn."""
        return cls(model_storage, resource)

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the intent model on the sentences of ``data/nlu`` and the questions of the service records."""
        sentences = [(example.get("text"), example.get("intent")) for example in training_data.intent_examples]
        sentences += [*training_questions(), *event_sentences()]
        texts, labels = [standard_german(text) for text, _ in sentences], [label for _, label in sentences]
        encoder = training_encoder()
        vectors = None
        if encoder is not None:
            short = [shortened(text) for text in texts]
            encoder.store(short)
            vectors = encoder.encode(short)
        with self._model_storage.write_to(self._resource) as folder:
            SentenceModel.train(texts, labels, vectors).save(Path(folder))
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are; no component follows that reads more."""
        return training_data

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:  # noqa: UP006, UP045 - Rasa compares these very types
        """Set the first act's intent and entities, and all acts under ``acts``."""
        turn = current_turn()
        planner = Planner(turn.reader, turn.town)
        for message in messages:
            acts = planner.plan(message.get("text") or "", read_state(tracker), turn.choice)
            parsed = [act.as_parse_data() for act in acts]
            message.set("intent", parsed[0]["intent"], add_to_output=True)
            message.set("entities", parsed[0]["entities"], add_to_output=True)
            message.set("acts", parsed, add_to_output=True)
        return messages
