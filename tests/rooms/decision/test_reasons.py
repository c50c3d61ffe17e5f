"""Reasons: for every id in `rules`, with truth, source, span and the facts read (semantics F)."""

from __future__ import annotations

from tests.rooms.decision.shop import decided, rule, shop

POLICY = shop(
    f"""
facts:
  a: {{kind: yes_no}}
  b: {{kind: yes_no}}
  n: {{kind: number}}
  share:
    kind: number
    derive: {{table: {{hit: U, out: [share], rows: [{{a: yes, share: 0.1}}], else: {{share: 0}}}}}}
actions: {{act: {{owner: agent}}, explain_delay: {{owner: agent}}}}
targets:
  first:
    from: received_at
    met_by: done_at(act)
    table: {{hit: "C<", out: [due], rows: [{{a: yes, due: 4 h, row: quick}}, {{b: yes, due: 1 h}}]}}
  second: {{from: received_at, met_by: done_at(act), due: 8 h}}
remedies:
  gift: {{when: {{a: yes}}, amount: share * amount_paid}}
rules:
  - {rule("r1", "{a: yes, any: [{b: yes}, {n: '> 3'}]}", "do: [act], cap: {gift: n * 1 EUR}")}
  - {rule("r2", "{b: yes}", "do: [act]")}
  - {rule("r3", "always", "target: {second: 2 h}")}
"""
)


def test_every_id_in_rules_has_its_reason_and_no_other() -> None:
    """Reasons are sorted by id and cover rules, rows, targets and remedies."""
    decision = decided(
        POLICY,
        {
            "a": True,
            "n": "5",
            "received_at": "2026-11-24T11:00:00+01:00",
            "amount_paid": {"amount": "100", "currency": "EUR"},
        },
    )
    assert list(decision.reasons) == ["first#quick", "gift", "r1", "r3"]
    r1 = decision.reasons["r1"]
    assert (r1.truth, r1.source, r1.facts) == ("true", ("here",), {"a": True, "n": "5"})
    assert r1.span is not None
    assert r1.span.file == "ruleset.yaml"
    assert decision.reasons["first#quick"].facts == {"a": True}
    assert decision.reasons["gift"].facts == {
        "a": True,
        "amount_paid": {"amount": "100", "currency": "EUR"},
        "share": "0.1",
    }


def test_an_unknown_item_has_an_unknown_reason_without_its_unknown_facts() -> None:
    """Facts that are not known are absent, and the truth says `unknown`."""
    policy = shop(
        "facts: {a: {kind: yes_no, learn_by: act}, b: {kind: yes_no}}\n"
        "actions: {act: {owner: agent}}\n"
        f"rules: [{rule('r', '{a: yes, b: yes}', 'do: [act]')}]"
    )
    decision = decided(policy, {"b": True})
    assert decision.actions[0].rules == ("r",)
    assert (decision.reasons["r"].truth, decision.reasons["r"].facts) == ("unknown", {"b": True})


def test_the_rows_of_a_derived_fact_are_no_reasons_unless_they_wait() -> None:
    """A derived fact stands by its value; only ids that a line names have reasons."""
    decision = decided(POLICY, {"a": True})
    assert "share#1" not in decision.reasons


def test_a_promise_has_a_reason_of_the_package() -> None:
    """`promise` names no rule; its reason shows the promises."""
    facts = {"promises": [{"what": "call", "due": "2026-11-24T13:00:00+01:00"}]}
    decision = decided(POLICY, facts)
    assert decision.reasons["promise"].facts == {
        "promises": ({"due": "2026-11-24T13:00:00+01:00", "kept": False, "what": "call"},)
    }


def test_reasons_that_read_the_same_facts_share_them() -> None:
    """Each set of facts is written once; what the package itself brings reads its own."""
    reasons = decided(POLICY, {"b": True, "a": False}).reasons
    assert reasons["r2"].facts == {"b": True}
    other = decided(POLICY, {"entitlement": {"kinds": ["gift"], "source": "law"}}).reasons
    assert other["entitlement"].facts == {
        "entitlement.kinds": ("gift",),
        "entitlement.source": "law",
    }
    policy = shop(
        "facts: {a: {kind: yes_no}}\n"
        "actions: {act: {owner: agent}, call: {owner: agent}}\n"
        f"rules: [{rule('r1', '{a: yes}', 'do: [act]')}, {rule('r2', '{a: yes}', 'do: [call]')}]"
    )
    first, second = decided(policy, {"a": True}).reasons.values()
    assert first.facts is second.facts
    assert first.facts == {"a": True}
