"""How long a search takes among many services, beside the encoder: real records told apart by made-up syllables."""

import random
import statistics
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from knowledge_base.calibration import Calibration
from knowledge_base.encoder import CachedEncoder, Vectors
from knowledge_base.load import TownKnowledge, load_town
from knowledge_base.model import Service, Text
from knowledge_base.search import ServiceSearch

QUESTIONS = 200

SYLLABLES = "ba bo da di fa ga hu ka ke la li ma mo na pe ra ro sa so ta ti wa wo za".split()


class RandomEncoder:
    """Vectors of chance: the work of comparing is the same, only nothing is found."""

    name = "random"
    dimensions = 384

    def __init__(self) -> None:
        self._dice = np.random.default_rng(115)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors."""
        vectors = self._dice.standard_normal((len(texts), self.dimensions), dtype=np.float32)
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def measure_search(services: int, *, few_questions: bool) -> str:
    """Return median and 95th percentile of a search among so many services, in words."""
    knowledge = _grown(load_town(Path("towns"), "brandis"), services, few_questions=few_questions)
    search = ServiceSearch(knowledge, CachedEncoder(RandomEncoder()), Calibration.load())
    search.index.embed()
    asked = random.Random(115).sample(
        [question.text for service in knowledge.services.values() for question in service.questions], QUESTIONS
    )
    took = sorted(_timed(search, question) for question in asked)
    return (
        f"p50 {statistics.median(took):.1f} ms, p95 {took[int(0.95 * len(took))]:.1f} ms"
        f" ({len(search.index.passages):,} passages)"
    )


def _timed(search: ServiceSearch, question: str) -> float:
    vector = search.index.encode(question)
    started = time.perf_counter()
    search.find(question, vector)
    return (time.perf_counter() - started) * 1000


def _grown(knowledge: TownKnowledge, services: int, *, few_questions: bool) -> TownKnowledge:
    dice = random.Random(2026)
    known = list(knowledge.services.values())
    made = [_renamed(known[number % len(known)], number, dice, few_questions=few_questions) for number in range(services)]
    return replace(knowledge, services={service.slug: service for service in made})


def _renamed(service: Service, number: int, dice: random.Random, *, few_questions: bool) -> Service:
    own = "".join(dice.choices(SYLLABLES, k=4))
    title = Text(f"{service.title.de} {own}", f"{service.title.en} {own}")
    questions = service.questions[:: 10 if few_questions else 1]
    synonyms = {} if few_questions else service.synonyms
    sections = dict(list(service.sections.items())[:1]) if few_questions else service.sections
    return replace(
        service, slug=f"{service.slug}-{number}", title=title, questions=questions, synonyms=synonyms, sections=sections
    )
