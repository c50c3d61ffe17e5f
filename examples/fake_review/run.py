"""A wave of suspicious reviews: nothing is conceded, denied or deleted before the check."""

from __future__ import annotations

from examples.page import page, read_state

from complaint_rules import decide, load


def main() -> None:
    """Decide on arrival, when the author proves no customer, and when it was genuine after all."""
    policy = load("core")
    arrival = read_state("fake_review")
    print(page(policy, decide(policy, arrival, at="2026-11-23T10:05:00+01:00")))

    checked = arrival | {
        "comments_disabled_since": "2026-11-23T10:06:00+01:00",
        "done": [
            {"action": "hold_comments", "at": "2026-11-23T10:06:00+01:00"},
            {"action": "verify_author", "at": "2026-11-23T11:30:00+01:00"},
        ],
    }
    print("\n-- the author is no customer\n")
    fake = checked | {"author_status": "verified_non_customer"}
    print(page(policy, decide(policy, fake, at="2026-11-23T11:30:00+01:00")))

    print("\n-- it was a customer after all\n")
    genuine = checked | {"author_status": "verified_customer"}
    print(page(policy, decide(policy, genuine, at="2026-11-23T11:30:00+01:00")))


if __name__ == "__main__":
    main()
