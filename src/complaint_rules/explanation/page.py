"""The whole decision in words: `explain`, `explanation`, `why`, `ask`."""

from __future__ import annotations

from complaint_rules.decision.answer.shape import Decision
from complaint_rules.explanation.because import Account
from complaint_rules.explanation.forms import render
from complaint_rules.explanation.items import find
from complaint_rules.explanation.lines import LISTED, section
from complaint_rules.explanation.speaker import Speaker, refuse
from complaint_rules.explanation.tree import Explanation
from complaint_rules.policy import Policy


def explain(policy: Policy, decision: Decision, *, language: str = "en", form: str = "text") -> str:
    """
    Return a whole decision in words.

    Args:
        policy: The policy that decided.
        decision: What it decided.
        language: ``en``, ``fa``, ``hu`` or ``ar``. A ruleset's text that lacks it is told in
            English, else by its id.
        form: ``text``, ``markdown`` or ``html`` (a fragment, everything escaped).

    Raises:
        StateError: Another ruleset decided (`foreign-decision`); there is no such language
            (`unknown-language`) or form (`unknown-form`).
    """
    return render(explanation(policy, decision, language=language), form)


def explanation(policy: Policy, decision: Decision, *, language: str = "en") -> Explanation:
    """Return a whole decision as a tree of sentences; arguments and errors as for `explain`."""
    account = _account(policy, decision, language)
    speaker = account.speaker
    children = [Explanation("line", line) for line in _head(account)]
    for name in (*LISTED, "assumed"):
        lines = _assumed(account) if name == "assumed" else _lines(account, name)
        if not lines and name == "actions":
            lines = (Explanation("line", speaker.say("empty.actions")),)
        if lines:
            children.append(Explanation("section", speaker.say(f"section.{name}"), lines))
    children.append(Explanation("line", _review(account)))
    data = {"language": language, "decision": account.data}
    return Explanation("decision", speaker.say("page.title"), tuple(children), data)


def why(policy: Policy, decision: Decision, item: str, *, language: str = "en") -> Explanation:
    """
    Return why a decision gives an item: the lines that tell it, with the reasons under each.

    Args:
        policy: The policy that decided.
        decision: What it decided.
        item: Id of an action, remedy, target, manner or customer type, of a role to bring in, or
            of what is forbidden; a prefix tells them apart where needed: ``prohibition:thank``.
        language: ``en``, ``fa``, ``hu`` or ``ar``.

    Raises:
        StateError: The ruleset knows no such item (`unknown-item`); or as for `explain`.
    """
    account = _account(policy, decision, language)
    kind, name = find(policy, item, decision)
    lines = tuple(
        line
        for each in LISTED
        for told, line in section(account, each)
        if told == name and line.kind in _told_of(kind)
    )
    speaker = account.speaker
    if not lines:
        lines = (Explanation("line", speaker.say("why.absent")),)
    title = speaker.say("why.title", item=speaker.name(kind, name))
    return Explanation("why", title, lines, {"language": language, "item": f"{kind}:{name}"})


def ask(policy: Policy, decision: Decision, *, language: str = "en") -> Explanation:
    """
    Return what to find out next, most decisive first, with what each fact settles.

    Arguments and errors are those of `explain`.
    """
    account = _account(policy, decision, language)
    lines = _lines(account, "asks")
    if not lines:
        lines = (Explanation("line", account.speaker.say("ask.nothing")),)
    title = account.speaker.say("ask.title")
    return Explanation("asks", title, lines, {"language": language})


def _lines(account: Account, name: str) -> tuple[Explanation, ...]:
    return tuple(line for _, line in section(account, name))


def _assumed(account: Account) -> tuple[Explanation, ...]:
    """Return what was assumed, all in one line."""
    facts = account.decision.assumed
    if not facts:
        return ()
    told = account.speaker.names("fact", facts)
    return (Explanation("assumption", told, data={"facts": list(facts)}),)


def _told_of(kind: str) -> frozenset[str]:
    """Return the kinds of line that tell an item; of an action also that it is forbidden."""
    return frozenset({kind, "prohibition"} if kind == "action" else {kind})


def _account(policy: Policy, decision: Decision, language: str) -> Account:
    if decision.ruleset.fingerprint != policy.fingerprint:
        raise refuse(
            "foreign-decision",
            f"the decision was made by another ruleset than `{policy.id}` of this edition",
            "explain it with the policy that decided",
        )
    return Account(Speaker(policy, language, decision.timezone), decision)


def _head(account: Account) -> list[str]:
    speaker, decision = account.speaker, account.decision
    stamp = decision.ruleset
    lines = [
        speaker.say(
            "page.decided",
            at=speaker.instant(decision.at),
            zone=speaker.free(decision.timezone),
            ruleset=speaker.text(speaker.policy.title, stamp.id),
            edition=speaker.free(stamp.edition),
        )
    ]
    if decision.complaint_id is not None:
        lines.insert(0, speaker.say("page.complaint", id=speaker.free(decision.complaint_id)))
    if decision.stage:
        lines.append(speaker.say("page.stage", stage=speaker.name("stage", decision.stage)))
    if decision.side:
        lines.append(speaker.say("page.side", side=speaker.names("stage", decision.side)))
    if decision.room is not None:
        lines.append(speaker.say("page.room", amount=speaker.money(decision.room)))
    return lines


def _review(account: Account) -> str:
    at = account.decision.review_at
    if at is None:
        return account.speaker.say("page.no_review")
    return account.speaker.say("page.review", at=account.speaker.instant(at))
