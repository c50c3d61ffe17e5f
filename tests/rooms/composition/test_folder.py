"""Folders: directories, archives, resources; nothing outside them is read."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.composition import (
    DirectoryFolder,
    MappingFolder,
    ResourceFolder,
    Root,
    Trouble,
    archive,
    folder,
    open_archive,
    packaged,
    packaged_names,
    root_at,
    shelf,
)
from complaint_rules.composition.names import is_csv, is_pattern, is_yaml, matching, normal


def code(found: object) -> str:
    """Return the code of a trouble."""
    assert isinstance(found, Trouble), found
    return found.code


def zipped(files: dict[str, bytes]) -> bytes:
    """Return a zip archive of some files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in files.items():
            made.writestr(name, data)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("a.yaml", "a.yaml"),
        ("./a//b.yaml", "a/b.yaml"),
        ("..", None),
        ("a/../b", None),
        ("/a", None),
        ("a\\b", None),
        ("C:a", None),
        ("", None),
        (".", None),
        ("a\0b", None),
        ("a\nb", None),
    ],
)
def test_normal_names(name: str, plain: str | None) -> None:
    """Names that may lead out of a folder have no plain form."""
    assert normal(name) == plain


@given(st.text(max_size=20))
def test_plain_names_never_climb(name: str) -> None:
    """Whatever the text, a plain name has no empty, `.` or `..` part and stays itself."""
    plain = normal(name)
    if plain is not None:
        assert {"", ".", ".."}.isdisjoint(plain.split("/"))
        assert normal(plain) == plain


def test_patterns() -> None:
    """`*` stays within one part of a name, and what it matches is sorted."""
    names = ["b.yaml", "a.yaml", "d/c.yaml", "d/e/f.yaml"]
    assert matching("*.yaml", names) == ["a.yaml", "b.yaml"]
    assert matching("*/*.yaml", names) == ["d/c.yaml"]
    assert matching("**/f.yaml", names) == []
    assert is_pattern("a?.yaml")
    assert not is_pattern("a.yaml")
    assert is_yaml("A.YML")
    assert is_csv("a.CSV")


def test_a_directory(tmp_path: Path) -> None:
    """A directory gives its files; hidden ones and linked directories are not listed."""
    (tmp_path / "in" / "deep").mkdir(parents=True)
    (tmp_path / "in" / "a.yaml").write_bytes(b"a")
    (tmp_path / "in" / "deep" / "b.yaml").write_bytes(b"b")
    (tmp_path / "in" / ".hidden").write_bytes(b"h")
    (tmp_path / "out.yaml").write_bytes(b"o")
    (tmp_path / "in" / "link").symlink_to(tmp_path)
    os.mkfifo(tmp_path / "in" / "pipe")
    (tmp_path / "in" / "inner.yaml").symlink_to(tmp_path / "in" / "a.yaml")
    (tmp_path / "in" / "outer.yaml").symlink_to(tmp_path / "out.yaml")
    found = DirectoryFolder(tmp_path / "in")
    assert found.names() == ("a.yaml", "deep/b.yaml", "inner.yaml", "outer.yaml")
    assert found.read("deep/b.yaml") == b"b"
    assert found.read("inner.yaml") == b"a"
    assert code(found.read("outer.yaml")) == "include-outside"
    assert code(found.read("link/out.yaml")) == "include-outside"
    assert code(found.read("gone.yaml")) == "missing-file"
    assert code(found.read("deep")) == "missing-file"
    assert code(found.read("a.yaml/b")) == "unreadable-file"
    assert code(found.read("a\0b")) == "unreadable-file"


def test_circular_links(tmp_path: Path) -> None:
    """A link to itself cannot be read, and hangs nothing."""
    (tmp_path / "a.yaml").symlink_to(tmp_path / "a.yaml")
    assert isinstance(DirectoryFolder(tmp_path).read("a.yaml"), Trouble)
    assert root_at(tmp_path / "a.yaml") is None


def test_pipes_are_no_files(tmp_path: Path) -> None:
    """A named pipe is refused and not waited for."""
    os.mkfifo(tmp_path / "a.yaml")
    assert code(DirectoryFolder(tmp_path).read("a.yaml")) == "missing-file"


def test_huge_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file past the bound is refused by its size."""
    monkeypatch.setattr(folder, "LARGEST_FILE", 3)
    (tmp_path / "a.yaml").write_bytes(b"long")
    assert code(DirectoryFolder(tmp_path).read("a.yaml")) == "file-too-large"


def test_crowded_directories(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory of too many files is told, not listed in part."""
    monkeypatch.setattr(folder, "_MOST_ENTRIES", 2)
    for number in range(3):
        (tmp_path / f"{number}.yaml").write_bytes(b"")
    assert code(DirectoryFolder(tmp_path).names()) == "ruleset-too-large"
    assert code(ResourceFolder(tmp_path).names()) == "ruleset-too-large"


def test_directories_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A directory that cannot be listed counts as empty."""

    def refuse(_: Path) -> list[Path]:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert DirectoryFolder(tmp_path).names() == ()


def test_unreadable_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file without rights is told as unreadable."""

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.yaml").write_bytes(b"")
    monkeypatch.setattr(Path, "read_bytes", refuse)
    found = DirectoryFolder(tmp_path).read("a.yaml")
    assert isinstance(found, Trouble)
    assert found.message == "cannot be read: permission denied"
    assert code(ResourceFolder(tmp_path).read("a.yaml")) == "unreadable-file"


def test_resources(tmp_path: Path) -> None:
    """A package's resource gives its files, deep ones too."""
    (tmp_path / "d").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a.yaml").write_bytes(b"a")
    (tmp_path / "d" / "b.yaml").write_bytes(b"b")
    found = ResourceFolder(tmp_path)
    assert found.names() == ("a.yaml", "d/b.yaml")
    assert found.read("d/b.yaml") == b"b"
    assert code(found.read("c.yaml")) == "missing-file"


def test_resources_in_a_zip(tmp_path: Path) -> None:
    """A resource may stand in a zipped package."""
    (tmp_path / "p.zip").write_bytes(zipped({"pkg/ruleset.yaml": b"x", "pkg/d/b.yaml": b"y"}))
    with zipfile.ZipFile(tmp_path / "p.zip") as opened:
        found = ResourceFolder(zipfile.Path(opened, "pkg/"))
        assert found.names() == ("d/b.yaml", "ruleset.yaml")
        assert found.read("d/b.yaml") == b"y"
        assert code(found.read("d/c.yaml")) == "missing-file"


def test_archives() -> None:
    """An archive gives its files; one folder that holds everything is the ruleset's folder."""
    found = open_archive(zipped({"ruleset.yaml": b"r", "d/a.yaml": b"a", "../out.yaml": b"o"}))
    assert not isinstance(found, Trouble)
    assert found.names() == ("d/a.yaml", "ruleset.yaml")
    assert found.read("d/a.yaml") == b"a"
    assert code(found.read("out.yaml")) == "missing-file"
    wrapped = open_archive(zipped({"shop/ruleset.yaml": b"r", "shop/d/a.yaml": b"a"}))
    assert not isinstance(wrapped, Trouble)
    assert wrapped.names() == ("d/a.yaml", "ruleset.yaml")
    assert wrapped.read("ruleset.yaml") == b"r"


def test_archives_without_files() -> None:
    """An empty archive is an empty folder."""
    assert open_archive(zipped({})) == MappingFolder({})


def test_bad_archives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives that are broken, doubled or crowded are refused."""
    whole = zipped({"ruleset.yaml": b"x" * 5000})
    assert code(open_archive(whole[: len(whole) // 2])) == "bad-zip"
    doubled = zipped({"a.yaml": b"1", "b.yaml": b"2"}).replace(b"b.yaml", b"a.yaml")
    assert code(open_archive(doubled)) == "bad-zip"
    spoiled = bytearray(zipped({"ruleset.yaml": os.urandom(500)}))
    spoiled[60:80] = bytes(20)
    found = open_archive(bytes(spoiled))
    assert not isinstance(found, Trouble)
    assert code(found.read("ruleset.yaml")) == "bad-zip"
    monkeypatch.setattr(archive, "_MOST_MEMBERS", 1)
    assert code(open_archive(zipped({"a": b"", "b": b""}))) == "ruleset-too-large"


def test_archive_bombs() -> None:
    """A member that unpacks to more than the bound is refused, whatever its header says."""
    found = open_archive(zipped({"ruleset.yaml": bytes(9 * 1024 * 1024)}))
    assert not isinstance(found, Trouble)
    assert code(found.read("ruleset.yaml")) == "file-too-large"


def test_roots(tmp_path: Path) -> None:
    """A path leads to a folder's ruleset or to a file; a path that is nothing leads nowhere."""
    (tmp_path / "a.yaml").write_bytes(b"")
    of_file = root_at(tmp_path / "a.yaml")
    assert of_file is not None
    assert of_file.main == "a.yaml"
    of_folder = root_at(tmp_path)
    assert of_folder is not None
    assert of_folder.main == "ruleset.yaml"
    assert root_at(tmp_path / "b") is None
    assert root_at(Path("a\0b")) is None
    assert Root(MappingFolder({})).beside("x") is None
    assert of_folder.beside("../x") is None


def test_paths_that_cannot_be_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """A path without rights leads nowhere."""

    def refuse(_: Path) -> bool:
        raise PermissionError

    monkeypatch.setattr(Path, "is_dir", refuse)
    assert root_at(Path("a")) is None


def test_packaged_rulesets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Packaged rulesets are those folders that have a first file."""
    (tmp_path / "rulesets" / "retail").mkdir(parents=True)
    (tmp_path / "rulesets" / "empty").mkdir()
    (tmp_path / "rulesets" / "retail" / "ruleset.yaml").write_bytes(b"x")
    monkeypatch.setattr(shelf, "files", lambda _: tmp_path)
    assert packaged_names() == ("retail",)
    found = packaged("retail")
    assert found is not None
    assert found.folder.read("ruleset.yaml") == b"x"
    assert packaged("empty") is None
    monkeypatch.setattr(shelf, "files", lambda _: tmp_path / "src" / "package")
    assert packaged_names() == ("retail",)
    monkeypatch.setattr(shelf, "files", lambda _: tmp_path / "lib" / "site" / "package")
    assert packaged_names() == ()


def test_packaged_rulesets_in_a_zip(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Packaged rulesets are found in a zipped package, too."""
    (tmp_path / "p.zip").write_bytes(zipped({"pkg/rulesets/core/ruleset.yaml": b"x"}))
    with zipfile.ZipFile(tmp_path / "p.zip") as opened:
        monkeypatch.setattr(shelf, "files", lambda _: zipfile.Path(opened, "pkg/"))
        found = packaged("core")
        assert found is not None
        assert found.identity == "package:core"
        assert found.folder.read("ruleset.yaml") == b"x"
