"""A customer who says nothing and is about to leave: one delicate question, at most twice."""

from __future__ import annotations

from examples.page import page, read_state

from complaint_rules import decide, load


def main() -> None:
    """Decide at the signal, after the first try, a week later, and when a complaint comes."""
    policy = load("core")
    signal = read_state("silent_customer")
    print(page(policy, decide(policy, signal, at="2026-11-20T09:30:00+01:00")))

    tried = signal | {"done": [{"action": "proactive_outreach", "at": "2026-11-23T10:00:00+01:00"}]}
    print("\n-- asked once, no answer yet\n")
    first = decide(policy, tried, at="2026-11-23T12:00:00+01:00")
    print(page(policy, first))

    print("\n-- still no answer when the decision said to look again\n")
    again = first.review_at
    while again is not None and not decide(policy, tried, at=again).actions:
        again = decide(policy, tried, at=again).review_at
    if again is not None:
        print(page(policy, decide(policy, tried, at=again)))

    print("\n-- the customer answers with a complaint\n")
    complaint = {
        "kind": "complaint",
        "channel": "email",
        "received_at": "2026-11-25T14:00:00+01:00",
        "customer_types": ["silent"],
    }
    print(page(policy, decide(policy, complaint, at="2026-11-25T14:05:00+01:00")))


if __name__ == "__main__":
    main()
