"""Public holidays that are kept: the library's own, and only while it is the same version."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files

import pytest

from complaint_rules.compiler import kept_days as module
from complaint_rules.compiler.kept_days import kept_days
from complaint_rules.compiler.public_days import public_days

KEPT = json.loads(
    files("complaint_rules.compiler").joinpath("public_days.json").read_text(encoding="utf-8")
)
same_version = pytest.mark.skipif(
    KEPT["holidays"] != version("holidays"),
    reason="the holidays kept are of another version: run python -m docs.public_days",
)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """Let a test say which version is installed."""
    module._kept.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    module._kept.cache_clear()


@same_version
@pytest.mark.parametrize("place", KEPT["days"])
def test_what_is_kept_is_what_the_library_says(place: str) -> None:
    """For every place the kept days are the library's own, in all years and in one."""
    country, _, part = place.partition("-")
    first, last = KEPT["years"]
    for years in ((first, last), (2026, 2026)):
        days = kept_days(place, *years)
        assert days
        assert days == public_days(country, part, *years)


@same_version
def test_the_packaged_rulesets_wait_for_no_library() -> None:
    """Loading the packaged rulesets does not import the holiday library."""
    code = (
        "import sys\nfrom complaint_rules.loading import load, packaged\n"
        "names = packaged()\n[load(name) for name in names]\nprint('holidays' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "False"


def test_other_places_and_years_are_not_kept(installed: pytest.MonkeyPatch) -> None:
    """A place that no packaged ruleset names, and years beyond the usual, are the library's."""
    installed.setattr(module, "version", lambda _: KEPT["holidays"])
    assert kept_days("HU", 2010, 2040)
    assert kept_days("NZ", 2010, 2040) is None
    assert kept_days("HU", 2009, 2040) is None
    assert kept_days("HU", 2010, 2041) is None
    assert kept_days("HU-", 2010, 2040) is None


def test_another_version_is_asked_itself(installed: pytest.MonkeyPatch) -> None:
    """With any other version of the library nothing that is kept counts."""
    installed.setattr(module, "version", lambda _: KEPT["holidays"] + ".1")
    assert kept_days("HU", 2010, 2040) is None


def test_a_library_of_no_known_version_is_asked_itself(installed: pytest.MonkeyPatch) -> None:
    """Where no version is known, nothing that is kept counts."""

    def unknown(name: str) -> str:
        raise PackageNotFoundError(name)

    installed.setattr(module, "version", unknown)
    assert kept_days("HU", 2010, 2040) is None
