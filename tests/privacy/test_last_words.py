"""What Python prints by itself, warnings and errors that nobody caught, repeats no citizen's words either."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize("log_format", ["json", "console"])
def test_warnings_and_uncaught_errors_are_logged_without_what_they_say(log_format: str) -> None:
    command = [sys.executable, "-m", "tests.privacy.last_words", log_format]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    written = ended.stdout + ended.stderr
    assert ended.returncode == 1
    assert [word for word in ("Zaphod", "Beeblebrox", "Heuschrecken") if word in written] == []
    assert [written.count(name) for name in ("library_warning", "error_uncaught", "error_ignored")] == [1, 2, 1]
