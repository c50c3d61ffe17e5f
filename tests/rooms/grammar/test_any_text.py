"""Properties: trees survive being written, and any text at all gets an answer."""

from __future__ import annotations

import pickle
import threading
from decimal import Decimal
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.grammar import (
    Binary,
    Call,
    Compare,
    Dash,
    DateLiteral,
    DueFraction,
    DueName,
    DueNow,
    DurationLiteral,
    Equal,
    FactReference,
    Fault,
    InstantLiteral,
    Interval,
    KnownTest,
    MoneyLiteral,
    Name,
    Negate,
    Node,
    NotTest,
    NumberLiteral,
    PercentLiteral,
    TestList,
    TextLiteral,
    Word,
    YesNoLiteral,
    parse_due,
    parse_duration,
    parse_expression,
    parse_test,
    unparse,
)
from complaint_rules.grammar.modes import Mode
from complaint_rules.grammar.parser import parse
from complaint_rules.grammar.reserved import RESERVED

numbers = st.decimals(0, 10**12, allow_nan=False, allow_infinity=False, places=3)
_simple = st.from_regex(r"[a-zé_ش][a-z0-9_]{0,6}(\.[a-z][a-z0-9_]{0,4})?", fullmatch=True)
names = _simple.filter(lambda name: name not in {*RESERVED, "yes", "no", "true", "false"})
facts = names.map(FactReference)
texts = st.text(max_size=12).map(TextLiteral)
durations = st.one_of(
    st.builds(DurationLiteral, numbers, st.sampled_from(["m", "h", "bm", "bh"])),
    st.builds(
        DurationLiteral,
        numbers,
        st.sampled_from(["d", "w", "mo", "bd"]),
        st.sampled_from(["", "day", "business"]),
    ),
)
leaves = st.one_of(
    numbers.map(NumberLiteral),
    numbers.map(PercentLiteral),
    st.builds(MoneyLiteral, numbers, st.sampled_from(["EUR", "HUF", "IRR"])),
    durations,
    st.dates().map(lambda day: DateLiteral(day.isoformat())),
    st.datetimes().map(lambda at: InstantLiteral(at.isoformat(timespec="seconds") + "+03:30")),
    texts,
    st.booleans().map(YesNoLiteral),
    names.map(Name),
    facts,
)
expressions = st.recursive(
    leaves,
    lambda inner: st.one_of(
        inner.map(Negate),
        st.builds(Binary, st.sampled_from("+-*/"), inner, inner),
        st.builds(
            Call, names.filter(lambda n: n != "fact"), st.lists(inner, max_size=3).map(tuple)
        ),
    ),
    max_leaves=12,
)
operators = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])


def over(operands: st.SearchStrategy, states: list[str]) -> st.SearchStrategy:
    def is_state(value: object) -> bool:
        return isinstance(value, Name) and value.text in states

    member = st.one_of(
        operands.filter(lambda value: not is_state(value)).map(Equal),
        st.builds(Compare, operators, operands),
        st.builds(Interval, operands, st.booleans(), operands, st.booleans()),
        st.sampled_from(states).map(KnownTest),
    )
    several = st.lists(member, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        member,
        several.map(TestList),
        st.lists(member, min_size=1, max_size=4).map(tuple).map(NotTest),
        st.just(Dash()),
    )


words = st.from_regex(r"[a-z0-9_é]{1,5}([.-][a-z0-9_ش]{1,3})?", fullmatch=True)
operands = st.one_of(
    words.filter(lambda word: word not in ("known", "unknown")).map(Word), texts, facts
)


@given(expressions)
def test_expressions_survive(tree: object) -> None:
    """What unparse writes of an expression parses to an equal tree."""
    assert parse_expression(unparse(tree)) == tree  # type: ignore[arg-type]


@given(over(expressions, ["known", "unknown", "happened", "not_yet"]))
def test_value_tests_survive(tree: object) -> None:
    """What unparse writes of a value test parses to an equal tree."""
    assert parse_test(unparse(tree), words=False) == tree  # type: ignore[arg-type]


@given(over(operands, ["known", "unknown"]))
def test_word_tests_survive(tree: object) -> None:
    """What unparse writes of a words test parses to an equal tree."""
    assert parse_test(unparse(tree), words=True) == tree  # type: ignore[arg-type]


@given(durations)
def test_durations_survive(tree: DurationLiteral) -> None:
    """What unparse writes of a duration parses to an equal one, also as a due time."""
    assert parse_duration(unparse(tree)) == tree
    assert parse_due(unparse(tree)) == tree


parts = st.fractions(Fraction(1, 99), 1, max_denominator=99)


@given(st.one_of(st.just(DueNow()), st.builds(DueFraction, parts, st.just("x-y"))))
def test_due_times_survive(tree: object) -> None:
    """What unparse writes of a due time parses to an equal one."""
    assert parse_due(unparse(tree)) == tree  # type: ignore[arg-type]
    assert parse_due(unparse(DueName("a"))) == DueName("a")


_SNIPPETS = (
    *"()[]<>=!+-*/%,;:.'\"\\#&|€–×۱१“”‘’…≥（، \t\n\u00a0\u200b",
    *("..", "1", "25", "000", "5.5", "1,000", "EUR", "eur", "h", "bd", "mo", "end of day", "days"),
    *("business", "not(", "not", "fact(", "known", "not_yet", "and", "in", "a.b", "s1", "x", "of"),
    *("now", "1/4", "2026-11-30", "T09:00Z", "30.11.2026", "=>", "<>", "> =", "1e5", "EOD"),
)
soups = st.lists(st.sampled_from(_SNIPPETS), max_size=12).map("".join)
spaced = st.lists(st.sampled_from(_SNIPPETS), max_size=9).map(" ".join)
anything = st.one_of(
    st.text(), st.text(st.characters(categories=["Cs", "Nd", "P", "S", "Mn", "Zs"])), soups, spaced
)


@given(anything, st.sampled_from(Mode))
@settings(max_examples=1500, deadline=None)
def test_any_text_gets_an_answer(text: str, mode: Mode) -> None:
    """Any text gives a tree that survives being written, or a fault inside the text."""
    result = parse(text, mode)
    if isinstance(result, Fault):
        assert 0 <= result.start <= result.end <= len(text)
        assert result.message == " ".join(result.message.splitlines())
        assert result.help
    else:
        assert isinstance(result, Node)
        assert 0 <= result.start < result.end <= len(text)
        assert parse(unparse(result), mode) == result  # type: ignore[arg-type]


def test_a_tree_can_be_pickled() -> None:
    """Trees and faults can be sent to another process."""
    tree = parse_test("not([1..5), > 2 * a, known)", words=False)
    fault = parse_test("5 and 6", words=False)
    assert pickle.loads(pickle.dumps((tree, fault))) == (tree, fault)


def test_offsets_do_not_make_trees_differ() -> None:
    """Trees that differ only in blanks are equal and hash alike."""
    assert parse_expression(" a  +  b ") == parse_expression("a+b")
    assert hash(parse_expression(" a  +  b ")) == hash(parse_expression("a+b"))
    assert NumberLiteral(Decimal(1), start=3, end=4) == NumberLiteral(Decimal(1))


def test_threads_share_the_parser() -> None:
    """Many threads parsing at once all get the answers that one thread gets."""
    cases = [f"[{n}..{n + 1}), {n} and {n}" if n % 2 else f"{n}, > {n} * a" for n in range(40)]
    expected = [parse_test(text, words=False) for text in cases]
    found: list[bool] = []

    def work() -> None:
        found.append([parse_test(text, words=False) for text in cases] == expected)

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [True] * 8
