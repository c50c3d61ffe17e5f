"""An angry premium customer whose line is down: speed and tone change, money does not."""

from __future__ import annotations

from examples.page import page, read_state

from complaint_rules import decide, load


def main() -> None:
    """Decide the same complaint on arrival, when the fault is known, and after the fix."""
    policy = load("core")
    arrival = read_state("angry_premium_outage")
    print(page(policy, decide(policy, arrival, at="2026-11-23T09:14:00+01:00")))

    found = arrival | read_state("angry_premium_outage", "fault_found.json")
    print("\n-- the cause is found\n")
    print(page(policy, decide(policy, found, at="2026-11-23T11:00:00+01:00")))

    calm = found | {"customer_types": [], "emotion": "calm", "tier": "standard"}
    as_angry = decide(policy, found, at="2026-11-23T11:00:00+01:00")
    as_calm = decide(policy, calm, at="2026-11-23T11:00:00+01:00")
    same = [(c.remedy, c.amount) for c in as_angry.choices] == [
        (c.remedy, c.amount) for c in as_calm.choices
    ]
    print(f"\n-- a calm customer would be offered the same: {'yes' if same else 'no'}\n")

    fixed = found | read_state("angry_premium_outage", "fixed.json")
    print("-- it is fixed\n")
    print(page(policy, decide(policy, fixed, at="2026-11-23T15:00:00+01:00")))


if __name__ == "__main__":
    main()
