"""Makes the twin in ``var/stock_rasa``: its environment, its training data out of the project's own, its model."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from assistant.dialogue.training import training_questions
from knowledge_base.load import load_town
from knowledge_base.yaml_file import read_yaml

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FOLDER = ROOT / "var" / "stock_rasa"
PYTHON = FOLDER / ".venv" / "bin" / "python"
LOG = FOLDER / "set-up.log"
SENTENCES = FOLDER / "nlu.yml"
"""Written once, because DIET takes most of an hour to learn them; remove the folder to learn the present ones."""
MODEL = FOLDER / "models" / "stock.tar.gz"
UV = ("env", "UV_PYTHON_DOWNLOADS=never", str(ROOT / ".tools" / "bin" / "uv"))
RASA = ("RASA_TELEMETRY_ENABLED=false", str(PYTHON), "-m", "rasa")
"""Goes behind ``env``."""
ARTICLE = re.compile(r"^(den|die|das|the) ")
SET_UP_SECONDS = 900
TRAINING_SECONDS = 7200
SAID_AT_ONCE = {
    "action_ask_back": "utter_services_decline",
    "action_change_language": "utter_session_language",
    "action_change_plain": "utter_session_plain_on",
    "action_repeat_answer": "utter_session_nothing_to_repeat",
    "action_restart_conversation": "utter_session_restarted",
    "action_tell_privacy": "utter_session_privacy",
    "action_tell_status": "utter_callbacks_status_unknown",
}
"""Our actions that no turn of the script is about; on the stock side a response stands in, which is less work."""


def trained() -> Path:
    """Set up what is missing and return the model; Rasa itself sees what it has trained before."""
    print(f"Sets up and trains stock Rasa, the first time for an hour; see {LOG.relative_to(ROOT)}", file=sys.stderr)
    FOLDER.mkdir(parents=True, exist_ok=True)
    LOG.unlink(missing_ok=True)
    _set_up()
    _write_project()
    files = ("--domain", "domain", "--data", "data", SENTENCES, "--config", HERE / "config.yml")
    _run(TRAINING_SECONDS, "env", *RASA, "train", *files, "--fixed-model-name", MODEL.name.removesuffix(".tar.gz"))
    return MODEL


def _set_up() -> None:
    if not PYTHON.exists():
        _run(SET_UP_SECONDS, *UV, "venv", "--quiet", "--python", "3.11", PYTHON.parents[1])
    options = ("--quiet", "--require-hashes", "--compile-bytecode", "--python", PYTHON)
    _run(SET_UP_SECONDS, *UV, "pip", "sync", *options, HERE / "requirements.lock")


def _write_project() -> None:
    """Copy domain and rules behind the stock side's own files, and annotate the sentences."""
    for name in ("domain", "data"):
        shutil.rmtree(FOLDER / name, ignore_errors=True)
        shutil.copytree(HERE / name, FOLDER / name)
    for path in (ROOT / "domain").rglob("*.yml"):
        _write_new(FOLDER / path.relative_to(ROOT), path.read_text(encoding="utf-8"))
    for path in (ROOT / "data" / "rules").glob("*.yml"):
        _write_new(FOLDER / path.relative_to(ROOT), _with_stand_ins(path.read_text(encoding="utf-8")))
    training = yaml.dump({"version": "3.1", "nlu": list(_nlu())}, allow_unicode=True, sort_keys=False, width=10_000)
    _write_new(SENTENCES, training)


def _write_new(path: Path, text: str) -> None:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _with_stand_ins(rules: str) -> str:
    return re.sub(r"\baction_\w+", lambda match: SAID_AT_ONCE.get(match.group(), match.group()), rules)


def _nlu() -> Iterator[dict[str, Any]]:
    slugs = _slugs_by_word()
    words = re.compile(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(slugs, key=len, reverse=True)))})(?![\w-])", re.IGNORECASE)

    def annotated(match: re.Match[str]) -> str:
        return f'[{match.group()}]{{"entity": "service", "value": "{slugs[match.group().casefold()]}"}}'

    for intent, sentences in _sentences().items():
        lines = [sentence if "[" in sentence else words.sub(annotated, sentence) for sentence in sentences]
        yield {"intent": intent, "examples": _listed(lines)}
    for slug in sorted(set(slugs.values())):
        yield {"synonym": slug, "examples": _listed([word for word, meant in slugs.items() if meant == slug])}


def _sentences() -> dict[str, list[str]]:
    """Return what our own model learns from: the files of ``data/nlu`` and the questions of the records."""
    found: dict[str, list[str]] = {}
    for path in sorted((ROOT / "data" / "nlu").glob("*/*.yml")):
        for block in read_yaml(path)["nlu"]:
            found.setdefault(block["intent"], []).extend(line[2:].strip() for line in block["examples"].splitlines() if line)
    for text, intent in training_questions():
        found.setdefault(intent, []).append(text)
    return found


def _slugs_by_word() -> dict[str, str]:
    """Return the service behind each title, its noun, and each word that means one service only."""
    services = load_town(ROOT / "towns", "brandis").services.values()
    found: dict[str, str] = {}
    for service in services:
        words = [synonym.word for synonyms in service.synonyms.values() for synonym in synonyms if not synonym.shared]
        names = [service.title.de, service.title.en, ARTICLE.sub("", service.short.de), ARTICLE.sub("", service.short.en)]
        for word in (*names, *words):
            found.setdefault(word.casefold(), service.slug)
    nouns = Counter(service.title.de.split()[0].casefold() for service in services)
    for service in services:
        noun = service.title.de.split()[0].casefold()
        if nouns[noun] == 1:
            found.setdefault(noun, service.slug)
    return found


def _listed(lines: list[str]) -> str:
    return "".join(f"- {line}\n" for line in lines)


def _run(seconds: float, *command: object) -> None:
    try:
        with LOG.open("ab") as out:
            subprocess.run([str(part) for part in command], cwd=FOLDER, timeout=seconds, stdout=out, stderr=out, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        sys.exit(f"{error}\n{LOG.read_text(encoding='utf-8', errors='replace')[-2000:]}")
