"""Every fault of a record or an office is found with file, line and one sentence."""

from pathlib import Path

import pytest

from knowledge_base.errors import Fault
from knowledge_base.validate import validate
from tests.knowledge_base.sample_town import SampleTown, change, fault

PROJECT = Path(__file__).parents[2]
ELEVEN_WORDS = "eins zwei drei vier fünf sechs sieben acht neun zehn elf"
FIVE_THINGS = [("auto", "Auto"), ("boot", "Boot"), ("esel", "Esel"), ("gans", "Gans"), ("huhn", "Huhn")]


@pytest.fixture
def town(tmp_path: Path) -> SampleTown:
    return SampleTown(tmp_path)


def test_a_valid_town_has_no_fault(town: SampleTown) -> None:
    assert town.faults() == []


def test_a_folder_without_towns_is_a_fault(town: SampleTown, tmp_path: Path) -> None:
    assert validate(tmp_path / "elsewhere", town.shared) == [
        Fault(tmp_path / "elsewhere", 1, "there is no town in this folder"),
    ]


def test_a_town_without_offices_is_a_fault(town: SampleTown) -> None:
    town.offices.unlink()
    assert town.faults() == [Fault(town.offices, 1, "cannot be read (FileNotFoundError)")]


def test_a_fault_of_a_shared_record_is_named_once_for_all_towns(town: SampleTown) -> None:
    second = town.towns / "zweitstadt"
    second.mkdir()
    (second / "offices.yml").write_text(town.offices.read_text(encoding="utf-8"), encoding="utf-8")
    change(town.record, "short: {de:", "short: {dd:")
    assert town.faults() == [fault(town.record, "short:", "short.de is missing")]


def test_a_record_that_does_not_load_does_not_hide_the_faults_of_others(town: SampleTown) -> None:
    other = town.add_record("katze", "Katze", "Mieze")
    change(other, "owner: Beispielamt\n", "")
    change(town.record, "99102013001000", "991020")
    assert town.faults() == [
        fault(town.record, "leika", "'991020' is no key of the federal service catalogue; it has 14 digits"),
        Fault(other, 1, "owner is missing"),
    ]


def test_a_missing_source_is_a_fault(town: SampleTown) -> None:
    change(town.record, "\n  - {name: Beispielsatzung, checked: 2026-11-01}", " []")
    message = "source is missing: name the law or authority and the day it was checked"
    assert town.faults() == [fault(town.record, "source", message)]


def test_a_source_checked_in_the_future_is_a_fault(town: SampleTown) -> None:
    change(town.record, "2026-11-01", "2026-11-23")
    assert town.faults() == [fault(town.record, "2026-11-23", "checked (2026-11-23) lies in the future")]


def test_a_source_checked_before_2020_is_a_fault(town: SampleTown) -> None:
    change(town.record, "2026-11-01", "2019-12-31")
    assert town.faults() == [fault(town.record, "2019-12-31", "checked (2019-12-31) lies before 2020")]


def test_a_day_that_does_not_exist_is_named_with_its_line(town: SampleTown) -> None:
    change(town.record, "2026-11-01", "2026-02-30")
    message = "there is no day 2026-02-30; write one that exists, like 2026-11-22"
    assert town.faults() == [fault(town.record, "2026-02-30", message)]


def test_a_text_where_a_section_is_needed_is_a_fault(town: SampleTown) -> None:
    change(
        town.record, "  procedure:\n    de: Kommen Sie selbst vorbei.\n", "  procedure: Kommen Sie selbst vorbei.\n  online:\n"
    )
    message = "sections.procedure must be a mapping of names to values"
    assert town.faults() == [fault(town.record, "procedure:", message)]


def test_a_slug_unlike_the_file_name_is_a_fault(town: SampleTown) -> None:
    change(town.record, "slug: hund", "slug: katze")
    assert town.faults() == [fault(town.record, "slug", "slug 'katze' and file name 'hund' differ")]


def test_an_unknown_office_is_a_fault(town: SampleTown) -> None:
    change(town.record, "office: schalter", "office: turm")
    message = "there is no office 'turm' in musterstadt/offices.yml"
    assert town.faults() == [fault(town.record, "turm", message)]


def test_an_override_of_a_service_that_does_not_exist_is_a_fault(town: SampleTown) -> None:
    path = town.override("katze", "slug: katze\ncategory: Tiere\nowner: Amt\nsource: []\nsections: {}\nresponsible: {}\n")
    message = "there is no shared record 'katze', and for a full record title, short, synonyms, questions is missing"
    assert town.faults() == [Fault(path, 1, message)]


def test_a_full_record_of_one_town_needs_no_shared_record(town: SampleTown) -> None:
    shared = town.add_record("katze", "Katze", "Mieze")
    shared.rename(town.folder / "services" / "katze.yml")
    assert town.faults() == []


def test_a_text_missing_in_an_override_is_named_in_the_override(town: SampleTown) -> None:
    path = town.override("hund", "sections:\n  where:\n    de: Am Markt.\n    plain: Am Markt.\n")
    assert town.faults() == [fault(path, "where", "sections.where.en is missing")]


def test_a_missing_plain_text_is_a_fault(town: SampleTown) -> None:
    change(town.record, "    plain: Kommen Sie selbst zu uns.\n", "")
    message = "sections.procedure.plain is missing; plain stands in every section of a record or in none"
    assert town.faults() == [fault(town.record, "procedure:", message)]


def test_a_record_may_do_without_plain_texts(town: SampleTown) -> None:
    record = town.record.read_text(encoding="utf-8")
    town.record.write_text("".join(line for line in record.splitlines(True) if "plain:" not in line), encoding="utf-8")
    assert town.faults() == []


def test_a_short_name_of_thirteen_words_is_a_fault(town: SampleTown) -> None:
    change(town.record, "die Anmeldung für Hund", f"{ELEVEN_WORDS} zwölf dreizehn")
    assert town.faults() == [fault(town.record, "dreizehn", "short.de has 13 words; 12 are allowed")]


def test_a_general_text_of_more_than_sixty_words_is_a_fault(town: SampleTown) -> None:
    change(town.record, "    de: Melden", f"    phone: {{de: Ja., en: Yes.}}\n    de: {'wort ' * 56}Melden")
    assert town.faults() == [fault(town.record, "Melden", "sections.general.de has 61 words; 60 are allowed")]


def test_another_text_of_more_than_forty_words_is_a_fault(town: SampleTown) -> None:
    change(town.record, "    en: Come in", f"    phone: {{de: Ja., en: Yes.}}\n    en: {'word ' * 38}Come in")
    assert town.faults() == [fault(town.record, "Come in", "sections.procedure.en has 41 words; 40 are allowed")]


def test_a_plain_sentence_of_thirteen_words_is_a_fault(town: SampleTown) -> None:
    change(town.record, "plain: Wir machen das sofort.", f"plain: Gut. Am 3. Mai {ELEVEN_WORDS}.")
    message = f"a sentence of sections.duration.plain has 14 words; 12 are allowed: 'Am 3. Mai {ELEVEN_WORDS}.'"
    assert town.faults() == [fault(town.record, "Gut.", message)]


def test_a_text_of_more_than_28_words_needs_a_wording_for_the_telephone(town: SampleTown) -> None:
    change(town.record, "de: Das geht", f"de: {'wort ' * 26}Das geht")
    message = "sections.duration.phone is missing; it is needed where a text has more than 28 words (here 29)"
    assert town.faults() == [fault(town.record, "Das geht", message)]


def test_a_wording_for_the_telephone_of_more_than_28_words_is_a_fault(town: SampleTown) -> None:
    change(town.record, "    de: Das geht", f"    phone:\n      de: {'wort ' * 29}\n      en: Yes.\n    de: Das geht")
    assert town.faults() == [fault(town.record, "wort", "sections.duration.phone.de has 29 words; 28 are allowed")]


def test_a_wording_for_the_telephone_of_three_sentences_is_a_fault(town: SampleTown) -> None:
    change(town.record, "    de: Das geht", "    phone:\n      de: Ja.\n      en: A. Yes. Two. No.\n    de: Das geht")
    message = "sections.duration.phone.en has 3 sentences; 2 are allowed"
    assert town.faults() == [fault(town.record, "No.", message)]


def test_seven_german_synonyms_are_too_few(town: SampleTown) -> None:
    change(town.record, "    - Hund neun\n", "")
    assert town.faults() == [fault(town.record, "  de:", "synonyms.de has 7 different words; 8 are needed")]


def test_a_synonym_written_in_two_ways_counts_once(town: SampleTown) -> None:
    change(town.record, "- Hund five", "- HUND four")
    assert town.faults() == [fault(town.record, "  en:", "synonyms.en has 4 different words; 5 are needed")]


def test_a_synonym_of_two_services_must_be_marked_in_both(town: SampleTown) -> None:
    other = town.add_record("katze", "Katze", "Mieze")
    change(town.record, "    - Hund acht\n", "    - Hund acht\n    - Vierbeiner für zuhause\n")
    change(other, "    - Katze acht\n", "    - Katze acht\n    - {word: vierbeiner fuer Zuhause, shared: true}\n")
    message = "'Vierbeiner für zuhause' is a synonym of katze, too; mark it shared: true in all of them or drop it"
    assert town.faults() == [fault(town.record, "Vierbeiner", message)]


def test_a_synonym_marked_in_both_services_is_no_fault(town: SampleTown) -> None:
    other = town.add_record("katze", "Katze", "Mieze")
    change(town.record, "    - Hund acht\n", "    - Hund acht\n    - {word: Tier, shared: true}\n")
    change(other, "    - Katze acht\n", "    - Katze acht\n    - {word: Tier, shared: true}\n")
    assert town.faults() == []


def test_a_synonym_may_not_be_the_title_of_another_service(town: SampleTown) -> None:
    other = town.add_record("katze", "Katze", "Mieze")
    change(other, "- Katze acht", "- hund ANMELDEN")
    assert town.faults() == [fault(other, "hund ANMELDEN", "'hund ANMELDEN' is the title of hund")]


def test_four_german_questions_are_too_few(town: SampleTown) -> None:
    change(town.record, "      - Wohin gehe ich mit Dackel?\n", "")
    path = town.record
    line = fault(path, "questions", "").line + 1
    assert town.faults() == [Fault(path, line, "questions.de has 4 questions; 5 are needed")]


def test_the_same_question_in_two_services_is_a_fault_in_both(town: SampleTown) -> None:
    other = town.add_record("katze", "Katze", "Mieze")
    change(other, "Wohin gehe ich mit Mieze?", "wohin gehe ich mit dackel")
    assert town.faults() == [
        fault(town.record, "Wohin gehe", "the same question stands in katze"),
        fault(other, "wohin gehe", "the same question stands in hund"),
    ]


def test_a_skeleton_in_five_services_is_a_fault_in_each(town: SampleTown) -> None:
    paths = [town.add_record(slug, thing, f"den {thing}") for slug, thing in FIVE_THINGS]
    message = "the skeleton 'wohin gehe ich mit …' stands in 5 services: auto, boot, esel, gans, huhn; 4 are allowed"
    assert {fault(path, "Wohin gehe", message) for path in paths} <= set(town.faults())


def test_a_skeleton_in_four_services_is_no_fault(town: SampleTown) -> None:
    for slug, thing in FIVE_THINGS[:4]:
        town.add_record(slug, thing, f"den {thing}")
    assert town.faults() == []


def test_an_amount_missing_in_one_language_is_a_fault(town: SampleTown) -> None:
    change(town.record, "27.60 euros, the card", "little, the card")
    assert town.faults() == [fault(town.record, "little", "27.60 euros is missing in this text")]


def test_an_amount_that_the_data_lack_is_a_fault(town: SampleTown) -> None:
    change(town.record, "die Karte 46 Euro", "die Karte 46 Euro, das Foto 6,50 Euro")
    assert town.faults() == [fault(town.record, "6,50", "6,50 Euro stands here and not among the amounts")]


def test_a_fee_in_the_text_without_any_data_is_a_fault(town: SampleTown) -> None:
    record = town.record.read_text(encoding="utf-8")
    start, end = record.index("    amounts:"), record.index("  procedure:")
    town.record.write_text(record[:start] + record[end:], encoding="utf-8")
    assert fault(town.record, "die Karte 46", "46 Euro stands here and not among the amounts") in town.faults()


def test_an_age_beside_an_amount_is_no_amount(town: SampleTown) -> None:
    change(town.record, "costs 27.60 euros, the card 46 euros", "costs 46 euros from the age of 24 and 27.60 euros under 24")
    assert town.faults() == []


def test_a_range_names_both_of_its_amounts(town: SampleTown) -> None:
    change(town.record, "kostet 27,60 Euro, die Karte 46 Euro", "kostet 27,60 bis 46 Euro")
    assert town.faults() == []


def test_an_amount_of_zero_must_be_called_free(town: SampleTown) -> None:
    change(town.record, "27.60, currency", "0, currency")
    change(town.record, "kostet 27,60 Euro, die", "ist gebührenfrei, die")
    change(town.record, "costs 27.60 euros", "is free")
    change(town.record, "kostet 27,60 Euro. Die", "ist billig. Die")
    message = "the amount 0 is missing in this text (write kostenlos, gebührenfrei or nichts)"
    assert town.faults() == [fault(town.record, "billig", message)]


def test_a_euro_sign_is_a_fault(town: SampleTown) -> None:
    change(town.record, "the card 46 euros", "the card 46 euros (46 €)")
    message = "write Euro (German) or euros (English), not € or EUR"
    assert town.faults() == [fault(town.record, "€", message)]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("Das geht sofort!", "has an exclamation mark"),
        ("Das geht sofort 🙂.", "has an emoji"),
        ("Es bedarf keiner Frist.", "says 'bedarf'; write it as people talk"),
        ("Kommen Sie Zwecks Abholung.", "says 'Zwecks'; write it as people talk"),
        ("Fragen Sie die zuständige Stelle.", "says 'zuständige Stelle'; write it as people talk"),
        ("Das geht gemäß § 3 sofort.", "says 'gemäß'; write it as people talk"),
    ],
)
def test_a_wrong_tone_is_a_fault(town: SampleTown, text: str, complaint: str) -> None:
    change(town.record, "Das geht sofort.", text)
    assert town.faults() == [fault(town.record, text, f"sections.duration.de {complaint}")]


def test_everyday_words_are_no_officialese(town: SampleTown) -> None:
    change(town.record, "Das geht sofort.", "Bei Bedarf geht das sofort, an der Stelle neben der Kasse.")
    assert town.faults() == []


def test_hours_that_run_backwards_are_a_fault(town: SampleTown) -> None:
    change(town.offices, '"09:00-11:00"', '"11:00-09:00"')
    assert town.faults() == [fault(town.offices, "11:00-09:00", "11:00-09:00 runs backwards")]


def test_hours_that_overlap_are_a_fault(town: SampleTown) -> None:
    change(town.offices, "13:00-16:00", "11:30-16:00")
    assert town.faults() == [fault(town.offices, "11:30", "11:30-16:00 overlaps 08:00-12:00")]


def test_monthly_hours_that_run_backwards_are_a_fault(town: SampleTown) -> None:
    change(town.offices, "10:00-12:00", "10:00-10:00")
    assert town.faults() == [fault(town.offices, "10:00-10:00", "10:00-10:00 runs backwards")]


def test_a_time_after_midnight_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "13:00-16:00", "13:00-24:00")
    message = "13:00-24:00 has a time that no clock shows; for the end of the day write 23:59"
    assert town.faults() == [fault(town.offices, "24:00", message)]


def test_a_text_like_a_stretch_of_time_is_no_fault(town: SampleTown) -> None:
    change(town.record, "Kommen Sie selbst vorbei.", '"20:00-24:00"')
    assert town.faults() == []


def test_the_faults_of_every_town_are_found(town: SampleTown) -> None:
    second = town.towns / "zweitstadt"
    second.mkdir()
    assert town.faults() == [Fault(second / "offices.yml", 1, "cannot be read (FileNotFoundError)")]


def test_an_unknown_weekday_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "tuesday:", "dienstag:")
    weekdays = "monday, tuesday, wednesday, thursday, friday, saturday, sunday"
    assert town.faults() == [fault(town.offices, "dienstag", f"'dienstag' is no weekday; write one of {weekdays}")]


def test_a_period_that_ends_before_it_starts_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "until: 2026-12-31\n", "until: 2025-12-31\n")
    assert town.faults() == [fault(town.offices, "until: 2025", "until (2025-12-31) lies before from (2026-01-01)")]


def test_a_closure_that_ends_before_it_starts_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "from: 2026-12-24", "from: 2027-12-24")
    assert town.faults() == [fault(town.offices, "2027", "until (2026-12-31) lies before from (2027-12-24)")]


def test_hours_borrowed_in_a_circle_are_a_fault_at_each_office(town: SampleTown) -> None:
    text = town.offices.read_text(encoding="utf-8")
    start, end = text.index("    hours:"), text.index("    source: {name: Aushang")
    town.offices.write_text(text[:start] + "    hours_of: keller\n" + text[end:], encoding="utf-8")
    assert town.faults() == [
        fault(town.offices, "hours_of: keller", "hours_of runs in a circle from 'schalter' back to 'schalter'"),
        fault(town.offices, "hours_of: schalter", "hours_of runs in a circle from 'keller' back to 'keller'"),
    ]


def test_hours_borrowed_from_a_borrower_are_a_fault(town: SampleTown) -> None:
    office = '  turm:\n    level: town\n    name: {de: Turm, en: Tower}\n    phone: "115"\n    hours_of: keller\n'
    text = town.offices.read_text(encoding="utf-8")
    town.offices.write_text(f"{text}{office}    source: {{name: Tafel, checked: 2026-11-04}}\n", encoding="utf-8")
    message = "hours_of must name the office that has the hours; 'keller' borrows them, too"
    assert town.faults() == [fault(town.offices, "hours_of: keller", message)]


def test_an_office_with_hours_of_its_own_borrows_none(town: SampleTown) -> None:
    change(town.offices, "hours_of: schalter", "hours_of: schalter\n    hours: [{from: 2026-01-01}]")
    message = "office 'keller' has hours and hours_of; drop one of them"
    assert town.faults() == [fault(town.offices, "hours_of", message)]


def test_an_office_that_nobody_can_reach_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "    reach: {de: Rufen Sie die 115 an., en: Ring 115.}\n", "")
    assert town.faults() == [fault(town.offices, "keller:", "office 'keller' has neither phone nor reach")]


def test_an_office_checked_in_the_future_is_a_fault(town: SampleTown) -> None:
    change(town.offices, "2026-11-03", "2027-11-03")
    assert town.faults() == [fault(town.offices, "2027-11-03", "checked (2027-11-03) lies in the future")]


def test_the_projects_own_records_have_no_fault() -> None:
    assert [str(each) for each in validate(PROJECT / "towns")] == []
