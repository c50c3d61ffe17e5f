"""A decision as a complaint handler would like to read it on a terminal."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Callable, Iterable, Sized
from typing import Final
from zoneinfo import ZoneInfo

from rich.console import Console, Group
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bars
from rich.table import Table
from rich.text import Text

from complaint_rules.batch import Progress, Summary
from complaint_rules.calendar import zone
from complaint_rules.cli.words import WORDS
from complaint_rules.decision import Decision
from complaint_rules.decision.shape import Choice, DecidedAction
from complaint_rules.money import Money
from complaint_rules.policy import Item, Policy

_STYLES: Final = {
    "overdue": "bold red",
    "met_late": "red",
    "at_risk": "yellow",
    "met": "green",
    "paused": "cyan",
    "unknown": "dim",
}


def show(policy: Policy, decision: Decision, language: str) -> None:
    """Print a decision: what to do now first, what is behind it after."""
    page = _Page(policy, decision, language)
    console = Console(file=sys.stdout, highlight=False, soft_wrap=False)
    console.print(page.header())
    for part in page.parts():
        console.print(part)


class _Page:
    """One decision in one language; every word of the ruleset is plain text, never markup."""

    def __init__(self, policy: Policy, decision: Decision, language: str) -> None:
        self.policy = policy
        self.decision = decision
        self.language = language
        self.words = WORDS[language]
        self.zone = zone(decision.timezone) or ZoneInfo("UTC")

    def name(self, items: dict[str, Item], key: str) -> str:
        """Return an item's title in the language, else in English, else its id."""
        item = items.get(key)
        if item is None:
            return key
        return item.title.get(self.language) or item.title.get("en") or key

    def when(self, instant: int | None) -> str:
        """Return an instant in the complaint's zone, with how far away it is."""
        if instant is None:
            return "–"
        local = datetime.datetime.fromtimestamp(instant, self.zone)
        return f"{local:%Y-%m-%d %H:%M} ({_away(instant - self.decision.at)})"

    def money(self, amount: Money | None) -> str:
        """Return an amount with its currency."""
        return "–" if amount is None else f"{amount.amount} {amount.currency}"

    def header(self) -> Text:
        """Return the line that says what was decided, by which ruleset, as of when."""
        decision = self.decision
        stage = next((s for s in self.policy.stages if s.id == decision.stage), None)
        stages: dict[str, Item] = {} if stage is None else {stage.id: stage}
        told = Text(decision.complaint_id or self.words["complaint"], style="bold")
        told.append(f"   {self.name(stages, decision.stage)}", style="bold cyan")
        types = [t.type + ("?" if t.status == "proposed" else "") for t in decision.types]
        told.append(f"   {', '.join(types)}")
        stamp = f"{decision.ruleset.id} {decision.ruleset.edition}"
        told.append(
            f"\n{stamp} · {self.when(decision.at).split(' (')[0]} {decision.timezone}", "dim"
        )
        return told

    def parts(self) -> Iterable[Group | Text]:
        """Yield the parts that have something to say, most pressing first."""
        decision = self.decision
        if not decision.actions:
            yield Text(f"\n{self.words['nothing']}", style="bold green")
        told: tuple[tuple[str, Sized, Callable[[], Table | Text]], ...] = (
            ("now", decision.actions, lambda: self.actions(decision.actions)),
            ("owed", decision.owed, self.owed),
            ("choices", decision.choices, lambda: self.choices(decision.choices)),
            ("goodwill", decision.goodwill, lambda: self.choices(decision.goodwill)),
            ("withheld", decision.withheld, self.withheld),
            ("never", decision.prohibitions, lambda: self.list(self._forbidden())),
            ("manner", decision.manner, lambda: self.list(self._manner())),
            ("asks", decision.asks, self.asks),
            ("targets", decision.targets, self.targets),
        )
        yield from (self.part(title, body()) for title, lines, body in told if lines)
        if decision.review_at is not None:
            yield Text(f"\n{self.words['review']}: {self.when(decision.review_at)}")

    def part(self, title: str, body: Table | Text) -> Group:
        """Return one titled part."""
        return Group(Text(f"\n{self.words[title]}", style="bold"), Padding(body, (0, 0, 0, 2)))

    def table(self, *heads: str) -> Table:
        """Return an empty table with translated heads."""
        made = Table(box=None, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for head in heads:
            made.add_column(self.words[head] if head else "", overflow="fold")
        return made

    def actions(self, actions: tuple[DecidedAction, ...]) -> Table:
        """Return the actions in order."""
        made = self.table("", "action", "owner", "due", "status")
        items: dict[str, Item] = dict(self.policy.actions)
        for number, action in enumerate(actions, start=1):
            made.add_row(
                Text(str(number)),
                Text(self.name(items, action.id)),
                Text(action.owner),
                Text(self.when(action.due)),
                Text(action.status, style=_STYLES.get(action.status, "")),
            )
        return made

    def owed(self) -> Table:
        """Return what is owed."""
        made = self.table("remedy", "amount", "due", "waits")
        items: dict[str, Item] = dict(self.policy.remedies)
        for line in self.decision.owed:
            made.add_row(
                Text(self.name(items, line.remedy)),
                Text(self.money(line.amount)),
                Text(self.when(line.due)),
                Text(", ".join(line.waiting_for)),
            )
        return made

    def choices(self, choices: tuple[Choice, ...]) -> Table:
        """Return offers by rank."""
        made = self.table("", "remedy", "amount", "approver", "excludes")
        items: dict[str, Item] = dict(self.policy.remedies)
        for number, choice in enumerate(choices, start=1):
            made.add_row(
                Text(str(number)),
                Text(self.name(items, choice.remedy)),
                Text(self.money(choice.amount)),
                Text(choice.approver),
                Text(", ".join(self.name(items, other) for other in choice.excludes)),
            )
        return made

    def withheld(self) -> Table:
        """Return what is not offered, and why."""
        made = self.table("remedy", "reason", "waits")
        items: dict[str, Item] = dict(self.policy.remedies)
        for line in self.decision.withheld:
            made.add_row(
                Text(self.name(items, line.remedy)),
                Text(self.words[f"reason_{line.reason}"]),
                Text(", ".join(line.waiting_for)),
            )
        return made

    def asks(self) -> Table:
        """Return the questions, most decisive first."""
        made = self.table("fact", "by", "unlocks")
        for ask in self.decision.asks:
            fact = self.policy.facts.get(ask.fact)
            title = "" if fact is None else fact.title.get(self.language) or fact.title.get("en")
            made.add_row(
                Text(title or ask.fact),
                Text(self.name(dict(self.policy.actions), ask.learn_by or "–")),
                Text(str(len(ask.blocks))),
            )
        return made

    def targets(self) -> Table:
        """Return the targets with their clocks."""
        made = self.table("target", "due", "status")
        for target in self.decision.targets:
            made.add_row(
                Text(self.name(dict(self.policy.targets), target.id)),
                Text(self.when(target.met_at if target.met_at is not None else target.due)),
                Text(target.status, style=_STYLES.get(target.status, "")),
            )
        return made

    def list(self, lines: Iterable[str]) -> Text:
        """Return lines, each with a dot."""
        return Text("\n".join(f"· {line}" for line in lines))

    def _forbidden(self) -> Iterable[str]:
        for prohibition in self.decision.prohibitions:
            mark = "?" if prohibition.basis == "unknown" else ""
            yield self.name(dict(self.policy.actions), prohibition.id) + mark

    def _manner(self) -> Iterable[str]:
        for manner in self.decision.manner:
            said = self.policy.manner[manner.id]
            guidance = said.guidance.do.get(self.language) or said.guidance.do.get("en", "")
            yield f"{self.name(dict(self.policy.manner), manner.id)}: {guidance}"


def _away(seconds: int) -> str:
    size = abs(seconds)
    for unit, length in (("d", 86400), ("h", 3600), ("min", 60)):
        if size >= length:
            return f"{'-' if seconds < 0 else '+'}{size // length} {unit}"
    return "0 min"


def show_summary(summary: Summary) -> None:
    """Print what a batch run came to."""
    console = Console(file=sys.stdout, highlight=False)
    data = summary.as_data()
    console.print(Text(f"{data.pop('decided')} decided, {data.pop('rejected')} rejected", "bold"))
    unread = data.pop("columns_not_read")
    if unread:
        console.print(Text(f"columns not read: {', '.join(unread)}", style="dim"))
    for name, counts in data.items():
        if not counts:
            continue
        table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
        for key, count in counts.items():
            table.add_row(Text(str(count), justify="right"), Text(key))
        title = Text(f"\n{name.replace('_', ' ')}", style="bold")
        console.print(Group(title, Padding(table, (0, 0, 0, 2))))


def progress_bar() -> tuple[Callable[[Progress], None], Callable[[], None]]:
    """Return how to show a run's progress on the terminal, and how to take the bar away."""
    bars = Bars(
        TextColumn("deciding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    task = bars.add_task("rows", total=None)
    bars.start()

    def shown(progress: Progress) -> None:
        bars.update(task, completed=progress.read, total=progress.total or None)

    return shown, bars.stop
