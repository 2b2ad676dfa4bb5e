"""Learns weights and thresholds: ``python -m assistant calibrate``. First the search's, then how sure the dialogue may be."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from assistant.dialogue.certainty import certainties
from assistant.dialogue.clause_reader import ClauseReader
from assistant.dialogue.training import everyday_sentences
from assistant.dialogue.turn_planner import intents_of
from assistant.emergencies.recognition import Recogniser
from assistant.emergencies.training import written_examples
from assistant.encoders import make_encoder
from assistant.hotline import prepare
from assistant.settings import Settings
from assistant.towns.served import ServedTown
from evaluation.items import DEVELOPMENT, Item, read_items
from evaluation.learning_certainty import learn_certainties
from evaluation.learning_emergencies import learn_recognition
from evaluation.learning_sections import learn_section_choice
from knowledge_base.calibration import Calibration, Weights
from knowledge_base.encoder import shortened
from knowledge_base.index import DENSE_FEATURES, LEXICAL_FEATURES, ServiceIndex
from knowledge_base.learning import Labelled, learn_weights, pairs_of, pairs_of_own_questions
from knowledge_base.load import load_town
from knowledge_base.model import Service
from knowledge_base.names import ServiceNames, texts_of
from knowledge_base.spelling import Spelling


def calibrate(settings: Settings, say: Callable[[str], None]) -> None:
    """Learn from the records' own questions, sentences about other matters, and the development files; store the result."""
    calibration = _calibrated_search(settings)
    calibration.save()
    say(f"Search: {dict(calibration.figures)}")
    towns, model, emergency_model = prepare(settings, say)
    town = towns[settings.town]
    assert town.search.encoder is not None
    items = read_items(DEVELOPMENT)
    with tempfile.TemporaryDirectory() as folder:
        intents = intents_of(model, Path(folder))
    _encode(items, ClauseReader(intents, certainties(), town), town)
    learned = learn_certainties(items, ClauseReader(intents, certainties(), town), town)
    learned.save()
    say(f"Certainty: {dict(learned.figures)}, answer from {learned.answer}, ask back from {learned.offer}")
    sections = learn_section_choice(items, ClauseReader(intents, learned, town))
    sections.save()
    say(f"Sections: {dict(sections.figures)}")
    ordinary = [item for item in items if not item.after]
    reader = ClauseReader(intents, learned, town)
    _encode_texts([text for text, _ in written_examples()], reader, town)
    recogniser, figures = learn_recognition(ordinary, reader, Recogniser.load(emergency_model), town.search.encoder)
    recogniser.save(figures)
    say(f"Emergencies: {figures}")


def _encode(items: Sequence[Item], reader: ClauseReader, town: ServedTown) -> None:
    """Encode what will be read, so that the readings find it remembered."""
    _encode_texts([text for item in items for text in (*item.after, item.text)], reader, town)


def _encode_texts(texts: Sequence[str], reader: ClauseReader, town: ServedTown) -> None:
    assert town.search.encoder is not None
    town.search.encoder.store([shortened(clause) for text in texts for clause in reader.texts_to_encode(text)])


def _calibrated_search(settings: Settings) -> Calibration:
    encoder = make_encoder(settings)
    services = list(load_town(settings.towns_folder, settings.town).services.values())
    strange = everyday_sentences().strange
    index = ServiceIndex(services, encoder, strange)
    index.embed()
    known = _labelled(services)
    if encoder is not None:
        encoder.store([shortened(item.text) for item in known])
    pairs = pairs_of_own_questions(services, encoder, strange, lexical_only=encoder is None)
    figures = _figures(index, known, learn_weights(pairs))
    pairs += pairs_of(index, known, lexical_only=encoder is None)
    words = pairs_of_own_questions(services, None, strange, lexical_only=True) + pairs_of(index, known, lexical_only=True)
    return Calibration(
        encoder.name if encoder else "off",
        full=learn_weights(pairs),
        foreign=learn_weights(pairs, DENSE_FEATURES),
        reserve=learn_weights(words, LEXICAL_FEATURES),
        figures=figures,
    )


def _labelled(services: list[Service]) -> list[Labelled]:
    """Return the development questions that stand alone, with the service each is about."""
    texts = [*everyday_sentences().all, *(text for service in services for text in texts_of(service))]
    spelling = Spelling(ServiceNames(services).words, texts)
    return [
        Labelled(spelling.mended(item.text), item.service if item.outcome == "answer" else None)
        for item in read_items(DEVELOPMENT)
        if not item.after and (item.service or item.outcome in ("refusal", "smalltalk", "info"))
    ]


def _figures(index: ServiceIndex, known: list[Labelled], unseen: Weights) -> dict[str, float]:
    """Return what the search finds with weights that were learned without the development questions."""
    asked = [item for item in known if item.slug is not None]
    right = []
    for item in asked:
        evidence = index.evidence(item.text, index.centred(index.encode(item.text)))
        right.append(index.services[int(np.argmax(unseen.probabilities(evidence)))].slug == item.slug)
    return {"questions": float(len(asked)), "recall_at_1": float(np.mean(right))}
