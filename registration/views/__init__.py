"""Pages of who is invited and of who registers a delegation."""
