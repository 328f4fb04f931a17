"""Shows questions of the bank somewhere: one module a target."""
