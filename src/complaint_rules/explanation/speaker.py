"""A voice: names, numbers, amounts and times as one language writes them."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Final

from complaint_rules.calendar import zone
from complaint_rules.decision.answer.shown import number_text
from complaint_rules.errors import StateError
from complaint_rules.explanation.phrases import BY_LANGUAGE
from complaint_rules.facts import Kind
from complaint_rules.money import Money
from complaint_rules.policy import Policy, Row, TableOf
from complaint_rules.problem import Problem, Report
from complaint_rules.spelling import help_for

RTL: Final = frozenset({"fa", "ar"})
"""Languages written from right to left."""
OPEN, CLOSE = "\u2068", "\u2069"
LEFT: Final = "\u200e"
_DIGITS: Final = {
    "fa": str.maketrans("0123456789.", "۰۱۲۳۴۵۶۷۸۹٫"),
    "ar": str.maketrans("0123456789.", "٠١٢٣٤٥٦٧٨٩٫"),
    "hu": str.maketrans(".", ","),
}
_UNITS: Final = (("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1))
_STRONG_RIGHT: Final = frozenset({"R", "AL"})
_TURNS: Final = frozenset(
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)


def refuse(code: str, message: str, cure: str) -> StateError:
    """Return the error that something asked of an explanation cannot be answered."""
    return StateError(Report.of([Problem(code, message, help=cure)]))


def clean(text: str) -> str:
    """Return a ruleset's or a host's text on one line, without controls of any kind."""
    kept = (" " if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text)
    return " ".join("".join(c for c in kept if c not in _TURNS).split())


class Speaker:
    """
    One policy told in one language.

    Args:
        policy: The policy, whose titles and texts are told.
        language: ``en``, ``fa``, ``hu`` or ``ar``.
        timezone: Name of the zone that times are told in.

    Raises:
        StateError: There is no such language (`unknown-language`).
    """

    def __init__(self, policy: Policy, language: str, timezone: str) -> None:
        if language not in BY_LANGUAGE:
            cure = help_for(language, tuple(BY_LANGUAGE))
            raise refuse("unknown-language", f"no phrases for language `{clean(language)}`", cure)
        self.policy, self.language, self.timezone = policy, language, timezone
        self._zone = zone(timezone)
        self._phrases = BY_LANGUAGE[language]
        self._rows: dict[str, Row] | None = None

    # ------------------------------------------------------------------- words

    def say(self, phrase: str, **parts: str) -> str:
        """Return a phrase with its parts, which are words already."""
        return self._phrases[phrase].format(**parts)

    def free(self, text: str) -> str:
        """Return a text of a ruleset or a host, isolated where it runs the other way."""
        text = clean(text)
        if self.language in RTL:
            foreign = any(c.isascii() and c.isalnum() for c in text)
        else:
            foreign = any(unicodedata.bidirectional(c) in _STRONG_RIGHT for c in text)
        return f"{OPEN}{text}{CLOSE}" if foreign else text

    def text(self, texts: Mapping[str, str], name: str) -> str:
        """Return a text in this language, else in English, else the id it belongs to."""
        return self.free(texts.get(self.language) or texts.get("en") or name)

    def list(self, words: Iterable[str]) -> str:
        """Return words in a row."""
        return self.say("list").join(words)

    def parts(self, *words: str) -> str:
        """Return the parts of a line that are there."""
        return self.say("parts").join(word for word in words if word)

    # ------------------------------------------------------------------- names

    def name(self, kind: str, name: str) -> str:
        """Return what an item is called: its title, else its id."""
        policy = self.policy
        sections: Mapping[str, Mapping[str, object]] = {
            "action": policy.actions,
            "prohibition": policy.actions,
            "manner": policy.manner,
            "target": policy.targets,
            "remedy": policy.remedies,
            "type": policy.types,
            "group": policy.groups,
            "calendar": policy.openings,
            "setting": policy.settings,
            "fact": policy.facts,
            "stage": {each.id: each for each in (*policy.stages, *policy.sides)},
        }
        item = sections.get(kind, {}).get(name)
        if kind == "remedy" and name == "entitlement":
            item = policy.facts.get(name)
        title: Mapping[str, str] = getattr(item, "title", {})
        return self._fact(name) if kind == "fact" and not title else self.text(title, name)

    def _fact(self, name: str) -> str:
        """Return a fact without a title: in the package's words, a field after its record."""
        owner, dot, field = name.partition(".")
        kind, _, last = field.rpartition(".")
        if owner == "type_basis" and last in ("confirmed_by", "expires_at"):
            return self.say(last, type=self.name("type", kind))
        if dot:
            return f"{self.name('fact', owner)}: {self.field(field)}"
        fact = self.policy.facts.get(name)
        if fact is not None and fact.reserved and f"fact.{name}" in self._phrases:
            return self.say(f"fact.{name}")
        return self.free(name)

    def names(self, kind: str, names: Iterable[str]) -> str:
        """Return what several items are called."""
        return self.list(self.name(kind, name) for name in names)

    def rule(self, name: str) -> str:
        """Return what a rule, a row, a target or a remedy that reasons name says, with its id."""
        if name in ("promise", "entitlement"):
            return self.say(f"package.{name}")
        item = self.policy.targets.get(name) or self.policy.remedies.get(name)
        if item is not None:
            return self.text(item.title or item.text, name)
        told = self._texts_of(name)
        words = self.text(told, name)
        return f"{words} ({self.free(name)})" if told else words

    def word(self, word: str, fact: str = "") -> str:
        """Return what a value of a fact, a role or a channel is called: its word, else itself."""
        words = self.policy.words
        return self.text(words.get(f"{fact}.{word}") or words.get(word) or {}, word)

    def source(self, source: str) -> str | None:
        """Return what a source is called: its word, or the word before its number; None if none."""
        words = self.policy.words
        name, _, number = source.rpartition("-")
        if source in words:
            return self.word(source)
        if name in words and number.isdecimal():
            return f"{self.word(name)} {self.number(number.lstrip('0'))}"
        return None

    def field(self, name: str) -> str:
        """Return what a field of a listed record is called."""
        return self._phrases.get(f"field.{name}") or self.free(name)

    def _texts_of(self, name: str) -> Mapping[str, str]:
        policy = self.policy
        for rule in policy.rules:
            if rule.id == name:
                return rule.text or rule.title
        if self._rows is None:
            self._rows = {row.id: row for row in _rows(policy)}
        row = self._rows.get(name)
        return {} if row is None else row.text

    # ------------------------------------------------------------------ values

    def number(self, text: object) -> str:
        """Return a number in this language's digits."""
        told = str(text).translate(_DIGITS.get(self.language, {}))
        # Persian digits run with the text before them: the mark keeps their sign on the left.
        return f"{LEFT}{told}" if self.language == "fa" and told.startswith("-") else told

    def money(self, money: Money) -> str:
        """Return an amount with its currency."""
        return self.amount(number_text(money.amount), money.currency)

    def amount(self, amount: str, currency: str) -> str:
        """Return an amount, given as text, with its currency."""
        titles = self.policy.words.get(currency)
        name = (titles or {}).get(self.language, currency)
        return self.free(f"{self.number(amount)} {clean(name)}")

    def instant(self, at: int) -> str:
        """Return an instant in local time, with the day of the week."""
        local = datetime.datetime.fromtimestamp(at, tz=self._zone)
        seconds = f":{local.second:02}" if local.second else ""
        return self.say(
            "instant",
            day=self.say(f"day.{local.weekday()}"),
            date=self.number(local.date().isoformat()),
            time=self.number(f"{local.hour:02}:{local.minute:02}{seconds}"),
        )

    def length(self, seconds: int, kind: Kind = Kind.DURATION) -> str:
        """Return a length of time in its largest units; open time as hours and minutes."""
        business = kind is Kind.BUSINESS_DURATION
        found, rest = [], abs(seconds)
        for unit, size in _UNITS[1:] if business else _UNITS:
            count, rest = divmod(rest, size)
            if count:
                found.append(self.say(f"unit.{unit}", count=self.number(count)))
        words = " ".join(found) or self.say("unit.m", count=self.number(0))
        if seconds < 0:
            words = f"−{words}"
        return self.say("open_time", length=words) if business else words


def _rows(policy: Policy) -> list[Row]:
    tables = [target.table for target in policy.targets.values() if target.table is not None]
    amounts = [remedy.amount for remedy in policy.remedies.values()]
    tables += [amount.table for amount in amounts if isinstance(amount, TableOf)]
    return [row for table in tables for row in table.rows]
