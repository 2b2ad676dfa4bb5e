"""Judges answers and turns them into figures and gates."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from evaluation.items import Item

WEAK = 0.75
"""A service that is found first less often is named."""

Print = Callable[[str], None]


@dataclass(frozen=True)
class Verdict:
    """What one sentence led to."""

    item: Item
    kind: str
    """right, wrong_section, asked_right, asked_wrong, wrong, refused, other, missed."""
    got: str
    """Short form of the answer."""
    surplus: bool = False
    """Whether another service was answered, too."""

    @property
    def right(self) -> bool:
        """Whether a citizen got what they asked for."""
        return self.kind in ("right", "asked_right")

    @property
    def found(self) -> bool:
        """Whether the right service stood first."""
        return self.kind in ("right", "wrong_section", "asked_first")


@dataclass(frozen=True)
class Gate:
    """A figure that must be reached."""

    name: str
    value: float
    limit: float
    at_least: bool
    floor: float | None = None
    """What is reached so far where the limit is not, so that the tests notice a fall; ``None``: the limit itself."""

    @property
    def is_kept(self) -> bool:
        """Whether the figure is on the right side of the limit."""
        return self.value >= self.limit if self.at_least else self.value <= self.limit


def judge(item: Item, customs: list[dict[str, Any]]) -> Verdict:
    """Compare the messages' ``custom`` with what should come of the sentence."""
    got = "; ".join(_short(custom) for custom in customs)
    if item.outcome == "several":
        return Verdict(item, "right" if _several(item, customs) else "missed", got)
    if item.outcome == "answer" and item.service:
        return Verdict(item, _service_kind(item, customs), got, _answers_another(item, customs))
    if item.outcome == "candidates":
        named = {slug for custom in customs for slug in custom.get("services", ())} & set(item.services)
        return Verdict(item, "right" if named else "missed", got)
    if item.outcome == "answer":
        sections = {custom.get("section") for custom in customs if custom["type"] == "answer"}
        return Verdict(item, "right" if (item.intent or "").removeprefix("ask_") in sections else "missed", got)
    if item.outcome == "status":
        return Verdict(item, "right" if any(_tells_status(custom) for custom in customs) else "missed", got)
    kinds = {str(custom["type"]) for custom in customs}
    return Verdict(item, "right" if item.outcome in kinds else "missed", got)


def _tells_status(custom: dict[str, Any]) -> bool:
    """Whether a report, a booking or a call-back is looked up, or its number asked for."""
    return custom.get("state") == "status" or (custom["type"] == "handover" and custom.get("state") in ("callback", "closed"))


def _service_kind(item: Item, customs: list[dict[str, Any]]) -> str:
    answers = [custom for custom in customs if custom["type"] == "answer"]
    hits = [custom for custom in answers if custom.get("service") == item.service]
    if hits:
        return "right" if any(custom["section"] in item.sections for custom in hits) else "wrong_section"
    if any(item.service in custom.get("steps", ()) for custom in answers):
        return "asked_right"
    asked = next((custom for custom in customs if custom["type"] == "candidates"), None)
    if asked:
        slugs = asked["services"]
        return "asked_first" if slugs[0] == item.service else "asked_right" if item.service in slugs else "asked_wrong"
    if any(custom["type"] == "refusal" for custom in customs):
        return "refused"
    return "wrong" if answers else "other"


def _answers_another(item: Item, customs: list[dict[str, Any]]) -> bool:
    return any(custom["type"] == "answer" and custom.get("service") not in (item.service, None) for custom in customs)


def _several(item: Item, customs: list[dict[str, Any]]) -> bool:
    return all(any(_fits(wish, custom) for custom in customs) for wish in item.wishes)


def _fits(wish: dict[str, Any], custom: dict[str, Any]) -> bool:
    intent = wish["intent"]
    kinds = {
        "report_defect": "report",
        "book_appointment": "booking",
        "request_person": "handover",
        "request_callback": "handover",
    }
    if intent in kinds:
        return bool(custom["type"] == kinds[intent])
    return bool(custom["type"] == "answer" and (wish.get("service") is None or custom.get("service") == wish["service"]))


def _short(custom: dict[str, Any]) -> str:
    if custom["type"] == "answer":
        return f"{custom.get('service') or custom.get('office')}/{custom['section']} {custom['confidence']}"
    if custom["type"] == "candidates":
        return "? " + ",".join(custom["services"])
    return f"{custom['type']}:{custom.get('topic') or custom.get('reason') or custom.get('state') or ''}"


def share(verdicts: list[Verdict], *kinds: str) -> float:
    """Return the share of verdicts of some kinds; 0 without verdicts."""
    return sum(verdict.kind in kinds for verdict in verdicts) / len(verdicts) if verdicts else 0.0


def figures_of(verdicts: list[Verdict]) -> dict[str, float]:
    """Return the figures of questions about services."""
    asked = [verdict for verdict in verdicts if verdict.kind.startswith("asked")]
    answered = [verdict for verdict in verdicts if verdict.kind in ("right", "wrong_section")]
    return {
        "r@1": share(verdicts, "right", "wrong_section", "asked_first"),
        "r@3": share(verdicts, "right", "wrong_section", "asked_first", "asked_right"),
        "section": share(answered, "right") if answered else 0.0,
        "wrong": share(verdicts, "wrong"),
        "surplus": sum(verdict.surplus and verdict.found for verdict in verdicts) / len(verdicts),
        "asked back": share(verdicts, "asked_first", "asked_right", "asked_wrong"),
        "right among asked": share(asked, "asked_first", "asked_right") if asked else 1.0,
        "refused": share(verdicts, "refused"),
        "other": share(verdicts, "other"),
    }


def print_figures(verdicts: list[Verdict], say: Print) -> None:
    """Print the table by style and the shares of the other outcomes."""
    services = [verdict for verdict in verdicts if verdict.item.outcome == "answer" and verdict.item.service]
    styles: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in services:
        styles[verdict.item.style].append(verdict)
    names = list(figures_of(services)) if services else []
    if services:
        say(f"{'style':14}{'n':>5}" + "".join(f"{name:>18}" for name in names))
    for style, rows in [*sorted(styles.items()), *([("all", services)] if services else [])]:
        figures = figures_of(rows)
        say(f"{style:14}{len(rows):5}" + "".join(f"{figures[name]:18.3f}" for name in names))
    _print_weak_services(services, say)
    others: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        if verdict not in services:
            others[f"{verdict.item.outcome} {verdict.item.intent or verdict.item.style}"].append(verdict)
    for name, rows in sorted(others.items()):
        say(f"{name:34}{len(rows):5} {share(rows, 'right'):6.3f}")


def _print_weak_services(verdicts: list[Verdict], say: Print) -> None:
    """Print the services that are found too seldom, the worst first."""
    by_service: dict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        by_service[verdict.item.service or ""].append(verdict)
    found = {slug: figures_of(rows)["r@1"] for slug, rows in by_service.items()}
    weak = sorted((share, slug) for slug, share in found.items() if share < WEAK)
    say(f"{len(by_service)} services, of which {len(weak)} are found first in less than {WEAK:.0%}")
    for reached, slug in weak:
        say(f"{slug:34}{len(by_service[slug]):5} {reached:6.3f}")


def gates_of(verdicts: list[Verdict]) -> list[Gate]:
    """Return the gates of the held-out file with the figures reached."""
    services = [verdict for verdict in verdicts if verdict.item.outcome == "answer" and verdict.item.service]
    figures = figures_of([verdict for verdict in services if verdict.item.style != "foreign"])
    strange = [verdict for verdict in verdicts if verdict.item.outcome == "refusal"]
    foreign = figures_of([verdict for verdict in services if verdict.item.style == "foreign"])
    return [
        Gate("recall@1", figures["r@1"], 0.90, at_least=True, floor=0.88),
        Gate("section", figures["section"], 0.88, at_least=True, floor=0.83),
        Gate("wrong answers", figures["wrong"], 0.04, at_least=False, floor=0.06),
        Gate("asked back", figures["asked back"], 0.15, at_least=False),
        Gate("right among asked", figures["right among asked"], 0.90, at_least=True, floor=0.75),
        Gate("out of scope refused", share(strange, "right"), 0.95, at_least=True, floor=0.92),
        Gate("false refusals", figures["refused"], 0.06, at_least=False),
        Gate("recall@1, other languages", foreign["r@1"], 0.75, at_least=True),
    ]


def fallen_gates(verdicts: list[Verdict]) -> list[str]:
    """Return the gates that are neither kept nor above their floor, each with its figure."""
    gates = [gate if gate.floor is None else replace(gate, limit=gate.floor) for gate in gates_of(verdicts)]
    return [f"{gate.name} {gate.value:.3f}" for gate in gates if not gate.is_kept]


def gates_kept(verdicts: list[Verdict], say: Print) -> bool:
    """Print the gates of the held-out file and return whether all are kept."""
    gates = gates_of(verdicts)
    for gate in gates:
        sign = ">=" if gate.at_least else "<="
        say(f"{'kept  ' if gate.is_kept else 'BROKEN'} {gate.name:28}{gate.value:7.3f} {sign} {gate.limit}")
    return all(gate.is_kept for gate in gates)
