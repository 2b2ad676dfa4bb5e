"""The documentation names every setting, command and target, and nothing that is not there."""

import ast
import re
from fnmatch import fnmatch
from pathlib import PurePosixPath

import pytest

from tests.architecture.sources import expect_none, files, text_of, tree_of

LONGEST_README = 150
LONGEST_DECISION = 40
PAGES = [path for path in files() if path.endswith(".md") and not path.startswith("assistant/towns/template/")]
LINK = re.compile(r"\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
TEXTUAL = (".md", ".py", ".yml", ".yaml", ".toml", ".txt", ".lock", ".json", ".jsonl", ".mako", ".html", ".css", ".js", ".csv")
# Bracketed letters keep these very lines from matching.
REGISTRY = re.compile(
    r"\b(py[p]i|files\.python[h]osted|registry\.npm[j]s|registry\.yarn[p]kg|crates|proxy\.golan[g]|rubygem[s])\.(org|com|io|dev)\b"
    r"|https?://[^\s\"']*(/simple/|artifactor[y]|/nexu[s]/)|--(extra-)?index-ur[l]|\"resolve[d]\": *\"http"
)
MACHINE = re.compile(r"(?<![\w./-])/(wor[k]|roo[t]|hom[e]|mn[t]|User[s])/\w")


def headings(page: str) -> list[str]:
    """Headings of a page below its title, without code marks."""
    return [line.replace("`", "") for line in re.findall(r"^##+ +(.+?) *$", text_of(page), re.MULTILINE)]


def settings() -> set[str]:
    """Names of all settings."""
    calls = [node for node in ast.walk(tree_of("assistant/settings.py")) if isinstance(node, ast.Call)]
    made = [call.args[0] for call in calls if isinstance(call.func, ast.Name) and call.func.id == "setting"]
    return {str(name.value) for name in made if isinstance(name, ast.Constant)}


def commands() -> set[str]:
    """Names of all commands of ``python -m assistant``."""
    found = set()
    for node in tree_of("assistant/cli.py").body:
        for decorator in node.decorator_list if isinstance(node, ast.FunctionDef) else ():
            if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == "app.command":
                named = [str(argument.value) for argument in decorator.args if isinstance(argument, ast.Constant)]
                found.add(named[0] if named else str(getattr(node, "name", "")))
    return found


def targets() -> set[str]:
    """Names of the make targets that ``make help`` lists."""
    return set(re.findall(r"^([a-z-]+):.*##", text_of("Makefile"), re.MULTILINE))


def paths_named_in(page: str) -> set[str]:
    """What stands between code marks and looks like a path of the project."""
    marked = {code for code in CODE.findall(text_of(page)) if re.fullmatch(r"[\w.<>*-]+(/[\w.<>*-]+)*/?", code)}
    return {code for code in marked if "/" in code or PurePosixPath(code).suffix in TEXTUAL}


def exists(path: str) -> bool:
    """Whether a file or folder of that name exists; ``<town>`` and ``*`` stand for any name, a bare name for any folder."""
    if "/" not in path and any(PurePosixPath(file).name == path for file in files()):
        return True
    pattern = re.sub(r"<[^>]+>", "*", path.rstrip("/"))
    return any(fnmatch(file, pattern) or fnmatch(file, f"{pattern}/*") for file in files())


def target_of(page: str, link: str) -> str:
    """The file that a relative link of a page leads to."""
    parts: list[str] = []
    for part in (*PurePosixPath(page).parent.parts, *link.partition("#")[0].split("/")):
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)


def test_every_setting_has_a_heading_and_no_other_has() -> None:
    expect_none(set(headings("docs/settings.md")) ^ settings())


def test_every_command_and_target_has_a_heading() -> None:
    expected = {f"python -m assistant {name}" for name in commands()} | {f"make {name}" for name in targets()}
    expect_none(expected - set(headings("docs/commands.md")))


def test_no_command_or_target_is_described_that_does_not_exist() -> None:
    described = {heading for heading in headings("docs/commands.md") if heading.startswith(("python -m ", "make "))}
    expect_none(described - {f"python -m assistant {name}" for name in commands()} - {f"make {name}" for name in targets()})


def test_the_readme_is_short() -> None:
    assert len(text_of("README.md").splitlines()) <= LONGEST_README


@pytest.mark.parametrize("page", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_every_path_that_a_page_names_exists(page: str) -> None:
    expect_none([path for path in sorted(paths_named_in(page)) if not exists(path)])


def test_every_relative_link_leads_somewhere() -> None:
    links = [(page, link) for page in PAGES for link in LINK.findall(text_of(page))]
    relative = [(page, link) for page, link in links if not re.match(r"[a-z]+:|#", link)]
    expect_none([(page, link) for page, link in relative if not exists(target_of(page, link))])


def test_decisions_are_numbered_without_a_gap() -> None:
    pages = sorted(path for path in files() if path.startswith("docs/decisions/"))
    assert [int(PurePosixPath(page).name[:4]) for page in pages] == list(range(1, len(pages) + 1))


@pytest.mark.parametrize("part", ["Context", "Decision", "Consequences"])
def test_every_decision_is_one_page_with_the_same_parts(part: str) -> None:
    pages = [path for path in files() if path.startswith("docs/decisions/")]
    expect_none([page for page in pages if part not in headings(page)])
    expect_none([page for page in pages if len(text_of(page).splitlines()) > LONGEST_DECISION])


def test_the_changelog_has_an_unreleased_section() -> None:
    assert "[Unreleased]" in headings("CHANGELOG.md")


@pytest.mark.parametrize("pattern", [REGISTRY, MACHINE], ids=["registry", "machine"])
def test_no_file_names_a_registry_host_or_a_path_of_somebodys_machine(pattern: re.Pattern[str]) -> None:
    textual = [path for path in files() if path.endswith(TEXTUAL) or "." not in PurePosixPath(path).name]
    expect_none([(path, found.group()) for path in textual if (found := pattern.search(text_of(path)))])
