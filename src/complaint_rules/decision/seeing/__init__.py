"""A complaint as it is seen at an instant: defaults, types, derived facts, stage, promises."""
