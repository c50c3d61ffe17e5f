"""What the true and the unknown rules bring together: wishes for actions, bans, caps, asks."""
