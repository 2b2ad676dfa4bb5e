"""Learns weights and thresholds: ``python -m assistant calibrate``."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import yaml

from assistant.encoders import make_encoder
from assistant.settings import Settings
from evaluation.items import DEVELOPMENT, read_items
from knowledge_base.calibration import Calibration, Weights
from knowledge_base.encoder import CachedEncoder, shortened
from knowledge_base.index import ServiceIndex
from knowledge_base.learning import Labelled, learn_weights, pairs_of, pairs_of_own_questions
from knowledge_base.load import load_town

STRANGE_INTENTS = ("out_of_scope", "chat_smalltalk", "insult", "greet", "ask_help", "restart_conversation", "report_defect")
RIGHT_AT_ANSWER = 0.9
"""Of the answers given at the threshold's border at least so many must be right."""


def calibrate(settings: Settings, say: Callable[[str], None]) -> Calibration:
    """Learn from the records' own questions, sentences about other matters, and the development file; store the result."""
    encoder = make_encoder(settings)
    services = list(load_town(settings.towns_folder, settings.town).services.values())
    index = ServiceIndex(services, encoder)
    index.embed()
    strange = [Labelled(text, None) for text in _strange_sentences()]
    known = [
        Labelled(item.text, item.service if item.outcome == "answer" else None)
        for item in read_items(DEVELOPMENT)
        if not item.after and (item.service or item.outcome in ("refusal", "smalltalk", "info"))
    ]
    if encoder is not None:
        encoder.store([shortened(item.text) for item in (*strange, *known)])
    weights = {}
    for name, lexical_only in (("full", encoder is None), ("reserve", True)):
        own = pairs_of_own_questions(services, None if lexical_only else encoder, lexical_only=lexical_only)
        rest = pairs_of(index, [*strange, *known], lexical_only=lexical_only)
        weights[name] = learn_weights(own + rest, lexical_only=lexical_only)
    calibration = _with_thresholds(index, encoder, weights["full"], weights["reserve"], known)
    calibration.save()
    say(f"Stored: {calibration.figures}")
    return calibration


def _strange_sentences() -> list[str]:
    found = []
    for path in sorted(Path("data/nlu").glob("*/*.yml")):
        for block in yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)["nlu"]:
            if block["intent"] in STRANGE_INTENTS:
                found += [line.strip()[2:] for line in block["examples"].splitlines() if line.strip()]
    return found


def _with_thresholds(
    index: ServiceIndex, encoder: CachedEncoder | None, full: Weights, reserve: Weights, known: list[Labelled]
) -> Calibration:
    """Choose the lowest threshold at which answers around it are still right often enough."""
    confidences, right = [], []
    for item in known:
        probabilities = full.probabilities(index.evidence(item.text, index.vector(item.text)))
        best = int(np.argmax(probabilities))
        confidences.append(float(probabilities[best]))
        right.append(index.services[best].slug == item.slug)
    sure, hits = np.array(confidences), np.array(right)
    answer = next(
        (step / 100 for step in range(20, 90) if hits[(sure >= step / 100) & (sure < step / 100 + 0.15)].mean() >= 0.6), 0.5
    )
    asked = np.array([item.slug is not None for item in known])
    figures = {
        "questions": float(len(known)),
        "recall_at_1": float(hits[asked].mean()),
        "right_when_answered": float(hits[sure >= answer].mean()),
        "right_at_0.9": float(hits[sure >= RIGHT_AT_ANSWER].mean()),
        "answered": float((sure[asked] >= answer).mean()),
    }
    return Calibration(
        encoder=encoder.name if encoder else "off",
        full=full,
        reserve=reserve,
        answer=answer,
        offer=round(answer / 4, 3),
        figures=figures,
    )
