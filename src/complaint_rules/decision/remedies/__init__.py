"""What is owed and what may be offered: amounts, caps, approvals, the room there is."""
