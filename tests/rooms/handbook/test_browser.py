"""The handbook of `core` in a real browser: English and Persian, with glyphs that are real."""

from __future__ import annotations

import os
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest

from complaint_rules.handbook import as_html, handbook
from complaint_rules.loading import load

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
MISSING = "there is no chromium: `make browser` installs it where apt-get and root are there"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-device-scale-factor=1",
)
WORD = "شکایت"
TOFU = "\ue000" * len(WORD)
"""Codepoints of the private area, which no font of Debian has a glyph for."""
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture(scope="module", autouse=True)
def _browser() -> None:
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)


def _look(page: Path, folder: Path, *asked: str) -> bytes:
    """Open a page and return what the browser prints."""
    assert CHROMIUM is not None
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={folder / 'profile'}", *asked, page.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=120, check=True)
    return done.stdout


def _pixels(path: Path) -> tuple[int, list[bytes]]:
    """Return the bytes a pixel has and the rows of a PNG with 8 bits a sample."""
    data, at, packed = path.read_bytes(), 8, b""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, color = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    size = {2: 3, 6: 4}[color]
    while at < len(data):
        (length,), kind = struct.unpack(">I", data[at : at + 4]), data[at + 4 : at + 8]
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    raw, stride = zlib.decompress(packed), width * size + 1
    rows: list[bytes] = []
    above = bytes(width * size)
    for number in range(height):
        line = raw[number * stride : (number + 1) * stride]
        above = _unfiltered(line[0], bytearray(line[1:]), above, size)
        rows.append(above)
    return size, rows


def _unfiltered(kind: int, line: bytearray, above: bytes, size: int) -> bytes:
    if kind == 0:
        return bytes(line)
    if kind == 2:
        return bytes((a + b) & 255 for a, b in zip(line, above, strict=True))
    for i in range(len(line)):
        left = line[i - size] if i >= size else 0
        corner = above[i - size] if i >= size else 0
        line[i] = (line[i] + _guess(kind, left, above[i], corner)) & 255
    return bytes(line)


def _guess(kind: int, left: int, up: int, corner: int) -> int:
    if kind == 1:
        return left
    if kind == 3:
        return (left + up) // 2
    wanted = left + up - corner
    return min((left, up, corner), key=lambda value: abs(wanted - value))


def _inked(size: int, rows: list[bytes]) -> list[bytes]:
    """Return the rows on which something dark stands, as a pattern of dark and light."""
    dark = [bytes(value < 128 for value in row[::size]) for row in rows]
    return [row for row in dark if any(row)]


@pytest.mark.parametrize(
    ("language", "title", "side"),
    [("en", "House complaint policy", "ltr"), ("fa", "سیاست رسیدگی به شکایت‌ها", "rtl")],
)
def test_the_handbook_of_core_is_shown(
    language: str, title: str, side: str, tmp_path: Path
) -> None:
    """One start of the browser: the page's text as it read it, and a picture that is not blank."""
    page = tmp_path / "core.html"
    page.write_text(as_html(handbook(load("core"), language=language)), encoding="utf-8")
    picture = tmp_path / "core.png"
    asked = ("--window-size=900,700", f"--screenshot={picture}", "--dump-dom")
    read = _look(page, tmp_path, *asked).decode("utf-8")
    assert f'<html lang="{language}" dir="{side}">' in read
    assert f"<h1>{title}</h1>" in read
    size, rows = _pixels(picture)
    inked = _inked(size, rows)
    assert len(inked) > 60
    # The title stands on the side where the language begins.
    left = sum(sum(row[: len(row) // 2]) for row in inked if sum(row) < len(row) // 2)
    right = sum(sum(row[len(row) // 2 :]) for row in inked if sum(row) < len(row) // 2)
    assert (right > left) is (side == "rtl")


def test_persian_glyphs_are_real(tmp_path: Path) -> None:
    """A Persian word looks like no row of boxes, and its joined letters unlike single ones."""
    patterns = []
    for number, word in enumerate((WORD, TOFU, "\u200c".join(WORD))):
        page = tmp_path / f"{number}.html"
        style = "font: 60px 'Noto Sans Arabic', 'DejaVu Sans', sans-serif; margin: 20px"
        page.write_text(
            f'<!DOCTYPE html><html lang="fa" dir="rtl"><meta charset="utf-8">'
            f'<body style="{style}">{word}</body></html>',
            encoding="utf-8",
        )
        picture = tmp_path / f"{number}.png"
        _look(page, tmp_path, "--window-size=500,160", f"--screenshot={picture}")
        patterns.append(_inked(*_pixels(picture)))
    word, tofu, apart = patterns
    assert word
    assert word != tofu
    assert word != apart
    # Boxes are all alike: a column pattern that repeats; letters are not.
    assert len({*word}) > 10
