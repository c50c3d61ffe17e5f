"""Loading: from whatever names a ruleset to a policy, or to a report of every fault."""

from __future__ import annotations

import io
import os
import pickle
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.errors import RulesetError
from complaint_rules.loading import check, load, loads, packaged, sources
from complaint_rules.problem import Report

TEXT = """
format: 1
id: shop
edition: "1"
title: Shop
currency: EUR
calendars:
  office: {timezone: Europe/Budapest, hours: {mon-fri: "09:00-17:00"}}
facts:
  fault: {kind: choice, values: [company, customer]}
actions:
  apologise: {owner: agent}
rules:
  - id: admit
    text: Admit the fault
    source: house
    when: {fault: company}
    then: {do: [apologise]}
"""


def zipped(text: str = TEXT) -> bytes:
    """Return an archive of one ruleset."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("shop/ruleset.yaml", text)
    return buffer.getvalue()


def codes(report: Report) -> list[str]:
    """Return the codes of a report."""
    return [problem.code for problem in report.problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with the ruleset in it, as a file, an archive and a folder."""
    (tmp_path / "shop").mkdir()
    (tmp_path / "shop" / "ruleset.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "shop.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "shop.zip").write_bytes(zipped())
    return tmp_path


def test_every_way_to_name_a_ruleset_gives_the_same(folder: Path) -> None:
    """A path as text or `Path`, to a folder, file or archive; bytes; a resource: one policy."""
    origins = [
        str(folder / "shop"),
        folder / "shop",
        folder / "shop.yaml",
        folder / "shop.zip",
        zipped(),
        TEXT.encode(),
        zipfile.Path(folder / "shop.zip", "shop/"),
        zipfile.Path(folder / "shop.zip", "shop/ruleset.yaml"),
    ]
    prints = {load(origin).fingerprint for origin in origins}
    assert len(prints) == 1
    assert loads(TEXT).fingerprint in prints
    assert loads(zipped()).fingerprint in prints


def test_packaged_rulesets_load() -> None:
    """Each packaged ruleset has a name by which it loads."""
    for name in packaged():
        assert load(name).id == name


def test_a_policy_can_be_pickled() -> None:
    """A loaded policy goes through pickle, for processes that share work."""
    policy = loads(TEXT)
    assert pickle.loads(pickle.dumps(policy)).fingerprint == policy.fingerprint


def test_bad_rulesets_raise_with_their_report() -> None:
    """`load` and `loads` raise for a bad ruleset what `check` reports."""
    bad = TEXT.replace("fault: company", "fautl: company")
    with pytest.raises(RulesetError, match="unknown-fact") as caught:
        loads(bad)
    assert codes(caught.value.report) == codes(check(bad.encode())) == ["unknown-fact"]
    with pytest.raises(RulesetError):
        load(bad.encode())


def test_warnings_do_not_refuse() -> None:
    """A ruleset with warnings only loads, and `check` tells them."""
    text = TEXT.replace("    source: house\n", "")
    assert loads(text).id == "shop"
    assert codes(check(text.encode())) == ["missing-source"]


def test_a_texts_name_stands_in_its_problems() -> None:
    """`loads` calls the text what the caller calls it."""
    with pytest.raises(RulesetError) as caught:
        loads("a: [", name="mine.yaml")
    span = caught.value.report.problems[0].span
    assert span is not None
    assert span.file == "mine.yaml"


@pytest.mark.parametrize("origin", ["shpo", "", "no/such/path", "a\0b", Path("gone.yaml")])
def test_there_is_no_such_ruleset(origin: str | Path) -> None:
    """What is neither a name nor a path is told, on one line."""
    with pytest.raises(RulesetError) as caught:
        load(origin)
    problem = caught.value.report.problems[0]
    assert problem.code == "no-such-ruleset"
    assert problem.help
    assert problem.message.isprintable()


def test_names_are_guessed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip in a packaged name is told with the name that was meant."""
    monkeypatch.setattr(sources, "packaged_names", lambda: ("core", "retail"))
    assert check("retial").problems[0].help == "did you mean `retail`?"
    assert "`core`, `retail`" in check("x").problems[0].help


def test_a_folder_of_rulesets_names_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that is no ruleset tells which rulesets lie in it, as far as they can be listed."""
    monkeypatch.chdir(tmp_path)
    for number in range(2, 11):
        (tmp_path / f"sets/deep/n{number:02}").mkdir(parents=True)
        (tmp_path / f"sets/deep/n{number:02}/ruleset.yaml").write_text(TEXT, encoding="utf-8")
    (problem,) = check("sets").problems
    assert problem.code == "missing-file"
    assert (
        problem.message == "`sets` is not a ruleset: it has no `ruleset.yaml`, but 9 rulesets in it"
    )
    listed = ", ".join(f"`sets/deep/n{number:02}`" for number in range(2, 10))
    assert problem.help == f"name one of: {listed} …"
    with pytest.raises(RulesetError, match="name one of"):
        load(Path("sets"))


def test_a_folder_of_one_ruleset_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one is named so that it is found: a packaged name would go before a folder of it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "core").mkdir()
    (tmp_path / "core" / "ruleset.yaml").write_text(TEXT, encoding="utf-8")
    (problem,) = check(".").problems
    assert problem.message == "`.` is not a ruleset: it has no `ruleset.yaml`, but a ruleset in it"
    assert problem.help == "name it: `./core`"
    assert load("./core").id == "shop"


def test_a_folder_without_rulesets_is_told_as_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where no ruleset lies in it, or there is too much to look through, the file is missing."""
    (tmp_path / "sub").mkdir()
    (problem,) = check(tmp_path).problems
    assert problem.message == "`ruleset.yaml` does not exist"
    (tmp_path / "sub" / "ruleset.yaml").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("complaint_rules.composition.folder._MOST_ENTRIES", 1)
    (problem,) = check(tmp_path).problems
    assert problem.message == "`ruleset.yaml` does not exist"


def test_unreadable_origins(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Archives that are none, are too large or cannot be opened are told; so are lost resources."""
    (folder / "bad.zip").write_bytes(b"nothing")
    assert codes(check(folder / "bad.zip")) == ["bad-zip"]
    assert codes(check(zipped()[:60])) == ["bad-zip"]
    with pytest.raises(RulesetError):
        loads(zipped()[:60])
    gone = zipfile.Path(folder / "shop.zip", "gone.yaml")
    assert codes(check(gone)) == ["no-such-ruleset"]
    monkeypatch.setattr(sources, "_LARGEST_ARCHIVE", 3)
    assert codes(check(folder / "shop.zip")) == ["ruleset-too-large"]
    monkeypatch.undo()

    def refuse(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert codes(check(folder / "shop.zip")) == ["no-such-ruleset"]


def test_a_folder_called_like_an_archive(tmp_path: Path) -> None:
    """A folder whose name ends in `.zip` is a folder."""
    (tmp_path / "shop.zip").mkdir()
    (tmp_path / "shop.zip" / "ruleset.yaml").write_text(TEXT, encoding="utf-8")
    assert load(tmp_path / "shop.zip").id == "shop"


def test_faults_of_all_stages_come_in_one_run() -> None:
    """One run tells faults of text, shape and meaning together."""
    text = (
        TEXT.replace("title: Shop", "title: Shop\ntitle: Shop")
        .replace("{owner: agent}", "{owner: agent, ownr: agent}")
        .replace("fault: company", "fault: compny")
    )
    assert codes(check(text.encode())) == ["duplicate-key", "unknown-key"]
    sound = text.replace("duplicate", "").replace("title: Shop\ntitle: Shop", "title: Shop")
    assert codes(check(sound.encode())) == ["unknown-key", "unknown-value"]


def test_what_only_follows_is_not_told() -> None:
    """Names that are declared in ill-formed items or unreadable files are not told as unknown."""
    ill_formed = TEXT.replace("{kind: choice, values", "{kind: chioce, values")
    assert codes(check(ill_formed.encode())) == ["bad-value"]
    record = TEXT.replace("fault: {kind: choice", "fault: {knid: choice").replace(
        "fault: company", "fault.x: company"
    )
    assert codes(check(record.encode())) == ["unknown-key"]
    cut = TEXT.replace("currency: EUR", "currency: EUR\ninclude: gone.yaml").replace(
        "fault: company", "elsewhere: company"
    )
    assert codes(check(cut.encode())) == ["missing-file"]
    empty = "format: 1\ninclude: gone.yaml\n"
    assert codes(check(empty.encode())) == ["missing-file"]
    warned = cut.replace("    source: house\n", "")
    assert codes(check(warned.encode())) == ["missing-file"]


def test_nothing_is_left_to_check() -> None:
    """A text that is no ruleset at all is one problem."""
    assert codes(check(b"- a\n")) == ["not-a-ruleset"]
    assert codes(check(b"")) == ["empty-file"]
    assert codes(check(b"\xff\xfe\x00")) == ["bad-encoding"]
    with pytest.raises(RulesetError):
        loads("\ud800")


def test_the_clock_and_the_place_do_not_matter(folder: Path) -> None:
    """The same ruleset gives the same report and policy from wherever it is run."""
    before = os.getcwd()  # noqa: PTH109
    relative = folder / "shop"
    try:
        os.chdir(folder)
        assert load("shop").fingerprint == load(relative).fingerprint
        assert load(Path("shop.yaml")).fingerprint == load(relative).fingerprint
    finally:
        os.chdir(before)


LINES = TEXT.splitlines(keepends=True)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, len(TEXT)),
            st.integers(0, 6),
            st.sampled_from(["", "\n", ": ", "- ", "{", "}", "[", '"', "x", "5", "\t", "&a ", "é"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_mutated_rulesets_give_reports(changes: list[tuple[int, int, str]]) -> None:
    """Whatever is cut out of a ruleset or put into it, `check` reports and never raises."""
    text = TEXT
    for start, size, instead in changes:
        text = text[:start] + instead + text[start + size :]
    report = check(text.encode())
    for problem in report.problems:
        assert problem.message.isprintable()
        assert problem.span is not None


@settings(max_examples=60, deadline=None)
@given(st.permutations(LINES[11:]).map("".join), st.integers(0, len(LINES)))
def test_shuffled_rulesets_give_reports(shuffled: str, cut: int) -> None:
    """Lines in any order, or missing, give a report as well."""
    report = check(
        ("".join(LINES[:11]) + "".join(shuffled.splitlines(keepends=True)[:cut])).encode()
    )
    assert isinstance(report, Report)
