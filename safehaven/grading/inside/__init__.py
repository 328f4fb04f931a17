"""What runs inside the sandbox: it knows the standard library and the preloaded packages alone."""
