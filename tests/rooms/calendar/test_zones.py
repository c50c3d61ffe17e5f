"""Zones come from the tzdata package, by listed names only."""

from __future__ import annotations

import datetime
import zoneinfo

import pytest
import tzdata

from complaint_rules.calendar import TZDATA_VERSION, zone, zone_names


def test_a_zone_is_read_from_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operating system's zones are not looked at."""
    monkeypatch.setattr(zoneinfo, "TZPATH", ())
    zone.cache_clear()
    found = zone("Asia/Tehran")
    assert found is not None
    noon = datetime.datetime(2026, 7, 1, 12, tzinfo=found)
    assert noon.utcoffset() == datetime.timedelta(hours=3, minutes=30)
    assert found.key == "Asia/Tehran"


def test_a_zone_is_read_once() -> None:
    """The same name gives the same object."""
    assert zone("Europe/Budapest") is zone("Europe/Budapest")


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Europe",
        "Europe/Pest",
        "europe/budapest",
        "Europe/Budapest ",
        "../zones",
        "/etc/localtime",
        "Europe/../Europe/Budapest",
        "Europe//Budapest",
        "Europe\\Budapest",
        "Europe/Budapest\0",
        "__init__.py",
        "zone.tab",
        "C:/Windows",
    ],
)
def test_other_names_are_none(name: str) -> None:
    """Whatever is not listed is no zone, least of all a path."""
    assert zone(name) is None


def test_every_listed_name_is_a_zone() -> None:
    """What did-you-mean may suggest can be used."""
    names = zone_names()
    assert {"UTC", "Europe/Budapest", "Asia/Riyadh", "America/New_York"} <= names
    assert [name for name in sorted(names) if zone(name) is None] == []


def test_the_version_is_told() -> None:
    """A decision can name the zone data that it rests on."""
    assert TZDATA_VERSION == tzdata.IANA_VERSION
    assert TZDATA_VERSION[:4].isdigit()
