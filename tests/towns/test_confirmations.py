"""The list of what a town has to check."""

from datetime import date
from pathlib import Path

from assistant.texts import Texts
from assistant.towns.confirmations import OpenPoint, open_points, page
from knowledge_base.load import load_town

KNOWLEDGE = load_town(Path("towns"), "brandis")


def test_every_part_that_a_record_or_office_leaves_open_is_on_the_list() -> None:
    points = open_points(KNOWLEDGE)
    of_services = sum(len(service.to_confirm) for service in KNOWLEDGE.services.values())
    of_offices = sum(len(office.to_confirm) for office in KNOWLEDGE.offices.values())
    assert len(points) == of_services + of_offices


def test_the_page_has_a_box_and_the_words_of_each_point_in_both_languages() -> None:
    points = open_points(KNOWLEDGE)
    for language in ("de", "en"):
        shown = page("Brandis", points, Texts(), language)
        assert shown.count("type='checkbox'") == len(points)
    fees = next(point for point in points if point.part == "fees")
    assert fees.says.split(",")[0].split("&")[0] in page("Brandis", points, Texts())


def test_what_stands_in_a_record_cannot_become_markup() -> None:
    point = OpenPoint("Amt", "<script>", "fees", "5 < 6", "services/x.yml", date(2026, 11, 26))
    shown = page("Brandis", [point], Texts())
    assert "<script>" not in shown
    assert "5 &lt; 6" in shown
